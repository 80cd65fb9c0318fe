-- For groups on shifts: two times of the week at which they meet in turn. The dates are derived.
create table fixed_times (
    program_id uuid not null,
    group_id uuid not null,
    position integer not null constraint a_group_meets_at_two_fixed_times_in_turn check (position in (1, 2)),
    -- Monday is 1.
    weekday integer not null constraint a_fixed_time_is_on_a_day_of_the_week check (weekday between 1 and 7),
    -- On the clock of the group's zone.
    starts_at time not null,
    primary key (program_id, group_id, position),
    foreign key (program_id, group_id) references groups,
    constraint the_two_fixed_times_of_a_group_differ unique (program_id, group_id, weekday, starts_at)
        deferrable initially deferred
);

-- Who may see each column.
comment on column fixed_times.program_id is 'FACT';
comment on column fixed_times.group_id is 'FACT';
comment on column fixed_times.position is 'FACT';
comment on column fixed_times.weekday is 'FACT';
comment on column fixed_times.starts_at is 'FACT';
