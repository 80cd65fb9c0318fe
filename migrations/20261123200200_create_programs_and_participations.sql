-- Programs, and who takes part in them.
create table programs (
    id uuid primary key,
    name text not null constraint a_program_name_has_1_to_120_characters check (char_length(name) between 1 and 120),
    institution text not null,
    theme text not null,
    purpose text not null,
    time_zone text not null,
    starts_on date not null,
    ends_on date not null,
    rhythm_days integer not null constraint a_rhythm_is_1_to_180_days check (rhythm_days between 1 and 180),
    meeting_minutes integer not null constraint a_meeting_lasts_15_minutes_to_8_hours check (meeting_minutes between 15 and 480),
    informal_minutes integer not null constraint informal_time_fits_in_a_meeting check (informal_minutes between 0 and meeting_minutes),
    group_min integer not null,
    group_target integer not null,
    group_max integer not null,
    hours_month integer not null constraint hours_a_month_are_0_to_80 check (hours_month between 0 and 80),
    work_time boolean not null,
    trip_days integer not null constraint trip_days_are_0_to_60 check (trip_days between 0 and 60),
    budget_cents integer not null constraint a_budget_is_not_negative check (budget_cents >= 0),
    currency text not null constraint a_currency_has_three_capitals check (currency ~ '^[A-Z]{3}$'),
    approval_required boolean not null,
    answer_days integer not null constraint supervisors_have_3_to_90_days_to_answer check (answer_days between 3 and 90),
    smallest_shown integer not null constraint never_fewer_than_three_answers_are_shown check (smallest_shown between 3 and 100),
    contact_id uuid not null references people,
    second_contact_id uuid references people,
    state text not null constraint a_program_is_in_a_known_state check (state in ('draft', 'open', 'active', 'closing', 'archived', 'cancelled')),
    created_at timestamptz not null,
    opened_at timestamptz,
    launched_on date,
    constraint a_program_ends_after_it_starts check (ends_on > starts_on),
    constraint group_sizes_go_up check (2 <= group_min and group_min <= group_target and group_target <= group_max and group_max <= 12),
    constraint the_second_contact_is_another_person check (second_contact_id <> contact_id)
);
alter table person_programs add foreign key (program_id) references programs;

create table themes (
    program_id uuid not null references programs,
    id uuid not null,
    starts_on date not null,
    ends_on date not null,
    title text not null,
    question text not null,
    primary key (program_id, id),
    constraint a_theme_ends_when_it_starts_or_later check (ends_on >= starts_on)
);

create table coordinators (
    program_id uuid not null references programs,
    person_id uuid not null references people,
    since timestamptz not null,
    primary key (program_id, person_id)
);

create table participations (
    program_id uuid not null references programs,
    id uuid not null,
    person_id uuid not null references people,
    state text not null constraint a_participation_is_in_a_known_state check (state in ('invited', 'joined', 'completed', 'on_hold', 'withdrawn', 'removed')),
    wants text not null default '',
    offers text not null default '',
    site text not null default '',
    department text not null default '',
    supervisor_name text not null default '',
    supervisor_email text not null default '',
    invited_at timestamptz not null,
    joined_at timestamptz,
    ended_on date,
    primary key (program_id, id),
    constraint a_person_takes_part_in_a_program_once unique (program_id, person_id)
);

-- Acts of coordinators, supervisors, admins and the system; of peers only what coordinators may see. Rows are only added.
create table history (
    program_id uuid not null references programs,
    id uuid not null,
    actor_id uuid references people,
    actor_kind text not null constraint an_actor_is_a_person_a_supervisor_or_the_system check (actor_kind in ('person', 'supervisor', 'system')),
    action text not null,
    object_id uuid not null,
    at timestamptz not null,
    primary key (program_id, id)
);

-- Who may see each column.
comment on column programs.id is 'PUBLIC';
comment on column programs.name is 'PUBLIC';
comment on column programs.institution is 'PUBLIC';
comment on column programs.theme is 'PUBLIC';
comment on column programs.purpose is 'PUBLIC';
comment on column programs.time_zone is 'PUBLIC';
comment on column programs.starts_on is 'PUBLIC';
comment on column programs.ends_on is 'PUBLIC';
comment on column programs.rhythm_days is 'PUBLIC';
comment on column programs.meeting_minutes is 'PUBLIC';
comment on column programs.informal_minutes is 'PUBLIC';
comment on column programs.group_min is 'PUBLIC';
comment on column programs.group_target is 'PUBLIC';
comment on column programs.group_max is 'PUBLIC';
comment on column programs.hours_month is 'PUBLIC';
comment on column programs.work_time is 'PUBLIC';
comment on column programs.trip_days is 'PUBLIC';
comment on column programs.budget_cents is 'PUBLIC';
comment on column programs.currency is 'PUBLIC';
comment on column programs.approval_required is 'PUBLIC';
comment on column programs.answer_days is 'PUBLIC';
comment on column programs.smallest_shown is 'PUBLIC';
comment on column programs.contact_id is 'PUBLIC';
comment on column programs.second_contact_id is 'PUBLIC';
comment on column programs.state is 'FACT';
comment on column programs.created_at is 'FACT';
comment on column programs.opened_at is 'FACT';
comment on column programs.launched_on is 'FACT';
comment on column themes.program_id is 'PUBLIC';
comment on column themes.id is 'PUBLIC';
comment on column themes.starts_on is 'PUBLIC';
comment on column themes.ends_on is 'PUBLIC';
comment on column themes.title is 'PUBLIC';
comment on column themes.question is 'PUBLIC';
comment on column coordinators.program_id is 'PUBLIC';
comment on column coordinators.person_id is 'PUBLIC';
comment on column coordinators.since is 'FACT';
comment on column participations.program_id is 'FACT';
comment on column participations.id is 'FACT';
comment on column participations.person_id is 'FACT';
comment on column participations.state is 'FACT';
comment on column participations.wants is 'FACT';
comment on column participations.offers is 'FACT';
comment on column participations.site is 'FACT';
comment on column participations.department is 'FACT';
comment on column participations.supervisor_name is 'FACT';
comment on column participations.supervisor_email is 'FACT';
comment on column participations.invited_at is 'FACT';
comment on column participations.joined_at is 'FACT';
comment on column participations.ended_on is 'FACT';
comment on column history.program_id is 'FACT';
comment on column history.id is 'FACT';
comment on column history.actor_id is 'FACT';
comment on column history.actor_kind is 'FACT';
comment on column history.action is 'FACT';
comment on column history.object_id is 'FACT';
comment on column history.at is 'FACT';
