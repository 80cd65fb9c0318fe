-- The timekeeper's page: when each item of a meeting began and ended, until the meeting is logged. Minutes are
-- derived from it; the log begins from them, and keeps what somebody says they were.
create table item_times (
    program_id uuid not null,
    item_id uuid not null,
    meeting_id uuid not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    skipped boolean not null default false,
    primary key (program_id, item_id),
    foreign key (program_id, item_id) references agenda_items (program_id, id),
    foreign key (program_id, meeting_id) references meetings,
    constraint an_item_ends_after_it_began check (ended_at >= started_at),
    constraint only_an_item_that_is_over_was_skipped check (not skipped or ended_at is not null)
);
create index times_of_a_meeting on item_times (program_id, meeting_id, started_at, item_id);
create unique index one_item_of_a_meeting_runs on item_times (program_id, meeting_id) where ended_at is null;

-- Who may see each column.
comment on column item_times.program_id is 'FACT';
comment on column item_times.item_id is 'FACT';
comment on column item_times.meeting_id is 'FACT';
comment on column item_times.started_at is 'FACT';
comment on column item_times.ended_at is 'FACT';
comment on column item_times.skipped is 'FACT';
