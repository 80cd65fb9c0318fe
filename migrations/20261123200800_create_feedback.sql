-- Feedback from one peer to another, on elements agreed beforehand.
create table feedback (
    program_id uuid not null,
    id uuid not null,
    group_id uuid not null,
    giver_id uuid not null,
    receiver_id uuid not null,
    mode text not null constraint feedback_is_written_or_spoken check (mode in ('written', 'spoken')),
    format text not null constraint feedback_has_a_known_format check (format in ('sbi', 'keep_try', 'plus_delta', 'free')),
    happened_on date not null,
    meeting_id uuid,
    trip_id uuid,
    not_agreed text not null default '',
    state text not null constraint feedback_is_in_a_known_state check (state in ('draft', 'shared', 'answered', 'confirmed', 'disputed')),
    created_at timestamptz not null,
    shared_at timestamptz,
    opened_at timestamptz,
    answered_at timestamptz,
    primary key (program_id, id),
    constraint feedback_is_found_by_its_receiver unique (program_id, receiver_id, id),
    foreign key (program_id, group_id) references groups,
    foreign key (program_id, giver_id) references participations,
    foreign key (program_id, receiver_id) references participations,
    foreign key (program_id, group_id, meeting_id) references meetings (program_id, group_id, id),
    foreign key (program_id, group_id, trip_id) references field_trips (program_id, group_id, id),
    constraint nobody_gives_feedback_to_themselves check (giver_id <> receiver_id),
    constraint shared_feedback_has_its_date check (state = 'draft' or shared_at is not null),
    constraint only_opened_feedback_is_answered check (answered_at is null or opened_at is not null),
    constraint answered_feedback_has_its_date check ((state = 'answered') = (answered_at is not null))
);
create index feedback_of_a_group on feedback (program_id, group_id, happened_on, id);

create table feedback_texts (
    program_id uuid not null,
    feedback_id uuid not null,
    receiver_id uuid not null,
    element_id uuid not null,
    -- What was written, part by part, as the format names them.
    words jsonb not null,
    -- How the receiver saw it, written before opening.
    self_view text not null default '',
    answer text constraint an_answer_is_a_known_one check (answer in ('thanks', 'will_try', 'already_trying', 'lets_talk', 'see_differently')),
    answer_words text not null default '',
    primary key (program_id, feedback_id, element_id),
    foreign key (program_id, receiver_id, feedback_id) references feedback (program_id, receiver_id, id) on delete cascade,
    constraint feedback_is_about_an_element_of_its_receiver foreign key (program_id, receiver_id, element_id) references elements (program_id, about_id, id)
);

-- Who may see each column.
comment on column feedback.program_id is 'FACT';
comment on column feedback.id is 'FACT';
comment on column feedback.group_id is 'FACT';
comment on column feedback.giver_id is 'FACT';
comment on column feedback.receiver_id is 'FACT';
comment on column feedback.mode is 'FACT';
comment on column feedback.format is 'FACT';
comment on column feedback.happened_on is 'FACT';
comment on column feedback.meeting_id is 'FACT';
comment on column feedback.trip_id is 'FACT';
comment on column feedback.not_agreed is 'CONTENT';
comment on column feedback.state is 'FACT';
comment on column feedback.created_at is 'PRIVATE';
comment on column feedback.shared_at is 'FACT';
comment on column feedback.opened_at is 'PRIVATE';
comment on column feedback.answered_at is 'FACT';
comment on column feedback_texts.program_id is 'FACT';
comment on column feedback_texts.feedback_id is 'FACT';
comment on column feedback_texts.receiver_id is 'FACT';
comment on column feedback_texts.element_id is 'FACT';
comment on column feedback_texts.words is 'CONTENT';
comment on column feedback_texts.self_view is 'PRIVATE';
comment on column feedback_texts.answer is 'CONTENT';
comment on column feedback_texts.answer_words is 'CONTENT';
