//! Forms of letters, help, lessons and lines that come a second time: with other words, from an old page, or from
//! somebody who may no longer send them. Nothing goes out twice, nothing is put in place of what was sent.
use crate::support::{Browser, TestApp, world::World};
use time::macros::datetime;
use uuid::Uuid;

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&app.app.db).await.unwrap()
}

/// Looks at a letter to everyone and presses "Send", from a page with this id.
async fn send_letter(by: &Browser<'_>, new: &str, id: &str, words: &str) -> crate::support::Answer {
    let form = [("id", id), ("audience", "everyone"), ("subject", "Rooms"), ("words", words)];
    let preview = by.post(new, &[&form[..], &[("do", "look")]].concat()).await;
    let seen = if preview.status == 200 { preview.field("seen") } else { String::new() };
    by.post(new, &[&form[..], &[("seen", seen.as_str()), ("do", "send")]].concat()).await
}

#[tokio::test]
async fn a_letter_is_what_was_sent_and_goes_to_groups_of_its_program() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    app.deliver_mail().await;
    let imogen = app.browser_of(world.imogen).await;
    let new = format!("{}/letters/new", world.program_path());
    let id = imogen.get(&new).await.field("id");
    let letter = send_letter(&imogen, &new, &id, "Room 12").await.is(303).location.clone().unwrap();
    let emails = app.deliver_mail().await.len();
    assert!(emails > 3, "{emails}");

    // Back in the browser, other words, sent from the same page: the letter that went out stays what it is.
    let again = send_letter(&imogen, &new, &id, "Room 14").await;
    assert!(!again.status.is_server_error(), "{}", again.text());
    imogen.get(&letter).await.is(200).says("Room 12").does_not_say("Room 14");
    assert_eq!(count(&app, "select count(*) from letters").await, 1);
    assert!(app.deliver_mail().await.is_empty());

    // A group that is none of this program's is no group.
    let id = imogen.get(&new).await.field("id");
    let elsewhere = Uuid::now_v7().to_string();
    let form =
        [("id", id.as_str()), ("audience", "groups"), ("groups", &elsewhere), ("subject", "Rooms"), ("words", "Hi")];
    imogen.post(&new, &[&form[..], &[("do", "look")]].concat()).await.is(422).says("Hi");
    imogen.post(&new, &[&form[..], &[("do", "send"), ("seen", "")]].concat()).await.is(422);
    assert_eq!(count(&app, "select count(*) from letters").await, 1);
}

#[tokio::test]
async fn help_is_asked_of_whom_it_was_first_asked() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    app.deliver_mail().await;
    let hana = app.browser_of(world.hana.person).await;
    let id = hana.get("/help").await.field("id");
    for (whom, words) in [(world.teodor, "We are stuck"), (world.imogen, "We are stuck"), (world.teodor, "Other words")]
    {
        let to = format!("{}:{whom}", world.program);
        let answer = hana.post("/help", &[("id", &id), ("to", &to), ("words", words)]).await;
        assert!(!answer.status.is_server_error(), "{}", answer.text());
    }
    let emails = app.deliver_mail().await;
    assert_eq!(emails.len(), 1);
    assert!(emails[0].to.email.starts_with("teodor@") && emails[0].text.contains("We are stuck"));
    // Nobody else's page can be used for it.
    let marcus = app.browser_of(world.marcus.person).await;
    let to = format!("{}:{}", world.program, world.imogen);
    let answer = marcus.post("/help", &[("id", &id), ("to", &to), ("words", "Mine")]).await;
    assert!(!answer.status.is_server_error(), "{}", answer.text());
    hana.get("/help").await.says("We are stuck").does_not_say("Mine").does_not_say("Other words");
}

#[tokio::test]
async fn a_lesson_that_is_gone_is_not_changed_published_or_deleted() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    app.advance(datetime!(2026-05-25 14:00 UTC) - app.app.clock.now());
    app.deliver_mail().await;
    let imogen = app.browser_of(world.imogen).await;
    let path = format!("{}/lessons", world.program_path());
    let id = imogen.get(&path).await.field("id");
    imogen.post(&path, &[("id", &id), ("kind", "worked"), ("words", "Start early")]).await.is(303);
    let lesson: String = sqlx::query_scalar("select id::text from lessons").fetch_one(&app.app.db).await.unwrap();
    let one = format!("{path}/{lesson}");
    // Her co-coordinator deletes it while she has its page open.
    app.browser_of(world.teodor).await.post(&format!("{one}/remove"), &[]).await.is(303);
    for (act, form) in
        [("", vec![("kind", "worked"), ("words", "Start earlier")]), ("/publish", vec![]), ("/remove", vec![])]
    {
        let answer = imogen.post(&format!("{one}{act}"), &form).await;
        assert!(!answer.status.is_server_error(), "{act}: {}", answer.text());
    }
    assert_eq!(count(&app, "select count(*) from lessons").await, 0);
    app.browser().get(&format!("/p/{}/lessons", world.program)).await.does_not_say("Start earl");
}

#[tokio::test]
async fn who_has_left_the_group_writes_and_shares_nothing_more() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    app.advance(datetime!(2026-05-25 14:00 UTC) - app.app.clock.now());
    app.deliver_mail().await;
    let path = format!("{}/retrospective", world.group_path());
    let hana = app.browser_of(world.hana.person).await;
    let id = hana.get(&path).await.field("id");
    hana.post(&path, &[("id", &id), ("kind", "worked"), ("words", "Her line")]).await.is(303);
    let line: String =
        sqlx::query_scalar("select id::text from retrospective_lines").fetch_one(&app.app.db).await.unwrap();
    sqlx::query("update memberships set left_on = '2026-05-24' where participation_id = $1")
        .bind(world.hana.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    let id = Uuid::now_v7().to_string();
    hana.post(&path, &[("id", &id), ("kind", "worked"), ("words", "One more")]).await.is(404);
    for act in ["done", "reveal"] {
        hana.post(&format!("{path}/{act}"), &[]).await.is(404);
    }
    // Her own line is still hers: nobody has read it, and it is shared by no press on an old page.
    let own = format!("{}/retrospective/{line}", world.program_path());
    let answer = hana.post(&format!("{own}/share"), &[]).await;
    assert!(!answer.status.is_server_error(), "{}", answer.text());
    assert_eq!(count(&app, "select count(*) from retrospective_lines where shared_at is not null").await, 0);
    assert_eq!(count(&app, "select count(*) from retrospective_lines").await, 1);
}
