//! Where everyone arrives: one thing first, then the rest.
use crate::happened::{self, MARKER};
use crate::support::{
    TestApp,
    world::{World, goal_with_elements},
};

#[tokio::test]
async fn strangers_read_what_this_is() {
    let app = TestApp::start().await;
    let page = app.browser().get("/").await;
    page.is(200).says("No mentor, no mentee.");
    assert_eq!(page.link("Sign in"), "/sign-in");
}

#[tokio::test]
async fn what_others_wait_for_comes_first() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let db = &app.app.db;
    happened::half_a_spring(&app, &world).await;
    let (_, hanas) = goal_with_elements(db, &world, world.hana, &["Opening hook"]).await;
    let (_, priyas) = goal_with_elements(db, &world, world.priya, &["Wait time"]).await;
    let shared = happened::feedback(db, &world, world.priya, world.hana, hanas[0], "shared").await;
    happened::feedback(db, &world, world.hana, world.priya, priyas[0], "draft").await;
    let watched = happened::observation(db, &world, world.marcus, world.hana, "2026-04-27", "planned").await;

    let hana = app.browser_of(world.hana.person).await;
    let page = hana.get("/").await;
    page.is(200)
        .says("Monday 20 April, week 15 of 22")
        .says("Hello, Hana")
        .says("Next for you Priya wrote to you about “Opening hook”")
        .says("Priya is not told when you open it.")
        .says("27 Apr Marcus would like to observe you")
        .says("4 May Go over the agenda You facilitate. All 60 minutes are planned")
        .says("Finish what you are writing to Priya")
        .says("With Marcus and Priya. One-shot instruction. You have met three times, last on 13 April.")
        .says("Agreed for feedback: Opening hook")
        .says("You have not named yours yet.")
        .says("Beatrix Lindqvist 4 hours a month in work time, one trip day")
        .does_not_say(MARKER);
    assert_eq!(page.link("Open it"), format!("{}/feedback/{shared}", world.group_path()));
    assert_eq!(page.link("Marcus would like"), format!("{}/trips/{watched}", world.group_path()));

    // Priya has other things to do, and no word of what she wrote stands there.
    let priya = app.browser_of(world.priya.person).await.get("/").await;
    priya.does_not_say("wrote to you").does_not_say("Opening hook");
}

#[tokio::test]
async fn a_goal_of_the_group_waits_for_each_yes() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let goal = happened::group_goal(&app.app.db, &world, "draft").await;
    sqlx::query(
        "insert into goal_agreements (program_id, goal_id, participation_id, agreed_at) values ($1, $2, $3, now())",
    )
    .bind(world.program)
    .bind(goal)
    .bind(world.priya.participation)
    .execute(&app.app.db)
    .await
    .unwrap();
    let marcus = app.browser_of(world.marcus.person).await.get("/").await;
    marcus.says("Your group has written a goal");
    assert_eq!(marcus.link("Read and agree"), format!("{}/goals/{goal}", world.group_path()));
    let priya = app.browser_of(world.priya.person).await.get("/").await;
    priya.does_not_say("Your group has written a goal").says("Find the next date with Reading Room");
}

#[tokio::test]
async fn before_there_is_a_group_the_steps_say_how_far_it_is() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let nadia = app.browser_of(world.nadia.person).await;
    let page = nadia.get("/").await;
    page.is(200)
        .says("Welcome, Nadia")
        .says("Peer Mentoring, Spring 2026. A few colleagues, one goal each, no mentor and no mentee.")
        .says("You said you want to take part (done) On 4 December.")
        .says("Say what you want and what you can offer")
        .says("Beatrix Lindqvist was asked on 4 December.")
        .does_not_say("Reading Room");
    assert_eq!(page.link("Write the two texts"), format!("{}/join", world.program_path()));
    sqlx::query("update participations set state = 'invited' where id = $1")
        .bind(world.nadia.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    assert_eq!(nadia.get("/").await.link("Read and join"), format!("{}/join", world.program_path()));
}

#[tokio::test]
async fn coordinators_and_admins_find_their_work() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    happened::half_a_spring(&app, &world).await;
    let imogen = app.browser_of(world.imogen).await.get("/").await;
    imogen
        .is(200)
        .says("Next for you")
        .says("Week 15 of 22. One of your two groups is meeting steadily. Card Catalog has stalled.")
        .says("on your desk.")
        .does_not_say(MARKER);
    assert_eq!(imogen.link("Open your desk"), world.program_path());
    assert_eq!(imogen.link("Create a program"), "/programs/new");
    let ada = app.browser_of(world.site_admin).await.get("/").await;
    ada.is(200).says("Who may create programs").does_not_say("Reading Room").does_not_say("Peer Mentoring");
    assert_eq!(ada.link("People and rights"), "/admin/people");
    let olga = app.browser_of(world.olga).await.get("/").await;
    olga.is(200).says("You are not part of a program.").does_not_say("Create a program");
}

#[tokio::test]
async fn what_has_ended_asks_nothing_more() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    happened::half_a_spring(&app, &world).await;
    sqlx::query("update programs set state = 'archived'").execute(&app.app.db).await.unwrap();
    let page = app.browser_of(world.hana.person).await.get("/").await;
    page.is(200).does_not_say("Next for you").says("Other programs Peer Mentoring, Spring 2026");
}
