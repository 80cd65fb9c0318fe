//! A group looks back: each writes alone, they read it together, and share what they like line by line.
use crate::support::{Browser, TestApp, world::World};
use time::{Duration, macros::datetime};

/// The last three weeks have begun.
async fn closing() -> (TestApp, World) {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    app.advance(datetime!(2026-05-25 14:00 UTC) - app.app.clock.now());
    let emails = app.deliver_mail().await;
    let letter = emails.iter().find(|email| email.to.email == "priya@larkspur.example").unwrap();
    assert!(letter.text.contains("what worked, what did not, what to try next"), "{}", letter.text);
    (app, world)
}

async fn write(by: &Browser<'_>, path: &str, kind: &str, words: &str) {
    let id = by.get(path).await.field("id");
    let line = [("id", id.as_str()), ("kind", kind), ("words", words)];
    by.post(path, &line).await.is(303);
    // A second press writes nothing more.
    by.post(path, &line).await.is(303);
}

async fn lines(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from retrospective_lines").fetch_one(&app.app.db).await.unwrap()
}

async fn line(app: &TestApp, words: &str) -> String {
    sqlx::query_scalar("select id::text from retrospective_lines where words = $1")
        .bind(words)
        .fetch_one(&app.app.db)
        .await
        .unwrap()
}

#[tokio::test]
async fn each_writes_alone_and_all_read_it_together() {
    let (app, world) = closing().await;
    let path = format!("{}/retrospective", world.group_path());
    let priya = app.browser_of(world.priya.person).await;
    let marcus = app.browser_of(world.marcus.person).await;
    let hana = app.browser_of(world.hana.person).await;
    // It waits at home and on the group's page.
    let home = priya.get("/").await;
    assert_eq!(home.says("Look back with Reading Room").link("Look back with"), path);
    assert_eq!(priya.get(&world.group_path()).await.link("Write your lines"), path);

    // What is missing is said at its field, and what was typed is kept.
    let again = priya.post(&path, &[("id", &priya.get(&path).await.field("id")), ("words", "Kept words")]).await;
    again.is(422).says("Choose what your line is about");
    assert_eq!(again.field("words"), "Kept words");
    let long = "x".repeat(301);
    priya.post(&path, &[("id", &again.field("id")), ("kind", "worked"), ("words", &long)]).await.is(422);
    assert_eq!(lines(&app).await, 0);

    write(&priya, &path, "worked", "Shadowing early").await;
    write(&marcus, &path, "did_not", "The email thread").await;
    assert_eq!(lines(&app).await, 2);
    priya.get(&path).await.says("Shadowing early").says("Only you can read this").does_not_say("The email thread");
    priya.post_and_follow(&format!("{path}/done"), &[]).await.says("Not done yet: Hana and Marcus");
    // Nobody can show them yet, nor share a line that the group does not read.
    priya.post_and_follow(&format!("{path}/reveal"), &[]).await.says("somebody still writes").does_not_say("The email");
    let hers = line(&app, "Shadowing early").await;
    let share = format!("{}/retrospective/{hers}/share", world.program_path());
    priya.post_and_follow(&share, &[]).await.says("your group does not read it yet");

    marcus.post(&format!("{path}/done"), &[]).await.is(303);
    hana.get(&path).await.says("I have nothing to add");
    hana.post_and_follow(&format!("{path}/done"), &[]).await.says("Show each other what you wrote");
    hana.get("/").await.says("Show each other what you wrote");
    // Two press at the same moment.
    let reveal = format!("{path}/reveal");
    let (one, other) = tokio::join!(hana.post(&reveal, &[]), marcus.post(&reveal, &[]));
    one.is(303);
    other.is(303);
    for by in [&priya, &marcus, &hana] {
        by.get(&path).await.says("Shadowing early").says("The email thread");
        by.get("/").await.does_not_say("Look back with");
    }
    marcus.get(&path).await.says("Shadowing early Priya");
    // What they agree on while they talk is read at once.
    write(&hana, &path, "try_next", "Two fixed slots").await;
    priya.get(&path).await.says("Two fixed slots");

    // Who coordinates reads nothing of it, and knows that a group has looked back.
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&path).await.is(404);
    let lessons = imogen.get(&format!("{}/lessons", world.program_path())).await;
    lessons.says("One of two groups has looked back").does_not_say("Shadowing early").does_not_say("The email thread");
    app.browser_of(world.tobias.person).await.get(&path).await.is(404);
}

#[tokio::test]
async fn a_silent_member_holds_nobody_up_and_keeps_what_is_hers() {
    let (app, world) = closing().await;
    let path = format!("{}/retrospective", world.group_path());
    let priya = app.browser_of(world.priya.person).await;
    let marcus = app.browser_of(world.marcus.person).await;
    write(&priya, &path, "worked", "Shadowing early").await;
    priya.post(&format!("{path}/done"), &[]).await.is(303);
    let hana = app.browser_of(world.hana.person).await;
    write(&hana, &path, "did_not", "Half a thought").await;
    app.advance(Duration::days(13));
    let priya = app.browser_of(world.priya.person).await;
    priya.post_and_follow(&format!("{path}/reveal"), &[]).await.says("somebody still writes");
    app.advance(Duration::days(1));
    let page = priya.get(&path).await;
    page.says("Not done yet: Hana and Marcus").says("Show the lines of who is done");
    // Who is not done cannot show them.
    marcus.post_and_follow(&format!("{path}/reveal"), &[]).await.says("somebody still writes");
    priya.post_and_follow(&format!("{path}/reveal"), &[]).await.says("Shadowing early").does_not_say("Half a thought");
    // Nor do they read the others' lines before they are done themselves.
    hana.get(&path).await.says("The others have looked back").says("Half a thought").does_not_say("Shadowing early");
    hana.post_and_follow(&format!("{path}/done"), &[]).await.says("Shadowing early").says("Half a thought");
    priya.get(&path).await.says("Half a thought");
}

#[tokio::test]
async fn a_line_is_shared_by_its_author_and_taken_back() {
    let (app, world) = closing().await;
    let (path, program) = (format!("{}/retrospective", world.group_path()), world.program_path());
    let peers = [world.priya, world.marcus, world.hana];
    let priya = app.browser_of(world.priya.person).await;
    write(&priya, &path, "worked", "Shadowing early").await;
    write(&priya, &path, "did_not", "Nobody knew the rules").await;
    for peer in peers {
        app.browser_of(peer.person).await.post(&format!("{path}/done"), &[]).await.is(303);
    }
    priya.post(&format!("{path}/reveal"), &[]).await.is(303);
    let hers = line(&app, "Shadowing early").await;
    let (share, back) =
        (format!("{program}/retrospective/{hers}/share"), format!("{program}/retrospective/{hers}/take-back"));
    // Nobody shares what another wrote.
    let marcus = app.browser_of(world.marcus.person).await;
    marcus.post_and_follow(&share, &[]).await.says("Nothing changed");
    marcus.post(&format!("{program}/retrospective/{hers}/remove"), &[]).await.is(303);
    let group = world.reading_room.to_string();
    let page = priya.post_and_follow(&share, &[("group", &group)]).await;
    page.says("Shared. Everybody in the program").says("You, shared with the program");
    priya.post_and_follow(&share, &[]).await.says("Nothing changed");

    // Everybody in the program and those who coordinate it read it, with the group's name and without hers.
    let tobias = app.browser_of(world.tobias.person).await;
    let own = format!("{program}/retrospective");
    let read = tobias.get(&own).await;
    read.says("Shadowing early").says("Reading Room").does_not_say("Priya").does_not_say("Nobody knew");
    let imogen = app.browser_of(world.imogen).await;
    let lessons = format!("{program}/lessons");
    imogen.get(&lessons).await.says("Shadowing early").does_not_say("Priya").does_not_say("Nobody knew");
    app.browser_of(world.olga).await.get(&own).await.is(404);

    // She has left, the program has ended: it is hers to take back all the same.
    sqlx::query("update participations set state = 'withdrawn' where id = $1")
        .bind(world.priya.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    sqlx::query("update programs set state = 'archived'").execute(&app.app.db).await.unwrap();
    let priya = app.browser_of(world.priya.person).await;
    priya.get(&own).await.says("Shadowing early").says("The program reads it");
    priya.post_and_follow(&back, &[]).await.says("Taken back").says("Your group reads it");
    priya.post(&share, &[]).await.is(403);
    tobias.get(&own).await.does_not_say("Shadowing early");
    imogen.get(&lessons).await.does_not_say("Shadowing early");
    // And hers to take away.
    priya.post_and_follow(&format!("{program}/retrospective/{hers}/remove"), &[]).await.says("Your line is gone");
    assert_eq!(lines(&app).await, 1);
}

#[tokio::test]
async fn a_newcomer_reads_from_their_day_on() {
    let (app, world) = closing().await;
    let path = format!("{}/retrospective", world.group_path());
    let priya = app.browser_of(world.priya.person).await;
    write(&priya, &path, "worked", "Before she came").await;
    app.advance(Duration::days(2));
    for statement in [
        "update approval_requests set state = 'approved', decided_at = first_sent_at, first_answered_at = first_sent_at where participation_id = $1",
        "insert into memberships (program_id, id, group_id, participation_id, joined_on)
         select program_id, gen_random_uuid(), (select id from groups where name = 'Reading Room'), id, '2026-05-27'
         from participations where id = $1",
    ] {
        sqlx::query(statement).bind(world.nadia.participation).execute(&app.app.db).await.unwrap();
    }
    let nadia = app.browser_of(world.nadia.person).await;
    let priya = app.browser_of(world.priya.person).await;
    write(&priya, &path, "worked", "Since she came").await;
    for peer in [world.priya, world.marcus, world.hana, world.nadia] {
        app.browser_of(peer.person).await.post(&format!("{path}/done"), &[]).await.is(303);
    }
    nadia.post_and_follow(&format!("{path}/reveal"), &[]).await.says("Since she came").does_not_say("Before she came");
    priya.get(&path).await.says("Before she came");
}
