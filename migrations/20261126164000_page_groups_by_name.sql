-- Groups are listed by name, a page at a time; and who has no group is found without looking at who has.
create index groups_of_a_program_by_name on groups (program_id, name, id);
create index open_memberships_of_a_program on memberships (program_id, participation_id) where left_on is null;
