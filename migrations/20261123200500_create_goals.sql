-- What a group works on, and what feedback may be about.
create table goals (
    program_id uuid not null,
    id uuid not null,
    group_id uuid not null,
    owner_id uuid,
    title text not null constraint a_goal_title_has_1_to_160_characters check (char_length(title) between 1 and 160),
    statement text not null,
    measure text not null default '',
    target_on date,
    state text not null constraint a_goal_is_in_a_known_state check (state in ('draft', 'agreed', 'achieved', 'partly', 'not_achieved', 'dropped')),
    created_by uuid not null,
    created_at timestamptz not null,
    agreed_on date,
    closed_on date,
    reflection text not null default '',
    primary key (program_id, id),
    constraint a_goal_is_found_within_its_group unique (program_id, group_id, id),
    foreign key (program_id, group_id) references groups,
    foreign key (program_id, owner_id) references participations,
    foreign key (program_id, created_by) references participations,
    constraint an_agreed_goal_has_its_date check (state in ('draft', 'dropped') or agreed_on is not null),
    constraint a_closed_goal_has_its_date check ((state in ('achieved', 'partly', 'not_achieved', 'dropped')) = (closed_on is not null))
);
create index goals_of_a_group on goals (program_id, group_id, created_at, id);

create table goal_agreements (
    program_id uuid not null,
    goal_id uuid not null,
    participation_id uuid not null,
    agreed_at timestamptz not null,
    primary key (program_id, goal_id, participation_id),
    foreign key (program_id, goal_id) references goals,
    foreign key (program_id, participation_id) references participations
);

create table elements (
    program_id uuid not null,
    id uuid not null,
    group_id uuid not null,
    goal_id uuid not null,
    about_id uuid not null,
    title text not null constraint an_element_title_has_1_to_120_characters check (char_length(title) between 1 and 120),
    state text not null constraint an_element_is_in_a_known_state check (state in ('proposed', 'agreed', 'retired')),
    proposed_by uuid not null,
    proposed_at timestamptz not null,
    agreed_on date,
    retired_on date,
    primary key (program_id, id),
    constraint an_element_is_found_by_whom_it_is_about unique (program_id, about_id, id),
    foreign key (program_id, group_id, goal_id) references goals (program_id, group_id, id),
    foreign key (program_id, about_id) references participations,
    foreign key (program_id, proposed_by) references participations,
    constraint an_agreed_element_has_its_date check (state <> 'agreed' or agreed_on is not null),
    constraint a_retired_element_has_its_date check ((state = 'retired') = (retired_on is not null))
);
create index elements_of_a_goal on elements (program_id, goal_id, proposed_at, id);

create table products (
    program_id uuid not null,
    id uuid not null,
    group_id uuid not null,
    goal_id uuid not null,
    owner_id uuid not null,
    title text not null constraint a_product_title_has_1_to_160_characters check (char_length(title) between 1 and 160),
    link text not null default '',
    state text not null constraint a_product_is_in_a_known_state check (state in ('intended', 'drafted', 'shared', 'in_use')),
    created_at timestamptz not null,
    primary key (program_id, id),
    foreign key (program_id, group_id, goal_id) references goals (program_id, group_id, id),
    foreign key (program_id, owner_id) references participations
);
create index products_of_a_group on products (program_id, group_id, created_at, id);

-- Who may see each column.
comment on column goals.program_id is 'FACT';
comment on column goals.id is 'FACT';
comment on column goals.group_id is 'FACT';
comment on column goals.owner_id is 'FACT';
comment on column goals.title is 'CONTENT';
comment on column goals.statement is 'CONTENT';
comment on column goals.measure is 'CONTENT';
comment on column goals.target_on is 'FACT';
comment on column goals.state is 'FACT';
comment on column goals.created_by is 'FACT';
comment on column goals.created_at is 'FACT';
comment on column goals.agreed_on is 'FACT';
comment on column goals.closed_on is 'FACT';
comment on column goals.reflection is 'CONTENT';
comment on column goal_agreements.program_id is 'FACT';
comment on column goal_agreements.goal_id is 'FACT';
comment on column goal_agreements.participation_id is 'FACT';
comment on column goal_agreements.agreed_at is 'FACT';
comment on column elements.program_id is 'FACT';
comment on column elements.id is 'FACT';
comment on column elements.group_id is 'FACT';
comment on column elements.goal_id is 'FACT';
comment on column elements.about_id is 'FACT';
comment on column elements.title is 'CONTENT';
comment on column elements.state is 'FACT';
comment on column elements.proposed_by is 'FACT';
comment on column elements.proposed_at is 'FACT';
comment on column elements.agreed_on is 'FACT';
comment on column elements.retired_on is 'FACT';
comment on column products.program_id is 'FACT';
comment on column products.id is 'FACT';
comment on column products.group_id is 'FACT';
comment on column products.goal_id is 'FACT';
comment on column products.owner_id is 'FACT';
comment on column products.title is 'SHARED';
comment on column products.link is 'SHARED';
comment on column products.state is 'FACT';
comment on column products.created_at is 'FACT';
