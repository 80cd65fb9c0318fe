-- A supervisor is asked about one trip that goes beyond what was approved. Its days and its cost are those of the
-- request, its date is the one day on which a yes to it holds.
alter table approval_requests
    add column trip_id uuid,
    add constraint only_a_request_for_a_trip_names_one check ((purpose = 'trip') = (trip_id is not null)),
    add constraint a_yes_to_a_trip_holds_on_its_day check (purpose <> 'trip' or valid_from = valid_until),
    add foreign key (program_id, trip_id) references field_trips;
drop index one_request_is_open_per_person_and_purpose;
create unique index one_request_is_open_per_person_and_purpose on approval_requests (program_id, participation_id, purpose)
    where state in ('pending', 'conditional') and purpose <> 'trip';
create unique index one_request_is_open_per_person_and_trip on approval_requests (program_id, participation_id, trip_id)
    where state in ('pending', 'conditional') and purpose = 'trip';
create index approval_requests_about_a_trip on approval_requests (program_id, trip_id, participation_id, asked_at desc, id desc)
    where trip_id is not null;
comment on column approval_requests.trip_id is 'FACT';

-- What comes after a trip has a day after it.
alter table field_trips
    add constraint an_observation_is_talked_over_after_its_day check (debriefed_on >= on_date),
    add constraint a_report_comes_after_the_trip_took_place check (reported_on is null or reported_on >= completed_on),
    add constraint a_trip_is_written_up_once_it_took_place check (reported_on is null or completed_on is not null);
