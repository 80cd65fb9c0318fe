-- What an observer notes, for the two of an observation alone. Deleting notes leaves no row, here or in the history.
create table observation_notes (
    program_id uuid not null,
    trip_id uuid not null,
    log text not null default '' constraint a_log_of_an_observation_has_up_to_12000_characters check (char_length(log) <= 12000),
    written_at timestamptz not null,
    handed_at timestamptz,
    drop_asked_by uuid,
    primary key (program_id, trip_id),
    foreign key (program_id, trip_id) references field_trips,
    foreign key (program_id, drop_asked_by) references participations,
    constraint notes_are_handed_over_after_they_are_written check (handed_at >= written_at),
    constraint only_notes_that_both_read_need_both_to_delete_them check (drop_asked_by is null or handed_at is not null)
);
create table observation_note_texts (
    program_id uuid not null,
    trip_id uuid not null,
    element_id uuid not null,
    words text not null constraint a_note_on_an_element_has_1_to_4000_characters check (char_length(words) between 1 and 4000),
    primary key (program_id, trip_id, element_id),
    foreign key (program_id, trip_id) references observation_notes,
    foreign key (program_id, element_id) references elements
);

comment on column observation_notes.program_id is 'FACT';
comment on column observation_notes.trip_id is 'FACT';
comment on column observation_notes.log is 'CONTENT';
comment on column observation_notes.written_at is 'CONTENT';
comment on column observation_notes.handed_at is 'CONTENT';
comment on column observation_notes.drop_asked_by is 'CONTENT';
comment on column observation_note_texts.program_id is 'FACT';
comment on column observation_note_texts.trip_id is 'FACT';
comment on column observation_note_texts.element_id is 'CONTENT';
comment on column observation_note_texts.words is 'CONTENT';
