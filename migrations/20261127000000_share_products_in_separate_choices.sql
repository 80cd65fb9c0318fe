-- Its owner shows a product to the group, the program and the supervisor, each by a choice of its own.
alter table products
    -- The group sees what is named on its goals, unless its owner keeps it from them.
    add column kept_from_group_at timestamptz,
    add column shared_with_supervisor_at timestamptz,
    -- The request whose supervisor it is shown to: somebody who takes their place does not see it.
    add column supervisor_request_id uuid,
    add constraint a_product_is_shown_to_a_supervisor_who_was_asked foreign key (program_id, supervisor_request_id) references approval_requests,
    add constraint a_product_shown_to_a_supervisor_says_to_whom_and_since_when check ((shared_with_supervisor_at is null) = (supervisor_request_id is null));
create index products_shown_to_supervisors on products (program_id, supervisor_request_id) where supervisor_request_id is not null;
comment on column products.kept_from_group_at is 'FACT';
comment on column products.shared_with_supervisor_at is 'FACT';
comment on column products.supervisor_request_id is 'FACT';

-- A page that was shared says that it no longer is: its link is kept, and is known as revoked.
alter table link_secrets add column revoked_at timestamptz;
comment on column link_secrets.revoked_at is 'FACT';
alter table link_secrets drop constraint a_link_is_of_a_known_kind;
alter table link_secrets add constraint a_link_is_of_a_known_kind
    check (kind in ('setup', 'password', 'answer', 'pledges', 'unsubscribe', 'stop_email_change', 'confirm_email_change', 'shown_products', 'portfolio'));
