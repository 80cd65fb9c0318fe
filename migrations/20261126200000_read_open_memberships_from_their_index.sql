-- The list of people asks for each person's group. With the group in the index the rows need not be
-- visited, and the planner no longer prefers the slower index of the exclusion constraint.
drop index open_memberships_of_a_program;
create index open_memberships_of_a_program on memberships (program_id, participation_id) include (group_id, joined_on)
    where left_on is null;
