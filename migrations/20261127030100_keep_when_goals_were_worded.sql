-- A goal keeps when its present words were put down, as agenda items and plans of trips do: who comes
-- later reads what was worded since. A group's goal had it in its writer's yes, a person's own nowhere.
alter table goals add column worded_at timestamptz;
update goals g set worded_at = coalesce(
    case when g.owner_id is null then
        (select min(a.agreed_at) from goal_agreements a where a.program_id = g.program_id and a.goal_id = g.id) end,
    g.created_at);
alter table goals alter column worded_at set not null;
comment on column goals.worded_at is 'FACT';
