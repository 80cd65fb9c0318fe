-- Rows of the history are only added; people stand in it by id, so that erasing somebody changes none.
-- Not even its owner may change them. A superuser is bound by no grant.
revoke update, delete, truncate on history from public;
do $$ begin execute format('revoke update, delete, truncate on history from %I', current_user); end $$;
