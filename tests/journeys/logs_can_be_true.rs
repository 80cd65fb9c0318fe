//! What a log may say: what pages refuse, what they ask about twice, and what the database refuses alone.
use super::support::{
    Answer, Browser, TestApp,
    world::{World, about_goals, goal_with_elements},
};
use time::Duration;

async fn set(by: &Browser<'_>, world: &World, (date, time): (&str, &str), took_place: bool) -> Answer {
    let mut form = vec![("date", date), ("time", time), ("minutes", "60"), ("mode", "online")];
    if took_place {
        form.push(("took_place", "yes"));
    }
    by.post(&format!("{}/meetings/new", world.group_path()), &form).await
}

async fn took_place(by: &Browser<'_>, world: &World, when: (&str, &str)) -> String {
    set(by, world, when, true).await.location.unwrap()
}

async fn held(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from meetings where state = 'held'").fetch_one(&app.app.db).await.unwrap()
}

#[tokio::test]
async fn the_same_people_on_the_same_day_are_asked_whether_it_was_another_meeting() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let all = [("came", "all"), ("note", "none")];
    // Dates that are past are fine.
    let first = took_place(&hana, &world, ("2026-04-13", "09:00")).await;
    hana.post(&first, &all).await.is(303);
    let second = took_place(&hana, &world, ("2026-04-13", "15:00")).await;
    hana.get(&second).await.does_not_say("another meeting");
    let page = hana.post(&second, &all).await;
    page.is(422)
        .says("The same people have logged a meeting on this day already, at 09:00. Was this another?")
        .says("Yes, this was another meeting");
    assert_eq!(page.field("came"), "all");
    assert_eq!(held(&app).await, 1);
    // Others were there: nothing to ask. The same ones, ticked one by one, are the same.
    let ids = [world.hana, world.marcus, world.priya].map(|peer| peer.participation.to_string());
    let three = [("came", "some"), ("p", ids[2].as_str()), ("p", &ids[0]), ("p", &ids[1]), ("note", "none")];
    hana.post(&second, &three).await.is(422).says("already, at 09:00");
    let two = [("came", "some"), ("p", ids[0].as_str()), ("p", &ids[1]), ("note", "none")];
    hana.post(&second, &two).await.is(303);
    assert_eq!(held(&app).await, 2);
    // With a tick it is logged: nothing is refused for good. Changing a log asks nothing.
    let third = took_place(&hana, &world, ("2026-04-13", "17:00")).await;
    hana.post(&third, &all).await.is(422);
    hana.post(&third, &[("came", "all"), ("note", "none"), ("again", "yes")]).await.is(303);
    hana.post(&third, &all).await.is(303);
    assert_eq!(held(&app).await, 3);
    // Another day is another meeting.
    let fourth = took_place(&hana, &world, ("2026-04-14", "09:00")).await;
    hana.post(&fourth, &all).await.is(303);
}

#[tokio::test]
async fn a_log_is_one_page_and_no_notes_is_a_choice_on_it() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    let hana = app.browser_of(world.hana.person).await;
    let path = set(&hana, &world, ("2026-04-21", "12:00"), false).await.location.unwrap();
    about_goals(&hana, &path).await;
    app.deliver_mail().await;
    // What is to come was not held, whatever is posted, and by whatever way.
    let log = format!("{path}/log");
    hana.post(&log, &[("came", "all"), ("note", "none")]).await.is(422).says("still to come");
    set(&hana, &world, ("2026-04-28", "12:00"), true).await.is(422).says("This is still to come");
    assert_eq!(held(&app).await, 0);

    app.advance(Duration::days(1) + Duration::hours(4));
    let page = hana.get(&log).await;
    page.says("No notes")
        .says("Marcus, Priya and you can read the line.")
        .says("No names of people outside your group.")
        .says("Filled in as planned.");
    let html = scraper::Html::parse_document(&page.html);
    let css = |css: &str| scraper::Selector::parse(css).unwrap();
    let values = |of: &str| -> Vec<String> {
        html.select(&css(of)).map(|one| one.value().attr("value").unwrap_or("").to_owned()).collect()
    };
    assert_eq!(values("[name=note]"), ["none", "line"], "no notes comes first");
    assert_eq!(values("[data-minutes]"), ["5", "40", "10", "5"]);
    // Three presses: who came, no notes, save. The minutes are sent as they stand.
    let names: Vec<String> =
        html.select(&css("[data-minutes]")).map(|one| one.value().attr("name").unwrap().to_owned()).collect();
    let minutes = values("[data-minutes]");
    let mut form: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(minutes.iter().map(String::as_str)).collect();
    form.extend([("came", "all"), ("note", "none")]);
    hana.post_and_follow(&log, &form).await.says("Three of you met, for 60 minutes.");
    hana.get(&log).await.is(200).does_not_say("We talked");
    let note: String = sqlx::query_scalar("select note from meetings").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(note, "");
}

#[tokio::test]
async fn meetings_of_a_group_do_not_overlap_on_any_page() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let all = [("came", "all"), ("note", "none")];
    let first = took_place(&hana, &world, ("2026-04-13", "09:00")).await;
    set(&hana, &world, ("2026-04-13", "09:30"), true).await.is(422).says("already has a meeting at this time");
    // One that was missed leaves its time free, until it is said to have been held after all.
    let missed = first.replace("/log", "/not-held");
    hana.post(&missed, &[("reason", "other")]).await.is(303);
    let other = took_place(&hana, &world, ("2026-04-13", "09:30")).await;
    hana.post(&other, &all).await.is(303);
    let another = [("came", "all"), ("note", "none"), ("again", "yes")];
    hana.post(&first, &another).await.is(422).says("Your group has logged another meeting at this time");
    assert_eq!(held(&app).await, 1);
    // Another group meets when it likes.
    let tobias = app.browser_of(world.tobias.person).await;
    let form =
        [("took_place", "yes"), ("date", "2026-04-13"), ("time", "09:30"), ("minutes", "60"), ("mode", "online")];
    let theirs = format!("{}/groups/{}/meetings/new", world.program_path(), world.card_catalog);
    tobias.post(&theirs, &form).await.is(303);
    // One ends, and the next begins.
    took_place(&hana, &world, ("2026-04-13", "10:30")).await;
}

#[tokio::test]
async fn the_database_holds_meetings_to_what_can_be_true() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let log = took_place(&hana, &world, ("2026-04-13", "09:00")).await;
    hana.post(&log, &[("came", "all"), ("note", "none")]).await.is(303);
    let set = |set: &str| format!("update meetings set {set}");
    let another = |starts: &str, state: &str| {
        format!(
            "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, state, created_by,
                 created_at, logged_by, logged_at, actual_minutes)
             select program_id, gen_random_uuid(), group_id, {starts}, {starts} + interval '1 hour', starts_local, time_zone, mode,
                 '{state}', created_by, created_at, case '{state}' when 'held' then logged_by end,
                 case '{state}' when 'held' then logged_at end, case '{state}' when 'held' then actual_minutes end
             from meetings limit 1"
        )
    };
    for (sql, constraint) in [
        (
            set("starts_at = starts_at + interval '30 days', ends_at = ends_at + interval '30 days'"),
            "a_meeting_is_logged_only_once_it_has_begun",
        ),
        (set("logged_at = starts_at - interval '1 minute'"), "a_meeting_is_logged_only_once_it_has_begun"),
        (another("starts_at + interval '10 days'", "held"), "a_meeting_is_logged_only_once_it_has_begun"),
        (set("actual_minutes = 721"), "a_meeting_took_at_most_twelve_hours"),
        (set("ends_at = starts_at + interval '12 hours 1 minute'"), "a_meeting_lasts_at_most_twelve_hours"),
        (set("logged_at = null"), "a_held_meeting_was_logged"),
        (set("actual_minutes = null"), "a_held_meeting_was_logged"),
        (set("state = 'not_held', actual_minutes = null"), "only_a_missed_meeting_has_a_reason"),
        (set("state = 'not_held', not_held_reason = 'other'"), "only_a_held_meeting_took_minutes"),
        (another("starts_at + interval '59 minutes'", "scheduled"), "meetings_of_one_group_do_not_overlap"),
        (another("starts_at - interval '59 minutes'", "held"), "meetings_of_one_group_do_not_overlap"),
    ] {
        let error = sqlx::query(sqlx::AssertSqlSafe(sql.clone())).execute(&app.app.db).await.expect_err(&sql);
        assert_eq!(error.as_database_error().and_then(|error| error.constraint()), Some(constraint), "{sql}: {error}");
    }
    for sql in [another("starts_at + interval '1 hour'", "held"), another("starts_at - interval '1 hour'", "scheduled")]
    {
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&app.app.db).await.unwrap();
    }
}
