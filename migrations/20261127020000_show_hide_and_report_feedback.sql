-- Who besides the two reads an item of feedback: the group when both say so, the contact person when it is reported.

-- Since when a report keeps it from everyone but those it concerns; empty again once it may stand.
alter table feedback add column reported_at timestamptz
    constraint no_draft_of_feedback_is_reported check (reported_at is null or state <> 'draft');
-- What counts. Every figure asks this column, so that "live" means one thing.
alter table feedback add column is_live boolean not null
    generated always as (state in ('shared', 'answered', 'confirmed') and reported_at is null) stored;

-- What each of the two has set about one item, for themselves.
create table feedback_sides (
    program_id uuid not null,
    feedback_id uuid not null,
    side text not null constraint feedback_has_two_sides check (side in ('giver', 'receiver')),
    -- Since when they leave it out of their own list.
    hidden_at timestamptz,
    -- Since when the group may read it, as far as they are concerned.
    shown_at timestamptz,
    primary key (program_id, feedback_id, side),
    foreign key (program_id, feedback_id) references feedback on delete cascade
);

-- One item, reported by one of its readers to the contact person.
create table reports (
    program_id uuid not null,
    id uuid not null,
    feedback_id uuid not null,
    reporter_id uuid not null,
    line text not null default ''
        constraint a_line_with_a_report_has_at_most_500_characters check (char_length(line) <= 500),
    reported_at timestamptz not null,
    state text not null default 'open'
        constraint a_report_is_in_a_known_state check (state in ('open', 'withdrawn', 'stands', 'closed')),
    ended_at timestamptz,
    decided_by uuid references people,
    -- Why, for who reported it and for the two.
    reason text not null default ''
        constraint a_reason_for_a_decision_has_at_most_500_characters check (char_length(reason) <= 500),
    primary key (program_id, id),
    foreign key (program_id, feedback_id) references feedback on delete cascade,
    foreign key (program_id, reporter_id) references participations,
    constraint a_report_that_ended_says_when check ((state = 'open') = (ended_at is null)),
    constraint a_decision_about_a_report_says_whose check ((state in ('stands', 'closed')) = (decided_by is not null))
);
create unique index one_report_stands_per_item_and_reader on reports (program_id, feedback_id, reporter_id) where state <> 'withdrawn';
create index reports_of_a_reader on reports (program_id, reporter_id, id);

-- Who may see each column.
comment on column feedback.reported_at is 'CONTENT';
comment on column feedback.is_live is 'FACT';
comment on column feedback_sides.program_id is 'FACT';
comment on column feedback_sides.feedback_id is 'FACT';
comment on column feedback_sides.side is 'FACT';
comment on column feedback_sides.hidden_at is 'PRIVATE';
comment on column feedback_sides.shown_at is 'CONTENT';
comment on column reports.program_id is 'FACT';
comment on column reports.id is 'FACT';
comment on column reports.feedback_id is 'CONTENT';
comment on column reports.reporter_id is 'CONTENT';
comment on column reports.line is 'CONTENT';
comment on column reports.reported_at is 'CONTENT';
comment on column reports.state is 'FACT';
comment on column reports.ended_at is 'CONTENT';
comment on column reports.decided_by is 'CONTENT';
comment on column reports.reason is 'CONTENT';
