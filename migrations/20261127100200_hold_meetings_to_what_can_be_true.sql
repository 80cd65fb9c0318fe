-- What pages refuse about a log, the database refuses too.
alter table meetings add constraint a_meeting_is_logged_only_once_it_has_begun
    check (state not in ('held', 'not_held') or logged_at >= starts_at);
alter table meetings add constraint a_meeting_took_at_most_twelve_hours check (actual_minutes between 0 and 720);
alter table meetings add constraint only_a_held_meeting_took_minutes
    check (state = 'held' or actual_minutes is null);
