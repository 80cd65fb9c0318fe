//! A group sets a meeting, plans its agenda together, moves it and calls it off.
use super::support::{
    TestApp, email_to, link_in,
    world::{World, goal_with_elements},
};
use time::Duration;

/// The form of a meeting on 4 May at noon in Chicago, two weeks after the stories start.
fn noon<'a>(id: &'a str, minutes: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("id", id),
        ("date", "2026-05-04"),
        ("time", "12:00"),
        ("minutes", minutes),
        ("mode", "in_person"),
        ("place", "Instruction lab"),
    ]
}

async fn count(app: &TestApp, table: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
        .fetch_one(&app.app.db)
        .await
        .unwrap()
}

/// The ids of the items on an agenda page, in order.
fn item_ids(html: &str) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for part in html.split("/items/").skip(1) {
        let id = part.split('"').next().unwrap().to_owned();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// What the forms of the templates on an agenda page carry.
fn agenda_was(page: &super::support::Answer) -> String {
    let rest = page.html.split_once("/template\"").unwrap().1;
    rest.split_once("name=\"was\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_meeting_is_set_with_agenda_roles_and_letters() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    goal_with_elements(&app.app.db, &world, world.priya, &["Speaking pace"]).await;
    let hana = app.browser_of(world.hana.person).await;
    let new = format!("{}/meetings/new", world.group_path());
    let form = hana.get(&new).await;
    form.is(200).says("Marcus, Priya and you can read the place");
    let id = form.field("id");
    assert_eq!(form.field("minutes"), "60");

    let page = hana.post_and_follow(&new, &noon(&id, "60")).await;
    page.says("Plan Monday 4 May")
        .says("12:00–13:00. In person: Instruction lab.")
        .says("60 of 60 minutes")
        .says("10 planned to catch up")
        .says("Work on Priya’s goal")
        .says("You facilitate, Priya keeps time, Marcus takes notes.");
    page.does_not_say("No goal time");

    // The same form sent twice makes one meeting and shows the same page.
    hana.post_and_follow(&new, &noon(&id, "60")).await.says("Plan Monday 4 May");
    assert_eq!(count(&app, "meetings").await, 1);
    assert_eq!(count(&app, "agenda_items").await, 7, "a first meeting");

    let emails = app.deliver_mail().await;
    assert_eq!(emails.len(), 3);
    let to_priya = email_to(&emails, "priya@larkspur.example");
    assert_eq!(to_priya.subject, "Peer Mentoring, Spring 2026: you meet on Monday 4 May, 12:00");
    assert!(to_priya.text.contains("Hana has set a meeting of Reading Room"));
    for email in &emails {
        assert!(!email.text.contains("Instruction lab") && !email.html.contains("Instruction lab"));
        assert!(!email.html.contains("A goal"));
    }
    let priya = app.browser_of(world.priya.person).await;
    priya.get(&link_in(to_priya)).await.is(200).says("Priya").says("Hana facilitates, you keep time");

    // The day before, and only then, a reminder.
    app.advance(Duration::days(12));
    assert!(app.deliver_mail().await.is_empty());
    app.advance(Duration::days(1) + Duration::hours(2));
    let reminders = app.deliver_mail().await;
    assert_eq!(reminders.len(), 3);
    assert_eq!(reminders[0].subject, "Peer Mentoring, Spring 2026: Reminder: you meet on Monday 4 May, 12:00");
}

/// Whoever comes to a group after its meeting was set is invited and reminded like the others, once.
#[tokio::test]
async fn who_comes_later_is_invited_and_reminded_too() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let new = format!("{}/meetings/new", world.group_path());
    let id = hana.get(&new).await.field("id");
    hana.post_and_follow(&new, &noon(&id, "60")).await.is(200);
    assert_eq!(app.deliver_mail().await.len(), 3);
    let imogen = app.browser_of(world.imogen).await;
    let offer = [
        ("members", world.tobias.participation.to_string()),
        ("to", world.reading_room.to_string()),
        ("line", String::new()),
    ];
    let offer: Vec<(&str, &str)> = offer.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let from = format!("{}/groups/{}/moves", world.program_path(), world.card_catalog);
    imogen.post(&from, &offer).await.is(303);
    let tobias = app.browser_of(world.tobias.person).await;
    let here = format!("{}/move", world.program_path());
    let move_id = tobias.get(&here).await.field("id");
    app.deliver_mail().await;
    let yes = [("id", move_id.as_str()), ("answer", "move")];
    let (one, other) = tokio::join!(tobias.post(&here, &yes), tobias.post(&here, &yes));
    one.is(303);
    other.is(303);
    let sent = app.deliver_mail().await;
    let to_tobias: Vec<_> = sent.iter().filter(|email| email.to.email == "tobias@larkspur.example").collect();
    assert_eq!(to_tobias.len(), 2, "{to_tobias:?}");
    assert_eq!(sent.iter().filter(|email| email.text.contains("4 May")).count(), 1, "the others have theirs");
    assert!(to_tobias.iter().any(|email| email.text.contains("4 May")), "{to_tobias:?}");
    app.advance(Duration::days(13) + Duration::hours(2));
    let reminders = app.deliver_mail().await;
    let to: std::collections::BTreeSet<&str> = reminders.iter().map(|email| email.to.email.as_str()).collect();
    assert_eq!((reminders.len(), to.len()), (4, 4), "{to:?}");
    assert!(to.contains("tobias@larkspur.example"));
    app.advance(Duration::hours(3));
    assert!(app.deliver_mail().await.is_empty(), "once");
}

#[tokio::test]
async fn a_time_that_cannot_be_is_refused_at_its_field() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let new = format!("{}/meetings/new", world.group_path());
    let at = |date: &'static str, time: &'static str, minutes: &'static str| {
        [("date", date), ("time", time), ("minutes", minutes), ("mode", "online"), ("place", "Kept\u{0}?")]
    };
    let refused = async |date, time, minutes, words: &str| {
        let form: Vec<_> = at(date, time, minutes).into_iter().filter(|(name, _)| *name != "place").collect();
        hana.post(&new, &form).await.is(422).says(words);
    };
    refused("2027-03-14", "02:30", "60", "This time does not exist").await;
    refused("2026-11-01", "01:30", "60", "This time happens twice").await;
    refused("2026-04-20", "09:00", "60", "This time has passed").await;
    refused("2026-05-04", "12:00", "721", "12 hours").await;
    refused("", "noon", "", "Enter a date").await;
    hana.post(&new, &at("2026-05-04", "12:00", "60")).await.is(422).says("Remove the characters");
    hana.post(&new, &[]).await.is(422).says("Say how you meet");
    let over = hana
        .post(
            &new,
            &[("took_place", "yes"), ("date", "2026-05-04"), ("time", "12:00"), ("minutes", "60"), ("mode", "both")],
        )
        .await;
    over.is(422).says("This is still to come");
    assert_eq!(count(&app, "meetings").await, 0);

    hana.post_and_follow(&new, &noon("", "60")).await.says("Plan Monday 4 May");
    let mut half_past = noon("", "60");
    half_past[2] = ("time", "12:30");
    hana.post(&new, &half_past).await.is(422).says("already has a meeting at this time");
    // Another group may meet at the same hour; next to each other is fine too.
    let tobias = app.browser_of(world.tobias.person).await;
    let theirs = format!("/programs/{}/groups/{}/meetings/new", world.program, world.card_catalog);
    tobias.post_and_follow(&theirs, &noon("", "60")).await.says("Plan Monday 4 May");
    half_past[2] = ("time", "13:00");
    hana.post_and_follow(&new, &half_past).await.says("Plan Monday 4 May");
    assert_eq!(count(&app, "meetings").await, 3);
}

#[tokio::test]
async fn an_agenda_is_changed_item_by_item() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let path = hana.post(&format!("{}/meetings/new", world.group_path()), &noon("", "60")).await.location.unwrap();
    let template = format!("{path}/template");
    let was = agenda_was(&hana.get(&path).await);
    let page = hana.post_and_follow(&template, &[("template", "goal"), ("was", &was)]).await;
    page.says("No goal time").says("Find a goal to work on");
    let (goal, _) = goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    let goal = goal.to_string();
    let add = format!("{path}/items");
    let id = page.field("id");
    let item = |over: &'static str, goal: &str| {
        [
            ("id", id.clone()),
            ("title", "A hook for Priya".into()),
            ("kind", "goal_work".into()),
            ("minutes", "10".into()),
            ("goal", goal.to_owned()),
            ("over", over.to_owned()),
        ]
    };
    let post = async |form: [(&str, String); 6]| {
        let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        hana.post(&add, &form).await
    };
    // The hour is full: it asks, with what was typed kept.
    let asks = post(item("", &goal)).await;
    asks.is(422).says("That runs 10 minutes over").says("Run 10 minutes over");
    assert!(asks.html.contains("A hook for Priya"));
    assert_eq!(count(&app, "agenda_items").await, 4);
    // A goal of somewhere else, none at all, and a field left empty.
    post(item("10", &uuid::Uuid::now_v7().to_string())).await.is(422).says("Choose a goal of your group");
    post(item("10", "")).await.is(422).says("Choose which goal");
    hana.post(&add, &[("title", "x"), ("kind", "trip"), ("minutes", "5"), ("trip", &goal)])
        .await
        .is(422)
        .says("field trip of your group");
    hana.post(&add, &[("title", "\u{0}"), ("minutes", "0")]).await.is(422).says("Choose a kind");
    let lead = world.tobias.participation.to_string();
    hana.post(&add, &[("title", "x"), ("kind", "logistics"), ("minutes", "5"), ("over", "5"), ("lead", &lead)])
        .await
        .is(422)
        .says("somebody from your group");
    assert_eq!(count(&app, "agenda_items").await, 4);
    // Confirmed, and sent twice: once on the agenda.
    assert_eq!(post(item("10", &goal)).await.status, 303);
    assert_eq!(post(item("10", &goal)).await.status, 303);
    let page = hana.get(&path).await;
    page.says("70 of 60 minutes").says("Runs 10 over").says("Work on Priya’s goal");
    assert_eq!(count(&app, "agenda_items").await, 5);

    // Two people at once: one moves, one changes; nothing is lost.
    let ids = item_ids(&page.html);
    let priya = app.browser_of(world.priya.person).await;
    let theirs = priya.get(&path).await;
    let up = [("move", "up"), ("above", ids[3].as_str())];
    assert_eq!(hana.post(&format!("{path}/items/{}", ids[4]), &up).await.status, 303);
    let was = theirs.html.split("name=\"was\" value=\"").nth(2).unwrap().split('"').next().unwrap().to_owned();
    let change = [("title", "Find two goals"), ("kind", "logistics"), ("minutes", "30"), ("was", was.as_str())];
    assert_eq!(priya.post(&format!("{path}/items/{}", ids[1]), &change).await.status, 303);
    let page = hana.get(&path).await;
    page.says("60 of 60 minutes").says("Find two goals");
    // The same item at once: the later one is told, and may insist.
    let other = [("title", "Find three goals"), ("kind", "logistics"), ("minutes", "30"), ("was", was.as_str())];
    let stale = hana.post(&format!("{path}/items/{}", ids[1]), &other).await;
    stale.is(409).says("Somebody changed this item");
    // Somebody else's item, and one that is not there.
    let tobias = app.browser_of(world.tobias.person).await;
    tobias.get(&path).await.is(404);
    tobias.post(&add, &[("title", "x")]).await.is(404);
    // What was typed for one that is gone is kept; the form of an item of nowhere does no more.
    hana.post(&format!("{path}/items/{}", uuid::Uuid::now_v7()), &change).await.is(409).says("took this item off");
    hana.get(&format!("{}/meetings/not-an-id", world.group_path())).await.is(404);
    app.browser_of(world.imogen).await.get(&path).await.is(404);

    // A template replaces what was changed only when that is said.
    let was = agenda_was(&hana.get(&path).await);
    hana.post(&template, &[("template", "feedback"), ("was", &was)])
        .await
        .is(422)
        .says("Say that a template may replace it");
    hana.post(&template, &[("template", "trip"), ("replace", "yes"), ("was", &was)])
        .await
        .is(422)
        .says("no field trip yet");
    hana.post(&template, &[("template", "none"), ("replace", "yes"), ("was", &was)]).await.is(422);
    hana.post_and_follow(&template, &[("template", "feedback"), ("replace", "yes"), ("was", &was)])
        .await
        .says("Feedback round");
    let page = hana.get(&path).await;
    let ids = item_ids(&page.html);
    let was = page.field("was");
    hana.post_and_follow(&format!("{path}/items/{}", ids[0]), &[("do", "remove"), ("was", &was)])
        .await
        .says("55 of 60 minutes");

    // It has begun: minutes stand still.
    app.advance(Duration::days(15));
    hana.post(&add, &[("title", "Late"), ("kind", "logistics"), ("minutes", "1")])
        .await
        .is(422)
        .says("can no longer be changed");
    hana.post(&format!("{path}/items/{}", ids[1]), &[("move", "up")]).await.is(422);
    hana.post(&format!("{path}/items/{}", ids[1]), &[("do", "remove")]).await.is(422);
    hana.post(&template, &[("template", "goal"), ("replace", "yes")]).await.is(422);
    assert_eq!(count(&app, "agenda_items").await, 4);
}

#[tokio::test]
async fn a_meeting_is_moved_and_called_off() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let path = hana.post(&format!("{}/meetings/new", world.group_path()), &noon("", "60")).await.location.unwrap();
    app.deliver_mail().await;
    let details = format!("{path}/details");
    let page = hana.get(&details).await;
    let (was, me, marcus) =
        (page.field("was"), world.hana.participation.to_string(), world.marcus.participation.to_string());
    let form = |date: &'static str, minutes: &'static str, notes: &str, over: &'static str| {
        vec![
            ("date", date.to_owned()),
            ("time", "12:00".into()),
            ("minutes", minutes.into()),
            ("mode", "online".into()),
            ("facilitator", me.clone()),
            ("note_taker", notes.to_owned()),
            ("over", over.into()),
            ("was", was.clone()),
        ]
    };
    let post = async |form: Vec<(&str, String)>| {
        let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        hana.post(&details, &form).await
    };
    post(form("2026-05-05", "60", &me, "")).await.is(422).says("choose another than the one who facilitates");
    post(form("2026-05-05", "60", &world.wren.participation.to_string(), ""))
        .await
        .is(422)
        .says("members of your group");
    post(form("2026-05-05", "45", &marcus, "")).await.is(422).says("The agenda is 15 minutes longer");
    post(form("2026-04-19", "60", &marcus, "")).await.is(422).says("still to come");
    assert!(app.deliver_mail().await.is_empty());
    assert_eq!(post(form("2026-05-05", "45", &marcus, "15")).await.status, 303);
    hana.get(&path)
        .await
        .says("Plan Tuesday 5 May")
        .says("60 of 45 minutes")
        .says("You facilitate, Marcus takes notes.");
    post(form("2026-05-06", "60", &marcus, "")).await.is(409).says("Somebody changed this while you wrote");

    let moved = app.deliver_mail().await;
    assert_eq!(moved.len(), 3);
    let to_marcus = email_to(&moved, "marcus@larkspur.example");
    assert_eq!(to_marcus.subject, "Peer Mentoring, Spring 2026: your meeting moved to Tuesday 5 May, 12:00");
    assert!(to_marcus.text.contains("It was to be on Monday 4 May, 12:00"));

    hana.get(&format!("{path}/cancel")).await.is(200).says("Cancel this meeting?");
    hana.post_and_follow(&format!("{path}/cancel"), &[]).await.says("The meeting is cancelled.");
    hana.post_and_follow(&format!("{path}/cancel"), &[]).await.is(200);
    let off = app.deliver_mail().await;
    assert_eq!(off.len(), 3, "cancelled twice is told once");
    assert_eq!(off[0].subject, "Peer Mentoring, Spring 2026: the meeting on Tuesday 5 May, 12:00 is cancelled");
    // No reminder of what does not take place, nor of the day it was moved from.
    app.advance(Duration::days(15));
    assert!(app.deliver_mail().await.is_empty());
    hana.get(&path).await.says("This meeting was cancelled.");
    // The hour is free again.
    let mut again = noon("", "60");
    again[1] = ("date", "2026-05-12");
    hana.post_and_follow(&format!("{}/meetings/new", world.group_path()), &again).await.says("Plan Tuesday 12 May");
}
