//! A group that takes more time for catching up than it kept, three times in a row, is offered a meeting for it.
use crate::{
    happened::{self, Item, Meeting},
    support::{
        TestApp,
        world::{World, day},
    },
};
use time::Duration;

async fn held(app: &TestApp, world: &World, on: i64, items: &[Item]) {
    let came = [world.hana, world.priya, world.marcus];
    let meeting = Meeting {
        group: world.reading_room,
        day: &day(on),
        state: "held",
        came: &came,
        facilitator: world.hana,
        note_taker: world.priya,
        items,
        goal: None,
    };
    happened::meeting(&app.app.db, world, meeting).await;
}

const LONG: [Item; 3] = [("check_in", 10, 10), ("logistics", 40, 32), ("informal", 10, 18)];
const OFFER: &str = "How about a coffee?";

#[tokio::test]
async fn three_long_catch_ups_lead_to_a_meeting_of_their_own() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let (group, list) = (world.group_path(), format!("{}/meetings", world.group_path()));
    held(&app, &world, -70, &LONG).await;
    held(&app, &world, -49, &LONG).await;
    hana.get(&list).await.does_not_say(OFFER);
    held(&app, &world, -28, &LONG).await;
    for page in [&group, &list] {
        hana.get(page).await.is(200).says(OFFER).says(
            "Your last three meetings took 54 minutes for catching up, and you had kept 30 for it. You seem to be good company.",
        );
    }
    // It is the group's, not the coordinator's.
    app.browser_of(world.imogen).await.get(&group).await.is(200).does_not_say(OFFER);
    app.browser_of(world.tobias.person).await.get(&list).await.is(404);

    // It leads to a short meeting for nothing else.
    let new = hana.get(&list).await.link("Plan a coffee meeting");
    let form = hana.get(&new).await;
    form.is(200).says("Plan a coffee meeting").says("Time for one another");
    assert_eq!(form.field("minutes"), "30");
    let (id, agenda, on) = (form.field("id"), form.field("agenda"), day(7));
    let mut typed =
        vec![("id", id.as_str()), ("agenda", &agenda), ("time", "12:00"), ("minutes", "30"), ("mode", "in_person")];
    let missing = hana.post(&format!("{list}/new"), &typed).await;
    missing.is(422);
    assert_eq!(missing.field("agenda"), "catch_up", "a mistake does not make it another meeting");
    typed.push(("date", &on));
    let page = hana.post_and_follow(&format!("{list}/new"), &typed).await;
    page.says("30 of 30 minutes").says("30 planned to catch up").says("It starts and ends on time");
    hana.get(&list).await.does_not_say(OFFER);
    let before = figures(&app, &world).await;

    // Held, it ends the row; and planned and actual stay as near to each other as they were.
    app.advance(Duration::days(8));
    app.deliver_mail().await;
    let log = format!("{list}/{id}/log");
    let boxes = hana.get(&log).await;
    let name = format!("m-{}", boxes.html.split("name=\"m-").nth(1).unwrap().split('"').next().unwrap());
    hana.post(&log, &[(name.as_str(), "31"), ("came", "all"), ("note", "none"), ("next", "")]).await.is(303);
    hana.get(&list).await.does_not_say(OFFER);
    let after = figures(&app, &world).await;
    assert!(after.over < before.over, "informal over plan, in points: {} after {}", after.over, before.over);
    assert!(after.drift <= before.drift, "{} after {}", after.drift, before.drift);
    // A new row begins after it.
    held(&app, &world, 10, &LONG).await;
    held(&app, &world, 12, &LONG).await;
    hana.get(&list).await.does_not_say(OFFER);
    held(&app, &world, 14, &LONG).await;
    hana.get(&list).await.says(OFFER);
}

struct Figures {
    over: f64,
    drift: f64,
}

/// As domain.md §6 has them, from the tables.
async fn figures(app: &TestApp, world: &World) -> Figures {
    let kinds: Vec<(String, i64, i64)> = sqlx::query_as(
        "select i.kind, sum(i.planned_minutes), sum(coalesce(i.actual_minutes, 0)) from agenda_items i
         join meetings m on m.id = i.meeting_id where m.group_id = $1 and m.state = 'held' group by i.kind",
    )
    .bind(world.reading_room)
    .fetch_all(&app.app.db)
    .await
    .unwrap();
    let share = |n: i64, all: i64| f64::from(i32::try_from(n).unwrap()) / f64::from(i32::try_from(all).unwrap());
    let (planned, actual) = (kinds.iter().map(|kind| kind.1).sum(), kinds.iter().map(|kind| kind.2).sum());
    let of = |kind: &(String, i64, i64)| share(kind.2, actual) - share(kind.1, planned);
    let informal = kinds.iter().find(|kind| kind.0 == "informal").unwrap();
    Figures { over: of(informal) * 100.0, drift: kinds.iter().map(|kind| of(kind).abs()).sum::<f64>() / 2.0 }
}

#[tokio::test]
async fn not_this_time_lasts_until_the_next_row() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (hana, marcus) = (app.browser_of(world.hana.person).await, app.browser_of(world.marcus.person).await);
    let list = format!("{}/meetings", world.group_path());
    for on in [-70, -49, -28] {
        held(&app, &world, on, &LONG).await;
    }
    let meeting = hana.get(&list).await.field("meeting");
    let decline = format!("{}/coffee/decline", world.group_path());
    // Somebody else's group, another meeting, and nothing at all change nothing.
    app.browser_of(world.tobias.person).await.post(&decline, &[("meeting", &meeting)]).await.is(404);
    hana.post(&decline, &[("meeting", &uuid::Uuid::now_v7().to_string())]).await.is(303);
    hana.post(&decline, &[]).await.is(400);
    hana.get(&list).await.says(OFFER);
    hana.post_and_follow(&decline, &[("meeting", &meeting)]).await.says("Not this time, then.").does_not_say(OFFER);
    // Pressed twice, and by another who had the page open.
    marcus.post(&decline, &[("meeting", &meeting)]).await.is(303);
    marcus.get(&list).await.does_not_say(OFFER);
    // One more long meeting is not three.
    held(&app, &world, -7, &LONG).await;
    hana.get(&list).await.does_not_say(OFFER);
    held(&app, &world, -5, &LONG).await;
    held(&app, &world, -3, &LONG).await;
    hana.get(&list).await.says(OFFER);
    // As planned once, the row is over. A meeting that had no agenda had no plan, and counts on neither side.
    held(&app, &world, -2, &[]).await;
    hana.get(&list).await.says(OFFER);
    held(&app, &world, -1, &[("logistics", 50, 50), ("informal", 10, 10)]).await;
    hana.get(&list).await.does_not_say(OFFER);
}
