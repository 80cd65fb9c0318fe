-- After a visit: one thing to try, thanks to the host, a report that the program may read, and the return visit.
alter table field_trips
    add column to_try text not null default '' constraint one_thing_to_try_has_up_to_200_characters
        check (char_length(to_try) <= 200);
comment on column field_trips.to_try is 'CONTENT';

create table host_thanks (
    program_id uuid not null,
    trip_id uuid not null,
    thanked_by uuid not null,
    thanked_at timestamptz not null,
    -- Otherwise they thanked them in a way of their own.
    by_email boolean not null,
    message text not null default '' constraint thanks_to_a_host_have_up_to_2000_characters
        check (char_length(message) <= 2000),
    primary key (program_id, trip_id),
    foreign key (program_id, trip_id) references field_trips,
    foreign key (program_id, thanked_by) references participations,
    constraint only_thanks_by_email_have_words_here check (by_email or message = '')
);
comment on column host_thanks.program_id is 'FACT';
comment on column host_thanks.trip_id is 'FACT';
comment on column host_thanks.thanked_by is 'FACT';
comment on column host_thanks.thanked_at is 'FACT';
comment on column host_thanks.by_email is 'FACT';
-- Read by who wrote it and by the host it was written to.
comment on column host_thanks.message is 'PRIVATE';

-- No row: nothing is said about a return visit yet.
create table return_visits (
    program_id uuid not null,
    trip_id uuid not null,
    how text not null constraint a_return_visit_stands_in_a_known_way check (how in ('planned', 'done', 'unneeded')),
    on_date date,
    -- Planned as a trip of its own, which says when and whether it took place.
    return_trip_id uuid,
    said_at timestamptz not null,
    primary key (program_id, trip_id),
    foreign key (program_id, trip_id) references field_trips,
    foreign key (program_id, return_trip_id) references field_trips,
    constraint a_return_visit_is_another_trip check (return_trip_id <> trip_id),
    constraint a_return_visit_has_a_day_or_a_trip_unless_it_is_unneeded
        check (num_nonnulls(on_date, return_trip_id) = case how when 'unneeded' then 0 else 1 end),
    constraint a_return_visit_that_is_a_trip_is_planned check (return_trip_id is null or how = 'planned')
);
comment on column return_visits.program_id is 'FACT';
comment on column return_visits.trip_id is 'FACT';
comment on column return_visits.how is 'FACT';
comment on column return_visits.on_date is 'FACT';
comment on column return_visits.return_trip_id is 'FACT';
comment on column return_visits.said_at is 'FACT';

-- What a group would like the program to read of a visit: shared once everybody who went has agreed to the words.
create table shared_reports (
    program_id uuid not null,
    trip_id uuid not null,
    words text not null constraint a_report_for_the_program_has_1_to_8000_characters
        check (char_length(words) between 1 and 8000),
    proposed_by uuid not null,
    proposed_at timestamptz not null,
    shared_at timestamptz,
    primary key (program_id, trip_id),
    foreign key (program_id, trip_id) references field_trips,
    foreign key (program_id, proposed_by) references participations,
    constraint a_report_is_shared_after_it_was_proposed check (shared_at >= proposed_at)
);
create index reports_shared_with_a_program on shared_reports (program_id, shared_at desc, trip_id desc) where shared_at is not null;
create table shared_report_yeses (
    program_id uuid not null,
    trip_id uuid not null,
    participation_id uuid not null,
    said_at timestamptz not null,
    primary key (program_id, trip_id, participation_id),
    foreign key (program_id, trip_id) references shared_reports on delete cascade,
    foreign key (program_id, participation_id) references participations
);
comment on column shared_reports.program_id is 'FACT';
comment on column shared_reports.trip_id is 'FACT';
comment on column shared_reports.words is 'SHARED';
comment on column shared_reports.proposed_by is 'FACT';
comment on column shared_reports.proposed_at is 'FACT';
comment on column shared_reports.shared_at is 'FACT';
comment on column shared_report_yeses.program_id is 'FACT';
comment on column shared_report_yeses.trip_id is 'FACT';
comment on column shared_report_yeses.participation_id is 'FACT';
comment on column shared_report_yeses.said_at is 'FACT';
