-- People who come as a list: what was sent, what came of it, and what to put back when it is undone.
create table imports (
    program_id uuid not null references programs,
    id uuid not null,
    made_by uuid not null references people,
    state text not null constraint an_import_is_in_a_known_state check (state in ('previewed', 'working', 'confirmed', 'undone')),
    -- The lines as they were read, until the import is undone or a month has passed.
    lines jsonb not null,
    -- The lines that were refused, with the reason, for as long.
    refused jsonb not null,
    ignored_columns text not null,
    new_lines integer not null,
    changed_lines integer not null,
    unchanged_lines integer not null,
    refused_lines integer not null,
    -- As counted when it was confirmed: the program may have changed since the preview.
    done_new integer not null default 0,
    done_changed integer not null default 0,
    done_unchanged integer not null default 0,
    -- What each line changed, for undoing it.
    steps jsonb not null default '[]',
    made_at timestamptz not null,
    started_at timestamptz,
    confirmed_at timestamptz,
    undone_at timestamptz,
    primary key (program_id, id)
);
create index imports_of_a_program_by_time on imports (program_id, made_at, id);

-- What coordinators entered about somebody last: the next list is compared with this, never with the person.
create table import_entries (
    program_id uuid not null references programs,
    id uuid not null,
    email_folded text not null,
    participation_id uuid not null,
    entered jsonb not null,
    primary key (program_id, id),
    constraint an_address_is_entered_once_in_a_program unique (program_id, email_folded)
);
create index import_entries_of_a_participation on import_entries (program_id, participation_id);

comment on column imports.program_id is 'FACT';
comment on column imports.id is 'FACT';
comment on column imports.made_by is 'FACT';
comment on column imports.state is 'FACT';
comment on column imports.lines is 'FACT';
comment on column imports.refused is 'FACT';
comment on column imports.ignored_columns is 'FACT';
comment on column imports.new_lines is 'FACT';
comment on column imports.changed_lines is 'FACT';
comment on column imports.unchanged_lines is 'FACT';
comment on column imports.refused_lines is 'FACT';
comment on column imports.done_new is 'FACT';
comment on column imports.done_changed is 'FACT';
comment on column imports.done_unchanged is 'FACT';
comment on column imports.steps is 'FACT';
comment on column imports.made_at is 'FACT';
comment on column imports.started_at is 'FACT';
comment on column imports.confirmed_at is 'FACT';
comment on column imports.undone_at is 'FACT';
comment on column import_entries.program_id is 'FACT';
comment on column import_entries.id is 'FACT';
comment on column import_entries.email_folded is 'FACT';
comment on column import_entries.participation_id is 'FACT';
comment on column import_entries.entered is 'FACT';
