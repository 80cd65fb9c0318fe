-- A product is found at a link, or stands here in words, or both.
alter table products add column words text not null default ''
    constraint a_product_has_at_most_4000_characters check (char_length(words) <= 4000);
comment on column products.words is 'SHARED';
