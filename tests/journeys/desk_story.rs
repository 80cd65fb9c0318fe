//! The coordinator's desk: a draft, a program that takes people, and one that runs.
use crate::happened::{self, MARKER};
use crate::support::{
    TestApp,
    world::{World, goal_with_elements, person},
};
use time::{Duration, macros::date};

#[tokio::test]
async fn a_coordinator_sees_from_facts_where_each_group_stands() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    happened::half_a_spring(&app, &world).await;
    let (_, elements) = goal_with_elements(&app.app.db, &world, world.hana, &["Speaking pace"]).await;
    happened::feedback(&app.app.db, &world, world.priya, world.hana, elements[0], "shared").await;
    happened::observation(&app.app.db, &world, world.marcus, world.hana, "2026-04-27", "planned").await;
    happened::mark_titles(&app.app.db).await;

    let imogen = app.browser_of(world.imogen).await;
    let desk = imogen.get(&world.program_path()).await;
    desk.is(200)
        .says("Week 15 of 22. One of your two groups is meeting steadily. Card Catalog has stalled.")
        .says("Card Catalog has not met yet")
        .says("One supervisor has not answered")
        .says("Reading Room plans an observation on 27 April, not confirmed")
        .says("Supervisors have said yes 5 of 6")
        .says("Groups with an agreed goal 1 of 2")
        .says("Meetings with an agenda 4 of 4")
        .says("Field trips taken or booked 0 of 2")
        .says("Feedback exchanged 1 of 2")
        .says("Hana, Marcus, Priya")
        .does_not_say(MARKER);
    // What is most in need comes first.
    let at = |name: &str| desk.text().rfind(name).unwrap();
    assert!(desk.html.find(">Card Catalog</a>").unwrap() < desk.html.find(">Reading Room</a>").unwrap());
    assert!(at("Coming up") > 0);
    assert!(desk.html.contains("missed on 23 March"), "the slip says in words what it draws");
    assert_eq!(desk.link("Reading Room"), world.group_path());

    // What helps is a page that is there.
    let there = desk.link("Ask again");
    assert!(
        there.starts_with(&format!("{}/people/", world.program_path())) && there.ends_with("/approvals"),
        "{there}"
    );
    imogen.get(&there).await.is(200).says("Send the newest again");
}

#[tokio::test]
async fn who_is_placed_without_backing_stands_on_the_desk() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    sqlx::query("update approval_requests set valid_until = $1 where participation_id = $2")
        .bind(date!(2026 - 05 - 01))
        .bind(world.wren.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&world.program_path()).await.says("Wren Abernathy is backed until 1 May");
    app.advance(Duration::days(14));
    imogen.get(&world.program_path()).await.says("Wren Abernathy is no longer backed").says("4 of 6");
}

#[tokio::test]
async fn a_draft_is_opened_from_the_desk_and_seen_by_nobody_else() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    sqlx::query("update programs set state = 'draft', launched_on = null, opened_at = null where id = $1")
        .bind(world.program)
        .execute(&app.app.db)
        .await
        .unwrap();
    let desk = app.browser_of(world.imogen).await.get(&world.program_path()).await;
    desk.is(200).says("Nothing is open yet.").says("The program is not open");
    assert!(desk.html.contains(&format!("action=\"{}/open\"", world.program_path())));
    app.browser_of(world.priya.person).await.get(&world.program_path()).await.is(404);
}

#[tokio::test]
async fn a_program_that_takes_people_counts_who_is_ready() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    for statement in [
        "delete from memberships",
        "delete from groups",
        "update programs set state = 'open', launched_on = null, starts_on = '2026-05-01'",
    ] {
        sqlx::query(statement).execute(&app.app.db).await.unwrap();
    }
    let desk = app.browser_of(world.imogen).await.get(&world.program_path()).await;
    desk.is(200)
        .says("It starts in 11 days.".replace("11", "eleven").as_str())
        .says("Six people are invited, six have joined, and five have a supervisor’s yes. Five are ready to be placed.")
        .says("Five people are ready for a group")
        .says("Place them");
}

#[tokio::test]
async fn others_read_what_the_program_is_and_strangers_nothing() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    let page = priya.get(&world.program_path()).await;
    page.is(200)
        .says("Show your work.")
        .says("12 January to 12 June 2026")
        .says("Four hours a month In working hours")
        .says("Teodor Vance Coordinator and contact person")
        .does_not_say("On your desk")
        .does_not_say("Card Catalog");
    assert_eq!(page.link("Reading Room"), world.group_path());
    let nadia = app.browser_of(world.nadia.person).await;
    nadia.get(&world.program_path()).await.is(200).says("None yet.");

    let contact = person(&app.app.db, "Caspar Contact").await;
    sqlx::query("update programs set second_contact_id = $1").bind(contact).execute(&app.app.db).await.unwrap();
    let page = app.browser_of(contact).await.get(&world.program_path()).await;
    page.is(200).says("Caspar Contact Contact person").does_not_say("Reading Room").does_not_say("On your desk");

    app.browser_of(world.olga).await.get(&world.program_path()).await.is(404);
    app.browser_of(world.site_admin).await.get(&world.program_path()).await.is(404);
}
