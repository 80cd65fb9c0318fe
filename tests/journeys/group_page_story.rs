//! The page of a group: for its members, for coordinators, and for nobody else.
use crate::happened::{self, MARKER, Meeting};
use crate::support::{
    TestApp,
    world::{World, goal_with_elements},
};

#[tokio::test]
async fn members_see_what_is_next_and_how_it_goes() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let db = &app.app.db;
    happened::half_a_spring(&app, &world).await;
    let (_, priyas) = goal_with_elements(db, &world, world.priya, &["Wait time"]).await;
    let (_, hanas) = goal_with_elements(db, &world, world.hana, &["Speaking pace"]).await;
    happened::feedback(db, &world, world.priya, world.hana, hanas[0], "answered").await;
    happened::feedback(db, &world, world.hana, world.priya, priyas[0], "shared").await;
    happened::feedback(db, &world, world.marcus, world.priya, priyas[0], "draft").await;
    happened::observation(db, &world, world.hana, world.priya, "2026-03-19", "reported").await;
    happened::observation(db, &world, world.marcus, world.hana, "2026-04-27", "confirmed").await;

    let hana = app.browser_of(world.hana.person).await;
    let page = hana.get(&world.group_path()).await;
    page.is(200)
        .says("Marcus, Priya and you. One-shot instruction. You have met three times , and the next date stands.")
        .says("Monday 4 May 12:00–13:00, Lab")
        .says("12:00 Agenda goal_work")
        .says("12:40 Agenda informal")
        .says("You facilitate, Marcus takes notes.")
        .says("Until 15 May")
        .says("By 15 May each of us")
        .says("You Teach one session anew Speaking pace")
        .says("You spent 180 minutes together, of 180 planned. Catching up took 42 minutes and you had kept 30 for it; 12 came")
        .says("You have had feedback once, Priya once and Marcus not yet. It has gone both ways between you and Priya. Both of your agreed elements have had words.")
        .says("You watched Priya, and on 27 April Marcus watches you.")
        .says("Marcus and Priya have facilitated so far.")
        .says("Marcus observes you");
    assert_eq!(
        page.link("Write to Priya"),
        format!("{}/feedback/new?to={}", world.group_path(), world.priya.participation)
    );
    assert!(!page.html.contains("Write to Marcus"), "nothing is agreed about Marcus yet");
    // Words of feedback are nowhere on it: the marker stands in titles and places only.
    assert!(!page.html.contains(&format!(">{MARKER}<")));
}

#[tokio::test]
async fn a_group_that_begins_is_shown_where_to_begin() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let page = app.browser_of(world.priya.person).await.get(&world.group_path()).await;
    page.is(200).says("You have not met yet. The next date is missing.").says("You have not agreed on a goal.");
    assert_eq!(page.link("Plan your first meeting"), format!("{}/meetings/new", world.group_path()));
    assert_eq!(page.link("Name your goal"), format!("{}/goals/new", world.group_path()));
    assert_eq!(page.link("Plan a visit"), format!("{}/trips/new", world.group_path()));
}

#[tokio::test]
async fn a_meeting_that_is_over_asks_how_it_went() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let meeting = Meeting {
        group: world.reading_room,
        day: "2026-04-17",
        state: "scheduled",
        came: &[],
        facilitator: world.priya,
        note_taker: world.hana,
        items: &[("check_in", 10, 0)],
        goal: None,
    };
    let id = happened::meeting(&app.app.db, &world, meeting).await;
    let page = app.browser_of(world.marcus.person).await.get(&world.group_path()).await;
    page.says("Say how Friday 17 April went");
    assert_eq!(page.link("Log the meeting"), format!("{}/meetings/{id}/log", world.group_path()));
}

#[tokio::test]
async fn drafts_and_earlier_words_stay_with_those_they_belong_to() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let db = &app.app.db;
    happened::observation(db, &world, world.marcus, world.priya, "2026-02-10", "reported").await;
    goal_with_elements(db, &world, world.priya, &[]).await;
    sqlx::query("update goals set state = 'draft', agreed_on = null, statement = 'Only Priya knows'")
        .execute(db)
        .await
        .unwrap();
    sqlx::query("update memberships set joined_on = '2026-03-01' where participation_id = $1")
        .bind(world.hana.participation)
        .execute(db)
        .await
        .unwrap();
    let hana = app.browser_of(world.hana.person).await.get(&world.group_path()).await;
    hana.is(200).does_not_say("Only Priya knows").does_not_say(MARKER);
    let priya = app.browser_of(world.priya.person).await.get(&world.group_path()).await;
    priya.says("Only Priya knows").says("Marcus observed you");
}

#[tokio::test]
async fn a_coordinator_sees_facts_and_no_words() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let db = &app.app.db;
    happened::half_a_spring(&app, &world).await;
    let (_, elements) = goal_with_elements(db, &world, world.hana, &["Speaking pace"]).await;
    happened::feedback(db, &world, world.priya, world.hana, elements[0], "shared").await;
    happened::observation(db, &world, world.hana, world.priya, "2026-03-19", "reported").await;
    happened::mark_titles(db).await;
    let page = app.browser_of(world.imogen).await.get(&world.group_path()).await;
    page.is(200)
        .says("They have met three times, last on 13 April. The next meeting is on 4 May.")
        .says("13 April Held 2 of 3 30 14 16")
        .says("23 March Not held")
        .says("19 March Observation Written up")
        .says("One item exchanged")
        .says("Hana Sørby Backed until 12 June")
        .says("Attendance: 89 %")
        .does_not_say(MARKER)
        .does_not_say("Speaking pace")
        .does_not_say("facilitated")
        .does_not_say("given feedback");
}

#[tokio::test]
async fn on_the_first_day_no_meeting_is_due() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    sqlx::query("update memberships set joined_on = '2026-04-20' where left_on is null")
        .execute(&app.app.db)
        .await
        .unwrap();
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&world.group_path()).await.is(200).says("0 due by the rhythm");
    app.advance(time::Duration::days(20));
    imogen.get(&world.group_path()).await.says("0 due by the rhythm");
    app.advance(time::Duration::days(1));
    imogen.get(&world.group_path()).await.says("1 due by the rhythm");
}

#[tokio::test]
async fn nobody_else_finds_a_group() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    for outsider in [world.tobias.person, world.nadia.person, world.olga, world.site_admin] {
        app.browser_of(outsider).await.get(&world.group_path()).await.is(404);
    }
    let missing = format!("{}/groups/{}", world.program_path(), uuid::Uuid::now_v7());
    app.browser_of(world.priya.person).await.get(&missing).await.is(404);
    app.browser_of(world.imogen).await.get(&missing).await.is(404);
    sqlx::query("update memberships set left_on = '2026-04-01' where participation_id = $1")
        .bind(world.hana.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    app.browser_of(world.hana.person).await.get(&world.group_path()).await.is(404);
    assert_eq!(app.browser().get(&world.group_path()).await.status, 303);
}
