//! Half-way, everybody in a group is asked three questions: from the coordinator's button to what all may read.
use crate::pulse_cast::{about, answer, by_link, cast, close, count, form, open, open_pulse, set_state};
use crate::support::{TestApp, email_to, letters, link_in, world::day};
use time::{OffsetDateTime, macros::datetime};

const ASKED: &str = "Three questions about Peer Mentoring, Spring 2026";
const REMINDED: &str = "If you have not: three questions";
const CLOSED: &str = "The three questions about Peer Mentoring, Spring 2026 are closed";
const ALL: [&str; 7] = [
    "delphine@larkspur.example",
    "hana@larkspur.example",
    "kit@larkspur.example",
    "marcus@larkspur.example",
    "priya@larkspur.example",
    "tobias@larkspur.example",
    "wren@larkspur.example",
];
const ANSWERS: &str = "select count(*) from pulse_answers";

fn at(app: &TestApp, instant: OffsetDateTime) {
    app.advance(instant - app.app.clock.now());
}

#[tokio::test]
async fn a_pulse_is_opened_answered_reminded_closed_and_read() {
    let app = TestApp::start().await;
    let cast = cast(&app).await;
    let (world, db) = (&cast.world, &app.app.db);
    let (page, own) = (format!("{}/pulses", world.program_path()), format!("{}/pulse", world.program_path()));
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&world.program_path()).await.link("how it is for them");
    let first = imogen.get(&page).await;
    first.is(200).says("Seven people are in a group now. Each gets an email at once").says("Results need five answers");

    // Wrong in two ways: both said, what was typed kept, nothing written.
    let id = first.field("id");
    let wrong = imogen.post(&page, &[("id", &id), ("kind", "some day"), ("last_day", &day(1))]).await;
    wrong.is(422).says("Choose the middle or the end").says("Choose a day from 23 April to 1 June 2026");
    assert_eq!((wrong.field("id"), wrong.field("last_day")), (id.clone(), day(1)));
    assert_eq!(count(db, "select count(*) from pulses").await, 0);

    // Pressed twice: asked once.
    let last_day = day(10);
    let right = [("id", id.as_str()), ("kind", "mid"), ("last_day", last_day.as_str())];
    imogen.post(&page, &right).await.is(303);
    imogen.post_and_follow(&page, &right).await.says("Seven people are asked by email");
    let emails = app.deliver_mail().await;
    // Not who is on hold, has no group, or only coordinates.
    assert_eq!(about(&emails, ASKED), ALL);
    imogen.get(&page).await.says("Asked Seven people Answered Fewer than five: not yet enough for results");
    open(&app.browser_of(world.teodor).await, world, "end", &day(10)).await.is(303);
    assert_eq!(count(db, "select count(*) from pulses").await, 1, "one is open at a time");

    // Opening the link, however often, answers nothing.
    let hers = email_to(&emails, "priya@larkspur.example");
    let before = letters::everything(&app).await;
    for _ in 0..3 {
        app.browser().head(&link_in(hers)).await;
        app.browser().open(&link_in(hers)).await.is(200);
    }
    assert_eq!(letters::everything(&app).await, before);
    let (priya, to) = by_link(&app, hers).await;
    priya
        .get(&to)
        .await
        .says("Hello Priya.")
        .says("You answer once: it cannot be changed")
        .says("Open until Thursday 30 April");
    // What is missing is said at its field, and what was typed is kept.
    let missing = priya.post(&to, &form(["3", "9", ""], "Kept as typed")).await;
    missing.is(422).says("Honest here: choose a number from 1 to 5").says("Recommend: choose a number from 0 to 10");
    assert_eq!(missing.field("line"), "Kept as typed");
    assert!(missing.html.contains("name=\"worth\" value=\"3\" checked"));
    priya.post(&to, &form(["3", "3", "3"], "a nul \0")).await.is(422);
    priya.post(&to, &form(["3", "3", "3"], &"x".repeat(301))).await.is(422).says("Use at most 300 characters");
    assert_eq!(letters::everything(&app).await, before);
    priya
        .post_and_follow(&to, &form(["5", "5", "10"], "We meet for a reason"))
        .await
        .says("Thank you. You have answered.");
    // Once more, with other words: thanked, and nothing changed.
    priya.post(&to, &form(["1", "1", "0"], "Another line")).await.is(200).says("You have answered, thank you");
    priya.get(&to).await.does_not_say("<form");
    let stored: (i64, i32, String) =
        sqlx::query_as("select count(*) over (), worth, line from pulse_answers").fetch_one(db).await.unwrap();
    assert_eq!(stored, (1, 5, "We meet for a reason".to_owned()));

    // The others come signed in, from where they arrive.
    for (peer, scores, line) in [
        (world.marcus, ["5", "5", "9"], "More time for trips"),
        (world.hana, ["4", "5", "9"], "Good as it is"),
        (world.tobias, ["4", "3", "6"], "Too many emails"),
        (world.wren, ["2", "4", "8"], "I learned to listen"),
    ] {
        imogen.get(&page).await.says("Fewer than five").does_not_say("Worth my time");
        let browser = app.browser_of(peer.person).await;
        let home = browser.get("/").await;
        assert_eq!(home.link("Say how Peer Mentoring, Spring 2026 is for you"), own);
        browser.get(&own).await.is(200).says("Open until Thursday 30 April").says("if at least five people write one");
        answer(&browser, world, scores, line).await.is(303);
        browser.get(&own).await.says("You have answered, thank you").does_not_say(line);
        browser.get("/").await.does_not_say("Say how Peer Mentoring");
    }
    imogen.get(&page).await.says("Five or more: enough for results").does_not_say("Worth my time");

    // Reminded once, all of them, whoever has answered.
    at(&app, datetime!(2026-04-29 13:59 UTC));
    assert!(about(&app.deliver_mail().await, REMINDED).is_empty());
    at(&app, datetime!(2026-04-29 14:00 UTC));
    let reminders = app.deliver_mail().await;
    assert_eq!(about(&reminders, REMINDED), ALL);
    assert!(reminders.iter().all(|email| email.text.contains("so that it says nothing about who has")));
    // Its link is as good as the first one's.
    let (kit, to) = by_link(&app, email_to(&reminders, "kit@larkspur.example")).await;
    kit.get(&to).await.says("Hello Kit.");

    // The day is over; the worker has not been round yet.
    at(&app, datetime!(2026-05-01 05:00 UTC));
    kit.post(&to, &form(["1", "1", "1"], "")).await.is(409).says("These questions are closed");
    app.browser_of(cast.members[6].person).await.post(&own, &form(["1", "1", "1"], "")).await.is(409);
    assert!(about(&app.deliver_mail().await, CLOSED).is_empty(), "it is night");
    at(&app, datetime!(2026-05-01 12:00 UTC));
    assert_eq!(about(&app.deliver_mail().await, CLOSED), ALL);
    assert!(about(&app.deliver_mail().await, CLOSED).is_empty());

    // The same for who coordinates and who takes part, whether they were asked or not.
    for browser in [imogen.get(&page).await, app.browser_of(world.nadia.person).await.get(&own).await] {
        browser
            .is(200)
            .says("Half-way Closed on 1 May. 5 of 7 answered.")
            .says("Worth my time 4.0 of 5")
            .says("I can be honest here 4.4 of 5")
            .says("Would recommend, −100 to +100 +40")
            .says("More time for trips")
            .says("Too many emails");
        for name in ["Priya", "Marcus", "Hana Sørby", "Tobias", "Wren"] {
            browser.does_not_say(name);
        }
    }
    imogen.get(&page).await.says("At the end").does_not_say("value=\"mid\"");
    open(&imogen, world, "mid", &day(20)).await;
    let acts: Vec<String> = sqlx::query_scalar("select action from history where action like 'pulse%' order by id")
        .fetch_all(db)
        .await
        .unwrap();
    assert_eq!(acts, ["pulse_opened", "pulse_closed"]);
}

#[tokio::test]
async fn from_too_few_answers_nothing_is_shown_and_one_line_hides_among_enough_or_not_at_all() {
    let app = TestApp::start().await;
    let cast = cast(&app).await;
    let (world, db) = (&cast.world, &app.app.db);
    let imogen = app.browser_of(world.imogen).await;
    let (page, own) = (format!("{}/pulses", world.program_path()), format!("{}/pulse", world.program_path()));
    for (kind, answers) in [("mid", 4), ("end", 6)] {
        open(&imogen, world, kind, &day(10)).await.is(303);
        // What the program sets from now on changes nothing about this one.
        sqlx::query("update programs set smallest_shown = 3").execute(db).await.unwrap();
        for member in &cast.members[..answers] {
            // Of six who answer at the end, four write a line.
            let line =
                if member.person == world.priya.person || member.person == world.marcus.person { "" } else { "Mine" };
            answer(&app.browser_of(member.person).await, world, ["4", "4", "8"], line).await.is(303);
        }
        let pulse = open_pulse(db).await;
        let confirm = format!("{page}/{pulse}/close");
        imogen.get(&confirm).await.is(200).says("Close these questions now?").says("if at least five people");
        // At once from two windows, and once more.
        let (one, other) = tokio::join!(close(&imogen, world, pulse), close(&imogen, world, pulse));
        one.is(303);
        other.is(303);
        imogen.post_and_follow(&confirm, &[]).await.says("It is closed.");
        imogen.get(&confirm).await.says("These questions are closed").does_not_say("<button class=\"btn stop");
        assert_eq!(about(&app.deliver_mail().await, CLOSED).len(), 7);
        sqlx::query("update programs set smallest_shown = 5").execute(db).await.unwrap();
    }
    for seen in [imogen.get(&page).await, app.browser_of(world.priya.person).await.get(&own).await] {
        seen.says("Half-way Closed on 20 April. Fewer than five of seven answered, so nothing is shown")
            .says("At the end Closed on 20 April. 6 of 7 answered. Worth my time 4.0 of 5")
            .says("Would recommend, −100 to +100 0")
            .says("Fewer than five people wrote a line, so none is shown.")
            .does_not_say("Mine");
    }
    imogen.get(&page).await.says("Both were asked.").does_not_say("name=\"kind\"");
}

#[tokio::test]
async fn who_leaves_in_between_is_written_to_no_more_and_an_answer_stays() {
    let app = TestApp::start().await;
    let cast = cast(&app).await;
    let (world, db) = (&cast.world, &app.app.db);
    let imogen = app.browser_of(world.imogen).await;
    open(&imogen, world, "mid", &day(10)).await.is(303);
    let emails = app.deliver_mail().await;
    let (priya, hers) = by_link(&app, email_to(&emails, "priya@larkspur.example")).await;
    let (marcus, his) = by_link(&app, email_to(&emails, "marcus@larkspur.example")).await;
    let (hana, hanas) = by_link(&app, email_to(&emails, "hana@larkspur.example")).await;
    priya.post(&hers, &form(["4", "4", "9"], "")).await.is(303);
    hana.post(&hanas, &form(["4", "4", "9"], "Hana was here")).await.is(303);
    // Priya leaves after her answer, Marcus before his, Hana has herself erased, Wren pauses.
    set_state(db, world.priya, "withdrawn").await;
    set_state(db, world.marcus, "withdrawn").await;
    set_state(db, world.wren, "on_hold").await;
    let account = app.browser_of(world.hana.person).await;
    account.get("/account/data.json").await.is(200).does_not_say("Hana was here");
    account.get("/account/erase").await.says("nobody can tell which answer is yours");
    account.post("/account/erase", &[("email", "hana@larkspur.example")]).await.is(303);
    app.deliver_mail().await;
    assert_eq!(count(db, "select count(*) from pulse_answers").await, 2);
    assert_eq!(count(db, "select count(*) from pulse_invitations").await, 6);
    // Her link is dead; his is not: whoever was asked may answer until it closes.
    hana.get(&hanas).await.is(404);
    app.browser().get(&link_in(email_to(&emails, "hana@larkspur.example"))).await.is(404);
    marcus.post(&his, &form(["2", "2", "3"], "")).await.is(303);
    assert_eq!(count(db, ANSWERS).await, 3);
    // Who came after the opening was not asked.
    let nadia = app.browser_of(world.nadia.person).await;
    nadia
        .get(&format!("{}/pulse", world.program_path()))
        .await
        .says("Those who were in a group on 20 April are asked three questions. You were not among them.");
    answer(&nadia, world, ["1", "1", "1"], "").await.is(409);
    // Reminded and told are those who take part.
    at(&app, datetime!(2026-04-29 14:00 UTC));
    let reminded = about(&app.deliver_mail().await, REMINDED);
    assert_eq!(reminded, ["delphine@larkspur.example", "kit@larkspur.example", "tobias@larkspur.example"]);
    for at in [3, 5] {
        let member = app.browser_of(cast.members[at].person).await;
        answer(&member, world, ["4", "4", "9"], "").await.is(303);
    }
    at(&app, datetime!(2026-05-01 12:00 UTC));
    assert_eq!(about(&app.deliver_mail().await, CLOSED), reminded);
    // Seven were asked, whatever became of them.
    imogen.get(&format!("{}/pulses", world.program_path())).await.says("5 of 7 answered");
}

#[tokio::test]
async fn a_worker_that_comes_late_writes_nothing_that_is_past() {
    let app = TestApp::start().await;
    let cast = cast(&app).await;
    let world = &cast.world;
    let imogen = app.browser_of(world.imogen).await;
    open(&imogen, world, "mid", &day(10)).await.is(303);
    // Down since the morning, back in the night before the last day: asked at once, reminded in the morning.
    at(&app, datetime!(2026-04-30 06:00 UTC));
    let emails = app.deliver_mail().await;
    assert_eq!((about(&emails, ASKED).len(), about(&emails, REMINDED).len()), (7, 0));
    at(&app, datetime!(2026-04-30 12:00 UTC));
    assert_eq!(about(&app.deliver_mail().await, REMINDED), ALL);
    at(&app, datetime!(2026-05-01 15:00 UTC));
    assert_eq!(about(&app.deliver_mail().await, CLOSED).len(), 7);
    // And down until all is over: one email, that it is closed.
    open(&imogen, world, "end", "2026-05-08").await.is(303);
    at(&app, datetime!(2026-05-11 15:00 UTC));
    let emails = app.deliver_mail().await;
    assert_eq!([CLOSED, ASKED, REMINDED].map(|subject| about(&emails, subject).len()), [7, 0, 0]);
}

#[tokio::test]
async fn pressed_at_once_an_answer_counts_once_and_nobodys_is_lost() {
    let app = TestApp::start().await;
    let cast = cast(&app).await;
    let (world, db) = (&cast.world, &app.app.db);
    let imogen = app.browser_of(world.imogen).await;
    open(&imogen, world, "mid", &day(10)).await.is(303);
    let emails = app.deliver_mail().await;
    let (linked, to) = by_link(&app, email_to(&emails, "priya@larkspur.example")).await;
    let signed_in = app.browser_of(world.priya.person).await;
    let sent = form(["4", "4", "8"], "");
    let (one, two, three) =
        tokio::join!(linked.post(&to, &sent), linked.post(&to, &sent), answer(&signed_in, world, ["1", "1", "1"], ""),);
    for one in [one, two, three] {
        assert!(matches!(one.status.as_u16(), 200 | 303), "{}", one.text());
    }
    assert_eq!(count(db, ANSWERS).await, 1);
    let mut browsers = Vec::new();
    for member in &cast.members[1..] {
        browsers.push(app.browser_of(member.person).await);
    }
    let press = async |at: usize| answer(&browsers[at], world, ["4", "4", "8"], "").await.status.as_u16();
    let done = tokio::join!(press(0), press(1), press(2), press(3), press(4), press(5));
    assert_eq!(done, (303, 303, 303, 303, 303, 303));
    assert_eq!(count(db, ANSWERS).await, 7);
    assert_eq!(count(db, "select count(*) from pulse_invitations where answered").await, 7);
}

#[tokio::test]
async fn a_program_that_ends_or_is_too_small_asks_nothing() {
    let app = TestApp::start().await;
    let cast = cast(&app).await;
    let (world, db) = (&cast.world, &app.app.db);
    let imogen = app.browser_of(world.imogen).await;
    let page = format!("{}/pulses", world.program_path());
    sqlx::query("update programs set smallest_shown = 8").execute(db).await.unwrap();
    imogen
        .get(&page)
        .await
        .says("Results need eight answers, and seven people are in a group now: nothing could ever be shown.");
    let (id, last_day) = (uuid::Uuid::now_v7().to_string(), day(10));
    let form_of = [("id", id.as_str()), ("kind", "mid"), ("last_day", last_day.as_str())];
    imogen.post(&page, &form_of).await.is(422).says("nothing could ever be shown");
    // Where all of them would have to answer, nothing is said while it is open.
    sqlx::query("update programs set smallest_shown = 7").execute(db).await.unwrap();
    imogen.post_and_follow(&page, &form_of).await.says("Said after it closes");
    let (priya, to) = by_link(&app, email_to(&app.deliver_mail().await, "priya@larkspur.example")).await;
    sqlx::query("update programs set state = 'cancelled'").execute(db).await.unwrap();
    priya.post(&to, &form(["4", "4", "8"], "")).await.is(409).says("These questions are closed");
    app.deliver_mail().await;
    assert_eq!(count(db, "select count(*) from pulses where closed_at is null").await, 0);
    assert_eq!(count(db, ANSWERS).await, 0);
    imogen
        .get(&page)
        .await
        .says("Fewer than seven of seven answered")
        .says("Questions are asked while the program runs.");
    let other = uuid::Uuid::now_v7().to_string();
    let late = [("id", other.as_str()), ("kind", "end"), ("last_day", last_day.as_str())];
    imogen.post_and_follow(&page, &late).await.says("Nothing changed: the program does not run.");
}

#[tokio::test]
async fn the_database_alone_keeps_its_rules() {
    let app = TestApp::start().await;
    let cast = cast(&app).await;
    let imogen = app.browser_of(cast.world.imogen).await;
    open(&imogen, &cast.world, "mid", &day(10)).await.is(303);
    for (sql, rule) in [
        (
            "insert into pulses (program_id, id, kind, opened_at, last_day, fewest, invited)
             select program_id, gen_random_uuid(), 'end', opened_at, last_day, 5, 9 from pulses",
            "one_pulse_of_a_program_is_open",
        ),
        (
            "insert into pulses (program_id, id, kind, opened_at, last_day, fewest, invited, closed_at)
             select program_id, gen_random_uuid(), 'mid', opened_at, last_day, 5, 9, opened_at from pulses",
            "a_program_has_one_pulse_of_each_kind",
        ),
        ("update pulses set fewest = 2", "results_of_a_pulse_need_three_answers_or_more"),
        ("update pulses set invited = 4", "a_pulse_that_could_never_be_shown_is_not_opened"),
        (
            "insert into pulse_invitations (program_id, id, pulse_id, participation_id)
             select program_id, gen_random_uuid(), pulse_id, participation_id from pulse_invitations limit 1",
            "somebody_is_invited_once_to_a_pulse",
        ),
        (
            "insert into pulse_answers (program_id, pulse_id, id, worth, safe, recommend)
             select program_id, id, gen_random_uuid(), 6, 5, 10 from pulses",
            "worth_is_from_1_to_5",
        ),
        (
            "insert into pulse_answers (program_id, pulse_id, id, worth, safe, recommend)
             select program_id, id, gen_random_uuid(), 5, 0, 10 from pulses",
            "safe_is_from_1_to_5",
        ),
        (
            "insert into pulse_answers (program_id, pulse_id, id, worth, safe, recommend)
             select program_id, id, gen_random_uuid(), 5, 5, 11 from pulses",
            "recommend_is_from_0_to_10",
        ),
        (
            "insert into pulse_answers (program_id, pulse_id, id, worth, safe, recommend)
             select gen_random_uuid(), id, gen_random_uuid(), 5, 5, 10 from pulses",
            "pulse_answers_program_id_pulse_id_fkey",
        ),
    ] {
        let refused = sqlx::query(sql).execute(&app.app.db).await.unwrap_err();
        let named = refused.as_database_error().and_then(|error| error.constraint());
        assert_eq!(named, Some(rule), "{refused}");
    }
}
