-- Finding a time: up to six times are proposed, everybody says for each whether it fits, and one of them becomes
-- the meeting. Whether somebody has answered, and what fits best, is derived from the answers.
create table time_polls (
    program_id uuid not null,
    id uuid not null,
    group_id uuid not null,
    mode text not null constraint a_time_poll_says_how_people_would_meet check (mode in ('in_person', 'online', 'both')),
    place text not null default '' constraint the_place_of_a_time_poll_has_at_most_300_characters
        check (char_length(place) <= 300),
    state text not null default 'open' constraint a_time_poll_is_in_a_known_state
        check (state in ('open', 'chosen', 'cancelled')),
    -- What became of it.
    meeting_id uuid,
    started_by uuid not null,
    started_at timestamptz not null,
    ended_by uuid,
    ended_at timestamptz,
    primary key (program_id, id),
    foreign key (program_id, group_id) references groups,
    foreign key (program_id, started_by) references participations,
    foreign key (program_id, ended_by) references participations,
    foreign key (program_id, group_id, meeting_id) references meetings (program_id, group_id, id),
    constraint a_time_poll_that_ended_says_when_and_by_whom
        check ((state = 'open') = (ended_at is null) and (ended_at is null) = (ended_by is null)),
    constraint a_time_poll_has_a_meeting_once_a_time_is_chosen check ((state = 'chosen') = (meeting_id is not null))
);
create unique index one_time_poll_of_a_group_is_open on time_polls (program_id, group_id) where state = 'open';

create table time_poll_slots (
    program_id uuid not null,
    poll_id uuid not null,
    position integer not null constraint a_time_poll_has_at_most_six_times check (position between 1 and 6),
    starts_at timestamptz not null,
    minutes integer not null constraint a_proposed_time_takes_5_to_720_minutes check (minutes between 5 and 720),
    primary key (program_id, poll_id, position),
    foreign key (program_id, poll_id) references time_polls,
    constraint a_time_is_proposed_once_in_a_poll unique (program_id, poll_id, starts_at)
);

-- Who was asked by an email: what the link in it stands for.
create table time_poll_asks (
    program_id uuid not null,
    id uuid not null,
    poll_id uuid not null,
    participation_id uuid not null,
    primary key (program_id, id),
    foreign key (program_id, poll_id) references time_polls,
    foreign key (program_id, participation_id) references participations,
    constraint somebody_is_asked_once_in_a_time_poll unique (program_id, poll_id, participation_id)
);

create table time_poll_answers (
    program_id uuid not null,
    poll_id uuid not null,
    participation_id uuid not null,
    position integer not null,
    answer text not null constraint an_answer_about_a_time_is_yes_if_need_be_or_no
        check (answer in ('yes', 'if_need_be', 'no')),
    primary key (program_id, poll_id, participation_id, position),
    constraint an_answer_is_about_a_time_that_was_proposed
        foreign key (program_id, poll_id, position) references time_poll_slots,
    foreign key (program_id, participation_id) references participations
);

-- Who may see each column.
comment on column time_polls.program_id is 'FACT';
comment on column time_polls.id is 'FACT';
comment on column time_polls.group_id is 'FACT';
comment on column time_polls.mode is 'FACT';
comment on column time_polls.place is 'CONTENT';
comment on column time_polls.state is 'FACT';
comment on column time_polls.meeting_id is 'FACT';
comment on column time_polls.started_by is 'FACT';
comment on column time_polls.started_at is 'FACT';
comment on column time_polls.ended_by is 'FACT';
comment on column time_polls.ended_at is 'FACT';
comment on column time_poll_slots.program_id is 'FACT';
comment on column time_poll_slots.poll_id is 'FACT';
comment on column time_poll_slots.position is 'FACT';
comment on column time_poll_slots.starts_at is 'FACT';
comment on column time_poll_slots.minutes is 'FACT';
comment on column time_poll_asks.program_id is 'FACT';
comment on column time_poll_asks.id is 'FACT';
comment on column time_poll_asks.poll_id is 'FACT';
comment on column time_poll_asks.participation_id is 'FACT';
comment on column time_poll_answers.program_id is 'FACT';
comment on column time_poll_answers.poll_id is 'FACT';
comment on column time_poll_answers.participation_id is 'FACT';
comment on column time_poll_answers.position is 'FACT';
comment on column time_poll_answers.answer is 'CONTENT';

alter table link_secrets drop constraint a_link_is_of_a_known_kind;
alter table link_secrets add constraint a_link_is_of_a_known_kind
    check (kind in ('setup', 'password', 'answer', 'pledges', 'unsubscribe', 'stop_email_change', 'confirm_email_change', 'shown_products', 'portfolio', 'calendar_feed', 'host', 'poll'));
