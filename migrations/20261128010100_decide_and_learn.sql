-- A program closes with one decision for each of the five things that make it work.
create table program_decisions (
    program_id uuid not null references programs,
    component text not null constraint a_decision_is_about_one_of_five_things
        check (component in ('backing', 'goals', 'trips', 'feedback', 'products')),
    verdict text not null constraint something_is_kept_changed_or_stopped check (verdict in ('keep', 'change', 'stop')),
    why text not null constraint a_decision_says_why_in_1_to_1000_characters check (char_length(why) between 1 and 1000),
    decided_by uuid not null references people,
    decided_at timestamptz not null,
    primary key (program_id, component)
);
create index decisions_of_somebody on program_decisions (program_id, decided_by);
-- Read by those who coordinate the program.
comment on column program_decisions.program_id is 'FACT';
comment on column program_decisions.component is 'FACT';
comment on column program_decisions.verdict is 'FACT';
comment on column program_decisions.why is 'FACT';
comment on column program_decisions.decided_by is 'FACT';
comment on column program_decisions.decided_at is 'FACT';

-- What a program learned, in its coordinators' words.
create table lessons (
    program_id uuid not null references programs,
    id uuid not null,
    kind text not null constraint a_lesson_is_of_a_known_kind check (kind in ('worked', 'did_not', 'try_next')),
    words text not null constraint a_lesson_has_1_to_300_characters check (char_length(words) between 1 and 300),
    position integer not null,
    chosen_by uuid not null references people,
    chosen_at timestamptz not null,
    published_at timestamptz,
    primary key (program_id, id)
);
create index lessons_in_order on lessons (program_id, position, id);
create index lessons_of_somebody on lessons (program_id, chosen_by);
-- Read by those who coordinate the program and the next one; once it is published, by everybody.
comment on column lessons.program_id is 'FACT';
comment on column lessons.id is 'FACT';
comment on column lessons.kind is 'PUBLIC';
comment on column lessons.words is 'PUBLIC';
comment on column lessons.position is 'FACT';
comment on column lessons.chosen_by is 'FACT';
comment on column lessons.chosen_at is 'FACT';
comment on column lessons.published_at is 'FACT';

-- The line of a group that a lesson was chosen from, as long as there is such a line.
create table lesson_sources (
    program_id uuid not null,
    lesson_id uuid not null,
    line_id uuid not null,
    primary key (program_id, lesson_id),
    foreign key (program_id, lesson_id) references lessons on delete cascade,
    foreign key (program_id, line_id) references retrospective_lines on delete cascade
);
create index lessons_of_a_line on lesson_sources (program_id, line_id);
comment on column lesson_sources.program_id is 'FACT';
comment on column lesson_sources.lesson_id is 'FACT';
comment on column lesson_sources.line_id is 'FACT';
