//! One phone on the table while a meeting runs: what runs, how long still, what comes next; and the log that begins
//! with what each item took.
use super::support::{
    Answer, Browser, TestApp, email_to, link_in,
    world::{World, about_goals, goal_with_elements},
};
use time::{Duration, OffsetDateTime, macros::datetime};

/// Tuesday, 12:00 to 13:00 in Chicago.
const BEGIN: OffsetDateTime = datetime!(2026-04-21 17:00 UTC);

fn at(app: &TestApp, moment: OffsetDateTime) {
    app.advance(moment - app.app.clock.now());
}

async fn set(by: &Browser<'_>, world: &World) -> String {
    let form = [("date", "2026-04-21"), ("time", "12:00"), ("minutes", "60"), ("mode", "in_person"), ("place", "Lab")];
    let path = by.post(&format!("{}/meetings/new", world.group_path()), &form).await.location.unwrap();
    about_goals(by, &path).await;
    path
}

/// Item by item: its minutes where it is over, "runs", "skipped", or nothing yet.
async fn times(app: &TestApp) -> Vec<String> {
    sqlx::query_scalar(
        "select case when t.item_id is null then '' when t.ended_at is null then 'runs' when t.skipped then 'skipped'
                else round(extract(epoch from t.ended_at - t.started_at) / 60)::text end
         from agenda_items i left join item_times t on t.program_id = i.program_id and t.item_id = i.id order by i.position",
    )
    .fetch_all(&app.app.db)
    .await
    .unwrap()
}

/// The forms of the page: what each button would send.
fn item_of(page: &Answer) -> String {
    page.field("item")
}

async fn press(by: &Browser<'_>, path: &str, what: &str, item: &str) -> Answer {
    by.post_and_follow(path, &[("do", what), ("item", item)]).await
}

/// What the log would say of each item if it were saved as it is.
fn minutes_of(log: &Answer) -> Vec<String> {
    let html = scraper::Html::parse_document(&log.html);
    let boxes = scraper::Selector::parse("[data-minutes]").unwrap();
    html.select(&boxes).map(|one| one.value().attr("value").unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_meeting_runs_by_one_phone_and_the_log_begins_with_what_each_took() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    let hana = app.browser_of(world.hana.person).await;
    let priya = app.browser_of(world.priya.person).await;
    let path = set(&hana, &world).await;
    let now = format!("{path}/now");
    app.deliver_mail().await;

    // Long before, nothing leads there; the page says when it starts, and no press begins it.
    priya.get(&path).await.does_not_say("Open the clock");
    priya.get(&now).await.is(200).says("It has not started").does_not_say("value=\"start\"");
    at(&app, BEGIN - Duration::minutes(31));
    priya.get(&world.group_path()).await.does_not_say("Keep time");
    at(&app, BEGIN - Duration::minutes(30));
    priya.get(&world.group_path()).await.says("Keep time");
    priya.get(&path).await.says("Open the clock");
    priya.get(&now).await.says("30 minutes until it starts");
    press(&priya, &now, "start", "").await.says("It has not started");
    assert_eq!(times(&app).await, ["", "", "", ""]);

    // They begin two minutes late, and the check-in takes six of five.
    at(&app, BEGIN + Duration::minutes(2));
    priya.get(&world.group_path()).await.says("Keep time").says("Log the meeting");
    priya.get(&now).await.says("Ready when you are").says("Set for 12:00 to 13:00.");
    let page = press(&priya, &now, "start", "").await;
    page.says("Check-in").says("5 minutes left").says("From 12:02, for 5 minutes: until 12:07.").says("Next A goal");
    // What a script counts from stands there, by the server's clock.
    let until = (BEGIN + Duration::minutes(7)).unix_timestamp() * 1000;
    assert!(page.html.contains(&format!("data-until=\"{until}\"")), "{}", page.html);
    app.advance(Duration::minutes(6) + Duration::seconds(10));
    let page = hana.get(&now).await;
    page.says("1 minute over");
    // On both phones somebody presses, one of them twice: it was over once.
    let check_in = item_of(&page);
    press(&priya, &now, "done", &check_in).await.says("40 minutes left");
    app.advance(Duration::seconds(30));
    let page = press(&hana, &now, "done", &check_in).await;
    page.says("took 6 of 5 minutes").says("40 minutes left");
    press(&priya, &now, "skip", &check_in).await.is(200);
    press(&priya, &now, "start", "").await.is(200);
    assert_eq!(times(&app).await, ["6", "runs", "", ""]);

    // Done too early, and back: it runs on as if nobody had pressed. What is further back stays.
    app.advance(Duration::minutes(4));
    let goal = item_of(&page);
    let page = press(&priya, &now, "done", &goal).await;
    page.says("Too early: back to “A goal”");
    assert_eq!(times(&app).await, ["6", "5", "runs", ""]);
    press(&priya, &now, "back", &check_in).await.is(200);
    assert_eq!(times(&app).await, ["6", "5", "runs", ""]);
    press(&hana, &now, "back", &goal).await.is(200);
    press(&hana, &now, "back", &goal).await.is(200);
    assert_eq!(times(&app).await, ["6", "runs", "", ""]);
    app.advance(Duration::minutes(30));
    let page = press(&priya, &now, "done", &goal).await;
    page.says("10 minutes left").says("took 35 of 40 minutes");

    // Two minutes on they pass over catching up; those two count with what comes next.
    app.advance(Duration::minutes(2));
    let page = press(&priya, &now, "skip", &item_of(&page)).await;
    page.says("skipped").says("This is the last item.").says("3 minutes left");
    app.advance(Duration::minutes(4));
    let page = press(&priya, &now, "done", &item_of(&page)).await;
    page.says("That was everything").says("47 minutes in all.");
    assert_eq!(times(&app).await, ["6", "35", "skipped", "6"]);

    // By the link of the email it counts with these minutes.
    at(&app, BEGIN + Duration::hours(3));
    let emails = app.deliver_mail().await;
    let marcus = email_to(&emails, "marcus@larkspur.example");
    app.browser().open(&link_in(marcus)).await.says("It counts with 47 minutes, as they were timed");

    // The log begins with them, and the one that was skipped says so.
    let log = priya.get(&format!("{path}/log")).await;
    log.says("Filled in as they were timed");
    assert_eq!(minutes_of(&log), ["6", "35", "", "6"]);
    let html = scraper::Html::parse_document(&log.html);
    let checked = scraper::Selector::parse("[name^='f-'][checked]").unwrap();
    let fates: Vec<_> = html.select(&checked).map(|one| one.value().attr("value").unwrap()).collect();
    assert_eq!(fates, ["skipped"]);
    let boxes = scraper::Selector::parse("[data-minutes]").unwrap();
    let names: Vec<_> = html.select(&boxes).map(|one| one.value().attr("name").unwrap().to_owned()).collect();
    let skipped = names[2].replacen("m-", "f-", 1);
    let form: Vec<(&str, &str)> = names
        .iter()
        .map(String::as_str)
        .zip(["6", "36", "", "6"])
        .chain([(skipped.as_str(), "skipped"), ("came", "all"), ("note", "none")])
        .collect();
    priya.post_and_follow(&format!("{path}/log"), &form).await.says("Three of you met, for 48 minutes.");
    // Logged: what was timed is not needed any more, and the clock leads to the meeting.
    assert_eq!(times(&app).await, ["", "", "", ""]);
    assert_eq!(priya.get(&now).await.location, Some(path.clone()));
    press(&priya, &now, "start", "").await;
    assert_eq!(times(&app).await, ["", "", "", ""]);
    assert_eq!(minutes_of(&priya.get(&format!("{path}/log")).await), ["6", "36", "", "6"]);
}

#[tokio::test]
async fn the_clock_is_for_the_group_while_there_is_something_to_time() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    let hana = app.browser_of(world.hana.person).await;
    let path = set(&hana, &world).await;
    let now = format!("{path}/now");
    app.deliver_mail().await;
    at(&app, BEGIN);
    for outsider in [world.tobias.person, world.imogen, world.olga] {
        let browser = app.browser_of(outsider).await;
        browser.get(&now).await.is(404);
        browser.post(&now, &[("do", "start")]).await.is(404);
    }
    assert_eq!(times(&app).await, ["", "", "", ""]);
    hana.post_and_follow(&now, &[("do", "dance")]).await.says("That is no button of this page.");
    // Whoever came after it was written sees what it is for, not its words, also where it runs.
    sqlx::query(
        "update agenda_items set worded_at = '2026-03-01T12:00Z', title = 'Said before Marcus came' where position = 1",
    )
    .execute(&app.app.db)
    .await
    .unwrap();
    sqlx::query("update memberships set joined_on = '2026-04-20' where participation_id = $1")
        .bind(world.marcus.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    let marcus = app.browser_of(world.marcus.person).await;
    press(&marcus, &now, "start", "").await.says("Check-in").does_not_say("Said before");
    hana.get(&now).await.says("Said before Marcus came");

    // Nobody pressed on: the log has what was planned.
    at(&app, BEGIN + Duration::hours(8));
    assert_eq!(minutes_of(&hana.get(&format!("{path}/log")).await), ["5", "40", "10", "5"]);
    hana.get(&path).await.does_not_say("Open the clock");
    // Where nobody began, it is too late to begin after some hours.
    sqlx::query("delete from item_times").execute(&app.app.db).await.unwrap();
    hana.get(&now).await.says("This meeting is over");
    press(&hana, &now, "start", "").await;
    assert_eq!(times(&app).await, ["", "", "", ""]);
    // Without an agenda there is nothing to go by.
    let form =
        [("took_place", "yes"), ("date", "2026-04-21"), ("time", "15:00"), ("minutes", "45"), ("mode", "online")];
    let other = hana.post(&format!("{}/meetings/new", world.group_path()), &form).await.location.unwrap();
    hana.get(&other.replace("/log", "/now")).await.says("There is no agenda");
}

#[tokio::test]
async fn many_presses_at_once_lose_nothing() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    let (hana, marcus) = (app.browser_of(world.hana.person).await, app.browser_of(world.marcus.person).await);
    let now = format!("{}/now", set(&hana, &world).await);
    app.deliver_mail().await;
    at(&app, BEGIN);
    let start = [("do", "start")];
    let (a, b) = tokio::join!(hana.post(&now, &start), marcus.post(&now, &start));
    a.is(303);
    b.is(303);
    assert_eq!(times(&app).await, ["runs", "", "", ""]);
    app.advance(Duration::minutes(5));
    let item = item_of(&hana.get(&now).await);
    let (done, skip) = ([("do", "done"), ("item", item.as_str())], [("do", "skip"), ("item", item.as_str())]);
    let (a, b, c) = tokio::join!(hana.post(&now, &done), marcus.post(&now, &done), hana.post(&now, &skip));
    for answer in [a, b, c] {
        answer.is(303);
    }
    let times = times(&app).await;
    assert!(times[0] == "5" || times[0] == "skipped", "{times:?}");
    assert_eq!(times[1..], ["runs", "", ""]);

    for (sql, constraint) in [
        (
            "insert into item_times (program_id, item_id, meeting_id, started_at)
             select program_id, id, meeting_id, '2026-04-21T17:00Z' from agenda_items where position = 4",
            "one_item_of_a_meeting_runs",
        ),
        (
            "update item_times set ended_at = '2026-04-21T16:00Z', skipped = false where ended_at is not null",
            "an_item_ends_after_it_began",
        ),
        ("update item_times set skipped = true where ended_at is null", "only_an_item_that_is_over_was_skipped"),
    ] {
        let error = sqlx::query(sql).execute(&app.app.db).await.unwrap_err();
        assert_eq!(error.as_database_error().and_then(|error| error.constraint()), Some(constraint), "{sql}");
    }
}
