-- People who had themselves erased, and changes of the address one signs in with.

-- That somebody was erased outlives them, so that a restored backup can be brought up to date.
-- The address they had is kept only until the email that confirms it has left.
create table erasures (
    person_id uuid primary key references people,
    email text,
    carried_out_by text not null constraint an_erasure_is_carried_out_by_its_owner_or_a_site_admin check (carried_out_by in ('owner', 'site_admin')),
    erased_at timestamptz not null
);

create table email_changes (
    id uuid primary key,
    person_id uuid not null references people,
    -- Where the change is announced, even when it has happened by then.
    old_email text not null,
    new_email text not null constraint a_new_email_has_3_to_254_characters check (char_length(new_email) between 3 and 254),
    asked_by text not null constraint an_email_change_is_asked_by_its_owner_or_a_site_admin check (asked_by in ('owner', 'site_admin')),
    asked_at timestamptz not null,
    -- A site admin's change happens then by itself; an owner's ends then unless the new address has confirmed it.
    due_at timestamptz not null,
    ended_at timestamptz,
    outcome text constraint an_email_change_ends_in_a_known_way check (outcome in ('done', 'stopped', 'replaced', 'expired', 'taken')),
    constraint an_email_change_is_due_after_it_is_asked check (due_at > asked_at),
    constraint an_ended_email_change_says_how check ((ended_at is null) = (outcome is null))
);
create unique index one_email_change_is_open_per_person on email_changes (person_id) where ended_at is null;
create index email_changes_waiting on email_changes (due_at, id) where ended_at is null;

comment on column erasures.person_id is 'FACT';
comment on column erasures.email is 'PRIVATE';
comment on column erasures.carried_out_by is 'FACT';
comment on column erasures.erased_at is 'FACT';
comment on column email_changes.id is 'FACT';
comment on column email_changes.person_id is 'FACT';
comment on column email_changes.old_email is 'PRIVATE';
comment on column email_changes.new_email is 'PRIVATE';
comment on column email_changes.asked_by is 'FACT';
comment on column email_changes.asked_at is 'FACT';
comment on column email_changes.due_at is 'FACT';
comment on column email_changes.ended_at is 'FACT';
comment on column email_changes.outcome is 'FACT';

alter table link_secrets drop constraint a_link_is_of_a_known_kind;
alter table link_secrets add constraint a_link_is_of_a_known_kind
    check (kind in ('setup', 'password', 'answer', 'pledges', 'unsubscribe', 'stop_email_change', 'confirm_email_change'));
