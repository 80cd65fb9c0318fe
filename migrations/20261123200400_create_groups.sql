-- Groups, who belongs to them and when.
create table groups (
    program_id uuid not null references programs,
    id uuid not null,
    name text not null constraint a_group_name_has_1_to_80_characters check (char_length(name) between 1 and 80),
    focus text not null default '',
    home_time_zone text not null,
    meeting_minutes integer not null constraint a_groups_meeting_lasts_15_minutes_to_8_hours check (meeting_minutes between 15 and 480),
    created_at timestamptz not null,
    closed_on date,
    closed_how text constraint a_group_closes_in_a_known_way check (closed_how in ('completed', 'dissolved', 'merged')),
    primary key (program_id, id),
    constraint a_group_name_is_used_once_in_a_program unique (program_id, name),
    constraint a_closed_group_says_how check ((closed_on is null) = (closed_how is null))
);

-- Half-open: [joined_on, left_on). Without joined_on it is planned and begins at launch.
create table memberships (
    program_id uuid not null,
    id uuid not null,
    group_id uuid not null,
    participation_id uuid not null,
    joined_on date,
    left_on date,
    primary key (program_id, id),
    foreign key (program_id, group_id) references groups,
    foreign key (program_id, participation_id) references participations,
    constraint nobody_leaves_a_group_before_joining_it check (left_on is null or left_on >= joined_on),
    constraint a_person_is_in_one_group_at_a_time exclude using gist (program_id with =, participation_id with =, daterange(joined_on, left_on) with &&)
);
create index memberships_of_a_group on memberships (program_id, group_id, joined_on);

-- Who may see each column.
comment on column groups.program_id is 'FACT';
comment on column groups.id is 'FACT';
comment on column groups.name is 'FACT';
comment on column groups.focus is 'FACT';
comment on column groups.home_time_zone is 'FACT';
comment on column groups.meeting_minutes is 'FACT';
comment on column groups.created_at is 'FACT';
comment on column groups.closed_on is 'FACT';
comment on column groups.closed_how is 'FACT';
comment on column memberships.program_id is 'FACT';
comment on column memberships.id is 'FACT';
comment on column memberships.group_id is 'FACT';
comment on column memberships.participation_id is 'FACT';
comment on column memberships.joined_on is 'FACT';
comment on column memberships.left_on is 'FACT';
