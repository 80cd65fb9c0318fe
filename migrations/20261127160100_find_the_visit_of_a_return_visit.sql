-- A trip looks up whether it is itself the return visit of another.
create index return_visits_by_their_trip on return_visits (program_id, return_trip_id) where return_trip_id is not null;
