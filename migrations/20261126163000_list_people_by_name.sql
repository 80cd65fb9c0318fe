-- People of a program are listed by name, a page at a time, by an index however many there are. What a list
-- sorts and searches by is the name in lower case; a part in a program repeats it, and follows a new name
-- within a minute.
alter table people add column sort_name text not null default '', add column renamed_at timestamptz;
create index people_renamed on people (renamed_at, id) where renamed_at is not null;
alter table participations add column sort_name text not null default '';
create index participations_of_a_program_by_name on participations (program_id, sort_name, id);
update people set sort_name = lower(name);
update participations t set sort_name = p.sort_name from people p where p.id = t.person_id;

comment on column people.sort_name is 'FACT';
comment on column people.renamed_at is 'FACT';
comment on column participations.sort_name is 'FACT';
