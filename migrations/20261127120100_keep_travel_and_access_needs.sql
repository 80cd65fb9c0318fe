-- How those who go on a trip get there, for the group; and what each of them needs, for whoever planned it.
create table trip_travel (
    program_id uuid not null,
    trip_id uuid not null,
    words text not null constraint how_to_get_there_has_1_to_600_characters check (char_length(words) between 1 and 600),
    written_at timestamptz not null,
    primary key (program_id, trip_id),
    foreign key (program_id, trip_id) references field_trips
);
create table access_needs (
    program_id uuid not null,
    trip_id uuid not null,
    participation_id uuid not null,
    words text not null constraint what_somebody_needs_has_1_to_600_characters check (char_length(words) between 1 and 600),
    written_at timestamptz not null,
    primary key (program_id, trip_id, participation_id),
    foreign key (program_id, trip_id) references field_trips,
    foreign key (program_id, participation_id) references participations
);

comment on column trip_travel.program_id is 'FACT';
comment on column trip_travel.trip_id is 'FACT';
comment on column trip_travel.words is 'CONTENT';
comment on column trip_travel.written_at is 'FACT';
comment on column access_needs.program_id is 'FACT';
comment on column access_needs.trip_id is 'FACT';
-- That somebody needs something is theirs, as what they need is: read by them and by whoever planned the trip.
comment on column access_needs.participation_id is 'PRIVATE';
comment on column access_needs.words is 'PRIVATE';
comment on column access_needs.written_at is 'PRIVATE';
