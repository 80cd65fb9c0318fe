-- Whom a group talks with on a visit, what it asks each of them, and what they answer.
create table interviewees (
    program_id uuid not null,
    id uuid not null,
    trip_id uuid not null,
    name text not null constraint an_interviewee_has_a_name_of_1_to_120_characters check (char_length(name) between 1 and 120),
    role text not null default '' constraint the_role_of_an_interviewee_has_up_to_160_characters
        check (char_length(role) <= 160),
    added_by uuid not null,
    added_at timestamptz not null,
    primary key (program_id, id),
    constraint an_interviewee_is_found_within_its_trip unique (program_id, trip_id, id),
    foreign key (program_id, trip_id) references field_trips,
    foreign key (program_id, added_by) references participations
);

create table interview_questions (
    program_id uuid not null,
    id uuid not null,
    trip_id uuid not null,
    -- Nobody in particular: for whomever they meet there.
    interviewee_id uuid,
    words text not null constraint a_question_of_an_interview_has_1_to_300_characters
        check (char_length(words) between 1 and 300),
    added_by uuid not null,
    added_at timestamptz not null,
    reply text not null default '' constraint an_answer_in_an_interview_has_up_to_4000_characters
        check (char_length(reply) <= 4000),
    replied_by uuid,
    replied_at timestamptz,
    primary key (program_id, id),
    foreign key (program_id, trip_id) references field_trips,
    foreign key (program_id, trip_id, interviewee_id) references interviewees (program_id, trip_id, id),
    foreign key (program_id, added_by) references participations,
    foreign key (program_id, replied_by) references participations,
    constraint an_answer_in_an_interview_says_when_and_by_whom
        check ((reply = '') = (replied_at is null) and (replied_at is null) = (replied_by is null))
);
create index interview_questions_of_a_trip on interview_questions (program_id, trip_id, added_at, id);
-- The same button pressed twice asks once.
create unique index a_question_is_put_to_somebody_once on interview_questions (program_id, trip_id, interviewee_id, words)
    where interviewee_id is not null;
create unique index a_question_to_anybody_is_put_once on interview_questions (program_id, trip_id, words)
    where interviewee_id is null;

comment on column interviewees.program_id is 'FACT';
comment on column interviewees.id is 'FACT';
comment on column interviewees.trip_id is 'FACT';
comment on column interviewees.name is 'CONTENT';
comment on column interviewees.role is 'CONTENT';
comment on column interviewees.added_by is 'FACT';
comment on column interviewees.added_at is 'FACT';
comment on column interview_questions.program_id is 'FACT';
comment on column interview_questions.id is 'FACT';
comment on column interview_questions.trip_id is 'FACT';
comment on column interview_questions.interviewee_id is 'FACT';
comment on column interview_questions.words is 'CONTENT';
comment on column interview_questions.added_by is 'FACT';
comment on column interview_questions.added_at is 'FACT';
comment on column interview_questions.reply is 'CONTENT';
comment on column interview_questions.replied_by is 'FACT';
comment on column interview_questions.replied_at is 'FACT';
