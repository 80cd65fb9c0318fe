-- What somebody wants left alone. It is said to those who share a group with them; no element, and in no figure.
create table off_limits (
    program_id uuid not null,
    id uuid not null,
    participation_id uuid not null,
    words text not null constraint what_is_off_limits_has_1_to_120_characters check (char_length(words) between 1 and 120),
    set_at timestamptz not null,
    primary key (program_id, id),
    foreign key (program_id, participation_id) references participations
);
create index off_limits_of_a_person on off_limits (program_id, participation_id, set_at, id);

comment on column off_limits.program_id is 'FACT';
comment on column off_limits.id is 'FACT';
comment on column off_limits.participation_id is 'FACT';
comment on column off_limits.words is 'CONTENT';
comment on column off_limits.set_at is 'FACT';
