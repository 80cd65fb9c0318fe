-- Lessons of the program before, here or elsewhere: each has an answer before the groups begin.
create table earlier_lessons (
    program_id uuid not null references programs,
    id uuid not null,
    kind text not null constraint an_earlier_lesson_is_of_a_known_kind check (kind in ('worked', 'did_not', 'try_next')),
    words text not null constraint an_earlier_lesson_has_1_to_300_characters check (char_length(words) between 1 and 300),
    -- "Peer Mentoring, Autumn 2025"; nothing where nobody said.
    origin text not null default '' constraint where_a_lesson_comes_from_has_up_to_120_characters
        check (char_length(origin) <= 120),
    -- It came with the program before and cannot be taken away.
    came_along boolean not null,
    position integer not null,
    added_at timestamptz not null,
    taken_up boolean,
    answer text not null default '' constraint an_answer_to_a_lesson_has_up_to_600_characters
        check (char_length(answer) <= 600),
    answered_by uuid references people,
    answered_at timestamptz,
    primary key (program_id, id),
    constraint an_answer_to_a_lesson_is_whole
        check (num_nonnulls(taken_up, answered_by, answered_at) in (0, 3) and (taken_up is null) = (answer = ''))
);
create index earlier_lessons_in_order on earlier_lessons (program_id, position, id);
create index earlier_lessons_answered_by_somebody on earlier_lessons (program_id, answered_by) where answered_by is not null;
-- Read by those who coordinate the program.
comment on column earlier_lessons.program_id is 'FACT';
comment on column earlier_lessons.id is 'FACT';
comment on column earlier_lessons.kind is 'FACT';
comment on column earlier_lessons.words is 'FACT';
comment on column earlier_lessons.origin is 'FACT';
comment on column earlier_lessons.came_along is 'FACT';
comment on column earlier_lessons.position is 'FACT';
comment on column earlier_lessons.added_at is 'FACT';
comment on column earlier_lessons.taken_up is 'FACT';
comment on column earlier_lessons.answer is 'FACT';
comment on column earlier_lessons.answered_by is 'FACT';
comment on column earlier_lessons.answered_at is 'FACT';

-- The program that one was started from. It may stand in another database by now, so its name is kept here.
create table earlier_programs (
    program_id uuid not null references programs,
    earlier_id uuid not null,
    name text not null,
    primary key (program_id)
);
comment on column earlier_programs.program_id is 'FACT';
comment on column earlier_programs.earlier_id is 'FACT';
comment on column earlier_programs.name is 'FACT';

-- The other way: what was started from a program. It may have moved to another database.
create table next_programs (
    program_id uuid not null references programs,
    next_id uuid not null,
    started_by uuid not null references people,
    started_at timestamptz not null,
    primary key (program_id, next_id)
);
create index next_programs_started_by_somebody on next_programs (program_id, started_by);
comment on column next_programs.program_id is 'FACT';
comment on column next_programs.next_id is 'FACT';
comment on column next_programs.started_by is 'FACT';
comment on column next_programs.started_at is 'FACT';
