-- People and groups are found by any part of their words, whatever the accents, by an index.
create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- Lower case without accents: "sørby" is "sorby". Fixed for an installation, as its dictionary is.
create function plain_words(words text) returns text language sql immutable strict parallel safe
    as $$ select lower(public.unaccent('public.unaccent'::regdictionary, words)) $$;
-- Text that holds these words as they are typed: %, _ and \ stand for themselves.
create function holding(words text) returns text language sql immutable strict parallel safe
    as $$ select '%' || replace(replace(replace(public.plain_words(words), '\', '\\'), '%', '\%'), '_', '\_') || '%' $$;

create index people_by_part_of_their_name on people using gin (plain_words(sort_name || ' ' || email_folded) gin_trgm_ops);
create index participations_by_part_of_their_words on participations
    using gin (plain_words(department || ' ' || site) gin_trgm_ops);
create index groups_by_part_of_their_words on groups using gin (plain_words(name || ' ' || focus) gin_trgm_ops);
