-- A draft keeps itself while it is written, whatever stands in its boxes so far: as typed, until it is read through.
alter table feedback alter column happened_on drop not null;
alter table feedback add column typed jsonb;
-- The window that kept it last, and how often it was kept: a window that opened it before that does not write over it.
alter table feedback add column kept_by uuid;
alter table feedback add column kept_times integer not null default 0;
alter table feedback add column kept_at timestamptz;
alter table feedback add constraint only_a_draft_is_kept_as_typed check (typed is null or state = 'draft');
alter table feedback add constraint feedback_that_is_read_through_says_its_day
    check (happened_on is not null or (state = 'draft' and typed is not null));
comment on column feedback.typed is 'PRIVATE';
comment on column feedback.kept_by is 'PRIVATE';
comment on column feedback.kept_times is 'PRIVATE';
comment on column feedback.kept_at is 'PRIVATE';
