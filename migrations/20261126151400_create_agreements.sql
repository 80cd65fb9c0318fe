-- What a group agrees about how it works together: each version stays, and who said yes to it.
create table agreement_versions (
    program_id uuid not null references programs,
    id uuid not null,
    group_id uuid not null,
    number integer not null constraint versions_of_an_agreement_count_from_1 check (number >= 1),
    written_by uuid not null,
    written_at timestamptz not null,
    -- Since when it is in force; a newer one takes its place when that is adopted.
    adopted_on date,
    primary key (program_id, id),
    foreign key (program_id, group_id) references groups,
    foreign key (program_id, written_by) references participations,
    constraint a_group_has_one_version_of_each_number unique (program_id, group_id, number)
);

create table agreement_clauses (
    program_id uuid not null references programs,
    version_id uuid not null,
    position integer not null,
    kind text not null constraint a_clause_is_of_a_known_kind
        check (kind in ('confidentiality', 'attendance', 'decisions', 'feedback', 'notes', 'leaving', 'own')),
    title text not null constraint a_clause_has_a_title_of_1_to_80_characters check (char_length(title) between 1 and 80),
    body text not null constraint a_clause_has_1_to_2000_characters check (char_length(body) between 1 and 2000),
    primary key (program_id, version_id, position),
    foreign key (program_id, version_id) references agreement_versions
);

-- Who said yes, each for themselves.
create table agreement_answers (
    program_id uuid not null references programs,
    version_id uuid not null,
    participation_id uuid not null,
    agreed_at timestamptz not null,
    primary key (program_id, version_id, participation_id),
    foreign key (program_id, version_id) references agreement_versions,
    foreign key (program_id, participation_id) references participations
);

comment on column agreement_versions.program_id is 'FACT';
comment on column agreement_versions.id is 'FACT';
comment on column agreement_versions.group_id is 'FACT';
comment on column agreement_versions.number is 'FACT';
comment on column agreement_versions.written_by is 'FACT';
comment on column agreement_versions.written_at is 'FACT';
comment on column agreement_versions.adopted_on is 'FACT';
comment on column agreement_clauses.program_id is 'FACT';
comment on column agreement_clauses.version_id is 'FACT';
comment on column agreement_clauses.position is 'FACT';
comment on column agreement_clauses.kind is 'FACT';
comment on column agreement_clauses.title is 'CONTENT';
comment on column agreement_clauses.body is 'CONTENT';
comment on column agreement_answers.program_id is 'FACT';
comment on column agreement_answers.version_id is 'FACT';
comment on column agreement_answers.participation_id is 'FACT';
comment on column agreement_answers.agreed_at is 'FACT';
