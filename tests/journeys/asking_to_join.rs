//! An open program lets people ask to join by its public page, if its coordinators say so.
use crate::support::{TestApp, email_to, world::World};
use time::Duration;

async fn count(app: &TestApp, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&app.app.db).await.unwrap()
}

#[tokio::test]
async fn who_asks_is_invited_or_not_now() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let public = format!("/p/{}", world.program);
    let asks = format!("{}/asks", world.program_path());
    let visitor = app.browser();
    let form = [("name", "Quinn Asker"), ("email", "Quinn@elsewhere.example"), ("why", "I teach the same course")];
    // Not unless it is allowed.
    visitor.get(&public).await.is(404);
    visitor.post(&public, &form).await.is(404);
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&asks).await.is(200).says("Nobody can ask");
    imogen.post_and_follow(&asks, &[("allowed", "yes")]).await.says("People may ask to join now.");
    visitor
        .get(&public)
        .await
        .is(200)
        .says("Show your work")
        .says("Four hours a month, in work time")
        .says("The coordinators of this program read this, and nobody else.")
        .does_not_say("Priya")
        .does_not_say("Reading Room");
    visitor.post(&public, &[("name", ""), ("email", "nothing")]).await.is(422).says("Enter your name");

    // One answer for an address that is known and one that is not.
    let new = visitor.post(&public, &form).await;
    let known = visitor.post(&public, &[("name", "P"), ("email", "priya@larkspur.example"), ("why", "")]).await;
    assert_eq!((new.status, new.location.clone()), (known.status, known.location));
    visitor.get(&new.location.unwrap()).await.is(200).says("Thank you for asking");
    visitor.post(&public, &form).await.is(303);
    assert_eq!(count(&app, "select count(*) from join_asks").await, 1, "each once, and nobody who is in");
    assert!(app.deliver_mail().await.is_empty());

    let people = format!("{}/people", world.program_path());
    imogen.get(&people).await.says("One person asks to join");
    let page = imogen.get(&asks).await;
    page.says("Quinn Asker").says("I teach the same course");
    let file = imogen.get(&format!("{asks}.csv")).await;
    assert!(
        file.is(200).html.contains("Quinn Asker,Quinn@elsewhere.example,I teach the same course,2026-04-20"),
        "{}",
        file.html
    );
    let id: uuid::Uuid = sqlx::query_scalar("select id from join_asks").fetch_one(&app.app.db).await.unwrap();
    let decide = format!("{asks}/{id}");
    imogen.post(&decide, &[]).await.is(400);
    imogen.post_and_follow(&decide, &[("decision", "invite")]).await.says("Quinn Asker is invited by email.");
    imogen.post_and_follow(&decide, &[("decision", "decline")]).await.says("this was decided before");
    let sent = app.deliver_mail().await;
    assert_eq!(
        email_to(&sent, "Quinn@elsewhere.example").subject,
        "Imogen Castellane invites you to Peer Mentoring, Spring 2026"
    );
    imogen.get(&people).await.says("Quinn Asker").does_not_say("asks to join.");

    // Not now: nobody is written to.
    visitor.post(&public, &[("name", "Rae Later"), ("email", "rae@elsewhere.example")]).await.is(303);
    let id: uuid::Uuid =
        sqlx::query_scalar("select id from join_asks where state = 'pending'").fetch_one(&app.app.db).await.unwrap();
    imogen.post_and_follow(&format!("{asks}/{id}"), &[("decision", "decline")]).await.says("Not now: Rae Later");
    assert!(app.deliver_mail().await.is_empty());
    // What was written is deleted after 30 days, decided or not.
    visitor.post(&public, &[("name", "Sam Waits"), ("email", "sam@elsewhere.example")]).await.is(303);
    app.advance(Duration::days(29));
    app.deliver_mail().await;
    assert_eq!(count(&app, "select count(*) from join_asks").await, 3);
    app.advance(Duration::days(2));
    app.deliver_mail().await;
    assert_eq!(count(&app, "select count(*) from join_asks").await, 0);
    // The page goes with the program's last weeks.
    sqlx::query("update programs set state = 'closing'").execute(&app.app.db).await.unwrap();
    visitor.get(&public).await.is(404);
}

#[tokio::test]
async fn nobody_floods_a_program_with_one_address() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    sqlx::query("update programs set asks_allowed = true").execute(&app.app.db).await.unwrap();
    let public = format!("/p/{}", world.program);
    let visitor = app.browser();
    for spelling in ["Q@x.example", "q@x.example", "q@X.example", "q@x.example", "q@x.example"] {
        visitor.post(&public, &[("name", "Q"), ("email", spelling)]).await.is(303);
    }
    visitor.post(&public, &[("name", "Q"), ("email", "q@x.example")]).await.is(429);
    assert_eq!(count(&app, "select count(*) from join_asks").await, 1);
}
