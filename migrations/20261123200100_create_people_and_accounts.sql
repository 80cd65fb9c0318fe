-- People, how they sign in, and what belongs to no program.
create extension if not exists btree_gist;

create table people (
    id uuid primary key,
    name text not null constraint a_name_has_1_to_120_characters check (char_length(name) between 1 and 120),
    email text not null constraint an_email_has_3_to_254_characters check (char_length(email) between 3 and 254),
    -- The address as it is compared: NFC and lower case, folded by the application because the server's locale is C.
    email_folded text not null constraint an_email_belongs_to_one_person unique,
    time_zone text not null,
    site_admin boolean not null default false,
    may_create_programs boolean not null default false,
    password_hash text,
    created_at timestamptz not null
);

create index people_by_name on people (name, id);

create table sign_in_sessions (
    secret_hash bytea primary key,
    id uuid not null constraint a_sign_in_session_has_its_own_id unique,
    person_id uuid not null references people,
    device text not null,
    started_at timestamptz not null,
    expires_at timestamptz not null
);
create index sign_in_sessions_of_a_person on sign_in_sessions (person_id, started_at, id);

-- Which programs a person has to do with: the one way from a person to programs.
create table person_programs (
    person_id uuid not null references people,
    program_id uuid not null,
    primary key (person_id, program_id)
);

-- What a link in an email stands for. Only the hash of its secret is kept.
create table link_secrets (
    secret_hash bytea primary key,
    kind text not null constraint a_link_is_of_a_known_kind check (kind in ('setup', 'password', 'answer')),
    program_id uuid,
    object_id uuid not null,
    made_at timestamptz not null,
    expires_at timestamptz not null
);
create index link_secrets_of_an_object on link_secrets (object_id, kind);

create table limit_counters (
    kind text not null,
    subject_hash bytea not null,
    window_start timestamptz not null,
    uses integer not null,
    primary key (kind, subject_hash, window_start)
);

create table outbox (
    id uuid primary key,
    program_id uuid,
    kind text not null,
    payload jsonb not null,
    -- The same key is never enqueued twice.
    idempotency_key text constraint an_email_is_enqueued_once unique,
    due_at timestamptz not null,
    leased_until timestamptz,
    attempts integer not null default 0,
    last_error text,
    finished_at timestamptz,
    outcome text constraint an_email_ends_as_sent_not_needed_or_given_up check (outcome in ('sent', 'not_needed', 'given_up')),
    constraint an_email_is_finished_when_it_has_an_outcome check ((finished_at is null) = (outcome is null))
);
create index outbox_waiting on outbox (due_at, id) where finished_at is null;

-- Who may see each column.
comment on column people.id is 'FACT';
comment on column people.name is 'FACT';
comment on column people.email is 'FACT';
comment on column people.email_folded is 'FACT';
comment on column people.time_zone is 'FACT';
comment on column people.site_admin is 'FACT';
comment on column people.may_create_programs is 'FACT';
comment on column people.password_hash is 'PRIVATE';
comment on column people.created_at is 'FACT';
comment on column sign_in_sessions.secret_hash is 'PRIVATE';
comment on column sign_in_sessions.id is 'PRIVATE';
comment on column sign_in_sessions.person_id is 'PRIVATE';
comment on column sign_in_sessions.device is 'PRIVATE';
comment on column sign_in_sessions.started_at is 'PRIVATE';
comment on column sign_in_sessions.expires_at is 'PRIVATE';
comment on column person_programs.person_id is 'FACT';
comment on column person_programs.program_id is 'FACT';
comment on column link_secrets.secret_hash is 'PRIVATE';
comment on column link_secrets.kind is 'FACT';
comment on column link_secrets.program_id is 'FACT';
comment on column link_secrets.object_id is 'FACT';
comment on column link_secrets.made_at is 'FACT';
comment on column link_secrets.expires_at is 'FACT';
comment on column limit_counters.kind is 'FACT';
comment on column limit_counters.subject_hash is 'FACT';
comment on column limit_counters.window_start is 'FACT';
comment on column limit_counters.uses is 'FACT';
comment on column outbox.id is 'FACT';
comment on column outbox.program_id is 'FACT';
comment on column outbox.kind is 'FACT';
comment on column outbox.payload is 'FACT';
comment on column outbox.idempotency_key is 'FACT';
comment on column outbox.due_at is 'FACT';
comment on column outbox.leased_until is 'FACT';
comment on column outbox.attempts is 'FACT';
comment on column outbox.last_error is 'FACT';
comment on column outbox.finished_at is 'FACT';
comment on column outbox.outcome is 'FACT';
