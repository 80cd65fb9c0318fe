//! A worker that was down, or a clock that jumped: nobody is reminded at night, and nobody twice on one day.
use super::approvals_cast::{OMAR, answer, asked, invited, join};
use super::support::{TestApp, world::World};
use see_also::{
    base::local_time,
    outbox::{self, Tried},
};
use time::{Duration, OffsetDateTime, macros::datetime};

const DANA: &str = "dana@larkspur.example";

fn at(app: &TestApp, moment: OffsetDateTime) {
    app.advance(moment - app.app.clock.now());
}

async fn subjects(app: &TestApp, to: &str) -> Vec<String> {
    let emails = app.deliver_mail().await;
    emails.into_iter().filter(|email| email.to.email == to).map(|email| email.subject).collect()
}

#[tokio::test]
async fn the_expiry_notice_waits_for_the_morning_in_auckland() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    sqlx::query("update people set time_zone = 'Pacific/Auckland' where id = $1")
        .bind(dana.person)
        .execute(&app.app.db)
        .await
        .unwrap();
    // Asked at 22:00 in Auckland, on a Monday.
    at(&app, datetime!(2026-04-20 15:00 UTC) + Duration::days(7) - Duration::hours(5));
    asked(&app, &world, dana).await;
    let mut over = Vec::new();
    for _ in 0..20 * 4 {
        app.advance(Duration::hours(6));
        assert!(!subjects(&app, DANA).await.iter().any(|subject| subject.contains("did not answer in time")));
    }
    for _ in 0..3 * 24 {
        app.advance(Duration::hours(1));
        if subjects(&app, DANA).await.iter().any(|subject| subject.contains("did not answer in time")) {
            over.push(local_time::to_local("Pacific/Auckland", app.app.clock.now()));
        }
    }
    assert_eq!(over, [time::macros::datetime!(2026-05-19 07:00)]);
}

#[tokio::test]
async fn a_worker_that_wakes_at_night_lets_people_sleep() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    asked(&app, &world, dana).await;
    // Due on Thursday at 10:00 in Chicago; the worker comes back on Friday at 22:00, before a weekend.
    at(&app, datetime!(2026-04-25 03:00 UTC));
    for _ in 0..3 {
        assert!(subjects(&app, OMAR).await.is_empty());
    }
    let row: (i32, OffsetDateTime) = sqlx::query_as(
        "select attempts, due_at from outbox where kind = 'approval_reminder' and payload ->> 'step' = 'first'
         and payload ->> 'request_id' in (select id::text from approval_requests where participation_id = $1)",
    )
    .bind(dana.participation)
    .fetch_one(&app.app.db)
    .await
    .unwrap();
    assert_eq!(row, (0, datetime!(2026-04-27 12:00 UTC)), "waiting is no try");
    // On Monday at seven the reminder of the third day meets that of the seventh, at ten: one goes out.
    at(&app, datetime!(2026-04-27 12:00 UTC));
    assert!(subjects(&app, OMAR).await.is_empty());
    at(&app, datetime!(2026-04-27 15:00 UTC));
    assert_eq!(subjects(&app, OMAR).await.len(), 1);
    app.advance(Duration::days(1));
    assert!(subjects(&app, OMAR).await.is_empty());
}

#[tokio::test]
async fn who_answers_while_a_reminder_waits_for_the_morning_gets_none() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    at(&app, datetime!(2026-04-24 03:00 UTC));
    assert!(subjects(&app, OMAR).await.is_empty());
    answer(&app.browser(), &link, &[("answer", "yes")]).await.is(303);
    let told = subjects(&app, OMAR).await;
    assert!(told.len() == 1 && told[0].starts_with("Your answer"), "a receipt comes at any hour: {told:?}");
    at(&app, datetime!(2026-04-24 12:00 UTC));
    assert!(subjects(&app, OMAR).await.is_empty());
}

#[tokio::test]
async fn the_seventh_day_and_the_end_of_talking_are_one_reminder() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    answer(&app.browser(), &link, &[("answer", "talk")]).await.is(303);
    app.deliver_mail().await;
    let mut sent = Vec::new();
    for _ in 0..10 * 24 {
        app.advance(Duration::hours(1));
        for subject in subjects(&app, OMAR).await {
            sent.push((app.app.clock.now(), subject));
        }
    }
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(sent[0].0, datetime!(2026-04-27 15:00 UTC));
}

#[tokio::test]
async fn who_is_never_reached_is_not_called_a_refusal_and_the_peer_is_told() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    app.deliver_mail().await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let browser = app.browser_of(dana.person).await;
    join(&browser, &world, OMAR).await.is(303);
    let place = format!("{}/join", world.program_path());
    browser.get(&place).await.says("Omar Tennyson is asked").does_not_say("did not arrive");
    let mut db = app.app.db.acquire().await.unwrap();
    for _ in 0..outbox::TRIES {
        app.advance(Duration::hours(12));
        let now = app.app.clock.now();
        let letter = loop {
            let letter = outbox::lease(&mut db, now).await.unwrap().unwrap();
            if letter.kind == "ask_supervisor" {
                break letter;
            }
            outbox::settle(&mut db, &letter, Tried::NotNeeded, now).await.unwrap();
        };
        outbox::settle(&mut db, &letter, Tried::Failed("451 greylisted".to_owned()), now).await.unwrap();
    }
    drop(db);
    let imogen = app.browser_of(world.imogen).await;
    for page in ["approvals", "people"] {
        let page = imogen.get(&format!("{}/{page}", world.program_path())).await;
        page.says("The email could not be delivered").does_not_say("refused the email");
    }
    imogen
        .get(&format!("{}/approvals", world.program_path()))
        .await
        .says("The last try was on 24 April, 10:00. The server said: 451 greylisted");
    browser
        .get(&place)
        .await
        .says("The email to Omar Tennyson did not arrive")
        .says("451 greylisted")
        .says("Correct the address")
        .says(OMAR);
}
