-- A supervisor who wants no more reminders of a request; conditions that wait for the peer.
alter table approval_requests
    add column reminders_stopped_at timestamptz;
create index approval_requests_on_a_condition on approval_requests (program_id, decided_at, id) where state = 'conditional';
comment on column approval_requests.reminders_stopped_at is 'FACT';
