//! Emails that come by themselves: at most one a week, at a decent hour where the reader lives, with
//! nothing in them of what anybody said.
use crate::support::{
    TestApp, email_to,
    world::{self, World},
};
use see_also::mail::Email;
use time::{Duration, macros::datetime};

fn subjects(sent: &[Email]) -> Vec<String> {
    let mut all: Vec<String> =
        sent.iter().map(|email| format!("{}: {}", email.to.email.split('@').next().unwrap(), email.subject)).collect();
    all.sort();
    all
}

/// Moves the clock to a moment.
fn at(app: &TestApp, moment: time::OffsetDateTime) {
    app.advance(moment - app.app.clock.now());
}

async fn meeting(app: &TestApp, world: &World, on: &str) -> uuid::Uuid {
    let id = uuid::Uuid::now_v7();
    sqlx::query(
        "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, place, state, created_by, created_at)
         values ($1, $2, $3, ($4 || 'T17:00Z')::timestamptz, ($4 || 'T18:00Z')::timestamptz, ($4 || 'T12:00')::timestamp,
            'America/Chicago', 'in_person', 'Behind the stacks', 'scheduled', $5, '2026-04-01T12:00Z')",
    )
    .bind(world.program)
    .bind(id)
    .bind(world.reading_room)
    .bind(on)
    .bind(world.priya.participation)
    .execute(&app.app.db)
    .await
    .unwrap();
    id
}

#[tokio::test]
async fn a_group_without_a_date_hears_of_it_once_and_by_day() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let db = &app.app.db;
    // Both groups began on Monday; Hana lives in Tokyo, and Wren's group sets a date in time.
    sqlx::query("update memberships set joined_on = '2026-04-20'").execute(db).await.unwrap();
    sqlx::query("update people set time_zone = 'Asia/Tokyo' where id = $1")
        .bind(world.hana.person)
        .execute(db)
        .await
        .unwrap();
    assert!(app.deliver_mail().await.is_empty());
    at(&app, datetime!(2026-04-27 02:00 UTC)); // Sunday evening in Chicago: still day six
    assert!(app.deliver_mail().await.is_empty());
    sqlx::query(
        "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, state, created_by, created_at)
         values ($1, gen_random_uuid(), $2, '2026-05-04T17:00Z', '2026-05-04T18:00Z', '2026-05-04T12:00', 'America/Chicago',
            'in_person', 'scheduled', $3, '2026-04-26T12:00Z')",
    )
    .bind(world.program)
    .bind(world.card_catalog)
    .bind(world.wren.participation)
    .execute(db)
    .await
    .unwrap();
    at(&app, datetime!(2026-04-27 06:00 UTC)); // Monday 01:00 in Chicago, 15:00 in Tokyo
    let sent = app.deliver_mail().await;
    assert_eq!(subjects(&sent), ["hana: Reading Room has no date yet"]);
    assert!(sent[0].text.contains("/meetings/new"), "{}", sent[0].text);
    at(&app, datetime!(2026-04-27 11:59 UTC));
    assert!(app.deliver_mail().await.is_empty(), "not before seven in Chicago");
    at(&app, datetime!(2026-04-27 12:00 UTC));
    assert_eq!(
        subjects(&app.deliver_mail().await),
        ["marcus: Reading Room has no date yet", "priya: Reading Room has no date yet"]
    );
    for _ in 0..5 {
        app.advance(Duration::DAY);
        assert!(app.deliver_mail().await.is_empty(), "once");
    }
}

#[tokio::test]
async fn it_is_not_sent_when_a_date_is_set_while_it_waits() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    sqlx::query("update memberships set joined_on = '2026-04-20'").execute(&app.app.db).await.unwrap();
    at(&app, datetime!(2026-04-27 06:00 UTC));
    assert_eq!(app.deliver_mail().await.len(), 0, "it waits for the morning");
    let waiting: i64 =
        sqlx::query_scalar("select count(*) from outbox where kind = 'no_meeting_yet' and finished_at is null")
            .fetch_one(&app.app.db)
            .await
            .unwrap();
    assert_eq!(waiting, 5);
    meeting(&app, &world, "2026-05-04").await;
    at(&app, datetime!(2026-04-27 13:00 UTC));
    assert_eq!(
        subjects(&app.deliver_mail().await),
        ["tobias: Card Catalog has no date yet", "wren: Card Catalog has no date yet"]
    );
}

#[tokio::test]
async fn what_waits_comes_once_a_week_and_stops_when_it_is_done() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let db = &app.app.db;
    assert!(app.deliver_mail().await.is_empty(), "nothing waits");
    let held = meeting(&app, &world, "2026-04-14").await;
    // Everybody was asked whether they met, in emails of their own.
    sqlx::query("insert into meeting_questions (program_id, meeting_id, rounds) select program_id, id, 3 from meetings where id = $1")
        .bind(held)
        .execute(db)
        .await
        .unwrap();
    let (goal, _) = world::goal_with_elements(db, &world, world.priya, &["Wait time"]).await;
    sqlx::query("update goals set target_on = '2026-04-26' where id = $1").bind(goal).execute(db).await.unwrap();
    sqlx::query("update people set time_zone = 'Asia/Tokyo' where id = $1")
        .bind(world.hana.person)
        .execute(db)
        .await
        .unwrap();
    // Marcus is on hold, and hears nothing.
    let pause = [("from", "2026-04-20"), ("until", "2026-05-20")];
    app.browser_of(world.marcus.person).await.post(&format!("{}/pause", world.program_path()), &pause).await.is(303);
    at(&app, datetime!(2026-04-21 15:00 UTC));
    assert!(app.deliver_mail().await.is_empty(), "a week has not passed");
    at(&app, datetime!(2026-04-25 15:00 UTC)); // Saturday
    assert!(app.deliver_mail().await.is_empty(), "not on a weekend");
    at(&app, datetime!(2026-04-26 22:30 UTC)); // Sunday in Chicago, Monday 07:30 in Tokyo
    let sent = app.deliver_mail().await;
    assert_eq!(subjects(&sent), ["hana: One thing waits for you"]);
    at(&app, datetime!(2026-04-27 12:30 UTC)); // Monday 07:30 in Chicago
    let sent = app.deliver_mail().await;
    assert_eq!(subjects(&sent), ["priya: Two things wait for you"]);
    let told = email_to(&sent, "priya@larkspur.example");
    for part in [
        "Nobody has said yet how the meeting on 14 April went.",
        &format!("/meetings/{held}/log"),
        "A goal is past its date",
        &format!("/goals/{goal}"),
    ] {
        assert!(told.text.contains(part) && told.html.contains(part), "{part}: {}", told.text);
    }
    for word in ["A goal\n", "Teach one session", "Behind the stacks", "Wait time"] {
        assert!(!told.text.contains(word) && !told.html.contains(word), "{word} is in the email");
    }
    for _ in 0..6 {
        app.advance(Duration::DAY);
        assert!(app.deliver_mail().await.is_empty(), "one a week");
    }
    // It is done: the next one says only what is left.
    sqlx::query("update meetings set state = 'not_held', not_held_reason = 'other', logged_at = '2026-05-03T12:00Z' where id = $1")
        .bind(held)
        .execute(db)
        .await
        .unwrap();
    at(&app, datetime!(2026-05-04 13:00 UTC));
    let sent = app.deliver_mail().await;
    assert_eq!(subjects(&sent), ["priya: One thing waits for you"]);
    let stop = sent[0].unsubscribe.clone().unwrap();
    // Reading the link changes nothing; a mail program's one click does.
    let anyone = app.browser();
    anyone.get(&stop).await.is(200).says("Stop the weekly email?");
    anyone.get(&stop.replace("/weekly-email/", "/weekly-email/0")).await.is(404);
    anyone.post(&stop, &[("List-Unsubscribe", "One-Click")]).await.is(200).says("No more weekly emails");
    app.advance(Duration::days(8));
    assert!(app.deliver_mail().await.is_empty(), "stopped");
    anyone.post(&stop, &[("again", "yes")]).await.is(200).says("Stop the weekly email?");
    assert_eq!(subjects(&app.deliver_mail().await), ["priya: One thing waits for you"]);
    let data = app.browser_of(world.priya.person).await.get("/account/data.json").await;
    assert!(data.html.contains("\"nudges\""));
}

#[tokio::test]
async fn a_search_for_a_time_that_nobody_answers_is_in_the_weekly_email() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let db = &app.app.db;
    // Asked on 20 April about 1 and 20 May; Hana has said when she can.
    let poll = uuid::Uuid::now_v7();
    sqlx::query(
        "with poll as (insert into time_polls (program_id, id, group_id, mode, place, started_by, started_at)
                       values ($1, $2, $3, 'online', 'Behind the stacks', $4, '2026-04-20T15:00Z') returning id),
              slots as (insert into time_poll_slots (program_id, poll_id, position, starts_at, minutes)
                        select $1, poll.id, day.n, day.at::timestamptz, 60
                        from poll, (values (1, '2026-05-01T15:00Z'), (2, '2026-05-20T15:00Z')) as day (n, at) returning poll_id)
         select count(*) from slots",
    )
    .bind(world.program)
    .bind(poll)
    .bind(world.reading_room)
    .bind(world.hana.participation)
    .execute(db)
    .await
    .unwrap();
    sqlx::query(
        "insert into time_poll_answers (program_id, poll_id, participation_id, position, answer)
         values ($1, $2, $3, 1, 'yes')",
    )
    .bind(world.program)
    .bind(poll)
    .bind(world.hana.participation)
    .execute(db)
    .await
    .unwrap();
    at(&app, datetime!(2026-04-24 15:00 UTC));
    assert!(subjects(&app.deliver_mail().await).iter().all(|subject| !subject.contains("waits")), "not a week yet");
    at(&app, datetime!(2026-04-27 17:00 UTC));
    let sent = app.deliver_mail().await;
    let told = email_to(&sent, "priya@larkspur.example");
    for part in ["Your group is looking for a time", &format!("/polls/{poll}")] {
        assert!(told.text.contains(part) && told.html.contains(part), "{part}: {}", told.text);
    }
    assert!(!told.text.contains("stacks"));
    let asked =
        |to: &str| sent.iter().any(|email| email.to.email.starts_with(to) && email.text.contains("looking for a time"));
    assert!(asked("marcus") && !asked("hana"), "who has answered is left alone");
    // When all of its times are over it is nothing to answer any more.
    at(&app, datetime!(2026-05-25 17:00 UTC));
    assert!(app.deliver_mail().await.iter().all(|email| !email.text.contains("looking for a time")));
}
