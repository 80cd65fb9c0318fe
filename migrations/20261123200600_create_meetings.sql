-- Meetings and their agendas.
create table meetings (
    program_id uuid not null,
    id uuid not null,
    group_id uuid not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    -- The wall time as it was agreed: when a zone changes its rules, this is what the group meant.
    starts_local timestamp not null,
    time_zone text not null,
    mode text not null constraint a_meeting_is_in_person_online_or_both check (mode in ('in_person', 'online', 'both')),
    place text not null default '',
    state text not null constraint a_meeting_is_in_a_known_state check (state in ('scheduled', 'held', 'not_held', 'cancelled')),
    not_held_reason text constraint a_meeting_is_missed_for_a_known_reason check (not_held_reason in ('conflict', 'illness', 'workload', 'other')),
    facilitator_id uuid,
    timekeeper_id uuid,
    note_taker_id uuid,
    overrun_confirmed boolean not null default false,
    note text not null default '',
    created_by uuid not null,
    created_at timestamptz not null,
    logged_by uuid,
    logged_at timestamptz,
    actual_minutes integer,
    primary key (program_id, id),
    constraint a_meeting_is_found_within_its_group unique (program_id, group_id, id),
    foreign key (program_id, group_id) references groups,
    foreign key (program_id, facilitator_id) references participations,
    foreign key (program_id, timekeeper_id) references participations,
    foreign key (program_id, note_taker_id) references participations,
    foreign key (program_id, created_by) references participations,
    foreign key (program_id, logged_by) references participations,
    constraint a_meeting_lasts_at_most_twelve_hours check (ends_at > starts_at and ends_at <= starts_at + interval '12 hours'),
    constraint only_a_missed_meeting_has_a_reason check ((state = 'not_held') = (not_held_reason is not null)),
    constraint a_held_meeting_was_logged check (state <> 'held' or (logged_at is not null and actual_minutes is not null)),
    constraint meetings_of_one_group_do_not_overlap exclude using gist (program_id with =, group_id with =, tstzrange(starts_at, ends_at) with &&) where (state in ('scheduled', 'held'))
);
create index meetings_of_a_group on meetings (program_id, group_id, starts_at, id);

create table attendances (
    program_id uuid not null,
    meeting_id uuid not null,
    participation_id uuid not null,
    primary key (program_id, meeting_id, participation_id),
    foreign key (program_id, meeting_id) references meetings,
    foreign key (program_id, participation_id) references participations
);

create table agenda_items (
    program_id uuid not null,
    id uuid not null,
    group_id uuid not null,
    meeting_id uuid not null,
    position integer not null,
    kind text not null constraint an_agenda_item_is_of_a_known_kind check (kind in ('check_in', 'goal_work', 'theme', 'feedback_round', 'trip', 'informal', 'logistics', 'wrap_up')),
    title text not null constraint an_agenda_title_has_1_to_120_characters check (char_length(title) between 1 and 120),
    planned_minutes integer not null constraint planned_minutes_are_1_to_480 check (planned_minutes between 1 and 480),
    goal_id uuid,
    trip_id uuid,
    theme_id uuid,
    lead_id uuid,
    state text not null constraint an_agenda_item_is_in_a_known_state check (state in ('planned', 'done', 'skipped', 'carried', 'parked')),
    actual_minutes integer constraint actual_minutes_are_1_to_720 check (actual_minutes between 1 and 720),
    -- The item of an earlier meeting that was put off to this one.
    carried_from uuid,
    primary key (program_id, id),
    constraint an_agenda_position_is_used_once unique (program_id, meeting_id, position) deferrable initially deferred,
    foreign key (program_id, group_id, meeting_id) references meetings (program_id, group_id, id),
    foreign key (program_id, group_id, goal_id) references goals (program_id, group_id, id),
    foreign key (program_id, theme_id) references themes,
    foreign key (program_id, lead_id) references participations,
    foreign key (program_id, carried_from) references agenda_items (program_id, id),
    constraint a_carried_item_appears_once unique (program_id, carried_from),
    constraint goal_work_names_a_goal check (kind <> 'goal_work' or goal_id is not null),
    constraint a_trip_item_names_a_trip check (kind <> 'trip' or trip_id is not null),
    constraint a_done_item_has_its_minutes check ((state = 'done') = (actual_minutes is not null))
);

-- Who may see each column.
comment on column meetings.program_id is 'FACT';
comment on column meetings.id is 'FACT';
comment on column meetings.group_id is 'FACT';
comment on column meetings.starts_at is 'FACT';
comment on column meetings.ends_at is 'FACT';
comment on column meetings.starts_local is 'FACT';
comment on column meetings.time_zone is 'FACT';
comment on column meetings.mode is 'FACT';
comment on column meetings.place is 'CONTENT';
comment on column meetings.state is 'FACT';
comment on column meetings.not_held_reason is 'FACT';
comment on column meetings.facilitator_id is 'FACT';
comment on column meetings.timekeeper_id is 'FACT';
comment on column meetings.note_taker_id is 'FACT';
comment on column meetings.overrun_confirmed is 'FACT';
comment on column meetings.note is 'CONTENT';
comment on column meetings.created_by is 'FACT';
comment on column meetings.created_at is 'FACT';
comment on column meetings.logged_by is 'FACT';
comment on column meetings.logged_at is 'FACT';
comment on column meetings.actual_minutes is 'FACT';
comment on column attendances.program_id is 'FACT';
comment on column attendances.meeting_id is 'FACT';
comment on column attendances.participation_id is 'FACT';
comment on column agenda_items.program_id is 'FACT';
comment on column agenda_items.id is 'FACT';
comment on column agenda_items.group_id is 'FACT';
comment on column agenda_items.meeting_id is 'FACT';
comment on column agenda_items.position is 'FACT';
comment on column agenda_items.kind is 'FACT';
comment on column agenda_items.title is 'CONTENT';
comment on column agenda_items.planned_minutes is 'FACT';
comment on column agenda_items.goal_id is 'FACT';
comment on column agenda_items.trip_id is 'FACT';
comment on column agenda_items.theme_id is 'FACT';
comment on column agenda_items.lead_id is 'FACT';
comment on column agenda_items.state is 'FACT';
comment on column agenda_items.actual_minutes is 'FACT';
comment on column agenda_items.carried_from is 'FACT';
