-- Rows of the history are only added; people stand in it by id, so that erasing somebody changes none.
-- Its owner has no right to change them either. A superuser is bound by no grant, and our own server's user is one:
-- the trigger refuses what the grants cannot.
revoke update, delete, truncate on history from public;
do $$ begin execute format('revoke update, delete, truncate on history from %I', current_user); end $$;

create function refuse_to_change_the_history() returns trigger language plpgsql as $$
begin
    raise exception 'rows of the history are only added' using errcode = 'insufficient_privilege';
end $$;

create trigger the_history_is_only_added_to before update or delete or truncate on history
    for each statement execute function refuse_to_change_the_history();
