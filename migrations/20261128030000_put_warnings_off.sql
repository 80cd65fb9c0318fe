-- What coordinators put off until a day: one row for each warning. It counts as long as the warning is no worse than
-- it was then, and is shared by all who coordinate the program.
create table put_off_warnings (
    program_id uuid not null references programs,
    id uuid not null,
    kind text not null
        constraint a_warning_is_of_a_kind_in_small_letters check (kind ~ '^[a-z_]{1,40}$'),
    group_id uuid,
    participation_id uuid,
    -- The one of the two that is there, or the program.
    about_id uuid not null,
    -- How bad it was; larger is worse.
    degree integer not null,
    until_on date not null,
    put_off_by uuid not null references people,
    put_off_at timestamptz not null,
    primary key (program_id, id),
    foreign key (program_id, group_id) references groups,
    foreign key (program_id, participation_id) references participations,
    constraint a_warning_is_about_a_group_or_a_person_or_neither check (num_nonnulls(group_id, participation_id) <= 1),
    constraint a_put_off_warning_names_what_it_is_about
        check (about_id = coalesce(group_id, participation_id, program_id)),
    constraint a_warning_is_put_off_once unique (program_id, kind, about_id)
);
create index put_off_warnings_about_a_group on put_off_warnings (program_id, group_id) where group_id is not null;
create index put_off_warnings_about_a_person
    on put_off_warnings (program_id, participation_id) where participation_id is not null;
create index put_off_warnings_by_a_person on put_off_warnings (put_off_by);

comment on column put_off_warnings.program_id is 'FACT';
comment on column put_off_warnings.id is 'FACT';
comment on column put_off_warnings.kind is 'FACT';
comment on column put_off_warnings.group_id is 'FACT';
comment on column put_off_warnings.participation_id is 'FACT';
comment on column put_off_warnings.about_id is 'FACT';
comment on column put_off_warnings.degree is 'FACT';
comment on column put_off_warnings.until_on is 'FACT';
comment on column put_off_warnings.put_off_by is 'FACT';
comment on column put_off_warnings.put_off_at is 'FACT';
