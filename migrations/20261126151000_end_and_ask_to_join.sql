-- How a part ends, and how one may be asked for.
alter table participations
    add column completion_line text not null default ''
        constraint a_line_about_completing_has_at_most_300_characters check (char_length(completion_line) <= 300),
    add constraint only_who_completed_says_why_without_a_product check (completion_line = '' or state = 'completed');

-- Somebody is taken off a running program by two people: one proposes, another decides.
create table removals (
    program_id uuid not null references programs,
    id uuid not null,
    participation_id uuid not null,
    reason text not null default ''
        constraint a_reason_for_a_removal_has_at_most_300_characters check (char_length(reason) <= 300),
    proposed_by uuid not null references people,
    proposed_at timestamptz not null,
    state text not null constraint a_removal_is_in_a_known_state check (state in ('proposed', 'confirmed', 'rejected', 'dropped')),
    decided_by uuid references people,
    ended_at timestamptz,
    primary key (program_id, id),
    foreign key (program_id, participation_id) references participations,
    constraint a_removal_takes_two_people check (decided_by <> proposed_by),
    constraint a_decided_removal_says_who_decided check ((state in ('confirmed', 'rejected')) = (decided_by is not null)),
    constraint a_removal_that_is_not_open_says_when_it_ended check ((state = 'proposed') = (ended_at is null))
);
create unique index one_open_removal_of_a_person on removals (program_id, participation_id) where state = 'proposed';
create index removals_of_a_person on removals (program_id, participation_id, proposed_at);

-- An open program may let people ask to join by its public page.
alter table programs add column asks_allowed boolean not null default false;

create table join_asks (
    program_id uuid not null references programs,
    id uuid not null,
    name text not null constraint a_name_of_who_asks_has_1_to_120_characters check (char_length(name) between 1 and 120),
    email text not null,
    email_folded text not null,
    why text not null default '' constraint why_somebody_asks_has_at_most_600_characters check (char_length(why) <= 600),
    asked_at timestamptz not null,
    state text not null constraint an_ask_is_in_a_known_state check (state in ('pending', 'invited', 'declined')),
    decided_at timestamptz,
    primary key (program_id, id),
    constraint an_ask_that_is_decided_says_when check ((state = 'pending') = (decided_at is null))
);
create unique index one_open_ask_of_an_address on join_asks (program_id, email_folded) where state = 'pending';
create index asks_of_an_address on join_asks (email_folded, program_id);
create index asks_of_a_program_by_state on join_asks (program_id, state, asked_at, id);

-- Read by whom it is about and by the coordinators, for whom it is written, as wants and offers are.
comment on column participations.completion_line is 'FACT';
comment on column removals.program_id is 'FACT';
comment on column removals.id is 'FACT';
comment on column removals.participation_id is 'FACT';
-- Read by coordinators and contacts only.
comment on column removals.reason is 'FACT';
comment on column removals.proposed_by is 'FACT';
comment on column removals.proposed_at is 'FACT';
comment on column removals.state is 'FACT';
comment on column removals.decided_by is 'FACT';
comment on column removals.ended_at is 'FACT';
comment on column programs.asks_allowed is 'PUBLIC';
comment on column join_asks.program_id is 'FACT';
comment on column join_asks.id is 'FACT';
comment on column join_asks.name is 'FACT';
comment on column join_asks.email is 'FACT';
comment on column join_asks.email_folded is 'FACT';
-- A message from its writer to the coordinators, who alone read it.
comment on column join_asks.why is 'FACT';
comment on column join_asks.asked_at is 'FACT';
comment on column join_asks.state is 'FACT';
comment on column join_asks.decided_at is 'FACT';
