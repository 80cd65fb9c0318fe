-- A group's own themes: a question for a stretch of its time. On each day it has one at most, and goes by it
-- before the program's.
create table group_themes (
    program_id uuid not null,
    id uuid not null,
    group_id uuid not null,
    starts_on date not null,
    ends_on date not null,
    title text not null constraint a_theme_of_a_group_has_a_title_of_1_to_120_characters
        check (char_length(title) between 1 and 120),
    question text not null constraint a_theme_of_a_group_asks_in_1_to_300_characters
        check (char_length(question) between 1 and 300),
    written_by uuid not null,
    -- When its words were put down: who comes later does not read them.
    worded_at timestamptz not null,
    primary key (program_id, id),
    foreign key (program_id, group_id) references groups,
    foreign key (program_id, written_by) references participations,
    constraint a_theme_of_a_group_ends_when_it_starts_or_later check (ends_on >= starts_on),
    constraint a_group_has_one_theme_a_day
        exclude using gist (program_id with =, group_id with =, daterange(starts_on, ends_on, '[]') with &&)
);
create index themes_of_a_group on group_themes (program_id, group_id, starts_on, id);

-- A group that took more time for catching up than it kept, three times in a row, is offered a meeting for it.
-- Where it said not this time, only what came after that meeting counts.
create table coffee_declines (
    program_id uuid not null,
    group_id uuid not null,
    meeting_id uuid not null,
    primary key (program_id, group_id),
    foreign key (program_id, group_id, meeting_id) references meetings (program_id, group_id, id)
);

-- A theme that somebody chose goes with the theme: a coordinator can take it off.
alter table participation_themes drop constraint participation_themes_program_id_theme_id_fkey;
alter table participation_themes add foreign key (program_id, theme_id) references themes on delete cascade;

comment on column group_themes.program_id is 'FACT';
comment on column group_themes.id is 'FACT';
comment on column group_themes.group_id is 'FACT';
comment on column group_themes.starts_on is 'FACT';
comment on column group_themes.ends_on is 'FACT';
comment on column group_themes.title is 'CONTENT';
comment on column group_themes.question is 'CONTENT';
comment on column group_themes.written_by is 'FACT';
comment on column group_themes.worded_at is 'FACT';
comment on column coffee_declines.program_id is 'FACT';
comment on column coffee_declines.group_id is 'FACT';
comment on column coffee_declines.meeting_id is 'FACT';
