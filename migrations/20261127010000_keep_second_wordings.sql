-- A second wording beside the first, which stays: of written feedback what its giver would say now, once, after an
-- answer; of spoken feedback how the one who did not log it remembers it.
create table second_wordings (
    program_id uuid not null,
    feedback_id uuid not null,
    receiver_id uuid not null,
    not_agreed text not null default ''
        constraint words_not_agreed_on_again_have_at_most_2000_characters check (char_length(not_agreed) <= 2000),
    written_at timestamptz not null,
    -- When the receiver answered it.
    answered_at timestamptz,
    -- Feedback has one second wording and never a third.
    primary key (program_id, feedback_id),
    constraint a_second_wording_is_found_by_its_receiver unique (program_id, receiver_id, feedback_id),
    constraint a_second_wording_belongs_to_feedback_of_its_receiver
        foreign key (program_id, receiver_id, feedback_id) references feedback (program_id, receiver_id, id) on delete cascade,
    constraint a_second_wording_is_answered_after_it_was_written check (answered_at >= written_at)
);

create table second_wording_texts (
    program_id uuid not null,
    feedback_id uuid not null,
    receiver_id uuid not null,
    element_id uuid not null,
    -- Part by part, as the format of the feedback names them.
    words jsonb not null,
    answer text constraint an_answer_to_a_second_wording_is_a_known_one
        check (answer in ('thanks', 'will_try', 'already_trying', 'lets_talk', 'see_differently')),
    answer_words text not null default ''
        constraint an_answer_to_a_second_wording_has_at_most_1000_characters check (char_length(answer_words) <= 1000),
    primary key (program_id, feedback_id, element_id),
    foreign key (program_id, receiver_id, feedback_id)
        references second_wordings (program_id, receiver_id, feedback_id) on delete cascade,
    constraint a_second_wording_is_about_an_element_of_its_receiver
        foreign key (program_id, receiver_id, element_id) references elements (program_id, about_id, id)
);

comment on column second_wordings.program_id is 'FACT';
comment on column second_wordings.feedback_id is 'FACT';
comment on column second_wordings.receiver_id is 'FACT';
comment on column second_wordings.not_agreed is 'CONTENT';
comment on column second_wordings.written_at is 'FACT';
comment on column second_wordings.answered_at is 'FACT';
comment on column second_wording_texts.program_id is 'FACT';
comment on column second_wording_texts.feedback_id is 'FACT';
comment on column second_wording_texts.receiver_id is 'FACT';
comment on column second_wording_texts.element_id is 'FACT';
comment on column second_wording_texts.words is 'CONTENT';
comment on column second_wording_texts.answer is 'CONTENT';
comment on column second_wording_texts.answer_words is 'CONTENT';
