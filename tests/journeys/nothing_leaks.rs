//! What people say stays with them: every field that holds it is filled with a marker word, and
//! then everybody else looks everywhere.
use crate::support::{Browser, TestApp, letters, world};
use see_also::{
    base::ids::PersonId,
    features::{archive, desk::Part},
    routes,
    web::routing::Who,
};
use sqlx::{AssertSqlSafe, Row};
use std::collections::BTreeMap;

pub const MARKER: &str = "quillwort";

/// Fills every CONTENT, PRIVATE and SHARED text of the database with the marker, whatever tables come.
pub async fn mark(app: &TestApp) -> Vec<String> {
    let db = &app.app.db;
    let columns = sqlx::query(
        "select c.relname::text, a.attname::text, format_type(a.atttypid, null) from pg_attribute a join pg_class c on c.oid = a.attrelid
         where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
           and col_description(c.oid, a.attnum) in ('CONTENT', 'PRIVATE', 'SHARED') order by 1, 2",
    )
    .fetch_all(db)
    .await
    .unwrap();
    let mut marked = Vec::new();
    for column in columns {
        let (table, name, kind): (String, String, String) = (column.get(0), column.get(1), column.get(2));
        // A sign-in's secret and a password are no words of anybody; `answer` is one of five fixed words.
        if table == "sign_in_sessions" || name == "answer" || name == "password_hash" {
            continue;
        }
        let value = match kind.as_str() {
            // Nobody is asked the same twice.
            "text" if table == "interview_questions" => format!("'{MARKER} {table} {name} ' || id"),
            "text" => format!("'{MARKER} {table} {name}'"),
            "jsonb" => format!(
                "replace(regexp_replace({name}::text, ': *\"[^\"]*\"', ': \"{MARKER} {table} {name}\"', 'g'), '\"kind\": \"{MARKER} {table} {name}\"', '\"kind\": \"sbi\"')::jsonb"
            ),
            _ => continue,
        };
        let done = sqlx::query(AssertSqlSafe(format!("update {table} set {name} = {value}")))
            .execute(db)
            .await
            .unwrap_or_else(|error| panic!("{table}.{name}: {error}"));
        if done.rows_affected() > 0 {
            marked.push(format!("{table}.{name}"));
        }
    }
    marked
}

async fn ids(app: &TestApp, sql: &'static str) -> Vec<String> {
    sqlx::query(sql).fetch_all(&app.app.db).await.unwrap().iter().map(|row| row.get(0)).collect()
}

async fn person(app: &TestApp, name: &str) -> PersonId {
    sqlx::query_scalar("select id from people where name like $1 || '%'")
        .bind(name)
        .fetch_one(&app.app.db)
        .await
        .unwrap()
}

/// Every address of the route table, with every id there is.
pub async fn addresses(app: &TestApp) -> Vec<String> {
    let groups = ids(app, "select program_id || '/groups/' || id from groups order by id").await;
    let program = ids(app, "select id::text from programs").await.remove(0);
    let inside = BTreeMap::from([
        ("meeting_id", "select group_id || ' ' || id from meetings order by id"),
        ("goal_id", "select group_id || ' ' || id from goals order by id"),
        ("element_id", "select group_id || ' ' || id from elements order by id"),
        ("product_id", "select group_id || ' ' || id from products order by id"),
        ("poll_id", "select group_id || ' ' || id from time_polls order by id"),
        ("trip_id", "select group_id || ' ' || id from field_trips order by id"),
        ("feedback_id", "select group_id || ' ' || id from feedback order by id"),
    ]);
    let mut found = Vec::new();
    for route in
        routes::all().listed.iter().filter(|route| route.methods.contains("GET") && route.who != Who::LinkHolder)
    {
        let path = route.path.replace("{program_id}", &program);
        if !path.contains('{') {
            found.push(path);
        } else if path.ends_with("/people/{participation_id}/approvals") {
            let parts = ids(app, "select id::text from participations order by id").await;
            found.extend(parts.iter().map(|part| path.replace("{participation_id}", part)));
        } else if path.ends_with("/parts/{part}") {
            found.extend(Part::ALL.iter().map(|part| path.replace("{part}", part.as_str())));
        } else if path.contains("{pulse_id}") {
            let pulses = ids(app, "select id::text from pulses order by id").await;
            found.extend(pulses.iter().map(|pulse| path.replace("{pulse_id}", pulse)));
        } else if path.ends_with("/reports/{feedback_id}") {
            let items = ids(app, "select id::text from feedback order by id").await;
            found.extend(items.iter().map(|item| path.replace("{feedback_id}", item)));
        } else if path.contains("{group_id}") {
            let rest = path.split_once("{group_id}").unwrap().1;
            match inside.iter().find(|(name, _)| rest.contains(*name)) {
                None => found.extend(groups.iter().map(|group| format!("/programs/{group}{rest}"))),
                Some((name, sql)) => {
                    for pair in ids(app, sql).await {
                        let (group, id) = pair.split_once(' ').unwrap();
                        found.push(
                            format!("/programs/{program}/groups/{group}{rest}").replace(&format!("{{{name}}}"), id),
                        );
                    }
                }
            }
        }
    }
    found
}

pub async fn look(browser: &Browser<'_>, who: &str, addresses: &[String], allowed: &[&str]) -> Vec<String> {
    let mut seen = Vec::new();
    for address in addresses {
        let answer = browser.get(address).await;
        assert!(!answer.status.is_server_error(), "{address} as {who}: {}", answer.status);
        for (at, _) in answer.html.match_indices(MARKER) {
            let words: String = answer.html[at..].chars().take(60).collect();
            if !allowed.iter().any(|column| words.starts_with(&format!("{MARKER} {column}"))) {
                seen.push(format!("{who} at {address}: {words}"));
            }
        }
    }
    seen
}

/// Notes of every observation in the demo, handed over.
async fn note_observations(app: &TestApp) {
    for sql in [
        "insert into observation_notes (program_id, trip_id, log, written_at, handed_at)
         select program_id, id, 'x', $1, $1 from field_trips where kind = 'observation' on conflict do nothing",
        "insert into observation_note_texts (program_id, trip_id, element_id, words)
         select program_id, trip_id, element_id, 'x' from trip_elements where $1 is not null on conflict do nothing",
    ] {
        sqlx::query(sql).bind(app.app.clock.now()).execute(&app.app.db).await.unwrap();
    }
}

/// A theme of its own in every group, for all of its days.
pub async fn set_group_themes(app: &TestApp) {
    sqlx::query(
        "insert into group_themes (program_id, id, group_id, starts_on, ends_on, title, question, written_by, worded_at)
         select m.program_id, gen_random_uuid(), m.group_id, p.starts_on, p.ends_on, 'x', 'x',
                min(m.participation_id::text)::uuid, $1
         from memberships m join programs p on p.id = m.program_id
         where m.left_on is null and m.joined_on is not null group by m.program_id, m.group_id, p.starts_on, p.ends_on
         on conflict do nothing",
    )
    .bind(app.app.clock.now())
    .execute(&app.app.db)
    .await
    .unwrap();
}

/// Every group has been on a visit; on each somebody was asked something, the host was thanked, and words for the program
/// wait for the yes of those who went.
pub async fn follow_up_visits(app: &TestApp) {
    for sql in [
        "insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, on_date, host_institution, host_person,
             host_email, questions, state, created_by, created_at, worded_at, completed_on, reported_on, reported_by, learned, to_try)
         select m.program_id, gen_random_uuid(), m.group_id, 'site_visit', false, true, 'x', '2026-03-10', 'x', 'x', 'x', 'x',
                'reported', min(m.participation_id::text)::uuid, '2026-02-01T12:00Z', '2026-02-01T12:00Z', '2026-03-10', '2026-03-12',
                min(m.participation_id::text)::uuid, 'x', 'x'
         from memberships m where m.left_on is null and m.joined_on is not null and $1::timestamptz is not null
         group by m.program_id, m.group_id",
        "insert into interviewees (program_id, id, trip_id, name, role, added_by, added_at)
         select program_id, gen_random_uuid(), id, 'x', 'x', created_by, $1 from field_trips where kind <> 'observation'",
        "insert into interview_questions (program_id, id, trip_id, interviewee_id, words, added_by, added_at, reply, replied_by, replied_at)
         select program_id, gen_random_uuid(), trip_id, id, 'x', added_by, added_at, 'x', added_by, $1 from interviewees",
        "insert into host_thanks (program_id, trip_id, thanked_by, thanked_at, by_email, message)
         select program_id, id, created_by, $1, true, 'x' from field_trips where kind <> 'observation' on conflict do nothing",
        "update shared_reports set shared_at = null where $1 is not null",
        "insert into shared_reports (program_id, trip_id, words, proposed_by, proposed_at)
         select program_id, id, 'x', created_by, $1 from field_trips where kind <> 'observation' on conflict do nothing",
    ] {
        let done = sqlx::query(sql).bind(app.app.clock.now()).execute(&app.app.db).await.unwrap();
        assert!(done.rows_affected() > 0, "nothing was followed up: {sql}");
    }
}

/// Every group has looked back, and shares none of its lines.
pub async fn look_back(app: &TestApp) {
    for sql in [
        "insert into retrospectives (program_id, group_id, begun_at, revealed_at, revealed_by)
         select m.program_id, m.group_id, $1, $1, min(m.participation_id::text)::uuid
         from memberships m where m.left_on is null and m.joined_on is not null group by m.program_id, m.group_id",
        "insert into retrospective_ends (program_id, group_id, participation_id, said_at)
         select program_id, group_id, participation_id, $1 from memberships where left_on is null and joined_on is not null",
        "insert into retrospective_lines (program_id, id, group_id, written_by, kind, words, written_at)
         select program_id, gen_random_uuid(), group_id, participation_id, 'worked', 'x', $1
         from memberships where left_on is null and joined_on is not null",
    ] {
        let done = sqlx::query(sql).bind(app.app.clock.now()).execute(&app.app.db).await.unwrap();
        assert!(done.rows_affected() > 0, "nobody looked back: {sql}");
    }
}

#[tokio::test]
async fn nobody_outside_reads_what_a_group_says() {
    let app = TestApp::start().await;
    archive::load_demo(&app.app).await.unwrap();
    letters::take_back(&app).await;
    let stranger = world::person(&app.app.db, "Olga Stranger").await;
    // A line that came with an offer of a place in another group; nobody who looks below is its addressee.
    sqlx::query(
        "insert into moves (program_id, id, participation_id, from_group_id, to_group_id, line, offered_by, offered_at, state)
         select m.program_id, gen_random_uuid(), m.participation_id, m.group_id, g.id, 'x', c.person_id, $1, 'offered'
         from memberships m join groups g on g.program_id = m.program_id and g.id <> m.group_id
         join coordinators c on c.program_id = m.program_id
         join participations t on t.id = m.participation_id join people p on p.id = t.person_id
         where p.name like 'Hana%' and m.left_on is null limit 1",
    )
    .bind(app.app.clock.now())
    .execute(&app.app.db)
    .await
    .unwrap();
    // A note on every goal, and something off limits for everybody.
    sqlx::query(
        "insert into goal_notes (program_id, id, group_id, goal_id, written_by, kind, words, written_at)
         select program_id, gen_random_uuid(), group_id, id, created_by, 'step', 'x', $1 from goals",
    )
    .bind(app.app.clock.now())
    .execute(&app.app.db)
    .await
    .unwrap();
    sqlx::query(
        "insert into goal_versions (program_id, id, group_id, goal_id, title, statement, measure, worded_at, proposed_by)
         select program_id, gen_random_uuid(), group_id, id, 'x', 'x', 'x', $1, created_by from goals
         where state = 'agreed' and owner_id is null",
    )
    .bind(app.app.clock.now())
    .execute(&app.app.db)
    .await
    .unwrap();
    sqlx::query(
        "insert into off_limits (program_id, id, participation_id, words, set_at)
         select program_id, gen_random_uuid(), id, 'x', $1 from participations",
    )
    .bind(app.app.clock.now())
    .execute(&app.app.db)
    .await
    .unwrap();
    sqlx::query(
        "insert into time_polls (program_id, id, group_id, mode, place, started_by, started_at)
         select m.program_id, gen_random_uuid(), m.group_id, 'online', 'x', min(m.participation_id::text)::uuid, $1
         from memberships m where m.left_on is null and m.joined_on is not null group by m.program_id, m.group_id",
    )
    .bind(app.app.clock.now())
    .execute(&app.app.db)
    .await
    .unwrap();
    sqlx::query(
        "insert into trip_hosts (program_id, trip_id, asked_by, asked_at, times, message, answer, answered_at, answered_for)
         select program_id, id, created_by, $1, 1, 'x', 'agreed', $1, on_date from field_trips where kind <> 'observation'
         on conflict do nothing",
    )
    .bind(app.app.clock.now())
    .execute(&app.app.db)
    .await
    .unwrap();
    note_observations(&app).await;
    set_group_themes(&app).await;
    for sql in [
        "insert into trip_travel (program_id, trip_id, words, written_at) select program_id, id, 'x', $1 from field_trips
         on conflict do nothing",
        "insert into access_needs (program_id, trip_id, participation_id, words, written_at)
         select program_id, trip_id, participation_id, 'x', $1 from trip_goers on conflict do nothing",
        "insert into approval_requests (program_id, id, participation_id, purpose, trip_id, supervisor_name, supervisor_email,
             supervisor_email_folded, asked_hours_month, asked_work_time, asked_trip_days, asked_budget_cents, valid_from, valid_until,
             own_words, note, state, asked_at, expires_at)
         select w.program_id, gen_random_uuid(), w.participation_id, 'trip', w.trip_id, 'Beatrix', 'b@trip.example', 'b@trip.example',
             0, true, 1, 0, f.on_date, f.on_date, 'x', 'x', 'pending', $1, $1
         from trip_goers w join field_trips f on f.program_id = w.program_id and f.id = w.trip_id",
    ] {
        sqlx::query(sql).bind(app.app.clock.now()).execute(&app.app.db).await.unwrap();
    }
    follow_up_visits(&app).await;
    // Priya asked Imogen for help, and Imogen wrote to everybody.
    for sql in [
        "insert into help_asks (program_id, id, participation_id, to_id, words, page, sent_at)
         select t.program_id, gen_random_uuid(), t.id, c.person_id, 'x', '/', $1
         from participations t join people p on p.id = t.person_id and p.name like 'Priya%'
         join coordinators c on c.program_id = t.program_id",
        "with l as (insert into letters (program_id, id, written_by, audience, subject, words, addressees, sent_at)
                    select c.program_id, gen_random_uuid(), c.person_id, 'everyone', 'x', 'x', 3, $1 from coordinators c
                    returning program_id, id)
         insert into letter_addressees (program_id, letter_id, participation_id)
         select l.program_id, l.id, t.id from l join participations t on t.program_id = l.program_id",
    ] {
        let done = sqlx::query(sql).bind(app.app.clock.now()).execute(&app.app.db).await.unwrap();
        assert!(done.rows_affected() > 0, "nothing was written: {sql}");
    }
    look_back(&app).await;
    letters::stage_wordings(&app).await;
    let marked = mark(&app).await;
    for column in [
        "second_wordings.not_agreed",
        "second_wording_texts.words",
        "second_wording_texts.answer_words",
        "feedback_texts.words",
        "feedback_texts.self_view",
        "meetings.note",
        "agenda_items.title",
        "goals.statement",
        "goal_notes.words",
        "goal_versions.statement",
        "actions.words",
        "actions.reason",
        "time_polls.place",
        "group_themes.title",
        "group_themes.question",
        "off_limits.words",
        "approval_requests.note",
        "moves.line",
        "trip_hosts.message",
        "observation_notes.log",
        "observation_note_texts.words",
        "trip_hosts.questions",
        "trip_travel.words",
        "access_needs.words",
        "interviewees.name",
        "interviewees.role",
        "interview_questions.words",
        "interview_questions.reply",
        "host_thanks.message",
        "shared_reports.words",
        "field_trips.to_try",
        "letters.subject",
        "letters.words",
        "help_asks.words",
        "help_asks.page",
        "retrospective_lines.words",
    ] {
        assert!(marked.contains(&column.to_owned()), "{column} is not marked: {marked:?}");
    }
    let mut addresses = addresses(&app).await;
    assert!(addresses.len() > 100, "{addresses:?}");
    addresses.extend(ids(&app, "select '/programs/' || program_id || '/letters/' || id from letters").await);

    // The test can fail: a member reads the marker.
    let priya = app.browser_of(person(&app, "Priya").await).await;
    assert!(!look(&priya, "Priya", &addresses, &[]).await.is_empty());

    let mut seen = Vec::new();
    for name in ["Imogen", "Teodor", "Ada"] {
        // Those who coordinate read what they write to the people of their program.
        let letters: &[&str] = if name == "Ada" { &[] } else { &["letters subject", "letters words"] };
        seen.extend(look(&app.browser_of(person(&app, name).await).await, name, &addresses, letters).await);
    }
    seen.extend(look(&app.browser_of(stranger).await, "a stranger", &addresses, &[]).await);
    seen.extend(look(&app.browser(), "nobody", &addresses, &[]).await);
    // Of another group: what Tobias reads must be his own group's, never Priya's.
    let reading_room = ids(&app, "select id::text from groups where name = 'Reading Room'").await.remove(0);
    let hers: Vec<String> = addresses.iter().filter(|address| address.contains(&reading_room)).cloned().collect();
    seen.extend(look(&app.browser_of(person(&app, "Tobias").await).await, "Tobias", &hers, &[]).await);
    assert!(seen.is_empty(), "{} leaks:\n{}", seen.len(), seen.join("\n"));
}

#[tokio::test]
async fn inside_a_group_feedback_is_for_the_two_alone() {
    let app = TestApp::start().await;
    archive::load_demo(&app.app).await.unwrap();
    letters::take_back(&app).await;
    letters::stage_wordings(&app).await;
    mark(&app).await;
    let marcus = person(&app, "Marcus").await;
    // What was noted at an observation is for its two, and nobody else of the group.
    note_observations(&app).await;
    mark(&app).await;
    let of_others: Vec<String> = sqlx::query_scalar(
        "select '/programs/' || f.program_id || '/groups/' || f.group_id || '/trips/' || f.id from field_trips f
         join memberships m on m.program_id = f.program_id and m.group_id = f.group_id and m.left_on is null
         join participations t on t.program_id = m.program_id and t.id = m.participation_id
         where f.kind = 'observation' and t.person_id = $1 and t.id not in (f.observer_id, f.observed_id)",
    )
    .bind(marcus)
    .fetch_all(&app.app.db)
    .await
    .unwrap();
    assert!(!of_others.is_empty());
    // What somebody needs on a trip is for them and whoever planned it, and what their supervisor said for them alone.
    for sql in [
        "insert into access_needs (program_id, trip_id, participation_id, words, written_at)
         select program_id, trip_id, participation_id, 'quillwort access_needs words', $1 from trip_goers
         on conflict (program_id, trip_id, participation_id) do update set words = excluded.words",
        "insert into approval_requests (program_id, id, participation_id, purpose, trip_id, supervisor_name, supervisor_email,
             supervisor_email_folded, asked_hours_month, asked_work_time, asked_trip_days, asked_budget_cents, valid_from, valid_until,
             own_words, note, state, asked_at, expires_at)
         select w.program_id, gen_random_uuid(), w.participation_id, 'trip', w.trip_id, 'Beatrix', 'b@trip.example', 'b@trip.example',
             0, true, 1, 0, f.on_date, f.on_date, 'quillwort approval_requests own_words', 'quillwort approval_requests note', 'pending', $1, $1
         from trip_goers w join field_trips f on f.program_id = w.program_id and f.id = w.trip_id",
    ] {
        sqlx::query(sql).bind(app.app.clock.now()).execute(&app.app.db).await.unwrap();
    }
    let neither_his: Vec<String> = sqlx::query_scalar(
        "select '/programs/' || f.program_id || '/groups/' || f.group_id || '/trips/' || f.id from field_trips f
         join memberships m on m.program_id = f.program_id and m.group_id = f.group_id and m.left_on is null
         join participations t on t.program_id = m.program_id and t.id = m.participation_id
         where t.person_id = $1 and f.created_by <> t.id
           and exists (select from trip_goers w where w.trip_id = f.id)
           and not exists (select from trip_goers w where w.trip_id = f.id and w.participation_id = t.id)",
    )
    .bind(marcus)
    .fetch_all(&app.app.db)
    .await
    .unwrap();
    assert!(!neither_his.is_empty());
    let browser = app.browser_of(marcus).await;
    for trip in neither_his {
        for page in ["", "/travel", "/supervisor"] {
            browser
                .get(&format!("{trip}{page}"))
                .await
                .is(200)
                .does_not_say(&format!("{MARKER} access_needs"))
                .does_not_say(&format!("{MARKER} approval_requests"));
        }
    }
    let browser = app.browser_of(marcus).await;
    for trip in of_others {
        browser.get(&format!("{trip}/notes")).await.is(403).does_not_say(MARKER);
        browser.get(&format!("{trip}/notes/sheet")).await.is(403);
        browser.get(&trip).await.is(200).does_not_say("observation_note");
        for page in ["", "/after", "/share"] {
            let page = browser.get(&format!("{trip}{page}")).await;
            page.is(200).does_not_say("field_trips learned").does_not_say("field_trips to_try");
        }
    }
    let not_his: Vec<String> = sqlx::query_scalar(
        "select '/programs/' || f.program_id || '/groups/' || f.group_id || '/feedback/' || f.id from feedback f
         join participations g on g.program_id = f.program_id and g.id = f.giver_id
         join participations r on r.program_id = f.program_id and r.id = f.receiver_id
         where g.person_id <> $1 and r.person_id <> $1",
    )
    .bind(marcus)
    .fetch_all(&app.app.db)
    .await
    .unwrap();
    assert!(not_his.len() > 3);
    let browser = app.browser_of(marcus).await;
    for address in not_his {
        for page in ["", "/said", "/said/correct", "/said/different", "/revision", "/revise"] {
            browser.get(&format!("{address}{page}")).await.is(404);
        }
    }
    // Nor do self-views reach who gave the feedback, and drafts whom they are for.
    let all = addresses(&app).await;
    for name in ["Priya", "Marcus", "Hana", "Tobias", "Wren"] {
        let browser = app.browser_of(person(&app, name).await).await;
        for address in all.iter().filter(|address| address.contains("/feedback")) {
            let answer = browser.get(address).await;
            let given = answer.html.contains(&format!("{MARKER} feedback_texts self_view"));
            if given {
                let receiver: String = sqlx::query_scalar(
                    "select p.name from feedback f join participations t on t.program_id = f.program_id and t.id = f.receiver_id
                     join people p on p.id = t.person_id where f.id::text = $1",
                )
                .bind(address.rsplit('/').next())
                .fetch_one(&app.app.db)
                .await
                .unwrap();
                assert!(receiver.starts_with(name), "{name} reads {receiver}’s own view at {address}");
            }
        }
    }
}

#[tokio::test]
async fn a_contact_reads_the_reported_item_and_nothing_else() {
    let app = TestApp::start().await;
    archive::load_demo(&app.app).await.unwrap();
    letters::take_back(&app).await;
    let reported: uuid::Uuid = sqlx::query_scalar(
        "with one as (update feedback set reported_at = $1
                      where id = (select id from feedback where state = 'answered' order by id limit 1)
                      returning program_id, id, receiver_id)
         insert into reports (program_id, id, feedback_id, reporter_id, line, reported_at)
         select program_id, gen_random_uuid(), id, receiver_id, 'x', $1 from one returning feedback_id",
    )
    .bind(app.app.clock.now())
    .fetch_one(&app.app.db)
    .await
    .unwrap();
    let marked = mark(&app).await;
    assert!(marked.contains(&"reports.line".to_owned()), "{marked:?}");
    let (contact, second): (PersonId, PersonId) =
        sqlx::query_as("select contact_id, second_contact_id from programs").fetch_one(&app.app.db).await.unwrap();
    let addresses = addresses(&app).await;
    let case = addresses.iter().find(|address| address.ends_with(&format!("/reports/{reported}"))).unwrap().clone();
    // The second contact, who may not, and everybody who only coordinates, read nothing.
    let of_coordinators = ["letters"];
    assert!(look(&app.browser_of(second).await, "the second contact", &addresses, &of_coordinators).await.is_empty());
    // The contact reads that item, at that address: its words, its answers and the line that came with it.
    let browser = app.browser_of(contact).await;
    let seen = look(&browser, "the contact", &addresses, &of_coordinators).await;
    let elsewhere: Vec<_> = seen.iter().filter(|line| !line.contains(&format!(" {case}: "))).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    for column in ["feedback_texts words", "reports line"] {
        assert!(seen.iter().any(|line| line.contains(column)), "{column}: {seen:?}");
    }
    browser.get(&case).await.does_not_say("self_view");
    app.browser_of(person(&app, "Tobias").await).await.get(&case).await.is(403);
}

#[tokio::test]
async fn every_open_member_may_do_the_same_things() {
    let app = TestApp::start().await;
    archive::load_demo(&app.app).await.unwrap();
    letters::take_back(&app).await;
    let shared: Vec<String> = addresses(&app)
        .await
        .into_iter()
        .filter(|address| {
            address.contains("/groups/")
                && !address.contains("/feedback/")
                // Of the two of an observation alone.
                && !address.contains("/notes")
                && !address.ends_with("/edit")
                && !address.ends_with("/remove")
        })
        .collect();
    for names in [["Priya", "Marcus", "Hana"].as_slice(), &["Tobias", "Aaliyah", "Joaquín", "Wren"]] {
        let mut first: Option<Vec<u16>> = None;
        for name in names {
            let browser = app.browser_of(person(&app, name).await).await;
            let mut statuses = Vec::new();
            for address in &shared {
                statuses.push(browser.get(address).await.status.as_u16());
            }
            match &first {
                None => first = Some(statuses),
                Some(first) => {
                    let differ: Vec<_> =
                        shared.iter().zip(first.iter().zip(&statuses)).filter(|(_, (a, b))| a != b).collect();
                    assert!(differ.is_empty(), "{name} and {}: {differ:?}", names[0]);
                }
            }
        }
    }
}

#[tokio::test]
async fn no_email_holds_what_people_say() {
    let app = TestApp::start().await;
    letters::stage(&app).await;
    mark(&app).await;
    let written = letters::all_written(&app).await;
    let mut seen = Vec::new();
    for (kind, email) in &written {
        for (part, words) in [("subject", &email.subject), ("text", &email.text), ("html", &email.html)] {
            for (at, _) in words.match_indices(MARKER) {
                let found: String = words[at..].chars().take(60).collect();
                // Its owner is told at their old address what the new one is to be.
                let own_address = found.starts_with(&format!("{MARKER} email_changes new_email"));
                // And a host reads what was written to be sent to them.
                let to_the_reader = kind == "coordinators_letter" && found.starts_with(&format!("{MARKER} letters "))
                    || kind == "help_asked" && found.starts_with(&format!("{MARKER} help_asks "));
                let to_the_host = kind == "host_asked" && found.starts_with(&format!("{MARKER} trip_hosts message"))
                    || kind == "host_thanked" && found.starts_with(&format!("{MARKER} host_thanks message"));
                if !(kind == "email_change_announced" && own_address || to_the_host || to_the_reader) {
                    seen.push(format!("{kind}, {part}, to {}: {found}", email.to.email));
                }
            }
        }
    }
    assert!(seen.is_empty(), "{} leaks:\n{}", seen.len(), seen.join("\n"));
    // The test can fail: what emails may say is found in both forms.
    let says = |word: &str| written.iter().any(|(_, email)| email.text.contains(word) && email.html.contains(word));
    assert!(says("Priya") && says("Reading Room"));
}

#[tokio::test]
async fn lines_of_a_pulse_appear_nowhere_before_there_are_enough() {
    let app = TestApp::start().await;
    letters::stage(&app).await;
    // One answer too few half-way, and at the end more than enough, while it is open.
    for sql in [
        "delete from pulse_answers where ctid in (select a.ctid from pulse_answers a join pulses u on u.id = a.pulse_id
                                                  where u.kind = 'mid' limit 3)",
        "update pulses set invited = 20",
    ] {
        sqlx::query(sql).execute(&app.app.db).await.unwrap();
    }
    mark(&app).await;
    let marked = ids(&app, "select line from pulse_answers").await;
    assert!(marked.len() == 4 + 7 && marked.iter().all(|line| line.contains(MARKER)), "{marked:?}");
    let addresses = addresses(&app).await;
    assert!(addresses.iter().any(|address| address.ends_with("/pulse")));
    let of_a_pulse = |seen: Vec<String>| seen.into_iter().filter(|line| line.contains("pulse_answers")).collect();
    let outside_groups: Vec<String> =
        addresses.iter().filter(|address| !address.contains("/groups/")).cloned().collect();
    let mut seen: Vec<String> = Vec::new();
    for (name, at) in [
        ("Imogen", &addresses),
        ("Priya", &addresses),
        ("Tobias", &outside_groups),
        ("Teodor", &outside_groups),
        ("Ada", &outside_groups),
    ] {
        let browser = app.browser_of(person(&app, name).await).await;
        seen.extend::<Vec<String>>(of_a_pulse(look(&browser, name, at, &[]).await));
    }
    seen.extend::<Vec<String>>(of_a_pulse(look(&app.browser(), "nobody", &outside_groups, &[]).await));
    let emails = letters::all_written(&app).await;
    let in_emails = emails.iter().filter(|(_, email)| email.text.contains("pulse_answers")).count();
    assert!(seen.is_empty() && in_emails == 0, "{in_emails} emails, and pages:\n{}", seen.join("\n"));
    // The test can fail: with one answer more, who takes part and who coordinates read the lines, and nobody else does.
    sqlx::query(
        "insert into pulse_answers (program_id, pulse_id, id, worth, safe, recommend, line)
         select a.program_id, a.pulse_id, gen_random_uuid(), 4, 4, 8, a.line
         from pulse_answers a join pulses u on u.id = a.pulse_id where u.kind = 'mid' limit 1",
    )
    .execute(&app.app.db)
    .await
    .unwrap();
    for (name, reads) in [("Imogen", true), ("Priya", true), ("Tobias", true), ("Ada", false)] {
        let browser = app.browser_of(person(&app, name).await).await;
        let seen: Vec<String> = of_a_pulse(look(&browser, name, &outside_groups, &[]).await);
        assert_eq!(!seen.is_empty(), reads, "{name}: {seen:?}");
        assert!(seen.iter().all(|line| line.contains("/pulse: ") || line.contains("/pulses: ")), "{seen:?}");
    }
}
