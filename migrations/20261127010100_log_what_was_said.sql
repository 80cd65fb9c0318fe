-- Spoken feedback is logged by either of the two, and waits until the other confirms its wording or remembers it
-- differently. `shared_at` is when the words that wait were logged, `opened_at` when they were confirmed.
alter table feedback add column logged_by_id uuid;
comment on column feedback.logged_by_id is 'FACT';
update feedback set logged_by_id = giver_id where mode = 'spoken';
update feedback set opened_at = shared_at where mode = 'spoken' and state = 'confirmed' and opened_at is null;

alter table feedback
    drop constraint feedback_is_in_a_known_state,
    add constraint feedback_is_in_a_known_state
        check (state in ('draft', 'shared', 'answered', 'logged', 'confirmed', 'disputed')),
    add constraint feedback_is_in_a_state_of_its_mode check (
        case mode when 'written' then state in ('draft', 'shared', 'answered')
                  else state in ('logged', 'confirmed', 'answered', 'disputed') end),
    add constraint spoken_feedback_says_who_logged_it check ((mode = 'spoken') = (logged_by_id is not null)),
    add constraint spoken_feedback_is_logged_by_one_of_the_two check (logged_by_id in (giver_id, receiver_id)),
    add constraint confirmed_feedback_has_its_date check (state <> 'confirmed' or opened_at is not null),
    add constraint unconfirmed_feedback_has_no_date_of_confirmation
        check (state not in ('logged', 'disputed') or (opened_at is null and answered_at is null)),
    -- A day of the zone furthest ahead may have begun a day before it does in UTC.
    add constraint feedback_is_not_on_a_day_to_come
        check (shared_at is null or happened_on <= (shared_at at time zone 'UTC')::date + 1);

-- What waits for one of the two, on the first page.
create index spoken_feedback_that_waits on feedback (program_id, group_id) where state = 'logged';
