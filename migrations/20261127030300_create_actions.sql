-- What somebody in a group said they would do by a day.
create table actions (
    program_id uuid not null,
    id uuid not null,
    group_id uuid not null,
    words text not null constraint an_action_has_1_to_200_characters check (char_length(words) between 1 and 200),
    -- Nobody in particular: all of them.
    owner_id uuid,
    due_on date not null,
    state text not null constraint an_action_is_in_a_known_state check (state in ('open', 'done', 'dropped')),
    reason text not null default '' constraint a_reason_for_dropping_an_action_has_at_most_200_characters
        check (char_length(reason) <= 200),
    -- Where it was agreed.
    meeting_id uuid,
    written_by uuid not null,
    written_at timestamptz not null,
    closed_by uuid,
    closed_on date,
    primary key (program_id, id),
    foreign key (program_id, group_id) references groups,
    foreign key (program_id, owner_id) references participations,
    foreign key (program_id, group_id, meeting_id) references meetings (program_id, group_id, id),
    foreign key (program_id, written_by) references participations,
    foreign key (program_id, closed_by) references participations,
    constraint a_closed_action_has_its_date check ((state = 'open') = (closed_on is null)),
    constraint a_dropped_action_has_its_reason check (state <> 'dropped' or reason <> '')
);
create index actions_of_a_group on actions (program_id, group_id, state, due_on, id);

comment on column actions.program_id is 'FACT';
comment on column actions.id is 'FACT';
comment on column actions.group_id is 'FACT';
comment on column actions.words is 'CONTENT';
comment on column actions.owner_id is 'FACT';
comment on column actions.due_on is 'FACT';
comment on column actions.state is 'FACT';
comment on column actions.reason is 'CONTENT';
comment on column actions.meeting_id is 'FACT';
comment on column actions.written_by is 'FACT';
comment on column actions.written_at is 'FACT';
comment on column actions.closed_by is 'FACT';
comment on column actions.closed_on is 'FACT';
