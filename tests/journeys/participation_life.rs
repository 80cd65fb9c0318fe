//! Pausing and coming back, leaving, finishing early, joining late.
use crate::support::{
    TestApp, email_to,
    world::{self, World, day},
};
use time::Duration;

async fn state(app: &TestApp, who: world::Peer) -> String {
    sqlx::query_scalar("select state from participations where id = $1")
        .bind(who.participation)
        .fetch_one(&app.app.db)
        .await
        .unwrap()
}

async fn count(app: &TestApp, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&app.app.db).await.unwrap()
}

#[tokio::test]
async fn a_pause_begins_and_ends_by_itself() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    let path = format!("{}/pause", world.program_path());
    priya.get(&path).await.is(200).says("Pause for a while");
    for (from, until, words) in [
        (day(-1), day(5), "Choose today or a later day"),
        (day(3), day(3), "You are back on a day after the first"),
        (day(3), "2026-06-13".to_owned(), "The program ends on 12 June: choose an earlier day"),
        (day(3), String::new(), "Enter the day you are back"),
    ] {
        priya.post(&path, &[("from", &from), ("until", &until)]).await.is(422).says(words);
    }
    priya
        .post_and_follow(&path, &[("from", &day(2)), ("until", &day(9))])
        .await
        .says("You pause from 22 April")
        .says("Do not pause");
    app.deliver_mail().await;
    assert_eq!(state(&app, world.priya).await, "joined");
    // The tick does the rest.
    app.advance(Duration::days(2));
    app.deliver_mail().await;
    assert_eq!(state(&app, world.priya).await, "on_hold");
    priya.get(&path).await.says("You are on hold until 29 April");
    let marcus = app.browser_of(world.marcus.person).await;
    marcus.get(&format!("{}/profiles", world.group_path())).await.says("On hold").does_not_say("29 April");
    marcus.get(&world.group_path()).await.says("Priya is on hold.").does_not_say("29 April");
    // She reads on, and takes part again when she is back.
    priya.get("/").await.says("You are on hold in");
    let told = "You are on hold: you pause since 22 April and are back on 29 April.";
    let page = priya.get(&world.group_path()).await;
    page.is(200).says(told).says("You can read here");
    // Nothing on such a page can be sent: its fields are switched off. Her own part she goes on deciding.
    assert!(page.html.contains("<fieldset class=\"only-to-read\" disabled"), "{}", page.html);
    let new_goal = format!("{}/goals/new", world.group_path());
    let form = priya.get(&new_goal).await;
    let (_, main) = form.html.split_once("<fieldset class=\"only-to-read\" disabled").unwrap();
    assert!(main.contains("<form") && !priya.get(&path).await.html.contains("only-to-read"));
    // From a page that was open before: told why, since when, until when, and what she can do.
    let refused = priya.post(&new_goal, &[("title", "x")]).await;
    refused.is(403).says(told).says("what you sent just now was not saved").does_not_say("You do not have access");
    assert_eq!(refused.link("Change or end your pause"), path);
    // Coordinators see until when, and count her apart.
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&world.group_path()).await.says("Priya Whitlock On hold until 29 April");
    assert_eq!(count(&app, "select count(*) from memberships where left_on is not null").await, 0);
    app.advance(Duration::days(7));
    app.deliver_mail().await;
    assert_eq!(state(&app, world.priya).await, "joined");
    assert!(!priya.get(&world.group_path()).await.is(200).html.contains("only-to-read"));
    imogen.get(&world.group_path()).await.says("Priya Whitlock Backed until").does_not_say("On hold");
}

#[tokio::test]
async fn a_pause_may_end_earlier_and_be_taken_back() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    let path = format!("{}/pause", world.program_path());
    priya.post_and_follow(&path, &[("from", &day(0)), ("until", &day(20))]).await.says("You are on hold until 10 May");
    assert_eq!(state(&app, world.priya).await, "on_hold");
    app.advance(Duration::days(3));
    // Longer, then over.
    priya.post_and_follow(&path, &[("from", &day(0)), ("until", &day(25))]).await.says("You are on hold until 15 May");
    for _ in 0..2 {
        priya.post_and_follow(&format!("{path}/end"), &[]).await.says("Your pause is over. Welcome back.");
        assert_eq!(state(&app, world.priya).await, "joined");
    }
    app.deliver_mail().await;
    assert_eq!(state(&app, world.priya).await, "joined");
    priya.post_and_follow(&path, &[("from", &day(10)), ("until", &day(20))]).await;
    priya.post_and_follow(&format!("{path}/end"), &[]).await;
    assert_eq!(count(&app, "select count(*) from participations where paused_from is not null").await, 0);
}

#[tokio::test]
async fn leaving_needs_no_reason_and_leaves_nothing_open() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let db = &app.app.db;
    // Priya is asked for anew while she is in a group, and the link is out.
    sqlx::query("update approval_requests set state = 'pending' where participation_id = $1")
        .bind(world.priya.participation)
        .execute(db)
        .await
        .unwrap();
    sqlx::query(
        "insert into link_secrets (secret_hash, kind, program_id, object_id, made_at, expires_at)
         select sha256('x'), 'answer', program_id, id, asked_at, '2027-01-01T00:00Z' from approval_requests where participation_id = $1",
    )
    .bind(world.priya.participation)
    .execute(db)
    .await
    .unwrap();
    let priya = app.browser_of(world.priya.person).await;
    let path = format!("{}/leave", world.program_path());
    priya.get(&path).await.is(200).says("You need give no reason.");
    assert_eq!(state(&app, world.priya).await, "joined", "reading decides nothing");
    priya.post_and_follow(&path, &[]).await.is(200).says("You have left Peer Mentoring, Spring 2026.");
    assert_eq!(state(&app, world.priya).await, "withdrawn");
    let open = "select count(*) from memberships where left_on is distinct from '2026-04-20' and participation_id in
                (select id from participations where state = 'withdrawn' and ended_on = '2026-04-20')";
    assert_eq!(count(&app, open).await, 0);
    assert_eq!(count(&app, "select count(*) from memberships where left_on = '2026-04-20'").await, 1);
    assert_eq!(count(&app, "select count(*) from approval_requests where state = 'cancelled'").await, 1);
    assert_eq!(
        count(&app, "select count(*) from link_secrets where kind = 'answer'").await,
        1,
        "the link stays, to say that she has left"
    );
    // Nothing of hers is open any more, and the supervisor gets nothing.
    priya.get(&world.group_path()).await.is(404);
    priya.post_and_follow(&path, &[]).await.says("You do not take part in this program any more.");
    let sent = app.deliver_mail().await;
    assert!(sent.iter().all(|email| email.to.email != "beatrix@larkspur.example"), "{sent:?}");
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&format!("{}/people", world.program_path())).await.says("Left");
}

#[tokio::test]
async fn who_finishes_without_a_product_says_why() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    let path = format!("{}/finish", world.program_path());
    priya
        .get(&path)
        .await
        .is(200)
        .says("You have named no product. Why?")
        .says("The coordinators and you read this line.");
    priya.post(&path, &[("line", " ")]).await.is(422).says("Write one line: why is there no product?");
    priya.post(&path, &[("line", &"x".repeat(301))]).await.is(422);
    assert_eq!(state(&app, world.priya).await, "joined");
    priya.post_and_follow(&path, &[("line", "The course was cut")]).await.says("You have completed Peer Mentoring");
    assert_eq!(state(&app, world.priya).await, "completed");
    assert_eq!(count(&app, "select count(*) from memberships where left_on = '2026-04-20'").await, 1);
    let imogen = app.browser_of(world.imogen).await;
    imogen
        .get(&format!("{}/people/{}/profile", world.program_path(), world.priya.participation))
        .await
        .says("Completed without a product")
        .says("“The course was cut”");

    // Marcus owns a product, so nothing is asked; a line that is sent all the same is not kept.
    let (goal, _) = world::goal_with_elements(&app.app.db, &world, world.marcus, &["Pace"]).await;
    sqlx::query(
        "insert into products (program_id, id, group_id, goal_id, owner_id, title, state, created_at)
         values ($1, gen_random_uuid(), $2, $3, $4, 'A plan', 'shared', '2026-04-01T12:00Z')",
    )
    .bind(world.program)
    .bind(world.reading_room)
    .bind(goal)
    .bind(world.marcus.participation)
    .execute(&app.app.db)
    .await
    .unwrap();
    let marcus = app.browser_of(world.marcus.person).await;
    marcus.get(&path).await.is(200).does_not_say("You have named no product");
    marcus.post_and_follow(&path, &[("line", "never mind")]).await;
    assert_eq!(state(&app, world.marcus).await, "completed");
    assert_eq!(count(&app, "select count(*) from participations where completion_line <> ''").await, 1);
    // Not before the groups have begun.
    sqlx::query("update programs set state = 'open', launched_on = null").execute(&app.app.db).await.unwrap();
    let hana = app.browser_of(world.hana.person).await;
    hana.post_and_follow(&path, &[("line", "x")])
        .await
        .says("You can finish once you have joined and the groups have begun.");
}

#[tokio::test]
async fn somebody_joins_late_asks_and_is_placed() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let add = format!("{}/people/add", world.program_path());
    imogen.import(&add, "Olga Stranger, olga@larkspur.example").await.says("One person added.");
    let sent = app.deliver_mail().await;
    email_to(&sent, "olga@larkspur.example");
    let olga = app.browser_of(world.olga).await;
    let join = format!("{}/join", world.program_path());
    let page = olga.get(&join).await;
    olga.post_and_follow(
        &join,
        &[
            ("id", &page.field("id")),
            ("wants", "Better questions"),
            ("offers", ""),
            ("supervisor_name", "Omar Lind"),
            ("supervisor_email", "omar@larkspur.example"),
            ("words", "I would like to learn."),
        ],
    )
    .await
    .says("You are in, and Omar Lind is asked.");
    email_to(&app.deliver_mail().await, "omar@larkspur.example");
    sqlx::query(
        "update approval_requests set state = 'approved', decided_at = asked_at, first_answered_at = asked_at,
                agreed_hours_month = 4, agreed_work_time = true, agreed_trip_days = 1, agreed_budget_cents = 8000
         where supervisor_email = 'omar@larkspur.example'",
    )
    .execute(&app.app.db)
    .await
    .unwrap();
    let olga_part: uuid::Uuid = sqlx::query_scalar("select id from participations where person_id = $1")
        .bind(world.olga)
        .fetch_one(&app.app.db)
        .await
        .unwrap();
    let edit = format!("{}/edit", world.group_path());
    let mut form = vec![
        ("name", "Reading Room".to_owned()),
        ("focus", String::new()),
        ("home_time_zone", "America/Chicago".to_owned()),
        ("meeting_minutes", "60".to_owned()),
        ("members", olga_part.to_string()),
    ];
    for peer in [world.priya, world.marcus, world.hana] {
        form.push(("members", peer.participation.to_string()));
        form.push(("was", peer.participation.to_string()));
    }
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    imogen.post_and_follow(&edit, &form).await.says("Reading Room is changed.");
    email_to(&app.deliver_mail().await, "olga@larkspur.example");
    olga.get(&world.group_path()).await.is(200);
}
