-- A program's library is the one that ships, without what its coordinators switched off, with what they added.
create table library_entries (
    program_id uuid not null references programs,
    id uuid not null,
    kind text not null constraint a_library_entry_is_of_a_known_kind check (kind in ('goal', 'element', 'question')),
    -- What somebody does ("Teaching"); nothing for a goal.
    work text not null default '' constraint work_in_a_library_has_at_most_60_characters check (char_length(work) <= 60),
    -- The words of an element or a question; a goal's title.
    title text not null constraint a_library_entry_has_1_to_200_characters check (char_length(title) between 1 and 200),
    of_group boolean not null default false,
    statement text not null default '',
    measure text not null default '',
    -- One a line, at most six.
    elements text not null default '',
    added_at timestamptz not null,
    primary key (program_id, id),
    constraint a_goal_in_a_library_says_what_is_to_be_reached check ((kind = 'goal') = (statement <> '')),
    constraint an_element_or_question_in_a_library_stands_under_work check ((kind = 'goal') = (work = ''))
);
create index library_entries_in_order on library_entries (program_id, kind, work, title, id);

create table library_off (
    program_id uuid not null references programs,
    -- What ships under this name is not offered here.
    name text not null constraint a_name_in_the_library_has_1_to_200_characters check (char_length(name) between 1 and 200),
    set_at timestamptz not null,
    primary key (program_id, name)
);

comment on column library_entries.program_id is 'FACT';
comment on column library_entries.id is 'FACT';
comment on column library_entries.kind is 'PUBLIC';
comment on column library_entries.work is 'PUBLIC';
comment on column library_entries.title is 'PUBLIC';
comment on column library_entries.of_group is 'PUBLIC';
comment on column library_entries.statement is 'PUBLIC';
comment on column library_entries.measure is 'PUBLIC';
comment on column library_entries.elements is 'PUBLIC';
comment on column library_entries.added_at is 'FACT';
comment on column library_off.program_id is 'FACT';
comment on column library_off.name is 'PUBLIC';
comment on column library_off.set_at is 'FACT';
