-- The supervisor's answer, and what they promise.
create table approval_requests (
    program_id uuid not null,
    id uuid not null,
    participation_id uuid not null,
    purpose text not null constraint approval_is_asked_for_a_known_purpose check (purpose in ('join', 'reconfirm', 'trip')),
    supervisor_name text not null,
    supervisor_email text not null,
    supervisor_email_folded text not null,
    asked_hours_month integer not null,
    asked_work_time boolean not null,
    asked_trip_days integer not null,
    asked_budget_cents integer not null,
    agreed_hours_month integer,
    agreed_work_time boolean,
    agreed_trip_days integer,
    agreed_budget_cents integer,
    valid_from date not null,
    valid_until date not null,
    own_words text not null default '',
    conditions text not null default '',
    accepted_at timestamptz,
    reason_code text constraint a_reason_is_a_known_one check (reason_code in ('coverage', 'workload', 'timing', 'other')),
    note text not null default '',
    state text not null constraint a_request_is_in_a_known_state check (state in ('pending', 'approved', 'conditional', 'declined', 'expired', 'cancelled', 'revoked', 'superseded')),
    asked_at timestamptz not null,
    first_sent_at timestamptz,
    talk_first_at timestamptz,
    first_answered_at timestamptz,
    decided_at timestamptz,
    revoked_from date,
    expires_at timestamptz not null,
    primary key (program_id, id),
    foreign key (program_id, participation_id) references participations,
    constraint a_decided_request_has_its_date check (state not in ('approved', 'conditional', 'declined', 'revoked') or (decided_at is not null and first_answered_at is not null)),
    constraint a_revoked_request_says_from_when check ((state = 'revoked') = (revoked_from is not null)),
    constraint an_approved_request_says_what_was_agreed check (state not in ('approved', 'revoked') or (agreed_hours_month is not null and agreed_work_time is not null and agreed_trip_days is not null and agreed_budget_cents is not null))
);
create unique index one_request_is_open_per_person_and_purpose on approval_requests (program_id, participation_id, purpose) where state in ('pending', 'conditional');
create index approval_requests_of_a_participation on approval_requests (program_id, participation_id, asked_at desc, id desc);

create table pledges (
    program_id uuid not null,
    id uuid not null,
    request_id uuid not null,
    kind text not null constraint a_pledge_is_of_a_known_kind check (kind in ('protect_time', 'cover_shift', 'annual_review', 'show_and_tell', 'open_door', 'opportunities', 'own_words')),
    words text not null default '',
    pledged_at timestamptz not null,
    primary key (program_id, id),
    foreign key (program_id, request_id) references approval_requests,
    constraint a_pledge_is_made_once_per_request unique (program_id, request_id, kind),
    constraint only_a_pledge_in_own_words_has_words check ((kind = 'own_words') = (words <> ''))
);

-- Who may see each column.
comment on column approval_requests.program_id is 'FACT';
comment on column approval_requests.id is 'FACT';
comment on column approval_requests.participation_id is 'FACT';
comment on column approval_requests.purpose is 'FACT';
comment on column approval_requests.supervisor_name is 'FACT';
comment on column approval_requests.supervisor_email is 'FACT';
comment on column approval_requests.supervisor_email_folded is 'FACT';
comment on column approval_requests.asked_hours_month is 'FACT';
comment on column approval_requests.asked_work_time is 'FACT';
comment on column approval_requests.asked_trip_days is 'FACT';
comment on column approval_requests.asked_budget_cents is 'FACT';
comment on column approval_requests.agreed_hours_month is 'FACT';
comment on column approval_requests.agreed_work_time is 'FACT';
comment on column approval_requests.agreed_trip_days is 'FACT';
comment on column approval_requests.agreed_budget_cents is 'FACT';
comment on column approval_requests.valid_from is 'FACT';
comment on column approval_requests.valid_until is 'FACT';
comment on column approval_requests.own_words is 'CONTENT';
comment on column approval_requests.conditions is 'FACT';
comment on column approval_requests.accepted_at is 'FACT';
comment on column approval_requests.reason_code is 'FACT';
comment on column approval_requests.note is 'CONTENT';
comment on column approval_requests.state is 'FACT';
comment on column approval_requests.asked_at is 'FACT';
comment on column approval_requests.first_sent_at is 'FACT';
comment on column approval_requests.talk_first_at is 'FACT';
comment on column approval_requests.first_answered_at is 'FACT';
comment on column approval_requests.decided_at is 'FACT';
comment on column approval_requests.revoked_from is 'FACT';
comment on column approval_requests.expires_at is 'FACT';
comment on column pledges.program_id is 'FACT';
comment on column pledges.id is 'FACT';
comment on column pledges.request_id is 'FACT';
comment on column pledges.kind is 'FACT';
comment on column pledges.words is 'FACT';
comment on column pledges.pledged_at is 'FACT';
