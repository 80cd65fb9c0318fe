-- The pulse: at the middle and at the end, everybody in a group is asked three questions and for one line. What
-- somebody answers is nobody's: an answer has a random id, no time, and nothing that leads to a person, a group or an
-- invitation. An invitation knows only whether it was answered, and forgets that when the pulse closes.
create table pulses (
    program_id uuid not null references programs,
    id uuid not null,
    kind text not null constraint a_pulse_is_at_the_middle_or_at_the_end check (kind in ('mid', 'end')),
    opened_at timestamptz not null,
    last_day date not null,
    -- With fewer answers nothing is ever shown. As the program had it on the day the pulse opened.
    fewest integer not null constraint results_of_a_pulse_need_three_answers_or_more check (fewest >= 3),
    -- How many were invited; stays when one of them is erased.
    invited integer not null constraint a_pulse_that_could_never_be_shown_is_not_opened check (invited >= fewest),
    closed_at timestamptz,
    primary key (program_id, id),
    constraint a_program_has_one_pulse_of_each_kind unique (program_id, kind)
);
create unique index one_pulse_of_a_program_is_open on pulses (program_id) where closed_at is null;

create table pulse_invitations (
    program_id uuid not null,
    id uuid not null,
    pulse_id uuid not null,
    participation_id uuid not null,
    -- So that nobody answers twice. False for everybody once the pulse is closed.
    answered boolean not null default false,
    primary key (program_id, id),
    foreign key (program_id, pulse_id) references pulses,
    foreign key (program_id, participation_id) references participations,
    constraint somebody_is_invited_once_to_a_pulse unique (program_id, pulse_id, participation_id)
);
create index pulse_invitations_of_somebody on pulse_invitations (program_id, participation_id);

create table pulse_answers (
    program_id uuid not null,
    pulse_id uuid not null,
    -- Of version 4: an id with a time in it would tell when.
    id uuid not null,
    worth integer not null constraint worth_is_from_1_to_5 check (worth between 1 and 5),
    safe integer not null constraint safe_is_from_1_to_5 check (safe between 1 and 5),
    recommend integer not null constraint recommend_is_from_0_to_10 check (recommend between 0 and 10),
    line text not null default '' constraint a_line_of_a_pulse_has_at_most_300_characters
        check (char_length(line) <= 300),
    primary key (program_id, pulse_id, id),
    foreign key (program_id, pulse_id) references pulses
);

-- Who may see each column.
comment on column pulses.program_id is 'FACT';
comment on column pulses.id is 'FACT';
comment on column pulses.kind is 'FACT';
comment on column pulses.opened_at is 'FACT';
comment on column pulses.last_day is 'FACT';
comment on column pulses.fewest is 'FACT';
comment on column pulses.invited is 'FACT';
comment on column pulses.closed_at is 'FACT';
comment on column pulse_invitations.program_id is 'FACT';
comment on column pulse_invitations.id is 'FACT';
comment on column pulse_invitations.pulse_id is 'FACT';
comment on column pulse_invitations.participation_id is 'FACT';
comment on column pulse_invitations.answered is 'PRIVATE';
comment on column pulse_answers.program_id is 'FACT';
comment on column pulse_answers.pulse_id is 'FACT';
comment on column pulse_answers.id is 'PRIVATE';
comment on column pulse_answers.worth is 'PRIVATE';
comment on column pulse_answers.safe is 'PRIVATE';
comment on column pulse_answers.recommend is 'PRIVATE';
comment on column pulse_answers.line is 'PRIVATE';

alter table link_secrets drop constraint a_link_is_of_a_known_kind;
alter table link_secrets add constraint a_link_is_of_a_known_kind
    check (kind in ('setup', 'password', 'answer', 'pledges', 'unsubscribe', 'stop_email_change', 'confirm_email_change', 'shown_products', 'portfolio', 'calendar_feed', 'host', 'poll', 'met', 'pulse'));
