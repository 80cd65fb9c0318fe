//! On Monday at eight, where she lives, whoever coordinates reads what changed and what is planned: facts, in one
//! email for all of her programs.
use crate::happened::{self, MARKER};
use crate::support::{TestApp, world::World};
use see_also::mail::Email;
use time::{Duration, OffsetDateTime, macros::datetime};

fn at(app: &TestApp, moment: OffsetDateTime) {
    app.advance(moment - app.app.clock.now());
}

async fn run(app: &TestApp, sql: &'static str) {
    sqlx::query(sql).execute(&app.app.db).await.unwrap();
}

/// The letters of the week among what leaves now, by who reads them.
async fn weeks(app: &TestApp) -> Vec<(String, Email)> {
    let sent = app.deliver_mail().await.into_iter().filter(|email| email.subject.starts_with("Your week"));
    let mut all: Vec<(String, Email)> =
        sent.map(|email| (email.to.email.split('@').next().unwrap().to_owned(), email)).collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

fn names(all: &[(String, Email)]) -> Vec<&str> {
    all.iter().map(|(name, _)| name.as_str()).collect()
}

#[tokio::test]
async fn it_comes_once_a_monday_with_facts_and_stops() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    run(&app, "delete from nudges").await;
    happened::half_a_spring(&app, &world).await;
    happened::mark_titles(&app.app.db).await;
    let sent = weeks(&app).await;
    assert_eq!(names(&sent), ["imogen", "teodor"]);
    let (_, email) = &sent[0];
    assert_eq!(email.subject, "Your week: Peer Mentoring, Spring 2026");
    for part in [
        "Week 15 of 22. One of your two groups is meeting steadily.",
        "Since last Monday",
        "This week",
        "on your desk. First: Card Catalog has not met yet.",
        &format!("{}/people", world.program_path()),
        &format!("{}#groups", world.program_path()),
    ] {
        assert!(email.text.contains(part) && email.html.contains(part), "{part}: {}", email.text);
    }
    for word in [MARKER, "Priya", "Hana", "Marcus", "Wren", "Nadia"] {
        assert!(!email.text.contains(word) && !email.html.contains(word), "{word}: {}", email.text);
    }
    assert!(weeks(&app).await.is_empty(), "once");
    at(&app, datetime!(2026-04-27 12:59 UTC));
    assert!(weeks(&app).await.is_empty(), "not before eight in Chicago");

    // One press in a mail program, and it comes no more.
    let stop = email.unsubscribe.clone().unwrap();
    app.browser().post(&stop, &[]).await.is(200);
    at(&app, datetime!(2026-04-27 13:00 UTC));
    assert_eq!(names(&weeks(&app).await), ["teodor"]);
    run(&app, "delete from nudges").await;
    run(&app, "update programs set state = 'archived'").await;
    at(&app, datetime!(2026-05-04 13:00 UTC));
    assert!(weeks(&app).await.is_empty(), "nothing runs any more");
}

#[tokio::test]
async fn it_is_at_eight_where_the_reader_lives_and_one_for_several_programs() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    run(&app, "delete from nudges").await;
    run(&app, "update people set time_zone = 'Asia/Tokyo' where name like 'Imogen%'").await;
    run(
        &app,
        "insert into programs select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'name', 'Maps'))).* from programs r",
    )
    .await;
    run(
        &app,
        "insert into coordinators (program_id, person_id, since) select r.id, p.id, '2026-01-01T12:00Z' from programs r, people p
         where r.name = 'Maps' and p.name like 'Imogen%'",
    )
    .await;
    run(
        &app,
        "insert into person_programs (person_id, program_id) select person_id, program_id from coordinators on conflict do nothing",
    )
    .await;
    assert_eq!(names(&weeks(&app).await), ["teodor"], "it is Tuesday in Tokyo");
    at(&app, datetime!(2026-04-26 22:59 UTC));
    assert!(weeks(&app).await.is_empty());
    at(&app, datetime!(2026-04-26 23:00 UTC));
    let sent = weeks(&app).await;
    assert_eq!(names(&sent), ["imogen"]);
    let (_, email) = &sent[0];
    assert_eq!(email.subject, "Your week: two programs");
    assert!(email.text.contains("Maps") && email.text.contains("Peer Mentoring, Spring 2026"), "{}", email.text);

    // What waited too long is not sent: whoever gave up coordinating, and what is of another week.
    at(&app, datetime!(2026-05-04 13:00 UTC));
    see_also::worker::tick(&app.app).await.unwrap();
    app.advance(Duration::days(2));
    assert!(weeks(&app).await.is_empty(), "of last Monday, on a Wednesday");
    assert!(world.program_path().starts_with("/programs/"));
}
