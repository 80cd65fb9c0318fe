-- Asking for feedback: whom, on which agreed elements, by when. Whether it came is derived from the feedback itself.
create table feedback_asks (
    program_id uuid not null,
    id uuid not null,
    group_id uuid not null,
    -- Who would like to hear, and from whom.
    asker_id uuid not null,
    giver_id uuid not null,
    line text not null default ''
        constraint a_line_that_asks_for_feedback_has_at_most_300_characters check (char_length(line) <= 300),
    due_on date,
    asked_at timestamptz not null,
    state text not null default 'open'
        constraint an_ask_for_feedback_is_in_a_known_state check (state in ('open', 'not_now', 'taken_back')),
    ended_at timestamptz,
    primary key (program_id, id),
    constraint an_ask_for_feedback_is_found_by_its_asker unique (program_id, asker_id, id),
    foreign key (program_id, group_id) references groups,
    foreign key (program_id, asker_id) references participations,
    foreign key (program_id, giver_id) references participations,
    constraint nobody_asks_themselves_for_feedback check (asker_id <> giver_id),
    constraint an_ask_for_feedback_that_ended_says_when check ((state = 'open') = (ended_at is null))
);
create unique index one_ask_for_feedback_is_open_between_two on feedback_asks (program_id, asker_id, giver_id) where state = 'open';
create index asks_for_feedback_of_a_giver on feedback_asks (program_id, giver_id) where state = 'open';

create table feedback_ask_elements (
    program_id uuid not null,
    ask_id uuid not null,
    asker_id uuid not null,
    element_id uuid not null,
    primary key (program_id, ask_id, element_id),
    foreign key (program_id, asker_id, ask_id) references feedback_asks (program_id, asker_id, id) on delete cascade,
    constraint feedback_is_asked_for_on_an_element_of_ones_own
        foreign key (program_id, asker_id, element_id) references elements (program_id, about_id, id)
);

-- Who may see each column.
comment on column feedback_asks.program_id is 'FACT';
comment on column feedback_asks.id is 'FACT';
comment on column feedback_asks.group_id is 'FACT';
comment on column feedback_asks.asker_id is 'FACT';
comment on column feedback_asks.giver_id is 'FACT';
comment on column feedback_asks.line is 'CONTENT';
comment on column feedback_asks.due_on is 'FACT';
comment on column feedback_asks.asked_at is 'FACT';
comment on column feedback_asks.state is 'FACT';
comment on column feedback_asks.ended_at is 'FACT';
comment on column feedback_ask_elements.program_id is 'FACT';
comment on column feedback_ask_elements.ask_id is 'FACT';
comment on column feedback_ask_elements.asker_id is 'FACT';
comment on column feedback_ask_elements.element_id is 'FACT';
