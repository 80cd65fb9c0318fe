-- What moves on a goal: a short note, or a step that is done, whenever somebody writes it down.
create table goal_notes (
    program_id uuid not null,
    id uuid not null,
    group_id uuid not null,
    goal_id uuid not null,
    written_by uuid not null,
    kind text not null constraint a_goal_note_is_of_a_known_kind check (kind in ('note', 'step')),
    words text not null constraint a_goal_note_has_1_to_300_characters check (char_length(words) between 1 and 300),
    written_at timestamptz not null,
    primary key (program_id, id),
    foreign key (program_id, group_id, goal_id) references goals (program_id, group_id, id),
    foreign key (program_id, written_by) references participations
);
create index goal_notes_of_a_goal on goal_notes (program_id, goal_id, written_at, id);

comment on column goal_notes.program_id is 'FACT';
comment on column goal_notes.id is 'FACT';
comment on column goal_notes.group_id is 'FACT';
comment on column goal_notes.goal_id is 'FACT';
comment on column goal_notes.written_by is 'FACT';
comment on column goal_notes.kind is 'FACT';
comment on column goal_notes.words is 'CONTENT';
comment on column goal_notes.written_at is 'FACT';
