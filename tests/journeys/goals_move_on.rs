//! What moves on a goal is noted in a line, whenever it happens; a goal past its date asks once.
use crate::support::{
    TestApp,
    world::{World, day, goal_with_elements},
};
use time::Duration;

fn id() -> String {
    uuid::Uuid::now_v7().to_string()
}

#[tokio::test]
async fn priya_notes_what_moved_and_takes_a_note_away() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (goal, _) = goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    let goal = format!("{}/goals/{goal}", world.group_path());
    let notes = format!("{goal}/notes");
    let (priya, marcus) = (app.browser_of(world.priya.person).await, app.browser_of(world.marcus.person).await);
    let note = id();
    priya.get(&goal).await.says("Nothing is noted yet.").says("Hana, Marcus and you can read this.");
    let form = [("id", note.as_str()), ("words", "Taught the first session"), ("done", "yes")];
    priya
        .post_and_follow(&notes, &form)
        .await
        .says("Noted.")
        .says("Taught the first session")
        .says("Step done, you, 20 April");
    // Sent twice, it stands once.
    priya.post_and_follow(&notes, &form).await;
    assert_eq!(
        priya.get(&goal).await.text().matches("Taught the first session").count(),
        2,
        "once to read, once by its link"
    );
    // Marcus reads it, and does not write on her goal or take her words away.
    marcus
        .get(&goal)
        .await
        .says("Taught the first session")
        .says("Step done, Priya, 20 April")
        .does_not_say("What moved?");
    marcus.get(&notes).await.is(200).says("Taught the first session").does_not_say("Take it away");
    marcus.post(&notes, &[("id", &id()), ("words", "Mine")]).await.is(403);
    marcus.post(&format!("{notes}/{note}/remove"), &[]).await.is(404);
    // Nothing, or too much, is asked again with all that was typed.
    let long = "x".repeat(301);
    let refused = priya.post(&notes, &[("id", &id()), ("words", &long), ("done", "yes")]).await;
    refused.is(422);
    assert_eq!(refused.field("words"), long);
    assert!(refused.html.contains("value=\"yes\" checked"));
    priya.post(&notes, &[("id", &id()), ("words", " ")]).await.is(422).says("Enter what moved");
    priya.post_and_follow(&format!("{notes}/{note}/remove"), &[]).await.says("Your note is gone.");
    priya.get(&notes).await.says("Nothing is noted yet.");
    // Outside the group there is nothing.
    app.browser_of(world.tobias.person).await.get(&notes).await.is(404);
    app.browser_of(world.imogen).await.get(&notes).await.is(404);
    // On a closed goal nothing moves any more.
    priya.post(&format!("{goal}/close"), &[("how", "achieved"), ("reflection", "It went well")]).await.is(303);
    priya.post_and_follow(&notes, &[("id", &id()), ("words", "Late")]).await.says("This goal is closed.");
    priya.get(&notes).await.does_not_say("Late").does_not_say("What moved?");
}

#[tokio::test]
async fn a_line_in_the_log_of_a_meeting_stands_with_the_goal() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (goal, _) = goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    let (priya, hana) = (app.browser_of(world.priya.person).await, app.browser_of(world.hana.person).await);
    let on = day(14);
    let set = [("date", on.as_str()), ("time", "12:00"), ("minutes", "60"), ("mode", "in_person"), ("place", "Lab")];
    let meeting = priya.post(&format!("{}/meetings/new", world.group_path()), &set).await.location.unwrap();
    app.advance(Duration::days(14) + Duration::hours(4));
    app.deliver_mail().await;
    let log = format!("{meeting}/log");
    let field = format!("moved-{goal}");
    // Hana does not write on Priya's own goal, whatever she sends.
    hana.get(&log).await.is(200).does_not_say("Did a goal move?");
    let page = priya.get(&log).await;
    page.says("Did a goal move?").says("What moved on “A goal”?");
    let note_id = page.field(&format!("moved-id-{goal}"));
    let boxes: Vec<String> =
        page.html.split("name=\"m-").skip(1).map(|part| format!("m-{}", part.split('"').next().unwrap())).collect();
    let note_field = format!("moved-id-{goal}");
    let mut form: Vec<(&str, &str)> = boxes.iter().map(|name| (name.as_str(), "10")).collect();
    form.extend([("note", "none"), (field.as_str(), "Two sessions planned"), (note_field.as_str(), note_id.as_str())]);
    let refused = priya.post(&log, &form).await;
    refused.is(422).says("Say who came");
    assert_eq!(refused.field(&field), "Two sessions planned");
    form.push(("came", "all"));
    priya.post(&log, &form).await.is(303);
    priya.post(&log, &form).await.is(303);
    hana.post(&log, &form).await.is(303);
    let goal_page = hana.get(&format!("{}/goals/{goal}", world.group_path())).await;
    goal_page.says("Two sessions planned").says("Note, Priya, 4 May");
    let written: i64 = sqlx::query_scalar("select count(*) from goal_notes").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(written, 1);
}

#[tokio::test]
async fn a_goal_past_its_date_is_closed_or_given_more_time() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (goal, _) = goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    sqlx::query("update goals set target_on = '2026-04-21'").execute(&app.app.db).await.unwrap();
    let goal = format!("{}/goals/{goal}", world.group_path());
    let (priya, marcus) = (app.browser_of(world.priya.person).await, app.browser_of(world.marcus.person).await);
    let date = format!("{goal}/date");
    let to = day(20);
    priya.get(&goal).await.does_not_say("Its date was");
    priya.post_and_follow(&date, &[("target_on", &to)]).await.says("Its date has not passed");
    app.advance(Duration::days(2));
    priya.get(&goal).await.says("Its date was 21 April 2026").says("Say how it went, or give it more time");
    marcus.get(&goal).await.does_not_say("Its date was");
    marcus.post(&date, &[("target_on", &to)]).await.is(403);
    let past = day(1);
    let refused = priya.post(&date, &[("target_on", &past)]).await;
    refused.is(422).says("choose a day to come");
    assert_eq!(refused.field("target_on"), past);
    priya.post(&date, &[("target_on", "2031-01-01")]).await.is(422).says("The program ends on");
    priya.post(&date, &[("target_on", "")]).await.is(422);
    let moved = priya.post_and_follow(&date, &[("target_on", &to)]).await;
    moved.says("It has more time now.").does_not_say("Its date was");
    moved.says("More time: until 10 May 2026 instead of 21 April 2026.").says("Until 10 May 2026");
}
