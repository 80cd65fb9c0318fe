-- A product reaches the whole program when its owner says so, and comes back the same way.
alter table products add column shared_with_program_at timestamptz;
create index products_shared_with_a_program on products (program_id, id) where shared_with_program_at is not null;
comment on column products.shared_with_program_at is 'FACT';
