-- The domains at which supervisors may be asked; a day on which a supervisor would look again; the
-- list of how requests stand.
alter table programs
    add column supervisor_domains text[] not null default '{}'
        constraint a_program_names_at_most_twenty_domains check (cardinality(supervisor_domains) <= 20);
alter table approval_requests
    add column reconsider_from date
        constraint only_a_no_names_a_day_to_look_again check (reconsider_from is null or state = 'declined');
create index approval_requests_by_state on approval_requests (program_id, state, asked_at, id);

comment on column programs.supervisor_domains is 'PUBLIC';
comment on column approval_requests.reconsider_from is 'FACT';
