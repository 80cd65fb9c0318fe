-- What an agreed goal said before its present words, and what is proposed to take their place. The words
-- in force stand in `goals`, and who said yes to them in `goal_agreements`.
create table goal_versions (
    program_id uuid not null,
    id uuid not null,
    group_id uuid not null,
    goal_id uuid not null,
    title text not null constraint a_version_of_a_goal_has_a_title_of_1_to_160_characters
        check (char_length(title) between 1 and 160),
    statement text not null,
    measure text not null,
    target_on date,
    worded_at timestamptz not null,
    -- Who asks for these words, while they are proposed.
    proposed_by uuid,
    -- The day other words took their place, once they were in force.
    replaced_on date,
    primary key (program_id, id),
    foreign key (program_id, group_id, goal_id) references goals (program_id, group_id, id),
    foreign key (program_id, proposed_by) references participations,
    constraint words_of_a_goal_are_proposed_by_somebody_or_were_in_force check ((proposed_by is null) = (replaced_on is not null))
);
create unique index a_goal_has_one_proposal_at_a_time on goal_versions (program_id, goal_id) where replaced_on is null;
create index versions_of_a_goal on goal_versions (program_id, goal_id, replaced_on, id);

-- Who said yes to these words, each for themselves.
create table goal_version_answers (
    program_id uuid not null,
    version_id uuid not null,
    participation_id uuid not null,
    agreed_at timestamptz not null,
    primary key (program_id, version_id, participation_id),
    foreign key (program_id, version_id) references goal_versions on delete cascade,
    foreign key (program_id, participation_id) references participations
);

comment on column goal_versions.program_id is 'FACT';
comment on column goal_versions.id is 'FACT';
comment on column goal_versions.group_id is 'FACT';
comment on column goal_versions.goal_id is 'FACT';
comment on column goal_versions.title is 'CONTENT';
comment on column goal_versions.statement is 'CONTENT';
comment on column goal_versions.measure is 'CONTENT';
comment on column goal_versions.target_on is 'FACT';
comment on column goal_versions.worded_at is 'FACT';
comment on column goal_versions.proposed_by is 'FACT';
comment on column goal_versions.replaced_on is 'FACT';
comment on column goal_version_answers.program_id is 'FACT';
comment on column goal_version_answers.version_id is 'FACT';
comment on column goal_version_answers.participation_id is 'FACT';
comment on column goal_version_answers.agreed_at is 'FACT';
