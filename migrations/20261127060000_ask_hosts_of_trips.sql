-- A member asks the host of a trip by email; the host answers by a link, without an account.
create table trip_hosts (
    program_id uuid not null,
    trip_id uuid not null,
    asked_by uuid not null,
    asked_at timestamptz not null,
    times integer not null constraint a_host_is_asked_at_least_once check (times >= 1),
    message text not null constraint a_message_to_a_host_has_up_to_2000_characters check (char_length(message) <= 2000),
    answer text constraint a_host_answers_in_a_known_way check (answer in ('agreed', 'other_day')),
    answered_at timestamptz,
    answered_for date,
    offered_on date,
    day_line text not null default '' constraint a_line_on_the_day_has_up_to_300_characters check (char_length(day_line) <= 300),
    in_return text not null default '' constraint a_wish_in_return_has_up_to_300_characters check (char_length(in_return) <= 300),
    questions text not null default '' constraint questions_of_a_host_have_up_to_4000_characters check (char_length(questions) <= 4000),
    primary key (program_id, trip_id),
    foreign key (program_id, trip_id) references field_trips,
    foreign key (program_id, asked_by) references participations,
    constraint an_answer_of_a_host_has_its_time_and_day check
        ((answer is null) = (answered_at is null) and (answer is null) = (answered_for is null)),
    constraint a_host_offers_a_day_with_another_day_alone check ((answer is not distinct from 'other_day') = (offered_on is not null))
);

comment on column trip_hosts.program_id is 'FACT';
comment on column trip_hosts.trip_id is 'FACT';
comment on column trip_hosts.asked_by is 'FACT';
comment on column trip_hosts.asked_at is 'FACT';
comment on column trip_hosts.times is 'FACT';
-- Read by who wrote it and by the host it was written to.
comment on column trip_hosts.message is 'PRIVATE';
comment on column trip_hosts.answer is 'CONTENT';
comment on column trip_hosts.answered_at is 'FACT';
comment on column trip_hosts.answered_for is 'FACT';
comment on column trip_hosts.offered_on is 'CONTENT';
comment on column trip_hosts.day_line is 'CONTENT';
comment on column trip_hosts.in_return is 'CONTENT';
comment on column trip_hosts.questions is 'CONTENT';

alter table link_secrets drop constraint a_link_is_of_a_known_kind;
alter table link_secrets add constraint a_link_is_of_a_known_kind
    check (kind in ('setup', 'password', 'answer', 'pledges', 'unsubscribe', 'stop_email_change', 'confirm_email_change', 'shown_products', 'portfolio', 'calendar_feed', 'host'));
