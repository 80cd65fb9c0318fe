-- "Did you meet?": who is asked by an email after a meeting, until one of them answers.
create table meeting_questions (
    program_id uuid not null,
    meeting_id uuid not null,
    -- Of the three rounds (who takes notes, who facilitates, everybody) so many have gone out.
    rounds integer not null default 0 constraint a_meeting_is_asked_about_in_three_rounds check (rounds between 0 and 3),
    -- Somebody answered that it moved: then the rounds begin anew after the new end.
    moved_at timestamptz,
    moved_by uuid,
    primary key (program_id, meeting_id),
    foreign key (program_id, meeting_id) references meetings,
    foreign key (program_id, moved_by) references participations,
    constraint a_meeting_that_moved_says_when_and_by_whom check ((moved_at is null) = (moved_by is null))
);

-- What the link in such an email stands for.
create table meeting_asks (
    program_id uuid not null,
    id uuid not null,
    meeting_id uuid not null,
    participation_id uuid not null,
    primary key (program_id, id),
    foreign key (program_id, meeting_id) references meetings,
    foreign key (program_id, participation_id) references participations,
    constraint somebody_is_asked_about_a_meeting_under_one_id unique (program_id, meeting_id, participation_id)
);
create index asks_about_meetings_of_somebody on meeting_asks (program_id, participation_id);

-- What the clock looks for every minute: meetings that are over and not logged.
create index meetings_that_wait_for_their_log on meetings (program_id, ends_at) where state = 'scheduled';

-- Who may see each column.
comment on column meeting_questions.program_id is 'FACT';
comment on column meeting_questions.meeting_id is 'FACT';
comment on column meeting_questions.rounds is 'FACT';
comment on column meeting_questions.moved_at is 'FACT';
comment on column meeting_questions.moved_by is 'FACT';
comment on column meeting_asks.program_id is 'FACT';
comment on column meeting_asks.id is 'FACT';
comment on column meeting_asks.meeting_id is 'FACT';
comment on column meeting_asks.participation_id is 'FACT';

alter table link_secrets drop constraint a_link_is_of_a_known_kind;
alter table link_secrets add constraint a_link_is_of_a_known_kind
    check (kind in ('setup', 'password', 'answer', 'pledges', 'unsubscribe', 'stop_email_change', 'confirm_email_change', 'shown_products', 'portfolio', 'calendar_feed', 'host', 'poll', 'met'));
