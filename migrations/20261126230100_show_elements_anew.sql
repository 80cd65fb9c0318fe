-- Somebody who came later reads what was proposed before only once the person it is about shows it to them.
alter table elements add column shown_at timestamptz;
comment on column elements.shown_at is 'FACT';
