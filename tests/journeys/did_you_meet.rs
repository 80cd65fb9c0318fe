//! After a meeting that nobody logs, one is asked by email, then another, then all; and one answer settles it.
use crate::nothing_leaks::{MARKER, mark};
use crate::support::{
    Browser, TestApp, email_to, link_in,
    world::{World, about_goals, goal_with_elements},
};
use see_also::mail::Email;
use time::{Duration, OffsetDateTime, macros::datetime};

const HANA: &str = "hana@larkspur.example";
const MARCUS: &str = "marcus@larkspur.example";
const PRIYA: &str = "priya@larkspur.example";
/// When the meeting of these stories is over: Tuesday, 13:00 in Chicago.
const END: OffsetDateTime = datetime!(2026-04-21 18:00 UTC);

fn at(app: &TestApp, moment: OffsetDateTime) {
    app.advance(moment - app.app.clock.now());
}

/// The emails that ask whether the group met.
async fn asked(app: &TestApp) -> Vec<Email> {
    let mut emails = app.deliver_mail().await;
    emails.retain(|email| email.subject.starts_with("Did Reading Room meet on "));
    emails.sort_by(|a, b| a.to.email.cmp(&b.to.email));
    emails
}

fn addresses(emails: &[Email]) -> Vec<&str> {
    emails.iter().map(|email| email.to.email.as_str()).collect()
}

/// Hana sets it for tomorrow at noon: she facilitates, Marcus takes notes, Priya keeps time.
async fn set(hana: &Browser<'_>, world: &World) -> String {
    let form = [
        ("date", "2026-04-21"),
        ("time", "12:00"),
        ("minutes", "60"),
        ("mode", "in_person"),
        ("place", "The quiet lab"),
    ];
    let path = hana.post(&format!("{}/meetings/new", world.group_path()), &form).await.location.unwrap();
    about_goals(hana, &path).await;
    path
}

async fn one<T>(app: &TestApp, sql: &'static str) -> T
where
    T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin,
{
    sqlx::query_scalar(sql).fetch_one(&app.app.db).await.unwrap()
}

/// A meeting that is over and asked about: its address, and the note-taker's link.
async fn over<'a>(app: &'a TestApp, world: &World) -> (Browser<'a>, String, String) {
    goal_with_elements(&app.app.db, world, world.priya, &["Pace"]).await;
    let hana = app.browser_of(world.hana.person).await;
    let path = set(&hana, world).await;
    at(app, END + Duration::hours(2));
    let emails = asked(app).await;
    assert_eq!(addresses(&emails), [MARCUS]);
    (hana, path, link_in(&emails[0]))
}

#[tokio::test]
async fn the_note_taker_is_asked_then_who_facilitates_then_everybody_and_each_once() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    set(&hana, &world).await;
    let mut came: Vec<(String, OffsetDateTime)> = Vec::new();
    // Every hour for two weeks.
    for _ in 0..14 * 24 {
        app.advance(Duration::hours(1));
        for email in asked(&app).await {
            // The first comes at its time, those after it by day, with a way out.
            assert_eq!(email.by_day_in.is_some(), email.unsubscribe.is_some());
            assert_eq!(email.by_day_in.is_none(), came.is_empty());
            for form in [&email.text, &email.html] {
                assert!(!form.contains("quiet lab") && !form.contains("Check-in"), "{form}");
            }
            came.push((email.to.email, app.app.clock.now()));
        }
    }
    // The fifth day after is a Sunday: all are asked on Monday at seven.
    let monday = datetime!(2026-04-27 12:00 UTC);
    let mut last: Vec<_> = came.split_off(2);
    last.sort();
    assert_eq!(
        came,
        [(MARCUS.to_owned(), END + Duration::hours(2)), (HANA.to_owned(), END + Duration::days(2))],
        "then {last:?}"
    );
    assert_eq!(last, [HANA, MARCUS, PRIYA].map(|who| (who.to_owned(), monday)));
}

#[tokio::test]
async fn one_press_settles_it_for_all() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (hana, path, link) = over(&app, &world).await;
    // Looking says nothing, and shows nothing of what was planned.
    let marcus = app.browser();
    marcus.head(&link).await;
    let page = marcus.open(&link).await;
    page.is(200)
        .says("Did Reading Room meet?")
        .says("Tuesday 21 April, 12:00–13:00")
        .says("It counts with 60 minutes, as planned")
        .says("Marcus (you)")
        .does_not_say("quiet lab")
        .does_not_say("A goal");
    assert_eq!(page.html.matches("name=\"p\"").count(), 3);
    assert_eq!(page.html.matches("checked").count(), 3, "everybody is ticked, and nothing else");
    assert_eq!(one::<String>(&app, "select state from meetings").await, "scheduled");

    let clean = marcus.get(&link).await.location.unwrap();
    let (me, priya) = (world.marcus.participation.to_string(), world.priya.participation.to_string());
    let wren = world.wren.participation.to_string();
    marcus.post(&clean, &[]).await.is(422).says("Say whether you met");
    marcus.post(&clean, &[("answer", "met"), ("p", &me)]).await.is(422).says("at least two of you");
    let stranger = [("answer", "met"), ("p", me.as_str()), ("p", &wren)];
    marcus.post(&clean, &stranger).await.is(422).says("who belonged to the group that day");
    assert_eq!(one::<i64>(&app, "select count(*) from attendances").await, 0);
    let two = [("answer", "met"), ("p", me.as_str()), ("p", &priya)];
    let done = marcus.post_and_follow(&clean, &two).await;
    done.says("Noted for all of you.").says("You said on 21 April, 15:00 that you met: two of you, for 60 minutes.");
    assert_eq!(done.link("Say where the minutes went"), format!("{path}/log"));

    // Everything planned is done in its planned minutes, and there are no notes.
    let minutes: Vec<i32> =
        sqlx::query_scalar("select actual_minutes from agenda_items where state = 'done' order by position")
            .fetch_all(&app.app.db)
            .await
            .unwrap();
    assert_eq!(minutes, [5, 40, 10, 5]);
    hana.get(&path).await.says("Two of you met, for 60 minutes.").does_not_say("To remember");
    // Pressed again, or otherwise, it changes nothing.
    marcus.post_and_follow(&clean, &two).await.says("This was answered before. Nothing was changed.");
    let no = [("answer", "no"), ("reason", "illness")];
    marcus.post_and_follow(&clean, &no).await.says("This was answered before.").says("that you met");
    // Nobody else is asked.
    at(&app, END + Duration::days(2));
    assert!(asked(&app).await.is_empty());
    at(&app, END + Duration::days(6));
    assert!(asked(&app).await.is_empty());
    // His cookie opens his page alone.
    marcus.get(&format!("/did-you-meet/{}", uuid::Uuid::now_v7())).await.is(404);
    app.browser().get(&clean).await.is(404);
    app.browser().get(&format!("/met/{}", "0".repeat(64))).await.is(404);
}

#[tokio::test]
async fn the_page_of_the_link_holds_nothing_that_was_written() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (hana, path, link) = over(&app, &world).await;
    let marked = mark(&app).await;
    for column in ["agenda_items.title", "meetings.place", "meetings.note"] {
        assert!(marked.contains(&column.to_owned()), "{column} is not marked: {marked:?}");
    }
    assert!(hana.get(&path).await.html.contains(MARKER), "the test can fail");
    let marcus = app.browser();
    marcus.open(&link).await.is(200).says("Did Reading Room meet?").does_not_say(MARKER);
    let clean = marcus.get(&link).await.location.unwrap();
    marcus.post(&clean, &[("answer", "moved")]).await.is(422).does_not_say(MARKER);
    let ids = [world.marcus, world.priya].map(|peer| peer.participation.to_string());
    let met = [("answer", "met"), ("p", ids[0].as_str()), ("p", &ids[1])];
    marcus.post_and_follow(&clean, &met).await.says("that you met").does_not_say(MARKER);
    mark(&app).await;
    marcus.open(&link).await.is(200).does_not_say(MARKER);
    at(&app, END + Duration::days(6));
    for email in app.deliver_mail().await {
        assert!(!email.text.contains(MARKER) && !email.html.contains(MARKER), "{}", email.text);
    }
}

#[tokio::test]
async fn who_logs_on_the_page_settles_it_too_and_a_waiting_email_stays_unsent() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (hana, path, link) = over(&app, &world).await;
    // Due on Sunday, it waits for Monday; on Sunday evening Hana says that they did not meet.
    at(&app, END + Duration::days(2));
    assert_eq!(addresses(&asked(&app).await), [HANA]);
    at(&app, END + Duration::days(5));
    assert!(asked(&app).await.is_empty());
    hana.post(&format!("{path}/not-held"), &[("reason", "illness")]).await.is(303);
    at(&app, datetime!(2026-04-27 12:00 UTC));
    assert!(asked(&app).await.is_empty(), "nobody is asked what is known");
    let marcus = app.browser();
    let page = marcus.open(&link).await;
    page.is(200).says("Hana said on 26 April, 13:00 that you did not meet. Someone was ill.").does_not_say("<form");
    assert!(page.link("Set a new date").ends_with("/meetings/new"));
    let clean = marcus.get(&link).await.location.unwrap();
    let ids = [world.marcus, world.priya].map(|peer| peer.participation.to_string());
    let met = [("answer", "met"), ("p", ids[0].as_str()), ("p", &ids[1])];
    marcus.post_and_follow(&clean, &met).await.says("This was answered before.");
    assert_eq!(one::<String>(&app, "select state from meetings").await, "not_held");
}

#[tokio::test]
async fn two_who_answer_at_once_are_one_answer() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (_, _, his) = over(&app, &world).await;
    at(&app, END + Duration::days(2));
    let hers = link_in(&asked(&app).await[0]);
    let (marcus, hana) = (app.browser(), app.browser());
    let (his, hers) = (marcus.get(&his).await.location.unwrap(), hana.get(&hers).await.location.unwrap());
    let ids = [world.marcus, world.priya].map(|peer| peer.participation.to_string());
    let met = [("answer", "met"), ("p", ids[0].as_str()), ("p", &ids[1])];
    let no = [("answer", "no"), ("reason", "workload")];
    let (yes, no) = tokio::join!(marcus.post(&his, &met), hana.post(&hers, &no));
    yes.is(303);
    no.is(303);
    let state: String = one(&app, "select state from meetings").await;
    let came: i64 = one(&app, "select count(*) from attendances").await;
    assert!((state == "held" && came == 2) || (state == "not_held" && came == 0), "{state}, {came}");
}

#[tokio::test]
async fn no_takes_a_reason() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (hana, path, link) = over(&app, &world).await;
    let marcus = app.browser();
    let clean = marcus.get(&link).await.location.unwrap();
    marcus.post(&clean, &[("answer", "no")]).await.is(422).says("Choose what came in between");
    let no = [("answer", "no"), ("reason", "workload")];
    let done = marcus.post_and_follow(&clean, &no).await;
    done.says("You said on 21 April, 15:00 that you did not meet. Too much other work.");
    hana.get(&path).await.says("You did not meet. Too much other work");
}

#[tokio::test]
async fn a_meeting_that_moved_stays_the_same_one_and_is_asked_about_after_its_new_end() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (hana, path, link) = over(&app, &world).await;
    // Somebody tried the clock; what it says is of no use for another day.
    sqlx::query(
        "insert into item_times (program_id, item_id, meeting_id, started_at, ended_at)
         select program_id, id, meeting_id, '2026-04-21T17:00Z', '2026-04-21T17:07Z' from agenda_items where position = 1",
    )
    .execute(&app.app.db)
    .await
    .unwrap();
    let other = [("date", "2026-04-30"), ("time", "12:00"), ("minutes", "60"), ("mode", "online")];
    hana.post(&format!("{}/meetings/new", world.group_path()), &other).await.is(303);
    app.deliver_mail().await;
    let marcus = app.browser();
    let clean = marcus.get(&link).await.location.unwrap();
    for (date, time, message) in [
        ("", "12:00", "Enter the date it moved to"),
        ("2026-04-23", "", "Enter the time it started, or will start"),
        ("2026-04-21", "12:00", "This is when it was set for"),
        ("2026-04-30", "12:30", "Your group has another meeting at this time"),
        ("2025-12-01", "12:00", "You were not in the group on this day"),
        ("2026-03-08", "02:30", "clock"),
    ] {
        let form = [("answer", "moved"), ("date", date), ("time", time)];
        let page = marcus.post(&clean, &form).await;
        page.is(422).says(message);
        assert_eq!((page.field("date"), page.field("time")), (date.to_owned(), time.to_owned()), "kept as typed");
    }
    let moved = [("answer", "moved"), ("date", "2026-04-23"), ("time", "09:00")];
    let page = marcus.post_and_follow(&clean, &moved).await;
    page.says("Noted for all of you.").says("You said on 21 April, 15:00 that it moved. You are asked again");
    assert_eq!(page.link("See the meeting"), path);
    // Everybody is told, with the same meeting for their calendars; the agenda came along, and can be changed again.
    let told = app.deliver_mail().await;
    assert_eq!(told.len(), 3);
    let to_hana = email_to(&told, HANA);
    assert!(to_hana.subject.contains("your meeting moved to Thursday 23 April, 09:00"), "{}", to_hana.subject);
    assert_eq!(to_hana.invitation.as_ref().unwrap().event.sequence, 1);
    hana.get(&path).await.says("Plan Thursday 23 April").says("The quiet lab").says("60 of 60 minutes");
    assert_eq!(one::<i64>(&app, "select count(*) from item_times").await, 0);
    // Posted again it moves nothing: that time is still to come.
    marcus
        .post_and_follow(&clean, &[("answer", "moved"), ("date", "2026-04-24"), ("time", "09:00")])
        .await
        .says("before");
    assert_eq!(
        one::<String>(&app, "select starts_local::text from meetings order by starts_at limit 1").await,
        "2026-04-23 09:00:00"
    );

    // Thursday at ten it is over: two hours on Marcus is asked, and that it was Wednesday he says at once.
    let end = datetime!(2026-04-23 15:00 UTC);
    at(&app, end + Duration::hours(2) - Duration::minutes(1));
    assert!(asked(&app).await.is_empty());
    app.advance(Duration::minutes(1));
    let emails = asked(&app).await;
    assert_eq!(addresses(&emails), [MARCUS]);
    marcus.open(&link_in(&emails[0])).await.says("Thursday 23 April, 09:00–10:00");
    let wednesday = [("answer", "moved"), ("date", "2026-04-22"), ("time", "09:00")];
    marcus.post_and_follow(&clean, &wednesday).await.says("that it moved to this time").says("Wednesday 22 April");
    assert!(asked(&app).await.is_empty(), "what is over is told to nobody, and not asked about again at once");
    let ids = [world.marcus, world.priya].map(|peer| peer.participation.to_string());
    let met = [("answer", "met"), ("p", ids[0].as_str()), ("p", &ids[1])];
    marcus.post_and_follow(&clean, &met).await.says("that you met: two of you");
    hana.get(&path).await.says("Wednesday 22 April").says("Two of you met");
    // It counts as one meeting that was held, and none that was missed.
    assert_eq!(one::<i64>(&app, "select count(*) from meetings where state = 'not_held'").await, 0);
}

#[tokio::test]
async fn a_member_says_on_the_page_that_it_moved() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let path = set(&hana, &world).await;
    let moved = format!("{path}/moved");
    app.deliver_mail().await;
    // What has not begun is moved among its details.
    assert_eq!(hana.get(&moved).await.location, Some(format!("{path}/details")));
    hana.post(&moved, &[("date", "2026-04-24"), ("time", "09:00")]).await.is(303);
    assert_eq!(one::<String>(&app, "select starts_local::text from meetings").await, "2026-04-21 12:00:00");
    at(&app, END);
    hana.get(&format!("{path}/not-held")).await.says("It only moved");
    hana.get(&moved).await.is(200).says("Tuesday 21 April moved");
    let page = hana.post(&moved, &[("date", "2026-04-24"), ("time", "")]).await;
    page.is(422).says("Enter the time it started, or will start");
    assert_eq!(page.field("date"), "2026-04-24");
    for outsider in [world.tobias.person, world.imogen] {
        let browser = app.browser_of(outsider).await;
        browser.get(&moved).await.is(404);
        browser.post(&moved, &[("date", "2026-04-24"), ("time", "09:00")]).await.is(404);
    }
    // Whoever was not there yet does not say where it went.
    sqlx::query("update memberships set joined_on = '2026-04-22' where participation_id = $1")
        .bind(world.priya.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    let priya = app.browser_of(world.priya.person).await;
    priya.post(&moved, &[("date", "2026-04-24"), ("time", "09:00")]).await.is(422).says("You were not in the group");
    let form = [("date", "2026-04-24"), ("time", "09:00")];
    hana.post_and_follow(&moved, &form).await.says("Noted. The agenda moved along.").says("Plan Friday 24 April");
    hana.post(&moved, &form).await.is(303);
    let told = app.deliver_mail().await;
    assert!(email_to(&told, MARCUS).subject.contains("your meeting moved to Friday 24 April, 09:00"));
    assert_eq!(told.len(), 3, "nobody is asked about the former time");
}

#[tokio::test]
async fn a_worker_that_was_down_asks_everybody_once() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    set(&hana, &world).await;
    app.deliver_mail().await;
    // It comes back on the sixth day, at three in the night: the first email is at no better time for that, the others
    // sleep until seven.
    at(&app, datetime!(2026-04-28 08:00 UTC));
    assert_eq!(addresses(&asked(&app).await), [MARCUS]);
    at(&app, datetime!(2026-04-28 12:00 UTC));
    assert_eq!(addresses(&asked(&app).await), [HANA, PRIYA]);
    app.advance(Duration::days(4));
    assert!(asked(&app).await.is_empty());
}

#[tokio::test]
async fn what_was_long_ago_is_left_to_the_weekly_email() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    set(&hana, &world).await;
    app.deliver_mail().await;
    at(&app, END + Duration::days(15));
    assert!(asked(&app).await.is_empty());
}

#[tokio::test]
async fn a_meeting_entered_afterwards_is_asked_about_from_then_on() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let form =
        [("took_place", "yes"), ("date", "2026-03-02"), ("time", "09:00"), ("minutes", "45"), ("mode", "online")];
    hana.post(&format!("{}/meetings/new", world.group_path()), &form).await.is(303);
    assert!(asked(&app).await.is_empty(), "she is about to log it");
    app.advance(Duration::hours(2));
    // Nobody had a role in it: all are asked.
    let emails = asked(&app).await;
    assert_eq!(addresses(&emails), [HANA, MARCUS, PRIYA]);
    app.browser().open(&link_in(&emails[1])).await.says("It counts with 45 minutes");
}

#[tokio::test]
async fn only_who_was_in_the_group_that_day_is_asked_and_can_answer() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let db = &app.app.db;
    let hana = app.browser_of(world.hana.person).await;
    set(&hana, &world).await;
    // Marcus, who was to take notes, leaves; Priya is there from the day after.
    for (sql, who) in [
        ("update memberships set left_on = '2026-04-21' where participation_id = $1", world.marcus),
        ("update memberships set joined_on = '2026-04-22' where participation_id = $1", world.priya),
    ] {
        sqlx::query(sql).bind(who.participation).execute(db).await.unwrap();
    }
    at(&app, END + Duration::hours(2));
    let emails = asked(&app).await;
    assert_eq!(addresses(&emails), [HANA], "without who takes notes, who facilitates");
    at(&app, datetime!(2026-04-27 12:00 UTC));
    let emails = asked(&app).await;
    assert!(addresses(&emails).iter().all(|to| *to == HANA), "{:?}", addresses(&emails));
    // Who leaves after an email came answers by it no more.
    let link = link_in(&emails[0]);
    let hers = app.browser();
    let clean = hers.get(&link).await.location.unwrap();
    sqlx::query("update memberships set left_on = '2026-04-27' where participation_id = $1")
        .bind(world.hana.participation)
        .execute(db)
        .await
        .unwrap();
    hers.get(&clean).await.is(404);
    hers.post(&clean, &[("answer", "no"), ("reason", "other")]).await.is(404);
    assert_eq!(one::<String>(&app, "select state from meetings").await, "scheduled");
}

#[tokio::test]
async fn who_stops_reminders_is_asked_once_and_who_is_erased_leaves_nothing() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (_, _, link) = over(&app, &world).await;
    at(&app, END + Duration::days(2));
    let stop = asked(&app).await[0].unsubscribe.clone().unwrap();
    app.browser().get(&stop).await.is(200).says("whether your group met");
    app.browser().post(&stop, &[("List-Unsubscribe", "One-Click")]).await.is(200);
    at(&app, datetime!(2026-04-27 12:00 UTC));
    assert_eq!(addresses(&asked(&app).await), [MARCUS, PRIYA]);
    let marcus = app.browser_of(world.marcus.person).await;
    let held = marcus.get("/account/data.json").await;
    assert!(held.html.contains("\"meeting_asks\"") && held.html.contains("\"by_email\""), "{}", held.html);
    marcus.post("/account/erase", &[("email", MARCUS)]).await.is(303);
    app.browser().open(&link).await.is(404);
    assert_eq!(
        one::<i64>(
            &app,
            "select count(*) from meeting_asks a join participations t on t.id = a.participation_id where t.state <> 'joined'"
        )
        .await,
        0
    );
    app.deliver_mail().await;
}

#[tokio::test]
async fn an_ended_program_asks_nobody_and_takes_no_answer() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (_, _, link) = over(&app, &world).await;
    sqlx::query("update programs set state = 'archived'").execute(&app.app.db).await.unwrap();
    at(&app, END + Duration::days(2));
    assert!(asked(&app).await.is_empty());
    let marcus = app.browser();
    marcus.open(&link).await.is(200).says("The program has ended.").does_not_say("<form");
    let clean = marcus.get(&link).await.location.unwrap();
    marcus.post(&clean, &[("answer", "no"), ("reason", "other")]).await.is(403);
}

#[tokio::test]
async fn the_database_keeps_questions_whole() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    over(&app, &world).await;
    for (sql, constraint) in [
        ("update meeting_questions set rounds = 4", "a_meeting_is_asked_about_in_three_rounds"),
        ("update meeting_questions set moved_at = '2026-04-22T12:00Z'", "a_meeting_that_moved_says_when_and_by_whom"),
        (
            "insert into meeting_asks (program_id, id, meeting_id, participation_id)
             select program_id, gen_random_uuid(), meeting_id, participation_id from meeting_asks",
            "somebody_is_asked_about_a_meeting_under_one_id",
        ),
    ] {
        let error = sqlx::query(sql).execute(&app.app.db).await.unwrap_err();
        assert_eq!(error.as_database_error().and_then(|error| error.constraint()), Some(constraint), "{sql}");
    }
}
