-- One person is offered a place in another group. Only what somebody did is kept here: that an offer
-- ran out, or came to nothing because somebody left, is derived.
create table moves (
    program_id uuid not null references programs,
    id uuid not null,
    participation_id uuid not null,
    from_group_id uuid not null,
    to_group_id uuid not null,
    line text not null default ''
        constraint a_line_with_an_offer_has_at_most_300_characters check (char_length(line) <= 300),
    offered_by uuid not null references people,
    offered_at timestamptz not null,
    state text not null constraint a_move_is_in_a_known_state
        check (state in ('offered', 'accepted', 'stayed', 'withdrawn', 'hindered', 'lapsed')),
    ended_at timestamptz,
    primary key (program_id, id),
    foreign key (program_id, participation_id) references participations,
    foreign key (program_id, from_group_id) references groups,
    foreign key (program_id, to_group_id) references groups,
    constraint a_move_goes_to_another_group check (from_group_id <> to_group_id),
    constraint a_move_that_is_not_open_says_when_it_ended check ((state = 'offered') = (ended_at is null))
);
create unique index one_open_offer_of_a_move_to_a_person on moves (program_id, participation_id) where state = 'offered';
create index moves_of_a_program on moves (program_id, offered_at);

-- A coordinator may decide that a group goes on though it is below the program's minimum.
alter table groups
    add column kept_small_on date,
    add column kept_small_with integer
        constraint a_group_is_kept_small_with_nobody_or_more check (kept_small_with >= 0),
    add constraint a_group_kept_small_says_with_how_many check ((kept_small_on is null) = (kept_small_with is null));

comment on column moves.program_id is 'FACT';
comment on column moves.id is 'FACT';
comment on column moves.participation_id is 'FACT';
comment on column moves.from_group_id is 'FACT';
comment on column moves.to_group_id is 'FACT';
-- A message that is sent: whoever it is addressed to reads it, on a page.
comment on column moves.line is 'CONTENT';
comment on column moves.offered_by is 'FACT';
comment on column moves.offered_at is 'FACT';
comment on column moves.state is 'FACT';
comment on column moves.ended_at is 'FACT';
comment on column groups.kept_small_on is 'FACT';
comment on column groups.kept_small_with is 'FACT';

-- The weekly email that gathers what waits for somebody: when to look again, and whether they want it.
create table nudges (
    person_id uuid primary key references people,
    look_at timestamptz not null,
    sent_at timestamptz,
    stopped_at timestamptz
);

comment on column nudges.person_id is 'PRIVATE';
comment on column nudges.look_at is 'PRIVATE';
comment on column nudges.sent_at is 'PRIVATE';
comment on column nudges.stopped_at is 'PRIVATE';
