-- What a coordinator writes to many at once. Its writer, her co-coordinators and those it goes to read it, nobody else.
create table letters (
    program_id uuid not null references programs,
    id uuid not null,
    written_by uuid not null references people,
    audience text not null constraint a_letter_goes_to_a_known_audience
        check (audience in ('everyone', 'groups', 'not_joined', 'unanswered', 'no_date', 'no_log')),
    -- Both are empty once their writer is erased.
    subject text not null constraint a_letters_subject_has_up_to_150_characters check (char_length(subject) <= 150),
    words text not null constraint a_letter_has_up_to_8000_characters check (char_length(words) <= 8000),
    addressees integer not null constraint a_letter_goes_to_somebody check (addressees > 0),
    sent_at timestamptz not null,
    primary key (program_id, id),
    constraint a_letter_has_a_subject_as_long_as_it_has_words check ((subject = '') = (words = ''))
);
create index letters_of_a_program on letters (program_id, sent_at desc, id desc);
create index letters_by_their_writer on letters (program_id, written_by);

-- The groups that were chosen, of a letter to some.
create table letter_groups (
    program_id uuid not null,
    letter_id uuid not null,
    group_id uuid not null,
    primary key (program_id, letter_id, group_id),
    foreign key (program_id, letter_id) references letters on delete cascade,
    foreign key (program_id, group_id) references groups on delete cascade
);
create index letters_to_a_group on letter_groups (program_id, group_id);

-- Who got it. Whoever is taken off before they joined leaves no trace here.
create table letter_addressees (
    program_id uuid not null,
    letter_id uuid not null,
    participation_id uuid not null,
    primary key (program_id, letter_id, participation_id),
    foreign key (program_id, letter_id) references letters on delete cascade,
    foreign key (program_id, participation_id) references participations on delete cascade
);
create index letters_to_a_person on letter_addressees (program_id, participation_id);

comment on column letters.program_id is 'FACT';
comment on column letters.id is 'FACT';
comment on column letters.written_by is 'FACT';
comment on column letters.audience is 'FACT';
-- Read by who wrote it, who coordinates with them, and those it was sent to.
comment on column letters.subject is 'PRIVATE';
comment on column letters.words is 'PRIVATE';
comment on column letters.addressees is 'FACT';
comment on column letters.sent_at is 'FACT';
comment on column letter_groups.program_id is 'FACT';
comment on column letter_groups.letter_id is 'FACT';
comment on column letter_groups.group_id is 'FACT';
comment on column letter_addressees.program_id is 'FACT';
comment on column letter_addressees.letter_id is 'FACT';
comment on column letter_addressees.participation_id is 'FACT';
