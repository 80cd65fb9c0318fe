-- What a person says of themselves, when they can meet, and when they pause.
alter table participations
    add column title text not null default '',
    add column paused_from date,
    add column paused_until date,
    add constraint a_pause_has_a_beginning_and_ends_after_it check ((paused_from is null) = (paused_until is null) and paused_until > paused_from);

-- Weekday slots in the person's own zone, Monday 1 to Sunday 7. Half-open: [starts_at, ends_at).
create table availability (
    program_id uuid not null references programs,
    id uuid not null,
    participation_id uuid not null,
    weekday integer not null constraint a_weekday_is_1_to_7 check (weekday between 1 and 7),
    starts_at time not null,
    ends_at time not null,
    primary key (program_id, id),
    foreign key (program_id, participation_id) references participations,
    constraint a_slot_ends_after_it_starts check (ends_at > starts_at)
);
create index availability_of_a_participation on availability (program_id, participation_id, weekday, starts_at, id);

-- Whom somebody would rather not meet with: read by its writer; by coordinators only as a pair, without who asked.
create table not_with (
    program_id uuid not null references programs,
    participation_id uuid not null,
    other_id uuid not null,
    primary key (program_id, participation_id, other_id),
    foreign key (program_id, participation_id) references participations,
    foreign key (program_id, other_id) references participations,
    constraint nobody_avoids_themselves check (participation_id <> other_id)
);

-- Which of the program's themes draw somebody.
create table participation_themes (
    program_id uuid not null references programs,
    participation_id uuid not null,
    theme_id uuid not null,
    primary key (program_id, participation_id, theme_id),
    foreign key (program_id, participation_id) references participations,
    foreign key (program_id, theme_id) references themes
);

create index participations_of_a_program_by_state on participations (program_id, state, id);

-- New kinds of links: a supervisor's follow-up of pledges, and out of nudges.
alter table link_secrets drop constraint a_link_is_of_a_known_kind;
alter table link_secrets add constraint a_link_is_of_a_known_kind
    check (kind in ('setup', 'password', 'answer', 'pledges', 'unsubscribe', 'stop_email_change'));

comment on column participations.title is 'FACT';
comment on column participations.paused_from is 'FACT';
comment on column participations.paused_until is 'FACT';
comment on column availability.program_id is 'FACT';
comment on column availability.id is 'FACT';
comment on column availability.participation_id is 'FACT';
comment on column availability.weekday is 'FACT';
comment on column availability.starts_at is 'FACT';
comment on column availability.ends_at is 'FACT';
comment on column not_with.program_id is 'PRIVATE';
comment on column not_with.participation_id is 'PRIVATE';
comment on column not_with.other_id is 'PRIVATE';
comment on column participation_themes.program_id is 'FACT';
comment on column participation_themes.participation_id is 'FACT';
comment on column participation_themes.theme_id is 'FACT';
