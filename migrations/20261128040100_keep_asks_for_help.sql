-- What somebody wrote to one coordinator or contact person. Sent as an email, and kept for a month for who wrote it.
create table help_asks (
    program_id uuid not null,
    id uuid not null,
    participation_id uuid not null,
    to_id uuid not null references people,
    words text not null constraint an_ask_for_help_has_1_to_4000_characters check (char_length(words) between 1 and 4000),
    -- The page they came from, where they ticked that it is sent along; otherwise empty.
    page text not null default '' constraint the_page_of_an_ask_has_up_to_300_characters check (char_length(page) <= 300),
    sent_at timestamptz not null,
    primary key (program_id, id),
    foreign key (program_id, participation_id) references participations on delete cascade
);
create index asks_for_help_of_a_person on help_asks (program_id, participation_id, sent_at desc);
create index asks_for_help_by_age on help_asks (program_id, sent_at);

comment on column help_asks.program_id is 'FACT';
comment on column help_asks.id is 'FACT';
-- Not even that somebody asked is for others than the two.
comment on column help_asks.participation_id is 'PRIVATE';
comment on column help_asks.to_id is 'PRIVATE';
comment on column help_asks.words is 'PRIVATE';
comment on column help_asks.page is 'PRIVATE';
comment on column help_asks.sent_at is 'PRIVATE';
