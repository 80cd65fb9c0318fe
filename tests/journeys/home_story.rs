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
    page.is(200)
        .does_not_say("Next for you")
        .says("Ended One program Peer Mentoring, Spring 2026 Ended 12 June 2026. You took part.");
}

#[tokio::test]
async fn several_programs_stand_side_by_side_and_what_is_over_is_folded_away() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let copy = async |name: &str, state: &str, starts: &str, ends: &str| -> uuid::Uuid {
        let id = uuid::Uuid::now_v7();
        for sql in [
            "insert into programs (id, name, institution, theme, purpose, time_zone, starts_on, ends_on, rhythm_days, meeting_minutes,
                informal_minutes, group_min, group_target, group_max, hours_month, work_time, trip_days, budget_cents, currency,
                approval_required, answer_days, smallest_shown, contact_id, state, created_at, opened_at, launched_on)
             select $1, $2, institution, theme, purpose, time_zone, $4::date, $5::date, rhythm_days, meeting_minutes,
                informal_minutes, group_min, group_target, group_max, hours_month, work_time, trip_days, budget_cents, currency,
                approval_required, answer_days, smallest_shown, contact_id, $3, created_at, opened_at, $4::date
             from programs where name = 'Peer Mentoring, Spring 2026'",
            "insert into coordinators (program_id, person_id, since) select $1, c.person_id, c.since from coordinators c
             join programs p on p.id = c.program_id where p.name = 'Peer Mentoring, Spring 2026' and $2 <> $3 and $4 <> $5",
            "insert into person_programs (person_id, program_id) select c.person_id, $1 from coordinators c
             where c.program_id = $1 and $2 <> $3 and $4 <> $5",
        ] {
            sqlx::query(sql)
                .bind(id)
                .bind(name)
                .bind(state)
                .bind(starts)
                .bind(ends)
                .execute(&app.app.db)
                .await
                .unwrap();
        }
        id
    };
    copy("First steps", "archived", "2024-09-01", "2024-12-20").await;
    let second = copy("Second year", "archived", "2025-01-10", "2025-06-20").await;
    let off = copy("Summer that never was", "cancelled", "2025-06-25", "2026-09-30").await;
    copy("Autumn circles", "active", "2026-02-01", "2026-12-18").await;
    sqlx::query(
        "insert into history (program_id, id, actor_id, actor_kind, action, object_id, at)
         values ($1, gen_random_uuid(), $2, 'person', 'program_cancelled', $1, '2025-07-01T15:00Z')",
    )
    .bind(off)
    .bind(world.imogen)
    .execute(&app.app.db)
    .await
    .unwrap();
    let page = app.browser_of(world.imogen).await.get("/").await;
    // Each that runs with a sentence on how it goes.
    page.is(200)
        .says("Autumn circles You coordinate Week 12 of 46.")
        .says("Peer Mentoring, Spring 2026 You coordinate Week 15 of 22.");
    page.says(
        "Ended Three programs Summer that never was Cancelled 1 July 2025. You coordinated it. Second year Ended 20 June 2025. \
         You coordinated it. First steps Ended 20 December 2024. You coordinated it.",
    );
    let folded = page.html.split_once("id=\"h-ended\"").unwrap().1;
    assert!(
        folded.trim_start_matches(">Ended</h2>").starts_with("<details class=\"opener\"><summary>"),
        "it is not folded"
    );
    assert_eq!(page.link("Second year"), format!("/programs/{second}"));
    // Hana took part in one that is over, and in one that goes on.
    sqlx::query(
        "insert into participations (program_id, id, person_id, state, invited_at, joined_at, sort_name)
         values ($1, gen_random_uuid(), $2, 'joined', '2025-01-01T12:00Z', '2025-01-02T12:00Z', 'hana')",
    )
    .bind(second)
    .bind(world.hana.person)
    .execute(&app.app.db)
    .await
    .unwrap();
    sqlx::query("insert into person_programs (person_id, program_id) values ($1, $2)")
        .bind(world.hana.person)
        .bind(second)
        .execute(&app.app.db)
        .await
        .unwrap();
    let page = app.browser_of(world.hana.person).await.get("/").await;
    page.is(200)
        .says("Ended One program Second year Ended 20 June 2025. You took part.")
        .says("Your group Reading Room");
    assert_eq!(page.link("Your portfolio from Second year"), format!("/programs/{second}/portfolio"));
}
