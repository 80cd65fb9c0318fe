-- How often when and where of a meeting was changed: calendars that hold it take only a higher number.
alter table meetings add column sequence integer not null default 0
    constraint changes_of_a_meeting_are_counted_from_zero check (sequence >= 0);
comment on column meetings.sequence is 'FACT';

alter table link_secrets drop constraint a_link_is_of_a_known_kind;
alter table link_secrets add constraint a_link_is_of_a_known_kind
    check (kind in ('setup', 'password', 'answer', 'pledges', 'unsubscribe', 'stop_email_change', 'confirm_email_change', 'shown_products', 'portfolio', 'calendar_feed'));
