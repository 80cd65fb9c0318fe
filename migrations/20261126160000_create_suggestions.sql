-- Groups that are suggested to a coordinator, to be read, changed and used: a draft, one open at a time.
create table suggestions (
    program_id uuid not null references programs,
    id uuid not null,
    made_by uuid not null references people,
    state text not null constraint a_suggestion_is_in_a_known_state check (state in ('working', 'ready', 'used', 'dropped')),
    -- The same people, weights and number give the same groups.
    seed integer not null constraint a_suggestion_starts_from_1_to_999999 check (seed between 1 and 999999),
    wants_weight integer not null,
    themes_weight integer not null,
    departments_weight integer not null,
    site_weight integer not null,
    same_site boolean not null,
    new_faces_weight integer not null,
    meeting_minutes integer not null,
    -- In hundredths, while it is worked out.
    progress integer not null default 0 constraint progress_is_0_to_100 check (progress between 0 and 100),
    made_at timestamptz not null,
    -- When progress was last heard of; long ago means that the work was cut off.
    alive_at timestamptz not null,
    primary key (program_id, id),
    constraint a_weight_is_0_to_5 check (0 <= all (array[wants_weight, themes_weight, departments_weight, site_weight, new_faces_weight])
        and 5 >= all (array[wants_weight, themes_weight, departments_weight, site_weight, new_faces_weight]))
);
create unique index one_suggestion_is_open_per_program on suggestions (program_id) where state in ('working', 'ready');
create index suggestions_of_a_program_by_time on suggestions (program_id, made_at, id);

-- Who sits in which of its groups; without a number, in none. Only an open suggestion has seats.
create table suggested_seats (
    program_id uuid not null,
    suggestion_id uuid not null,
    participation_id uuid not null,
    group_number integer constraint suggested_groups_count_from_1 check (group_number > 0),
    primary key (program_id, suggestion_id, participation_id),
    foreign key (program_id, suggestion_id) references suggestions,
    foreign key (program_id, participation_id) references participations
);
create index suggested_seats_by_group on suggested_seats (program_id, suggestion_id, group_number, participation_id);

-- What kept somebody out of every group. Two people whom a wish keeps apart stand here as a pair, without who asked.
create table suggestion_obstacles (
    program_id uuid not null,
    suggestion_id uuid not null,
    id uuid not null,
    participation_id uuid not null,
    rule text not null constraint an_obstacle_is_a_known_rule check (rule in ('supervisor', 'apart', 'own_time', 'no_time', 'full', 'too_few')),
    other_id uuid,
    primary key (program_id, id),
    foreign key (program_id, suggestion_id) references suggestions,
    foreign key (program_id, participation_id) references participations,
    foreign key (program_id, other_id) references participations
);
create index suggestion_obstacles_of_a_seat on suggestion_obstacles (program_id, suggestion_id, participation_id, id);
create index suggestion_obstacles_with_somebody on suggestion_obstacles (program_id, other_id) where other_id is not null;

comment on column suggestions.program_id is 'FACT';
comment on column suggestions.id is 'FACT';
comment on column suggestions.made_by is 'FACT';
comment on column suggestions.state is 'FACT';
comment on column suggestions.seed is 'FACT';
comment on column suggestions.wants_weight is 'FACT';
comment on column suggestions.themes_weight is 'FACT';
comment on column suggestions.departments_weight is 'FACT';
comment on column suggestions.site_weight is 'FACT';
comment on column suggestions.same_site is 'FACT';
comment on column suggestions.new_faces_weight is 'FACT';
comment on column suggestions.meeting_minutes is 'FACT';
comment on column suggestions.progress is 'FACT';
comment on column suggestions.made_at is 'FACT';
comment on column suggestions.alive_at is 'FACT';
comment on column suggested_seats.program_id is 'FACT';
comment on column suggested_seats.suggestion_id is 'FACT';
comment on column suggested_seats.participation_id is 'FACT';
comment on column suggested_seats.group_number is 'FACT';
comment on column suggestion_obstacles.program_id is 'FACT';
comment on column suggestion_obstacles.suggestion_id is 'FACT';
comment on column suggestion_obstacles.id is 'FACT';
comment on column suggestion_obstacles.participation_id is 'FACT';
comment on column suggestion_obstacles.rule is 'FACT';
comment on column suggestion_obstacles.other_id is 'FACT';
