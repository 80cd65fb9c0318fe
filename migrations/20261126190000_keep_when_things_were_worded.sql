-- Words of a group are read by those who belonged when they were written (somebody who comes later
-- sees what an item of an agenda, or a plan of a trip, is for, and not its words). So both keep when
-- their words were last put down. A copy that is carried into the next meeting keeps the day of its
-- original, and a title that is taken from a goal the day of the goal.
alter table agenda_items add column worded_at timestamptz;
update agenda_items i set worded_at = m.created_at
from meetings m where m.program_id = i.program_id and m.id = i.meeting_id;
alter table agenda_items alter column worded_at set not null;
comment on column agenda_items.worded_at is 'FACT';

alter table field_trips add column worded_at timestamptz;
update field_trips set worded_at = created_at;
alter table field_trips alter column worded_at set not null;
comment on column field_trips.worded_at is 'FACT';
