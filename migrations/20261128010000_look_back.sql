-- The look back of a group: lines that each member writes alone and that the group reads together. Its author shares a
-- line with the program, and may take it back.
create table retrospectives (
    program_id uuid not null,
    group_id uuid not null,
    -- When the first member wrote a line, or said that they have nothing to add.
    begun_at timestamptz not null,
    revealed_at timestamptz,
    revealed_by uuid,
    primary key (program_id, group_id),
    foreign key (program_id, group_id) references groups,
    foreign key (program_id, revealed_by) references participations,
    constraint a_retrospective_is_revealed_by_somebody check ((revealed_at is null) = (revealed_by is null)),
    constraint a_retrospective_is_revealed_after_it_began check (revealed_at >= begun_at)
);
create index retrospectives_revealed_by_somebody on retrospectives (program_id, revealed_by) where revealed_by is not null;

create table retrospective_lines (
    program_id uuid not null,
    id uuid not null,
    group_id uuid not null,
    written_by uuid not null,
    kind text not null constraint a_line_looks_back_in_a_known_way check (kind in ('worked', 'did_not', 'try_next')),
    words text not null constraint a_line_of_a_retrospective_has_1_to_300_characters
        check (char_length(words) between 1 and 300),
    written_at timestamptz not null,
    shared_at timestamptz,
    primary key (program_id, id),
    foreign key (program_id, group_id) references retrospectives,
    foreign key (program_id, written_by) references participations,
    constraint a_line_is_shared_after_it_was_written check (shared_at >= written_at)
);
create index retrospective_lines_of_a_group on retrospective_lines (program_id, group_id, written_at, id);
create index retrospective_lines_of_somebody on retrospective_lines (program_id, written_by);
create index retrospective_lines_that_a_program_reads on retrospective_lines (program_id, shared_at desc, id desc)
    where shared_at is not null;

-- Who has said that they have written all they want to say: only their lines are revealed.
create table retrospective_ends (
    program_id uuid not null,
    group_id uuid not null,
    participation_id uuid not null,
    said_at timestamptz not null,
    primary key (program_id, group_id, participation_id),
    foreign key (program_id, group_id) references retrospectives,
    foreign key (program_id, participation_id) references participations
);
create index retrospective_ends_of_somebody on retrospective_ends (program_id, participation_id);

comment on column retrospectives.program_id is 'FACT';
comment on column retrospectives.group_id is 'FACT';
comment on column retrospectives.begun_at is 'FACT';
comment on column retrospectives.revealed_at is 'FACT';
comment on column retrospectives.revealed_by is 'FACT';
comment on column retrospective_lines.program_id is 'FACT';
comment on column retrospective_lines.id is 'FACT';
comment on column retrospective_lines.group_id is 'FACT';
comment on column retrospective_lines.written_by is 'FACT';
comment on column retrospective_lines.kind is 'FACT';
comment on column retrospective_lines.words is 'SHARED';
comment on column retrospective_lines.written_at is 'FACT';
comment on column retrospective_lines.shared_at is 'FACT';
comment on column retrospective_ends.program_id is 'FACT';
comment on column retrospective_ends.group_id is 'FACT';
comment on column retrospective_ends.participation_id is 'FACT';
comment on column retrospective_ends.said_at is 'FACT';
