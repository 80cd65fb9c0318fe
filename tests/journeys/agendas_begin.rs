//! What a new agenda starts with: how a group will work at first, what was seen after a field trip, what is open,
//! whose turn it is, the theme of the day; and time together, where a group wants it.
use crate::{
    happened::{self, Item, Meeting},
    support::{
        Answer, Browser, TestApp,
        world::{Peer, World, day, goal_with_elements},
    },
};
use time::Duration;
use uuid::Uuid;

/// Sets a meeting in so many days; returns its path.
async fn set(by: &Browser<'_>, world: &World, days: i64, minutes: &str) -> String {
    let on = day(days);
    let form = [("date", on.as_str()), ("time", "12:00"), ("minutes", minutes), ("mode", "online")];
    by.post(&format!("{}/meetings/new", world.group_path()), &form).await.location.unwrap()
}

async fn held(app: &TestApp, world: &World, day: &str, items: &[Item]) -> Uuid {
    let goal = None;
    let group = world.reading_room;
    let (facilitator, note_taker) = (world.hana, world.priya);
    let came = [world.hana, world.priya];
    let meeting = Meeting { group, day, state: "held", came: &came, facilitator, note_taker, items, goal };
    happened::meeting(&app.app.db, world, meeting).await
}

/// The titles on an agenda, in order.
fn titles(page: &Answer) -> Vec<String> {
    let html = scraper::Html::parse_document(&page.html);
    let rows = scraper::Selector::parse("ol.items h3").unwrap();
    html.select(&rows).map(|title| title.text().collect()).collect()
}

/// The templates that are offered, in order.
fn offered(page: &Answer) -> Vec<String> {
    let html = scraper::Html::parse_document(&page.html);
    let rows = scraper::Selector::parse(".tmpl h3").unwrap();
    html.select(&rows).map(|title| title.text().collect()).collect()
}

/// Starts an agenda again that nobody has changed.
async fn start_from(by: &Browser<'_>, path: &str, template: &str) -> Answer {
    started(by, path, template, "").await
}

/// Starts an agenda again, and says that it may be replaced.
async fn start_over(by: &Browser<'_>, path: &str, template: &str) -> Answer {
    by.get(path).await.says("Replace the agenda as it is");
    started(by, path, template, "yes").await
}

async fn started(by: &Browser<'_>, path: &str, template: &str, replace: &str) -> Answer {
    let page = by.get(path).await;
    let rest = page.html.split_once("/template\"").unwrap().1;
    let was = rest.split_once("name=\"was\" value=\"").unwrap().1.split('"').next().unwrap();
    let form = [("template", template), ("was", was), ("replace", replace)];
    by.post_and_follow(&format!("{path}/template"), &form).await
}

/// Who leads, item by item, by first name.
async fn leads(app: &TestApp, path: &str) -> Vec<Option<String>> {
    sqlx::query_scalar(
        "select split_part(p.name, ' ', 1) from agenda_items i
         left join participations t on t.program_id = i.program_id and t.id = i.lead_id left join people p on p.id = t.person_id
         where i.meeting_id::text = $1 order by i.position",
    )
    .bind(path.rsplit('/').next())
    .fetch_all(&app.app.db)
    .await
    .unwrap()
}

#[tokio::test]
async fn a_group_begins_with_how_it_will_work_and_each_takes_a_part() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let path = set(&hana, &world, 14, "60").await;
    let page = hana.get(&path).await;
    assert_eq!(
        titles(&page),
        [
            "Check-in",
            "How we work together: our agreement",
            "What each of us wants to work on",
            "Our rhythm: when and where we meet",
            "How we give each other feedback",
            "Catching up",
            "Wrap-up",
        ]
    );
    page.says("60 of 60 minutes").says("10 planned to catch up").says("Write down who does what until next time");
    page.says("You have not met before. Check-in 5, how we work together 10");
    assert_eq!(offered(&page)[0], "First meeting");
    let names =
        |all: &[&str]| all.iter().map(|name| (!name.is_empty()).then(|| (*name).to_owned())).collect::<Vec<_>>();
    // The first by name has had a turn when all had theirs.
    assert_eq!(leads(&app, &path).await, names(&["", "Hana", "Marcus", "Priya", "Hana", "", ""]));

    // The next one is no first meeting any more; whose turn it is goes on from there.
    let next = set(&hana, &world, 28, "60").await;
    let page = hana.get(&next).await;
    assert_eq!(titles(&page), ["Check-in", "Find a goal to work on", "Catching up", "Wrap-up"]);
    assert_eq!(offered(&page)[0], "Goal meeting");
    assert!(!offered(&page).contains(&"First meeting".to_owned()), "{:?}", offered(&page));
    assert_eq!(leads(&app, &next).await, names(&["", "Marcus", "", ""]));
    // Another template without a question, as nobody said anything else yet.
    let page = start_from(&hana, &next, "feedback").await;
    page.says("Agenda started from “Feedback round”.");
    assert_eq!(leads(&app, &next).await, names(&["", "Marcus", "Priya", "", ""]));
    // A case each, and each leads their own.
    goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    let page = start_over(&hana, &next, "cases").await;
    assert_eq!(titles(&page), ["Check-in", "First case", "Second case", "Third case", "Catching up", "Wrap-up"]);
    assert_eq!(leads(&app, &next).await, names(&["", "Marcus", "Priya", "Hana", "", ""]));
    page.says("Work on Priya’s goal, Priya leads").says("60 of 60 minutes");
    // Somebody who is away leads nothing.
    sqlx::query("update participations set state = 'on_hold' where id = $1")
        .bind(world.marcus.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    let page = start_over(&hana, &next, "cases").await;
    page.is(200);
    assert_eq!(leads(&app, &next).await, names(&["", "Priya", "Hana", "", ""]));
    // Nothing but time together.
    let page = start_from(&hana, &next, "catch_up").await;
    assert_eq!(titles(&page), ["Catching up"]);
    page.says("60 planned to catch up");
}

#[tokio::test]
async fn what_is_open_and_what_was_put_off_is_there() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let last = held(&app, &world, &day(-7), &[("check_in", 5, 5), ("logistics", 20, 20), ("informal", 10, 10)]).await;
    let put_off = "update agenda_items set state = 'carried', actual_minutes = null, title = 'The rooms' where kind = 'logistics'";
    sqlx::query(put_off).execute(&app.app.db).await.unwrap();
    sqlx::query(
        "insert into actions (program_id, id, group_id, words, due_on, state, written_by, written_at, meeting_id)
         values ($1, gen_random_uuid(), $2, 'Ask for the small room', '2026-05-04', 'open', $3, '2026-04-13T18:00Z', $4)",
    )
    .bind(world.program)
    .bind(world.reading_room)
    .bind(world.hana.participation)
    .bind(last)
    .execute(&app.app.db)
    .await
    .unwrap();
    let path = set(&hana, &world, 14, "60").await;
    let page = hana.get(&path).await;
    assert_eq!(titles(&page), ["The rooms", "Check-in", "Find a goal to work on", "Catching up", "Wrap-up"]);
    page.says("from last time")
        .says("60 of 60 minutes")
        .says("10 planned to catch up")
        .says("Ask for the small room")
        .says("Look at the action that is open, and write down who does what until next time")
        .does_not_say("Replace the agenda as it is");
    // A template leaves what was put off where it is, and the time for catching up whole.
    for template in ["feedback", "cases", "goal"] {
        let page = start_from(&hana, &path, template).await;
        assert_eq!(titles(&page)[0], "The rooms");
        page.says("60 of 60 minutes").says("10 planned to catch up");
    }
    // Taking the time for catching up is somebody's own act.
    let page = hana.get(&path).await;
    page.says("Give this time up");
}

/// A visit of the group.
async fn visit(app: &TestApp, world: &World, by: Peer, on: &str, state: &str, kind: &str) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, on_date, state, created_by, created_at,
            worded_at, completed_on)
         values ($1, $2, $3, $4, false, false, 'See the desk', $5::date, $6, $7, '2026-04-01T12:00Z', '2026-04-01T12:00Z',
            case when $6 = 'completed' then $5::date end)",
    )
    .bind(world.program)
    .bind(id)
    .bind(world.reading_room)
    .bind(kind)
    .bind(on)
    .bind(state)
    .bind(by.participation)
    .execute(&app.app.db)
    .await
    .unwrap();
    id
}

#[tokio::test]
async fn after_a_trip_the_next_agenda_starts_with_what_was_seen() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    held(&app, &world, &day(-14), &[("check_in", 5, 5)]).await;
    // Set before they went: a goal meeting, and once they have been there the debrief is offered first.
    let early = set(&hana, &world, 3, "60").await;
    assert_eq!(offered(&hana.get(&early).await)[0], "Goal meeting");
    let trip = visit(&app, &world, world.hana, &day(1), "confirmed", "site_visit").await;
    assert_eq!(offered(&hana.get(&early).await)[0], "Goal meeting", "it is still to come");
    app.advance(Duration::days(2));
    let page = hana.get(&early).await;
    assert_eq!(offered(&page)[..2], ["Trip debrief", "Goal meeting"]);
    page.says("You went to see something since you last met.");
    // Set after they went: it starts with what they saw.
    let later = set(&hana, &world, 10, "60").await;
    assert_eq!(titles(&hana.get(&later).await)[1], "Find a goal to work on", "the meeting before takes it");
    hana.post(&format!("{early}/cancel"), &[]).await.is(303);
    hana.post(&format!("{later}/cancel"), &[]).await.is(303);
    let path = set(&hana, &world, 10, "60").await;
    let page = hana.get(&path).await;
    assert_eq!(titles(&page)[1], "What we saw on the field trip");
    page.says("Field trip, 21 April");
    let named: Uuid = sqlx::query_scalar("select trip_id from agenda_items where kind = 'trip'")
        .fetch_one(&app.app.db)
        .await
        .unwrap();
    assert_eq!(named, trip);
    // Talked over there, it is not what the one after starts with.
    let after = set(&hana, &world, 24, "60").await;
    assert_eq!(titles(&hana.get(&after).await)[1], "Find a goal to work on");
    // What one of them saw of another's work is for the two; a visit that was only planned may not have been.
    hana.post(&format!("{after}/cancel"), &[]).await.is(303);
    happened::observation(&app.app.db, &world, world.hana, world.priya, &day(11), "completed").await;
    visit(&app, &world, world.hana, &day(12), "planned", "event").await;
    app.advance(Duration::days(14));
    let after = set(&hana, &world, 24, "60").await;
    assert_eq!(titles(&hana.get(&after).await)[1], "Find a goal to work on");
}

async fn theme_of_program(app: &TestApp, world: &World) {
    sqlx::query(
        "insert into themes (program_id, id, starts_on, ends_on, title, question)
         values ($1, gen_random_uuid(), '2026-04-01', '2026-05-31', 'Stopping things', 'What did you stop this year?')",
    )
    .bind(world.program)
    .execute(&app.app.db)
    .await
    .unwrap();
}

#[tokio::test]
async fn the_theme_of_the_day_is_offered_with_its_question() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    theme_of_program(&app, &world).await;
    let hana = app.browser_of(world.hana.person).await;
    goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    held(&app, &world, &day(-14), &[("check_in", 5, 5)]).await;
    let path = set(&hana, &world, 14, "75").await;
    let page = start_from(&hana, &path, "goal").await;
    page.says("Theme of the day Stopping things What did you stop this year? The program’s, 1 April to 31 May 2026");
    // Put on the agenda by one press, it asks before it runs over, with the theme kept.
    let card = page.html.split_once("id=\"theme\"").unwrap().1.split("</form>").next().unwrap();
    let value =
        |name: &str| card.split_once(&format!("name=\"{name}\" value=\"")).unwrap().1.split('"').next().unwrap();
    let form: Vec<(&str, &str)> =
        ["id", "title", "kind", "minutes", "before"].iter().map(|name| (*name, value(name))).collect();
    let add = format!("{path}/items");
    let asks = hana.post(&add, &form).await;
    asks.is(422).says("Run 15 minutes over");
    let mut over = form.clone();
    over.push(("over", "15"));
    let page = hana.post_and_follow(&add, &over).await;
    assert_eq!(titles(&page), ["Check-in", "A goal", "Catching up", "Stopping things", "Wrap-up"]);
    page.says("What did you stop this year?").does_not_say("Put it on the agenda");
    // The group's own goes before the program's.
    let set_theme = [
        ("id", "0197b0a0-0000-7000-8000-000000000001"),
        ("title", "Beginnings"),
        ("question", "How do you begin a session?"),
        ("starts_on", "2026-05-01"),
        ("ends_on", "2026-05-10"),
    ];
    hana.post_and_follow(&format!("{}/themes", world.group_path()), &set_theme).await.is(200);
    let page = hana.get(&path).await;
    page.says("Theme of the day Beginnings How do you begin a session? Your group’s, 1 May to 10 May 2026");
    // On a day without it, the program's.
    let later = set(&hana, &world, 28, "60").await;
    hana.get(&later).await.says("Theme of the day Stopping things");
    // Without a goal it is what a goal meeting is about.
    sqlx::query("update goals set state = 'dropped', closed_on = '2026-04-20'").execute(&app.app.db).await.unwrap();
    let page = start_over(&hana, &path, "goal").await;
    assert_eq!(titles(&page), ["Check-in", "Beginnings", "Catching up", "Wrap-up"]);
}
