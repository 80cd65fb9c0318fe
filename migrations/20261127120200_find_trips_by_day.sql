-- What is due some days before or after a trip is looked for every minute.
create index field_trips_by_day on field_trips (program_id, on_date, id);
