-- Whether a trip takes place in work time; nothing is said where it is not settled.
alter table field_trips add column work_time boolean;
comment on column field_trips.work_time is 'FACT';
