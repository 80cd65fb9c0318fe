-- What the two of an observation settle when they meet beforehand: whether a class, or whoever else is there, knows.
alter table field_trips
    add column told text constraint it_is_said_in_known_words_whether_others_were_told
        check (told in ('yes', 'later', 'no_need')),
    add constraint only_an_observation_says_whether_others_were_told check (told is null or kind = 'observation');
comment on column field_trips.told is 'FACT';
