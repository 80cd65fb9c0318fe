-- What became of pledges: as the supervisor says at mid-program, and as the peer knows.
create table pledge_answers (
    program_id uuid not null,
    pledge_id uuid not null,
    answer text not null constraint a_pledge_is_done_or_not_yet_or_cannot_be check (answer in ('done', 'not_yet', 'cannot')),
    answered_at timestamptz not null,
    primary key (program_id, pledge_id),
    foreign key (program_id, pledge_id) references pledges on delete cascade
);

-- A row for each pledge of which its peer says that it really happened. It leaves this table only as a program's sum.
create table pledge_ticks (
    program_id uuid not null,
    pledge_id uuid not null,
    ticked_at timestamptz not null,
    primary key (program_id, pledge_id),
    foreign key (program_id, pledge_id) references pledges on delete cascade
);

-- What a letter is about, so that its delivery can be shown beside it.
alter table outbox add column about_id uuid;
create index outbox_about on outbox (about_id, kind, id) where about_id is not null;

comment on column pledge_answers.program_id is 'FACT';
comment on column pledge_answers.pledge_id is 'FACT';
comment on column pledge_answers.answer is 'FACT';
comment on column pledge_answers.answered_at is 'FACT';
comment on column pledge_ticks.program_id is 'PRIVATE';
comment on column pledge_ticks.pledge_id is 'PRIVATE';
comment on column pledge_ticks.ticked_at is 'PRIVATE';
comment on column outbox.about_id is 'FACT';
