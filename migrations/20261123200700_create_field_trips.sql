-- Going to see: each other at work, and other institutions.
create table field_trips (
    program_id uuid not null,
    id uuid not null,
    group_id uuid not null,
    kind text not null constraint a_field_trip_is_of_a_known_kind check (kind in ('observation', 'site_visit', 'interview', 'shadowing', 'event')),
    by_video boolean not null,
    away boolean not null,
    purpose text not null constraint a_trip_purpose_has_1_to_300_characters check (char_length(purpose) between 1 and 300),
    goal_id uuid,
    on_date date not null,
    starts_time time,
    place text not null default '',
    host_institution text not null default '',
    host_person text not null default '',
    host_email text not null default '',
    questions text not null default '',
    cost_cents integer not null default 0 constraint a_trip_cost_is_not_negative check (cost_cents >= 0),
    observer_id uuid,
    observed_id uuid,
    consented_at timestamptz,
    pre_met_on date,
    debriefed_on date,
    state text not null constraint a_field_trip_is_in_a_known_state check (state in ('planned', 'confirmed', 'completed', 'reported', 'postponed', 'cancelled')),
    created_by uuid not null,
    created_at timestamptz not null,
    confirmed_on date,
    completed_on date,
    reported_on date,
    learned text not null default '',
    primary key (program_id, id),
    constraint a_field_trip_is_found_within_its_group unique (program_id, group_id, id),
    foreign key (program_id, group_id) references groups,
    foreign key (program_id, group_id, goal_id) references goals (program_id, group_id, id),
    foreign key (program_id, observer_id) references participations,
    foreign key (program_id, observed_id) references participations,
    foreign key (program_id, created_by) references participations,
    constraint an_observation_names_its_two_people check ((kind = 'observation') = (observer_id is not null) and (observer_id is null) = (observed_id is null)),
    constraint nobody_observes_themselves check (observer_id <> observed_id),
    constraint an_observation_is_confirmed_with_consent check (kind <> 'observation' or state not in ('confirmed', 'completed', 'reported') or consented_at is not null),
    constraint a_trip_that_took_place_has_its_date check (state not in ('completed', 'reported') or completed_on is not null),
    constraint nothing_is_reported_before_the_trip check (completed_on is null or completed_on >= on_date),
    constraint a_visit_by_video_is_not_away check (not (by_video and away))
);
create index field_trips_of_a_group on field_trips (program_id, group_id, on_date, id);
alter table agenda_items add foreign key (program_id, group_id, trip_id) references field_trips (program_id, group_id, id);

create table trip_goers (
    program_id uuid not null,
    trip_id uuid not null,
    participation_id uuid not null,
    primary key (program_id, trip_id, participation_id),
    foreign key (program_id, trip_id) references field_trips,
    foreign key (program_id, participation_id) references participations
);

create table trip_elements (
    program_id uuid not null,
    trip_id uuid not null,
    element_id uuid not null,
    primary key (program_id, trip_id, element_id),
    foreign key (program_id, trip_id) references field_trips,
    foreign key (program_id, element_id) references elements
);

-- Who may see each column.
comment on column field_trips.program_id is 'FACT';
comment on column field_trips.id is 'FACT';
comment on column field_trips.group_id is 'FACT';
comment on column field_trips.kind is 'FACT';
comment on column field_trips.by_video is 'FACT';
comment on column field_trips.away is 'FACT';
comment on column field_trips.purpose is 'CONTENT';
comment on column field_trips.goal_id is 'FACT';
comment on column field_trips.on_date is 'FACT';
comment on column field_trips.starts_time is 'FACT';
comment on column field_trips.place is 'CONTENT';
comment on column field_trips.host_institution is 'CONTENT';
comment on column field_trips.host_person is 'CONTENT';
comment on column field_trips.host_email is 'CONTENT';
comment on column field_trips.questions is 'CONTENT';
comment on column field_trips.cost_cents is 'FACT';
comment on column field_trips.observer_id is 'FACT';
comment on column field_trips.observed_id is 'FACT';
comment on column field_trips.consented_at is 'FACT';
comment on column field_trips.pre_met_on is 'FACT';
comment on column field_trips.debriefed_on is 'FACT';
comment on column field_trips.state is 'FACT';
comment on column field_trips.created_by is 'FACT';
comment on column field_trips.created_at is 'FACT';
comment on column field_trips.confirmed_on is 'FACT';
comment on column field_trips.completed_on is 'FACT';
comment on column field_trips.reported_on is 'FACT';
comment on column field_trips.learned is 'CONTENT';
comment on column trip_goers.program_id is 'FACT';
comment on column trip_goers.trip_id is 'FACT';
comment on column trip_goers.participation_id is 'FACT';
comment on column trip_elements.program_id is 'FACT';
comment on column trip_elements.trip_id is 'FACT';
comment on column trip_elements.element_id is 'FACT';
