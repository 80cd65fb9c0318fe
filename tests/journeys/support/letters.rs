//! A letter of every kind about everything the demo program holds, whatever came to pass in it.
use super::TestApp;
use see_also::{features::archive, mail::Email};
use sqlx::{AssertSqlSafe, Row};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Something was said, and waits for the other's word.
const SAID: &str = "with was as (select f.*, gen_random_uuid() as new_id from feedback f where f.mode = 'spoken' and f.state = 'confirmed'
                  order by f.id limit 1),
          said as (insert into feedback (program_id, id, group_id, giver_id, receiver_id, mode, logged_by_id, format, happened_on,
                       not_agreed, state, created_at, shared_at)
                   select program_id, new_id, group_id, giver_id, receiver_id, 'spoken', giver_id, format, happened_on, 'x', 'logged',
                       $now, $now from was)
     insert into feedback_texts (program_id, feedback_id, receiver_id, element_id, words)
     select t.program_id, was.new_id, t.receiver_id, t.element_id, t.words
     from was join feedback_texts t on t.program_id = was.program_id and t.feedback_id = was.id";

/// Somebody put what they wrote in other words, and whatever is disputed is remembered in two ways.
const REWORDED: &str = "with f as ((select program_id, id, receiver_id from feedback where mode = 'written' and state = 'answered' order by id limit 1)
                union all select program_id, id, receiver_id from feedback where state = 'disputed'),
          w as (insert into second_wordings (program_id, feedback_id, receiver_id, not_agreed, written_at)
                select program_id, id, receiver_id, 'x', $now from f)
     insert into second_wording_texts (program_id, feedback_id, receiver_id, element_id, words, answer_words)
     select t.program_id, f.id, t.receiver_id, t.element_id, t.words, 'x'
     from f join feedback_texts t on t.program_id = f.program_id and t.feedback_id = f.id";

/// Adds to the demo what was said and is not settled, and words beside the first ones.
pub async fn stage_wordings(app: &TestApp) {
    for sql in [SAID, "update feedback set state = 'disputed' where state = 'logged'", SAID, REWORDED] {
        let done = sqlx::query(AssertSqlSafe(spelled_out(app, sql))).execute(&app.app.db).await.unwrap();
        assert!(done.rows_affected() > 0, "nothing was staged: {sql}");
    }
}

/// The three questions: half-way, closed and with answers to show, and at the end, still open, and answered by some.
const PULSES: &str = "with asked as (insert into pulses (program_id, id, kind, opened_at, last_day, fewest, invited, closed_at)
                   select p.id, gen_random_uuid(), k.kind, $now - interval '9 days', $now::date + 9, 5, 9,
                          case k.kind when 'mid' then $now end
                   from programs p, (values ('mid'), ('end')) k (kind) returning program_id, id, kind),
          invited as (insert into pulse_invitations (program_id, id, pulse_id, participation_id)
                      select a.program_id, gen_random_uuid(), a.id, m.participation_id
                      from asked a join memberships m on m.program_id = a.program_id and m.left_on is null and m.joined_on is not null)
     insert into pulse_answers (program_id, pulse_id, id, worth, safe, recommend, line)
     select program_id, id, gen_random_uuid(), 4, 5, 8, 'x' from asked, generate_series(1, 7)";

/// Takes back all that somebody in the demo shows to others, so that what a story shows is what it stages.
pub async fn take_back(app: &TestApp) {
    for sql in [
        "update products set shared_with_program_at = null, shared_with_supervisor_at = null, supervisor_request_id = null",
        "update shared_reports set shared_at = null",
        "delete from feedback_sides",
        "delete from portfolio_items",
        "delete from portfolio_asks",
        "delete from pulse_answers",
        "delete from pulse_invitations",
        "delete from pulses",
    ] {
        sqlx::query(sql).execute(&app.app.db).await.unwrap();
    }
}

/// Adds to the demo what was asked of everybody, half-way and at the end.
pub async fn stage_pulses(app: &TestApp) {
    sqlx::query(AssertSqlSafe(spelled_out(app, PULSES))).execute(&app.app.db).await.unwrap();
}

/// What the demo lacks for one letter or another. `$now` is the clock's.
const STAGE: &[&str] = &[
    // A change of address that waits, and one that has happened.
    "insert into email_changes (id, person_id, old_email, new_email, asked_by, asked_at, due_at)
     select gen_random_uuid(), id, email, 'new.' || email, 'site_admin', $now, $now + interval '7 days'
     from people where name like 'Priya%' or name like 'Hana%'",
    "insert into email_changes (id, person_id, old_email, new_email, asked_by, asked_at, due_at, ended_at, outcome)
     select gen_random_uuid(), id, 'old.' || email, email, 'owner', $now, $now + interval '1 day', $now, 'done'
     from people where name like 'Marcus%'",
    "insert into erasures (person_id, email, carried_out_by, erased_at)
     select id, email, 'owner', $now from people where email like 'lmquill%'",
    // Somebody who is invited, and a supervisor who still has time to answer.
    "with new as (insert into people (id, name, email, email_folded, time_zone, site_admin, may_create_programs, created_at)
         values (gen_random_uuid(), 'Quinn Abara', 'quinn@larkspur.example', 'quinn@larkspur.example', 'Europe/Lisbon', false, false, $now)
         returning id)
     insert into participations (program_id, id, person_id, state, invited_at)
     select p.id, gen_random_uuid(), new.id, 'invited', $now from programs p, new",
    "update approval_requests set expires_at = $now + interval '10 days', state = 'pending', talk_first_at = null
     where state = 'expired' and id in (select distinct on (participation_id) id from approval_requests order by participation_id, asked_at desc)",
    // A yes that is taken back in three days, and no other is asked for.
    "update approval_requests set state = 'revoked', revoked_from = $now::date + 3
     where id = (select r.id from approval_requests r
                 join participations t on t.program_id = r.program_id and t.id = r.participation_id and t.state = 'joined'
                 where r.state = 'approved' and r.purpose <> 'trip'
                   and not exists (select from approval_requests n where n.participation_id = r.participation_id and n.id <> r.id)
                 order by r.id desc limit 1)",
    // One removal that waits, and one that is confirmed.
    "insert into removals (program_id, id, participation_id, reason, proposed_by, proposed_at, state)
     select t.program_id, gen_random_uuid(), t.id, 'x', c.person_id, $now, 'proposed' from participations t
     join coordinators c on c.program_id = t.program_id where t.state = 'joined' order by t.id, c.person_id limit 1",
    "insert into removals (program_id, id, participation_id, reason, proposed_by, proposed_at, state, decided_by, ended_at)
     select t.program_id, gen_random_uuid(), t.id, 'x', min(c.person_id::text)::uuid, $now, 'confirmed', max(c.person_id::text)::uuid, $now
     from participations t join coordinators c on c.program_id = t.program_id
     where t.state = 'withdrawn' group by t.program_id, t.id",
    // A place in another group that is offered, and one that was taken.
    "insert into moves (program_id, id, participation_id, from_group_id, to_group_id, line, offered_by, offered_at, state, ended_at)
     select m.program_id, gen_random_uuid(), m.participation_id, m.group_id,
            (select o.id from groups o where o.program_id = m.program_id and o.id <> m.group_id and o.closed_on is null
             order by o.id limit 1),
            'Come', (select c.person_id from coordinators c where c.program_id = m.program_id limit 1), $now,
            case n when 1 then 'offered' else 'accepted' end, case n when 1 then null else $now end
     from (select m.*, row_number() over (order by m.id) as n from memberships m
           join participations t on t.program_id = m.program_id and t.id = m.participation_id and t.state = 'joined'
           where m.left_on is null and m.joined_on is not null) m where n in (1, 2)",
    // A group that has no date yet, and one that was closed.
    "insert into groups (program_id, id, name, focus, home_time_zone, meeting_minutes, created_at, closed_on, closed_how)
     select p.id, gen_random_uuid(), n, '', p.time_zone, 60, $now - interval '8 days',
            case n when 'Old Desk' then $now::date end, case n when 'Old Desk' then 'dissolved' end
     from programs p, unnest(array['Old Desk', 'New Desk']) n",
    "insert into memberships (program_id, id, group_id, participation_id, joined_on, left_on)
     select g.program_id, gen_random_uuid(), g.id, t.id, $now::date - case g.name when 'Old Desk' then 60 else 8 end,
            case g.name when 'Old Desk' then $now::date - 30 end
     from groups g join participations t on t.program_id = g.program_id and t.state = 'joined'
     where g.name in ('Old Desk', 'New Desk')
       and not exists (select from memberships m where m.program_id = t.program_id and m.participation_id = t.id)",
    // A goal whose date is past.
    "update goals set target_on = $now::date - 1 where state = 'agreed'",
    // A product that its owner shows to their supervisor.
    "update products r set shared_with_supervisor_at = $now, supervisor_request_id = q.id from approval_requests q
     where q.program_id = r.program_id and q.participation_id = r.owner_id and q.purpose <> 'trip'",
    // Somebody who would like to show feedback they received.
    "insert into portfolio_asks (program_id, feedback_id, asked_at)
     select program_id, id, $now from feedback where state in ('answered', 'confirmed')",
    // Somebody who asks for feedback on what they agreed to hear about.
    "with two as (select e.program_id, e.group_id, e.about_id, e.id as element_id,
                         (select m.participation_id from memberships m
                          join participations t on t.program_id = m.program_id and t.id = m.participation_id and t.state = 'joined'
                          where m.program_id = e.program_id and m.group_id = e.group_id and m.left_on is null
                            and m.participation_id <> e.about_id order by m.participation_id limit 1) as giver_id
                  from elements e
                  join memberships n on n.program_id = e.program_id and n.group_id = e.group_id
                       and n.participation_id = e.about_id and n.left_on is null
                  where e.state = 'agreed' order by e.id limit 1),
          asked as (insert into feedback_asks (program_id, id, group_id, asker_id, giver_id, line, due_on, asked_at)
                    select program_id, gen_random_uuid(), group_id, about_id, giver_id, 'x', $now::date + 7, $now from two
                    returning program_id, id, asker_id)
     insert into feedback_ask_elements (program_id, ask_id, asker_id, element_id)
     select a.program_id, a.id, a.asker_id, two.element_id from asked a, two",
    // A group that looks for a time.
    "with g as (select m.program_id, m.group_id, min(m.participation_id::text)::uuid as who from memberships m
                join participations t on t.program_id = m.program_id and t.id = m.participation_id and t.state = 'joined'
                where m.left_on is null and m.joined_on is not null group by m.program_id, m.group_id
                having count(*) > 2 order by m.group_id limit 1),
          poll as (insert into time_polls (program_id, id, group_id, mode, place, started_by, started_at)
                   select program_id, gen_random_uuid(), group_id, 'in_person', 'x', who, $now from g
                   returning program_id, id, group_id),
          times as (insert into time_poll_slots (program_id, poll_id, position, starts_at, minutes)
                    select program_id, id, n, $now + n * interval '9 days', 60 from poll, generate_series(1, 3) n)
     insert into time_poll_asks (program_id, id, poll_id, participation_id)
     select poll.program_id, gen_random_uuid(), poll.id, m.participation_id
     from poll join memberships m on m.program_id = poll.program_id and m.group_id = poll.group_id and m.left_on is null",
    // A meeting that was over three hours ago, and of which nobody has said how it went.
    "with m as (insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, place, state,
                    overrun_confirmed, note, created_by, created_at)
                select program_id, gen_random_uuid(), group_id, $now - interval '4 hours', $now - interval '3 hours',
                       ($now - interval '4 hours') at time zone time_zone, time_zone, mode, 'x', 'scheduled', false, '', created_by,
                       created_at
                from meetings where id = (select id from meetings order by group_id, starts_at limit 1)
                returning program_id, id, group_id)
     insert into meeting_asks (program_id, id, meeting_id, participation_id)
     select m.program_id, gen_random_uuid(), m.id, s.participation_id
     from m join memberships s on s.program_id = m.program_id and s.group_id = m.group_id and s.left_on is null",
    // A host who was asked, and one who answered.
    "with m as (select m.program_id, m.group_id, min(m.participation_id::text)::uuid as who
                from memberships m join participations t on t.program_id = m.program_id and t.id = m.participation_id
                where m.left_on is null and m.joined_on is not null and t.state = 'joined' group by m.program_id, m.group_id
                order by m.group_id limit 1),
          trips as (insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, on_date, place, host_institution,
                        host_person, host_email, questions, cost_cents, state, created_by, created_at, worded_at, learned)
                    select m.program_id, gen_random_uuid(), m.group_id, 'interview', true, false, 'x', ($now + interval '10 days')::date,
                           'x', 'x', 'x', how || '@host.example', '', 0, 'planned', m.who, $now, $now, ''
                    from m cross join (values ('asked'), ('answered')) h (how)
                    returning program_id, id, created_by, on_date, host_email = 'answered@host.example' as answered)
     insert into trip_hosts (program_id, trip_id, asked_by, asked_at, times, message, answer, answered_at, answered_for)
     select program_id, id, created_by, $now, 1, 'x', case when answered then 'agreed' end, case when answered then $now end,
            case when answered then on_date end
     from trips",
    // A coordinator’s letter to everybody, and somebody who asks her for help.
    "with l as (insert into letters (program_id, id, written_by, audience, subject, words, addressees, sent_at)
                select program_id, gen_random_uuid(), min(person_id::text)::uuid, 'everyone', 'x', 'x', 3, $now
                from coordinators group by program_id returning program_id, id)
     insert into letter_addressees (program_id, letter_id, participation_id)
     select l.program_id, l.id, t.id from l join participations t on t.program_id = l.program_id and t.state in ('invited', 'joined')",
    "insert into help_asks (program_id, id, participation_id, to_id, words, sent_at)
     select m.program_id, gen_random_uuid(), min(m.participation_id::text)::uuid, min(c.person_id::text)::uuid, 'x', $now
     from memberships m join coordinators c on c.program_id = m.program_id where m.left_on is null group by m.program_id",
    // A host who is thanked.
    "insert into host_thanks (program_id, trip_id, thanked_by, thanked_at, by_email, message)
     select program_id, trip_id, asked_by, $now, true, 'x' from trip_hosts on conflict do nothing",
    "insert into observation_notes (program_id, trip_id, log, written_at, handed_at)
     select program_id, id, 'x', $now, $now from field_trips where kind = 'observation' on conflict do nothing",
    // A trip that nobody has written up, one about which a supervisor is asked, and one that has outgrown what was asked.
    "with m as (select m.program_id, m.group_id, min(m.participation_id::text)::uuid as who
                from memberships m join participations t on t.program_id = m.program_id and t.id = m.participation_id
                where m.left_on is null and m.joined_on is not null and t.state = 'joined' group by m.program_id, m.group_id
                order by m.group_id limit 1),
          trips as (insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, on_date, place, host_institution,
                        host_person, host_email, questions, cost_cents, state, created_by, created_at, worded_at, learned)
                    select m.program_id, gen_random_uuid(), m.group_id, 'shadowing', false, true, 'x', ($now + d * interval '1 day')::date,
                           'x', 'x', 'x', '', '', 99999900 + d, case d when -12 then 'confirmed' else 'planned' end, m.who, $now, $now, ''
                    from m cross join (values (-12), (11), (12)) s (d)
                    returning program_id, id, created_by, on_date, cost_cents),
          goers as (insert into trip_goers (program_id, trip_id, participation_id) select program_id, id, created_by from trips)
     insert into approval_requests (program_id, id, participation_id, purpose, trip_id, supervisor_name, supervisor_email,
         supervisor_email_folded, asked_hours_month, asked_work_time, asked_trip_days, asked_budget_cents, valid_from, valid_until,
         own_words, state, asked_at, expires_at)
     select t.program_id, gen_random_uuid(), t.created_by, 'trip', t.id, 'Beatrix Lindqvist', 'beatrix@trip.example', 'beatrix@trip.example',
         0, true, 1, t.cost_cents, t.on_date - (t.on_date - $now::date - 11), t.on_date - (t.on_date - $now::date - 11), 'x',
         case t.on_date - $now::date when 11 then 'pending' else 'cancelled' end, $now, $now + interval '10 days'
     from trips t where t.on_date > $now::date",
    // Feedback that nobody has opened, an observation that waits for a yes, a meeting that was called off.
    "update feedback set opened_at = null, answered_at = null, state = 'shared' where state in ('shared', 'answered')
     and mode = 'written' and id = (select min(id::text)::uuid from feedback where state in ('shared', 'answered') and mode = 'written')",
    // What somebody reported, and what was decided.
    "insert into reports (program_id, id, feedback_id, reporter_id, line, reported_at, state, ended_at, decided_by, reason)
     select f.program_id, gen_random_uuid(), f.id, f.receiver_id, 'x', $now, how, case how when 'open' then null else $now end,
            case how when 'open' then null else p.contact_id end, case how when 'open' then '' else 'x' end
     from (select f.*, case row_number() over (order by f.id desc) when 1 then 'open' else 'stands' end as how
           from feedback f where f.state = 'answered' order by f.id desc limit 2) f join programs p on p.id = f.program_id",
    "update feedback set reported_at = $now where id in (select feedback_id from reports where state = 'open')",
    SAID,
    REWORDED,
    "insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, on_date, place, host_institution,
         host_person, host_email, questions, cost_cents, observer_id, observed_id, state, created_by, created_at, worded_at, learned)
     select m.program_id, gen_random_uuid(), m.group_id, 'observation', false, false, 'x', ($now + interval '10 days')::date,
            'x', '', '', '', '', 0, min(m.participation_id::text)::uuid, max(m.participation_id::text)::uuid, 'planned',
            min(m.participation_id::text)::uuid, $now, $now, ''
     from memberships m join participations t on t.program_id = m.program_id and t.id = m.participation_id
     where m.left_on is null and m.joined_on is not null and t.state = 'joined'
       and exists (select from elements e where e.program_id = m.program_id and e.about_id = m.participation_id)
     group by m.program_id, m.group_id
     having count(*) > 1 order by m.group_id limit 1",
    "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, place, state,
         overrun_confirmed, note, created_by, created_at)
     select program_id, gen_random_uuid(), group_id, $now + interval '40 days', $now + interval '40 days 1 hour',
            ($now + interval '40 days') at time zone time_zone, time_zone, mode, place, becomes, false, '', created_by, created_at
     from (select m.*, s.becomes from meetings m cross join (values ('scheduled'), ('cancelled')) s (becomes)) m
     where id in (select distinct on (group_id) id from meetings order by group_id, starts_at)",
];

/// Kind, and a statement that gives each letter of it: its program (or nothing) and what it holds.
const LETTERS: &[(&str, &str)] = &[
    (
        "right_given",
        "select null::uuid, json_build_object('person_id', p.id, 'by', a.id) from people p
         cross join (select id from people where site_admin limit 1) a where p.may_create_programs",
    ),
    ("password_reset", "select null::uuid, json_build_object('person_id', id) from people"),
    ("email_change_confirm", "select null::uuid, json_build_object('change_id', id) from email_changes"),
    ("email_change_announced", "select null::uuid, json_build_object('change_id', id) from email_changes"),
    ("email_changed", "select null::uuid, json_build_object('change_id', id) from email_changes"),
    ("account_erased", "select null::uuid, json_build_object('person_id', person_id) from erasures"),
    (
        "program_contact",
        "select id, json_build_object('program_id', id, 'person_id', contact_id, 'by', contact_id) from programs",
    ),
    (
        "program_coordinator",
        "select program_id, json_build_object('program_id', program_id, 'person_id', person_id, 'by', person_id)
         from coordinators",
    ),
    ("ask_supervisor", "select program_id, json_build_object('program_id', program_id, 'request_id', id) from approval_requests"),
    ("answer_to_peer", "select program_id, json_build_object('program_id', program_id, 'request_id', id, 'told', told) from approval_requests, $told"),
    ("answer_receipt", "select program_id, json_build_object('program_id', program_id, 'request_id', id, 'told', told) from approval_requests, $told"),
    (
        "answer_to_coordinator",
        "select r.program_id, json_build_object('program_id', r.program_id, 'request_id', r.id, 'told', told, 'person_id', c.person_id)
         from approval_requests r join coordinators c on c.program_id = r.program_id, $told",
    ),
    (
        "decisions_digest",
        "select c.program_id, json_build_object('program_id', c.program_id, 'person_id', c.person_id, 'day', json_build_array(
                extract(year from d)::int, extract(doy from d)::int))
         from coordinators c, generate_series($now - interval '200 days', $now + interval '3 days', interval '1 day') d",
    ),
    (
        "approval_reminder",
        "select r.program_id, json_build_object('program_id', r.program_id, 'request_id', r.id, 'step', step,
                'person_id', case when step = 'coordinator_waits' then c.person_id end, 'round', extract(epoch from r.expires_at)::bigint)
         from approval_requests r join coordinators c on c.program_id = r.program_id,
              (values ('first'), ('second'), ('third'), ('after_talk'), ('peer_waits'), ('coordinator_waits'), ('over')) s (step)",
    ),
    ("correct_address", "select program_id, json_build_object('program_id', program_id, 'request_id', id) from approval_requests"),
    ("ask_again", "select program_id, json_build_object('program_id', program_id, 'request_id', id) from approval_requests"),
    ("pledge_check", "select program_id, json_build_object('program_id', program_id, 'request_id', id) from approval_requests"),
    (
        "product_shown",
        "select program_id, json_build_object('program_id', program_id, 'request_id', supervisor_request_id, 'product_id', id)
         from products where supervisor_request_id is not null",
    ),
    (
        "shown_summary",
        "select program_id, json_build_object('program_id', program_id, 'request_id', supervisor_request_id)
         from products where supervisor_request_id is not null",
    ),
    ("portfolio_asked", "select program_id, json_build_object('program_id', program_id, 'feedback_id', feedback_id) from portfolio_asks"),
    (
        "invitation",
        "select t.program_id, json_build_object('program_id', t.program_id, 'participation_id', t.id, 'by', c.person_id)
         from participations t join coordinators c on c.program_id = t.program_id",
    ),
    (
        "group_formed",
        "select m.program_id, json_build_object('program_id', m.program_id, 'group_id', m.group_id,
                'participation_id', m.participation_id, 'by', c.person_id)
         from memberships m join coordinators c on c.program_id = m.program_id",
    ),
    (
        "removal_proposed",
        "select r.program_id, json_build_object('program_id', r.program_id, 'removal_id', r.id, 'to', p.id)
         from removals r cross join people p",
    ),
    ("move_offered", "select program_id, json_build_object('program_id', program_id, 'move_id', id) from moves"),
    (
        "group_news",
        "select v.program_id, json_build_object('program_id', v.program_id, 'move_id', v.id, 'to', t.id)
         from moves v join participations t on t.program_id = v.program_id",
    ),
    (
        "feedback_asked",
        "select program_id, json_build_object('program_id', program_id, 'group_id', group_id, 'ask_id', id, 'to', giver_id)
         from feedback_asks",
    ),
    (
        "closing_begins",
        "select m.program_id, json_build_object('program_id', m.program_id, 'participation_id', m.participation_id) from memberships m",
    ),
    (
        "group_closed",
        "select m.program_id, json_build_object('program_id', m.program_id, 'group_id', m.group_id, 'to', m.participation_id,
                'by', c.person_id, 'called_off', 1)
         from memberships m join coordinators c on c.program_id = m.program_id",
    ),
    (
        "no_meeting_yet",
        "select program_id, json_build_object('program_id', program_id, 'group_id', group_id, 'to', participation_id)
         from memberships where left_on is null",
    ),
    (
        "report_to_decide",
        "select r.program_id, json_build_object('program_id', r.program_id, 'feedback_id', r.feedback_id, 'to', c.id)
         from reports r join programs p on p.id = r.program_id join people c on c.id in (p.contact_id, p.second_contact_id)",
    ),
    (
        "report_decided",
        "select r.program_id, json_build_object('program_id', r.program_id, 'feedback_id', r.feedback_id, 'to', f.giver_id,
                'decided_at', extract(epoch from r.ended_at)::bigint)
         from reports r join feedback f on f.id = r.feedback_id where r.ended_at is not null",
    ),
    (
        "time_poll_asked",
        "select program_id, json_build_object('program_id', program_id, 'ask_id', id) from time_poll_asks",
    ),
    ("pulse_opened", "select i.program_id, $invitation where u.closed_at is null"),
    ("pulse_reminder", "select i.program_id, $invitation where u.closed_at is null"),
    ("pulse_closed", "select i.program_id, $invitation where u.closed_at is not null"),
    (
        "did_you_meet",
        "select a.program_id, json_build_object('program_id', a.program_id, 'ask_id', a.id, 'round', 'first',
                'ended_at', extract(epoch from m.ends_at)::bigint)
         from meeting_asks a join meetings m on m.program_id = a.program_id and m.id = a.meeting_id",
    ),
    ("nudge", "select null::uuid, json_build_object('person_id', id) from people"),
    ("removed", "select program_id, json_build_object('program_id', program_id, 'removal_id', id) from removals"),
    ("meeting_set", "select program_id, $notice from $meetings"),
    ("meeting_moved", "select program_id, json_build_object('notice', $notice, 'was', starts) from $meetings"),
    ("meeting_cancelled", "select program_id, $notice from $meetings"),
    ("meeting_withdrawn", "select program_id, $notice from $meetings"),
    ("meeting_reminder", "select program_id, $notice from $meetings"),
    (
        "observation_asked",
        "select program_id, json_build_object('program_id', program_id, 'group_id', group_id, 'trip_id', id, 'on_date',
                json_build_array(extract(year from on_date)::int, extract(doy from on_date)::int)) from field_trips",
    ),
    ("trip_outgrew_its_yes", "select program_id, json_build_object('program_id', program_id, 'request_id', id) from approval_requests"),
    (
        "trip_reminder",
        "select f.program_id, json_build_object('program_id', f.program_id, 'trip_id', f.id, 'to', w.participation_id, 'step', step,
                'on_date', json_build_array(extract(year from f.on_date)::int, extract(doy from f.on_date)::int))
         from field_trips f join trip_goers w on w.program_id = f.program_id and w.trip_id = f.id,
              (values ('pre_meeting'), ('debrief'), ('report')) s (step)",
    ),
    ("notes_handed", "select program_id, json_build_object('program_id', program_id, 'trip_id', trip_id) from observation_notes"),
    (
        "coordinators_letter",
        "select program_id, json_build_object('program_id', program_id, 'letter_id', letter_id, 'to', participation_id)
         from letter_addressees",
    ),
    ("help_asked", "select program_id, json_build_object('program_id', program_id, 'ask_id', id) from help_asks"),
    ("host_thanked", "select program_id, json_build_object('program_id', program_id, 'trip_id', trip_id) from host_thanks"),
    ("host_asked", "select program_id, json_build_object('program_id', program_id, 'trip_id', trip_id, 'times', times) from trip_hosts"),
    (
        "host_told",
        "select program_id, json_build_object('program_id', program_id, 'trip_id', trip_id, 'called_off', false) from trip_hosts",
    ),
    (
        "host_answered",
        "select h.program_id, json_build_object('program_id', h.program_id, 'trip_id', h.trip_id, 'to', m.participation_id)
         from trip_hosts h join memberships m on m.program_id = h.program_id where m.left_on is null",
    ),
    ("feedback_shared", "select program_id, $sharing from feedback where shared_at is not null"),
    ("feedback_reminder", "select program_id, $sharing from feedback where shared_at is not null"),
    ("feedback_revised", "select program_id, $of_feedback from feedback"),
    ("spoken_logged", "select program_id, $of_feedback from feedback"),
    ("spoken_reminder", "select program_id, $of_feedback from feedback"),
];

/// Pieces that several statements share.
const PIECES: &[(&str, &str)] = &[
    ("$told", "(values ('yes'), ('condition'), ('talk'), ('no'), ('withdrawn'), ('not_mine'), ('lapsed'), ('refused')) o (told)"),
    (
        "$notice",
        "json_build_object('program_id', program_id, 'meeting_id', id, 'participation_id', reader, 'by_id', created_by, 'starts_at', starts)",
    ),
    (
        "$meetings",
        "(select m.*, s.participation_id as reader, to_char(m.starts_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as starts
          from meetings m join memberships s on s.program_id = m.program_id and s.group_id = m.group_id) m",
    ),
    (
        "$sharing",
        "json_build_object('program_id', program_id, 'group_id', group_id, 'feedback_id', id, 'shared_at', extract(epoch from shared_at)::bigint)",
    ),
    (
        "$invitation",
        "json_build_object('program_id', i.program_id, 'invitation_id', i.id)
         from pulse_invitations i join pulses u on u.program_id = i.program_id and u.id = i.pulse_id",
    ),
    ("$of_feedback", "json_build_object('program_id', program_id, 'group_id', group_id, 'feedback_id', id)"),
    ("$now", "'NOW'::timestamptz"),
];

fn spelled_out(app: &TestApp, sql: &str) -> String {
    let now = app.app.clock.now().to_string();
    PIECES.iter().fold(sql.to_owned(), |sql, (piece, meaning)| sql.replace(piece, meaning)).replace("NOW", &now)
}

/// Every kind of letter that the source names.
pub fn kinds() -> BTreeSet<String> {
    fn read(folder: &Path, found: &mut BTreeSet<String>) {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                read(&path, found);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            found.extend(
                text.split("const KIND: &'static str = \"")
                    .skip(1)
                    .map(|rest| rest.split('"').next().unwrap().to_owned()),
            );
        }
    }
    let mut found = BTreeSet::new();
    read(&PathBuf::from("src/features"), &mut found);
    assert!(found.len() > 20, "{found:?}");
    found
}

/// Loads the demo and brings it into a state in which a letter of every kind has something to say.
pub async fn stage(app: &TestApp) {
    archive::load_demo(&app.app).await.unwrap();
    take_back(app).await;
    stage_pulses(app).await;
    for sql in STAGE {
        let sql = spelled_out(app, sql);
        let done =
            sqlx::query(AssertSqlSafe(sql.clone())).execute(&app.app.db).await.unwrap_or_else(|e| panic!("{e}: {sql}"));
        assert!(done.rows_affected() > 0, "nothing was staged: {sql}");
    }
}

/// Writes every letter there can be and sends those that still have something to say: its kind, and the email.
/// Fails when a kind of letter is never written, so that a new one finds its place here.
pub async fn all_written(app: &TestApp) -> Vec<(String, Email)> {
    let db = &app.app.db;
    sqlx::query("delete from outbox").execute(db).await.unwrap();
    for (kind, sql) in LETTERS {
        let sql = format!(
            "insert into outbox (id, program_id, kind, payload, due_at)
             select gen_random_uuid(), l.program_id, '{kind}', l.payload::jsonb, $now from ({sql}) l (program_id, payload)"
        );
        let sql = spelled_out(app, &sql);
        sqlx::query(AssertSqlSafe(sql.clone())).execute(db).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
    let emails = app.deliver_mail().await;
    let of: BTreeMap<uuid::Uuid, String> = sqlx::query("select id, kind from outbox")
        .fetch_all(db)
        .await
        .unwrap()
        .iter()
        .map(|row| (row.get(0), row.get(1)))
        .collect();
    let written: Vec<(String, Email)> = emails.into_iter().map(|email| (of[&email.id.0].clone(), email)).collect();
    let seen: BTreeSet<String> = written.iter().map(|(kind, _)| kind.clone()).collect();
    let never: Vec<String> = kinds().difference(&seen).cloned().collect();
    assert!(never.is_empty(), "no email of these kinds was written, so nobody looked at them: {never:?}");
    written
}

/// What every table holds, but for the counters that slow down guessing: a digest of all its rows.
pub async fn everything(app: &TestApp) -> BTreeMap<String, String> {
    let db = &app.app.db;
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
         and relname not in ('limit_counters', '_sqlx_migrations')",
    )
    .fetch_all(db)
    .await
    .unwrap();
    let mut found = BTreeMap::new();
    for table in tables {
        let sql = format!("select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {table} t");
        let digest: String = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(db).await.unwrap();
        found.insert(table, digest);
    }
    found
}
