//! A group in two zones looks for a time across a change of clocks, answers by email, and meets at what fits best.
use super::support::{
    Answer, Browser, TestApp, email_to, link_in,
    world::{Peer, World},
};
use time::Duration;
use uuid::Uuid;

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&app.app.db).await.unwrap()
}

/// The values of all fields of this name, in the order of the page.
fn values(page: &Answer, css: &str) -> Vec<String> {
    let html = scraper::Html::parse_document(&page.html);
    let fields = scraper::Selector::parse(css).unwrap();
    html.select(&fields).map(|field| field.value().attr("value").unwrap_or("").to_owned()).collect()
}

/// Priya and Marcus live by Chicago, where clocks stay; Hana by Cairo, where they go forward on 24 April.
async fn in_two_zones(app: &TestApp, world: &World) {
    let db = &app.app.db;
    sqlx::query("update people set time_zone = 'Africa/Cairo' where id = $1")
        .bind(world.hana.person)
        .execute(db)
        .await
        .unwrap();
    let week = async |peer: Peer, from: &str, to: &str| {
        sqlx::query(
            "insert into availability (program_id, id, participation_id, weekday, starts_at, ends_at)
             select $1, gen_random_uuid(), $2, day, $3::time, $4::time from (values (1), (4)) as days (day)",
        )
        .bind(world.program)
        .bind(peer.participation)
        .bind(from)
        .bind(to)
        .execute(db)
        .await
        .unwrap();
    };
    week(world.priya, "08:00", "12:00").await;
    week(world.marcus, "08:30", "12:00").await;
    week(world.hana, "17:00", "18:00").await;
    // On Monday 27 April they meet already when all of them could.
    sqlx::query(
        "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, state, created_by, created_at)
         values ($1, gen_random_uuid(), $2, '2026-04-27T14:30Z', '2026-04-27T15:30Z', '2026-04-27T09:30', 'America/Chicago',
                 'online', 'scheduled', $3, '2026-04-01T12:00Z')",
    )
    .bind(world.program)
    .bind(world.reading_room)
    .bind(world.priya.participation)
    .execute(db)
    .await
    .unwrap();
}

fn new_path(world: &World) -> String {
    format!("{}/polls/new", world.group_path())
}

/// The form of a poll with these times, none of them suggested.
fn form<'a>(id: &'a str, times: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![("id", id), ("suggested", "0"), ("mode", "online"), ("place", "The quiet room")];
    for (date, time) in times {
        form.extend([("date", *date), ("time", *time), ("minutes", "60")]);
    }
    form
}

/// Starts a poll with these times; gives its address.
async fn started(browser: &Browser<'_>, world: &World, times: &[(&str, &str)]) -> String {
    let id = Uuid::now_v7().to_string();
    let answer = browser.post(&new_path(world), &form(&id, times)).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
    answer.location.unwrap()
}

#[tokio::test]
async fn a_group_in_two_zones_finds_a_time_across_a_change_of_clocks() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    in_two_zones(&app, &world).await;
    let (priya, marcus) = (app.browser_of(world.priya.person).await, app.browser_of(world.marcus.person).await);

    // All three can at ten on the 23rd, and at nine once Cairo's clocks have gone forward; never while they meet.
    let page = priya.get(&new_path(&world)).await;
    page.is(200)
        .says("Find a time")
        .says("By your profiles, all of you can.")
        .says("Hana, Marcus and you can read this.");
    assert_eq!(values(&page, "[name=date]"), ["2026-04-23", "2026-04-30", "2026-05-04", "2026-05-07", "", ""]);
    assert_eq!(values(&page, "[name=time]"), ["10:00", "09:00", "09:00", "09:00", "", ""]);
    assert_eq!(values(&page, "[name=pick][checked]"), ["1", "2", "3", "4"]);

    // One is unticked, one of her own is added.
    let id = page.field("id");
    let suggested = |own: (&'static str, &'static str)| {
        let mut form = vec![("id", id.as_str()), ("suggested", "4"), ("mode", "online"), ("place", "The quiet room")];
        form.extend([("pick", "1"), ("pick", "2"), ("pick", "4")]);
        let times =
            [("2026-04-23", "10:00"), ("2026-04-30", "09:00"), ("2026-05-04", "09:00"), ("2026-05-07", "09:00"), own];
        for (date, time) in times {
            form.extend([("date", date), ("time", time), ("minutes", "60")]);
        }
        form
    };
    for (own, message) in [
        (("2026-04-30", "09:00"), "This time stands above already"),
        (("2026-04-19", "09:00"), "This time has passed"),
        (("2026-04-27", "10:00"), "Your group already has a meeting at this time"),
        (("", "09:00"), "Enter a date"),
    ] {
        let again = priya.post(&new_path(&world), &suggested(own)).await;
        again.is(422).says(message);
        assert_eq!(values(&again, "[name=date]")[4], own.0, "what was typed is kept");
        assert_eq!(values(&again, "[name=pick][checked]"), ["1", "2", "4"]);
        assert_eq!(again.field("place"), "The quiet room");
    }
    priya
        .post(&new_path(&world), &form(&id, &[("2026-05-06", "15:00")]))
        .await
        .is(422)
        .says("Propose at least two times");
    assert_eq!(count(&app, "select count(*) from time_polls").await, 0);
    let poll = priya.post(&new_path(&world), &suggested(("2026-05-06", "15:00"))).await.location.unwrap();
    // Pressed twice is once; and while one is open there is no other.
    assert_eq!(priya.post(&new_path(&world), &suggested(("2026-05-06", "15:00"))).await.location, Some(poll.clone()));
    assert_eq!(marcus.get(&new_path(&world)).await.location, Some(poll.clone()));
    let other = Uuid::now_v7().to_string();
    let times = [("2026-05-11", "09:00"), ("2026-05-12", "09:00")];
    marcus.post(&new_path(&world), &form(&other, &times)).await.is(422).says("looking for a time already");

    // The others are asked by email, which leaves the place out.
    let emails = app.deliver_mail().await;
    assert_eq!(emails.len(), 2);
    for email in &emails {
        assert!(!email.text.contains("quiet room") && !email.html.contains("quiet room"));
        assert!(
            email.text.contains("Priya proposes four times from Thursday 23 April to Thursday 7 May."),
            "{}",
            email.text
        );
    }
    let hers = link_in(email_to(&emails, "hana@larkspur.example"));
    let his = link_in(email_to(&emails, "marcus@larkspur.example"));

    // Hana answers without signing in: five in the afternoon is five in the afternoon on her clock, before and after.
    let hana = app.browser();
    let page = hana.open(&hers).await;
    page.is(200)
        .says("Thursday 23 April, 10:00–11:00 Chicago time, which is 17:00–18:00 on your clock in Cairo")
        .says("Thursday 30 April, 09:00–10:00 Chicago time, which is 17:00–18:00 on your clock in Cairo")
        .says("Online.")
        .does_not_say("quiet room");
    assert_eq!(count(&app, "select count(*) from time_poll_answers").await, 0, "opening the link says nothing");
    let clean = hana.get(&hers).await.location.unwrap();
    let some = [("time-1", "yes"), ("time-2", "yes"), ("time-3", "no")];
    hana.post(&clean, &some).await.is(422).says("Choose yes, if need be or no");
    let all = [("time-1", "yes"), ("time-2", "yes"), ("time-3", "no"), ("time-4", "no")];
    hana.post_and_follow(&clean, &all).await.says("Thank you. It is noted.");
    let all = [("time-1", "yes"), ("time-2", "yes"), ("time-3", "no"), ("time-4", "if_need_be")];
    hana.post_and_follow(&clean, &all).await.says("If need be: You");
    // Her cookie opens her page alone, and nobody else's link is hers.
    let marcus_page = app.browser().get(&his).await.location.unwrap();
    hana.get(&marcus_page).await.is(404);

    // Priya says it on the page; Marcus is reminded where he arrives.
    let all = [("time-1", "no"), ("time-2", "yes"), ("time-3", "yes"), ("time-4", "yes")];
    let page = priya.post_and_follow(&poll, &all).await;
    page.says("Noted.").says("Marcus has not answered yet. You can wait a little").says("Yes: Hana and you");
    marcus.get("/").await.says("Say when you can meet with Reading Room").says("Say when you can");
    marcus.get(&world.group_path()).await.says("Say which of the proposed times fit you.");
    priya.get(&world.group_path()).await.says("You have said when you can. One of you has not yet.");
    for outsider in [world.imogen, world.tobias.person, world.olga] {
        app.browser_of(outsider).await.get(&poll).await.is(404);
    }

    // On Friday the first time is over: it is neither asked about nor chosen. Marcus says the rest by his link.
    app.advance(Duration::days(4));
    let by_link = app.browser();
    by_link.open(&his).await.says("Has passed");
    let all = [("time-2", "if_need_be"), ("time-3", "no"), ("time-4", "yes")];
    by_link.post_and_follow(&marcus_page, &all).await.says("Thank you.");
    marcus.get("/").await.says("Choose when you meet").says("Everybody has said when they can.");
    let choose = format!("{poll}/choose");
    for time in ["1", "9", ""] {
        marcus.post(&choose, &[("time", time)]).await.is(422).says("Choose one of the times that are still to come");
    }
    // Two yes and no no, before the same on the 7th.
    let page = marcus.get(&poll).await;
    page.does_not_say("not answered yet");
    assert_eq!(values(&page, "[name=time]"), ["2", "4", "3"]);
    assert_eq!(values(&page, "[name=time][checked]"), ["2"]);
    let meeting = marcus.post_and_follow(&choose, &[("time", "2")]).await;
    meeting.says("The meeting is set, with a first agenda.").says("The quiet room").says("Thursday 30 April");
    let set: (String, String) =
        sqlx::query_as("select m.starts_local::text, x.state from meetings m join time_polls x on x.meeting_id = m.id")
            .fetch_one(&app.app.db)
            .await
            .unwrap();
    assert_eq!(set, ("2026-04-30 09:00:00".to_owned(), "chosen".to_owned()));
    let emails = app.deliver_mail().await;
    let to_hana = email_to(&emails, "hana@larkspur.example");
    assert!(to_hana.subject.contains("you meet on Thursday 30 April, 17:00"), "{}", to_hana.subject);

    // The link says what became of it, and takes no answers any more.
    hana.open(&hers).await.is(200).says("A time was chosen. The meeting is on Thursday 30 April, 09:00 Chicago time.");
    hana.post_and_follow(&clean, &all).await.says("This takes no answers any more.");
    priya.get(&poll).await.says("A time was chosen.").does_not_say("Set this meeting");
    priya.get("/").await.does_not_say("Choose when you meet");
}

#[tokio::test]
async fn two_who_choose_at_once_make_one_meeting() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (priya, marcus) = (app.browser_of(world.priya.person).await, app.browser_of(world.marcus.person).await);
    let times = [("2026-05-11", "09:00"), ("2026-05-12", "09:00")];
    // Two who start at once start one poll.
    let (one, other) = (Uuid::now_v7().to_string(), Uuid::now_v7().to_string());
    let (one, other) = (form(&one, &times), form(&other, &times));
    let path = new_path(&world);
    let (a, b) = tokio::join!(priya.post(&path, &one), marcus.post(&path, &other));
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    let poll = a.location.or(b.location).unwrap();
    let choose = format!("{poll}/choose");
    let (first, second) = ([("time", "1")], [("time", "2")]);
    let (a, b) = tokio::join!(priya.post(&choose, &first), marcus.post(&choose, &second));
    a.is(303);
    b.is(303);
    assert_eq!(a.location, b.location, "both are led to the one meeting");
    assert_eq!(count(&app, "select count(*) from meetings").await, 1);
    // Ended, so another can be started; it is not for cancelling any more.
    priya.post_and_follow(&format!("{poll}/cancel"), &[]).await.says("A time was chosen before.");
    started(&priya, &world, &[("2026-05-18", "09:00"), ("2026-05-19", "09:00")]).await;
    app.deliver_mail().await;
}

#[tokio::test]
async fn a_poll_is_ended_without_a_time_also_when_its_times_have_passed() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (priya, marcus) = (app.browser_of(world.priya.person).await, app.browser_of(world.marcus.person).await);
    let poll = started(&priya, &world, &[("2026-04-21", "09:00"), ("2026-04-22", "09:00")]).await;
    let links = app.deliver_mail().await;
    let his = link_in(email_to(&links, "marcus@larkspur.example"));
    app.advance(Duration::days(3));
    priya.get(&poll).await.says("All of these times have passed.").does_not_say("Set this meeting");
    priya.get(&world.group_path()).await.says("All of the proposed times have passed.");
    marcus.get("/").await.does_not_say("Say when you can meet");
    app.browser().open(&his).await.is(200).says("All of these times have passed.");
    marcus.post_and_follow(&poll, &[]).await.says("This takes no answers any more.");
    marcus.post_and_follow(&format!("{poll}/cancel"), &[]).await.says("Ended without a time.");
    app.browser().open(&his).await.is(200).says("It was ended without a time.");
    priya.post_and_follow(&format!("{poll}/choose"), &[("time", "1")]).await.says("This takes no answers any more.");
    priya.get(&new_path(&world)).await.is(200);
    assert_eq!(count(&app, "select count(*) from meetings").await, 0);
    // Who has left the group cannot answer by an old link.
    let next = started(&priya, &world, &[("2026-05-11", "09:00"), ("2026-05-12", "09:00")]).await;
    let link = link_in(email_to(&app.deliver_mail().await, "marcus@larkspur.example"));
    sqlx::query("update memberships set left_on = '2026-04-23' where participation_id = $1")
        .bind(world.marcus.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    app.browser().open(&link).await.is(404);
    priya.get(&next).await.is(200);
}

#[tokio::test]
async fn what_an_erased_person_said_about_times_goes_with_them() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    let poll = started(&priya, &world, &[("2026-05-11", "09:00"), ("2026-05-12", "09:00")]).await;
    let link = link_in(email_to(&app.deliver_mail().await, "hana@larkspur.example"));
    let hana = app.browser_of(world.hana.person).await;
    hana.post(&poll, &[("time-1", "yes"), ("time-2", "no")]).await.is(303);
    let held = hana.get("/account/data.json").await;
    assert!(held.html.contains("\"you_said\": \"yes\"") || held.html.contains("\"you_said\":\"yes\""), "{}", held.html);
    priya.get(&poll).await.says("Yes: Hana");
    hana.post("/account/erase", &[("email", "hana@larkspur.example")]).await.is(303);
    app.deliver_mail().await;
    for sql in [
        "select count(*) from time_poll_answers",
        "select count(*) from link_secrets l join time_poll_asks a on a.id = l.object_id join participations t on t.id = a.participation_id
         where t.state = 'withdrawn'",
    ] {
        assert_eq!(count(&app, sql).await, 0, "{sql}");
    }
    app.browser().open(&link).await.is(404);
    priya.get(&poll).await.is(200).does_not_say("Hana");
}

#[tokio::test]
async fn the_database_keeps_polls_whole() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    started(&priya, &world, &[("2026-05-11", "09:00"), ("2026-05-12", "09:00")]).await;
    app.deliver_mail().await;
    for (sql, constraint) in [
        (
            "insert into time_polls (program_id, id, group_id, mode, started_by, started_at)
             select program_id, gen_random_uuid(), group_id, mode, started_by, started_at from time_polls",
            "one_time_poll_of_a_group_is_open",
        ),
        ("update time_polls set state = 'cancelled'", "a_time_poll_that_ended_says_when_and_by_whom"),
        (
            "update time_polls set state = 'chosen', ended_at = started_at, ended_by = started_by",
            "a_time_poll_has_a_meeting_once_a_time_is_chosen",
        ),
        ("update time_polls set state = 'polling'", "a_time_poll_is_in_a_known_state"),
        ("update time_polls set mode = 'by_owl'", "a_time_poll_says_how_people_would_meet"),
        (
            "insert into time_poll_slots (program_id, poll_id, position, starts_at, minutes)
             select program_id, id, 7, started_at, 60 from time_polls",
            "a_time_poll_has_at_most_six_times",
        ),
        (
            "insert into time_poll_slots (program_id, poll_id, position, starts_at, minutes)
             select program_id, poll_id, 3, starts_at, 60 from time_poll_slots where position = 1",
            "a_time_is_proposed_once_in_a_poll",
        ),
        ("update time_poll_slots set minutes = 4", "a_proposed_time_takes_5_to_720_minutes"),
        (
            "insert into time_poll_asks (program_id, id, poll_id, participation_id)
             select program_id, gen_random_uuid(), poll_id, participation_id from time_poll_asks",
            "somebody_is_asked_once_in_a_time_poll",
        ),
        (
            "insert into time_poll_answers (program_id, poll_id, participation_id, position, answer)
             select program_id, id, started_by, 1, 'maybe' from time_polls",
            "an_answer_about_a_time_is_yes_if_need_be_or_no",
        ),
        (
            "insert into time_poll_answers (program_id, poll_id, participation_id, position, answer)
             select program_id, id, started_by, 5, 'yes' from time_polls",
            "an_answer_is_about_a_time_that_was_proposed",
        ),
    ] {
        let error = sqlx::query(sql).execute(&app.app.db).await.unwrap_err().to_string();
        assert!(error.contains(constraint), "{error}: {sql}");
    }
}
