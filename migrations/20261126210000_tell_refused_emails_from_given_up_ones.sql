-- An address that refuses an email for good is another thing than a server that took none in eight tries.
alter table outbox drop constraint an_email_ends_as_sent_not_needed_or_given_up;
alter table outbox add constraint an_email_ends_in_a_known_way check (outcome in ('sent', 'not_needed', 'given_up', 'refused'));
-- What became of a request that was called off is read by the page of its link.
create index history_of_an_object on history (program_id, object_id, id);
