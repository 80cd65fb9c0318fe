-- Which yeses end soon is found without looking at those that do not.
create index approvals_by_their_end on approval_requests (program_id, valid_until) where state = 'approved';
