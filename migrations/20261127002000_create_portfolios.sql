-- What somebody takes along from a program to show to others, ticked item by item.
create table portfolio_items (
    program_id uuid not null,
    id uuid not null,
    participation_id uuid not null,
    goal_id uuid,
    product_id uuid,
    trip_id uuid,
    feedback_id uuid,
    primary key (program_id, id),
    foreign key (program_id, participation_id) references participations,
    foreign key (program_id, goal_id) references goals on delete cascade,
    foreign key (program_id, product_id) references products on delete cascade,
    foreign key (program_id, trip_id) references field_trips on delete cascade,
    foreign key (program_id, feedback_id) references feedback on delete cascade,
    constraint a_portfolio_item_is_one_thing check (num_nonnulls(goal_id, product_id, trip_id, feedback_id) = 1),
    constraint a_goal_is_in_a_portfolio_once unique (program_id, participation_id, goal_id),
    constraint a_product_is_in_a_portfolio_once unique (program_id, participation_id, product_id),
    constraint a_trip_is_in_a_portfolio_once unique (program_id, participation_id, trip_id),
    constraint feedback_is_in_a_portfolio_once unique (program_id, participation_id, feedback_id)
);

-- The receiver of feedback asks its giver whether it may be shown; the giver may take a yes back at any time.
create table portfolio_asks (
    program_id uuid not null,
    feedback_id uuid not null,
    asked_at timestamptz not null,
    answer text constraint a_portfolio_ask_is_answered_yes_or_no check (answer in ('yes', 'no')),
    answered_at timestamptz,
    primary key (program_id, feedback_id),
    foreign key (program_id, feedback_id) references feedback on delete cascade,
    constraint an_answered_portfolio_ask_has_its_date check ((answer is null) = (answered_at is null))
);

-- Who wrote down what was learned, so that it can go into their portfolio and nobody else's.
alter table field_trips add column reported_by uuid;
alter table field_trips add foreign key (program_id, reported_by) references participations;

comment on column portfolio_items.program_id is 'FACT';
comment on column portfolio_items.id is 'FACT';
comment on column portfolio_items.participation_id is 'PRIVATE';
comment on column portfolio_items.goal_id is 'PRIVATE';
comment on column portfolio_items.product_id is 'PRIVATE';
comment on column portfolio_items.trip_id is 'PRIVATE';
comment on column portfolio_items.feedback_id is 'PRIVATE';
comment on column portfolio_asks.program_id is 'FACT';
comment on column portfolio_asks.feedback_id is 'FACT';
comment on column portfolio_asks.asked_at is 'PRIVATE';
comment on column portfolio_asks.answer is 'PRIVATE';
comment on column portfolio_asks.answered_at is 'PRIVATE';
comment on column field_trips.reported_by is 'FACT';
