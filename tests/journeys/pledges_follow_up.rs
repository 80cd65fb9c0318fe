//! Half-way through, a supervisor says what became of a promise; the peer notes in private what really happened.
use crate::approvals_cast::{answer, asked, invited, nothing_leaks};
use crate::support::{BASE_URL, TestApp, email_to, link_in, world::World};
use time::{OffsetDateTime, macros::datetime};

const OMAR: &str = "omar@larkspur.example";
/// The middle of 12 January to 12 June, 09:00 in Chicago, minus what is already past at the start of stories.
const BEFORE_THE_MIDDLE: OffsetDateTime = datetime!(2026-03-20 15:00 UTC);
const THE_MIDDLE: OffsetDateTime = datetime!(2026-03-28 15:00 UTC);
const MONDAY_AT_SEVEN: OffsetDateTime = datetime!(2026-03-30 12:00 UTC);

fn at(app: &TestApp, instant: OffsetDateTime) {
    app.advance(instant - app.app.clock.now());
}

#[tokio::test]
async fn a_promise_is_followed_up_once_at_the_middle_and_its_tick_stays_private() {
    let app = TestApp::start().await;
    at(&app, BEFORE_THE_MIDDLE);
    let world = World::build(&app).await;
    let ines = invited(&app, &world, "Ines Vidal").await;
    let link = asked(&app, &world, ines).await;
    let omar = app.browser();
    let yes = [("answer", "yes"), ("pledges", "protect_time"), ("pledges", "open_door")];
    answer(&omar, &link, &yes).await.is(303);
    app.deliver_mail().await;

    // 28 March is a Saturday: enqueued, and sent on Monday at seven, once.
    at(&app, THE_MIDDLE);
    assert!(app.deliver_mail().await.iter().all(|email| email.to.email != OMAR));
    at(&app, MONDAY_AT_SEVEN);
    let emails = app.deliver_mail().await;
    nothing_leaks(&emails);
    let email = email_to(&emails, OMAR);
    assert!(email.subject.starts_with("What became of your promise to Ines Vidal"), "{}", email.subject);
    // Supervisors who promised nothing are not asked.
    assert!(emails.iter().all(|email| email.to.email != "beatrix@larkspur.example"));
    let link = link_in(email);
    assert!(app.deliver_mail().await.is_empty());

    // Opening it, however often, answers nothing.
    let before = answers(&app).await;
    for _ in 0..3 {
        app.browser().head(&link).await;
        app.browser().open(&link).await.is(200);
    }
    assert_eq!(answers(&app).await, before);
    let supervisor = app.browser();
    let page = supervisor.open(&link).await;
    page.is(200).says("Keep Ines’s meeting time free of other work");
    let clean = supervisor.get(&link).await.location.unwrap();
    assert!(!clean.contains(link.strip_prefix(BASE_URL).unwrap_or(&link)));
    let seen = page.field("seen");
    supervisor.post(&clean, &[("seen", &seen)]).await.is(422).says("Choose an answer");
    supervisor.post(&clean, &[("seen", &seen), ("protect_time", "perhaps")]).await.is(422).says("Choose done");
    assert_eq!(answers(&app).await, before);
    let said = [("seen", seen.as_str()), ("protect_time", "done"), ("open_door", "cannot")];
    supervisor.post(&clean, &said).await.is(303);
    // Pressed twice: thanked again.
    supervisor.post_and_follow(&clean, &said).await.says("Thank you. Your answer is noted.");
    // A page that has not shown that answer changes nothing; the next one may.
    let stale = [("seen", seen.as_str()), ("protect_time", "cannot")];
    supervisor.post(&clean, &stale).await.is(409).says("This was answered before");
    assert_eq!(answers(&app).await, ["cannot", "done"]);
    let seen = supervisor.get(&clean).await.field("seen");
    supervisor.post(&clean, &[("seen", &seen), ("open_door", "not_yet")]).await.is(303);
    assert_eq!(answers(&app).await, ["done", "not_yet"]);

    // The peer sees what was said, and notes what happened.
    let peer = app.browser_of(ines.person).await;
    let own = format!("{}/pledges", world.program_path());
    peer.get(&own).await.is(200).says("Omar Tennyson says: done").says("You alone");
    peer.post(&own, &[("happened", "open_door")]).await.is(303);
    assert!(peer.get(&own).await.html.contains("value=\"open_door\" checked"));
    let ticks: i64 = sqlx::query_scalar("select count(*) from pledge_ticks").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(ticks, 1);
    let noted: i64 =
        sqlx::query_scalar("select count(*) from history where action like '%tick%' or action like '%happened%'")
            .fetch_one(&app.app.db)
            .await
            .unwrap();
    assert_eq!(noted, 0);

    // Coordinators see the supervisor's answers, and no sum that points at one person.
    let imogen = app.browser_of(world.imogen).await;
    let page = imogen.get(&format!("{}/buy-in", world.program_path())).await;
    page.is(200).says("Advocating 1").says("Kept 1").says("Open 1").does_not_say("really happened, as");
    imogen.get(&own).await.is(403);
    imogen.get(&format!("{}/people", world.program_path())).await.says("Advocating").says("Authorised");
    supervisor.get(&clean).await.does_not_say("happened");

    // After the last day it can be read and not changed.
    at(&app, datetime!(2026-06-13 15:00 UTC));
    let seen = "protect_time=done,open_door=not_yet";
    supervisor
        .post(&clean, &[("seen", seen), ("open_door", "done")])
        .await
        .is(409)
        .says("nothing to answer here any more");
    assert_eq!(answers(&app).await, ["done", "not_yet"]);
}

#[tokio::test]
async fn the_peers_sum_is_shown_from_five_pledges_to_three_people() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let page = format!("{}/buy-in", world.program_path());
    let peers = [world.priya, world.marcus, world.hana];
    for (at, kinds) in [["protect_time", "open_door"], ["protect_time", "open_door"]].iter().enumerate() {
        pledge(&app, peers[at].participation.0, kinds).await;
    }
    let own = format!("{}/pledges", world.program_path());
    app.browser_of(world.priya.person).await.post(&own, &[("happened", "protect_time")]).await.is(303);
    imogen.get(&page).await.does_not_say("of 4 really happened");
    pledge(&app, world.hana.participation.0, &["cover_shift"]).await;
    imogen.get(&page).await.says("1 of 5 really happened, as the peers say.");
    // Unticking takes it back.
    app.browser_of(world.priya.person).await.post(&own, &[]).await.is(303);
    imogen.get(&page).await.says("0 of 5 really happened");
}

async fn pledge(app: &TestApp, participation: uuid::Uuid, kinds: &[&str]) {
    for kind in kinds {
        sqlx::query(
            "insert into pledges (program_id, id, request_id, kind, pledged_at)
             select program_id, $2, id, $3, decided_at from approval_requests where participation_id = $1",
        )
        .bind(participation)
        .bind(uuid::Uuid::now_v7())
        .bind(*kind)
        .execute(&app.app.db)
        .await
        .unwrap();
    }
}

async fn answers(app: &TestApp) -> Vec<String> {
    sqlx::query_scalar("select answer from pledge_answers order by answer").fetch_all(&app.app.db).await.unwrap()
}
