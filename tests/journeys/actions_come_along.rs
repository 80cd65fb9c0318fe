//! Who does what until when: written down, ticked at the next meeting, remembered once when the day has passed.
use crate::happened;
use crate::support::{
    Answer, Browser, TestApp,
    world::{self, World, day},
};
use see_also::base::ids::MembershipId;
use time::Duration;

fn path(world: &World) -> String {
    format!("{}/actions", world.group_path())
}

async fn write(browser: &Browser<'_>, world: &World, words: &str, owner: &str, due: &str) -> Answer {
    let new = format!("{}/new", path(world));
    let id = browser.get(&new).await.field("id");
    let form = [("id", id.as_str()), ("words", words), ("owner", owner), ("due_on", due)];
    let done = browser.post(&new, &form).await;
    if done.status.is_redirection() { browser.get(&path(world)).await } else { done }
}

async fn id_of(app: &TestApp, words: &str) -> String {
    sqlx::query_scalar("select id::text from actions where words = $1")
        .bind(words)
        .fetch_one(&app.app.db)
        .await
        .unwrap()
}

#[tokio::test]
async fn what_is_open_comes_along_until_it_is_done_or_dropped() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    happened::half_a_spring(&app, &world).await;
    let (priya, marcus) = (app.browser_of(world.priya.person).await, app.browser_of(world.marcus.person).await);
    let (me, other) = (world.priya.participation.to_string(), world.marcus.participation.to_string());

    // The day of the next meeting stands there already.
    let new = priya.get(&format!("{}/new", path(&world))).await;
    new.is(200).says("Hana, Marcus and you can read this.");
    assert_eq!(new.field("due_on"), "2026-05-04");
    for (words, owner, due, message) in [
        ("", me.as_str(), day(3), "Enter what is to be done"),
        ("Ask", me.as_str(), day(-1), "This day has passed"),
        ("Ask", "nobody", day(3), "Choose somebody of your group"),
        ("Ask", &world.tobias.participation.to_string(), day(3), "Choose somebody of your group"),
    ] {
        write(&priya, &world, words, owner, &due).await.is(422).says(message);
    }
    write(&priya, &world, "Ask for the small room", &other, &day(3))
        .await
        .says("Written down.")
        .says("Marcus, by 23 April");
    write(&priya, &world, "Read the new guide", "", &day(14)).await.says("All of you, by 4 May");
    write(&marcus, &world, "Send the slides", &me, &day(14)).await.says("Priya, by 4 May");

    // Each sees their own at home; all of them stand on the group's page and at the next meeting.
    marcus.get("/").await.says("Ask for the small room").says("Read the new guide").does_not_say("Send the slides");
    marcus.get(&world.group_path()).await.says("Who does what").says("Send the slides");
    let meeting: String = sqlx::query_scalar("select id::text from meetings where state = 'scheduled'")
        .fetch_one(&app.app.db)
        .await
        .unwrap();
    let meeting = format!("{}/meetings/{meeting}", world.group_path());
    marcus.get(&meeting).await.says("Still open").says("Ask for the small room");
    let room = id_of(&app, "Ask for the small room").await;
    let at = meeting.rsplit('/').next().unwrap();
    let ticked = priya.post(&format!("{}/{room}/done", path(&world)), &[("meeting", at)]).await;
    assert_eq!(ticked.location.as_deref(), Some(meeting.as_str()));
    priya.get(&meeting).await.does_not_say("Ask for the small room").says("Send the slides");
    priya.post_and_follow(&format!("{}/{room}/done", path(&world)), &[]).await.says("It was done or dropped before.");

    // Another owner, another day; dropping takes a reason.
    let guide = id_of(&app, "Read the new guide").await;
    let change = [("owner", me.as_str()), ("due_on", "2026-05-11")];
    priya.post_and_follow(&format!("{}/{guide}", path(&world)), &change).await.says("You, by 11 May");
    priya.post(&format!("{}/{guide}", path(&world)), &[("owner", &me), ("due_on", "soon")]).await.is(422);
    let drop = format!("{}/{guide}/drop", path(&world));
    marcus.post(&drop, &[("reason", "")]).await.is(422).says("Enter why, in a few words");
    marcus
        .post_and_follow(&drop, &[("reason", "It is out of print")])
        .await
        .says("Dropped on 20 April, Priya: It is out of print");
}

#[tokio::test]
async fn a_log_ticks_what_is_done_and_the_rest_comes_along() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    happened::half_a_spring(&app, &world).await;
    let priya = app.browser_of(world.priya.person).await;
    let me = world.priya.participation.to_string();
    write(&priya, &world, "Ask for the small room", &me, &day(14)).await.is(200);
    write(&priya, &world, "Send the slides", "", &day(14)).await.is(200);
    let meeting: String = sqlx::query_scalar("select id::text from meetings where state = 'scheduled'")
        .fetch_one(&app.app.db)
        .await
        .unwrap();
    app.advance(Duration::days(14) + Duration::hours(12));
    let log = format!("{}/meetings/{meeting}/log", world.group_path());
    let page = priya.get(&log).await;
    page.is(200).says("What is done by now?").says("Send the slides");
    let items: Vec<String> = sqlx::query_scalar(
        "select 'm-' || i.id from agenda_items i join meetings m on m.id = i.meeting_id where m.state = 'scheduled'",
    )
    .fetch_all(&app.app.db)
    .await
    .unwrap();
    let room = id_of(&app, "Ask for the small room").await;
    let mut form = vec![("came", "all"), ("note", "none"), ("next", ""), ("acted", room.as_str())];
    form.extend(items.iter().map(|item| (item.as_str(), "20")));
    priya.post(&log, &form).await.is(303);
    let states: Vec<String> = sqlx::query_scalar("select words || ': ' || state from actions order by words")
        .fetch_all(&app.app.db)
        .await
        .unwrap();
    assert_eq!(states, ["Ask for the small room: done", "Send the slides: open"]);
    let held = priya.get(&format!("{}/meetings/{meeting}", world.group_path())).await;
    held.says("Write one down");
    // One of the two that were due is done.
    priya.get(&world.group_path()).await.says("one is done");
}

#[tokio::test]
async fn what_somebody_will_try_is_theirs_to_word() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (_, elements) = world::goal_with_elements(&app.app.db, &world, world.priya, &["Opening question"]).await;
    let new = format!("{}/new?element={}", path(&world), elements[0]);
    let page = app.browser_of(world.priya.person).await.get(&new).await;
    page.is(200).says("Write down as much of it as your group may read.");
    assert_eq!(page.field("words"), "Try: Opening question");
    // Nobody else begins from an element about her.
    app.browser_of(world.marcus.person).await.get(&new).await.is(404);
}

#[tokio::test]
async fn a_newcomer_reads_what_was_written_down_since_and_what_is_theirs_to_do() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    write(&priya, &world, "Ask for the small room", "", &day(14)).await.is(200);
    write(&priya, &world, "Send the slides", "", &day(14)).await.is(200);
    let nora = world::peer(&app.app.db, world.program, "Nora Newcomer", None).await;
    sqlx::query(
        "update approval_requests set state = 'approved', decided_at = asked_at, first_answered_at = asked_at
         where state = 'pending'",
    )
    .execute(&app.app.db)
    .await
    .unwrap();
    sqlx::query(
        "insert into memberships (program_id, id, group_id, participation_id, joined_on) values ($1, $2, $3, $4, $5::date)",
    )
    .bind(world.program)
    .bind(MembershipId::generate())
    .bind(world.reading_room)
    .bind(nora.participation)
    .bind(day(1))
    .execute(&app.app.db)
    .await
    .unwrap();
    app.advance(Duration::days(2));
    write(&priya, &world, "Book the train", "", &day(14)).await.is(200);
    let slides = id_of(&app, "Send the slides").await;
    let change = [("owner", nora.participation.to_string()), ("due_on", day(14))];
    let change = [("owner", change[0].1.as_str()), ("due_on", change[1].1.as_str())];
    priya.post_and_follow(&format!("{}/{slides}", path(&world)), &change).await.says("Nora, by 4 May");
    let hers = app.browser_of(nora.person).await;
    for page in [path(&world), "/".to_owned(), world.group_path()] {
        hers.get(&page).await.says("Send the slides").says("Book the train").does_not_say("Ask for the small room");
    }
    let room = id_of(&app, "Ask for the small room").await;
    for act in ["", "/done", "/drop"] {
        let form = [("reason", "no"), ("due_on", "2026-05-04"), ("owner", "")];
        hers.post(&format!("{}/{room}{act}", path(&world)), &form).await.is(404);
    }
}

#[tokio::test]
async fn the_weekly_email_says_once_that_a_day_has_passed_and_not_what_it_was_for() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    happened::half_a_spring(&app, &world).await;
    app.deliver_mail().await;
    let priya = app.browser_of(world.priya.person).await;
    let marcus = world.marcus.participation.to_string();
    write(&priya, &world, "Ask for the small room", &marcus, &day(10)).await.is(200);
    let mut said = 0;
    for _ in 0..30 {
        app.advance(Duration::DAY);
        for email in app.deliver_mail().await {
            assert!(!email.text.contains("small room"), "{}", email.text);
            if email.text.contains("Something you said you would do is past its date") {
                assert_eq!(email.to.email, "marcus@larkspur.example");
                said += 1;
            }
        }
    }
    assert_eq!(said, 1);
}

#[tokio::test]
async fn the_database_keeps_actions_whole_and_within_their_group() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    happened::half_a_spring(&app, &world).await;
    let insert = async |group: see_also::base::ids::GroupId, state: &str, closed: Option<&str>, meeting: bool| {
        sqlx::query(
            "insert into actions (program_id, id, group_id, words, due_on, state, closed_on, meeting_id, written_by, written_at)
             values ($1, gen_random_uuid(), $2, 'Ask', '2026-05-04', $3, $4::date,
                case when $5 then (select id from meetings order by id limit 1) end, $6, '2026-04-20T12:00Z')",
        )
        .bind(world.program)
        .bind(group)
        .bind(state)
        .bind(closed)
        .bind(meeting)
        .bind(world.priya.participation)
        .execute(&app.app.db)
        .await
        .map_err(|error| error.to_string())
    };
    insert(world.reading_room, "open", None, true).await.unwrap();
    assert!(insert(world.card_catalog, "open", None, true).await.is_err(), "a meeting of another group");
    for (state, closed, constraint) in [
        ("done", None, "a_closed_action_has_its_date"),
        ("open", Some("2026-05-04"), "a_closed_action_has_its_date"),
        ("dropped", Some("2026-05-04"), "a_dropped_action_has_its_reason"),
        ("gone", Some("2026-05-04"), "an_action_is_in_a_known_state"),
    ] {
        let error = insert(world.reading_room, state, closed, false).await.unwrap_err();
        assert!(error.contains(constraint), "{error}");
    }
}
