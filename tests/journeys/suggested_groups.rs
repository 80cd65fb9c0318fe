//! Imogen has groups suggested, reads why, moves somebody, uses them, and launches.
use crate::support::{
    Answer, Browser, TestApp,
    world::{self, Peer, World},
};
use see_also::base::ids::ParticipationId;

/// The world as it was before the launch, in groups of two or three: everyone but Nadia is ready.
async fn before_the_launch(app: &TestApp) -> World {
    let world = World::build(app).await;
    run(app, "delete from memberships").await;
    run(app, "delete from groups").await;
    run(app, "update programs set state = 'open', launched_on = null, group_min = 2, group_target = 2, group_max = 3")
        .await;
    world
}

async fn run(app: &TestApp, sql: &'static str) {
    sqlx::query(sql).execute(&app.app.db).await.unwrap();
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&app.app.db).await.unwrap()
}

async fn says_of_themselves(app: &TestApp, who: Peer, wants: &str, offers: &str) {
    sqlx::query("update participations set wants = $2, offers = $3 where id = $1")
        .bind(who.participation)
        .bind(wants)
        .bind(offers)
        .execute(&app.app.db)
        .await
        .unwrap();
}

async fn avoids(app: &TestApp, world: &World, who: Peer, other: Peer) {
    sqlx::query("insert into not_with (program_id, participation_id, other_id) values ($1, $2, $3)")
        .bind(world.program)
        .bind(who.participation)
        .bind(other.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
}

async fn can_meet(app: &TestApp, world: &World, who: Peer, weekday: i32, from: &str, to: &str) {
    sqlx::query(
        "insert into availability (program_id, id, participation_id, weekday, starts_at, ends_at)
         values ($1, gen_random_uuid(), $2, $3, $4::time, $5::time)",
    )
    .bind(world.program)
    .bind(who.participation)
    .bind(weekday)
    .bind(from)
    .bind(to)
    .execute(&app.app.db)
    .await
    .unwrap();
}

const USUAL: [(&str, &str); 7] = [
    ("wants", "5"),
    ("themes", "3"),
    ("departments", "2"),
    ("site", "1"),
    ("sites", "same"),
    ("new_faces", "3"),
    ("seed", "1"),
];

/// Asks for groups; gives where the suggestion is, and its page once it is ready.
async fn suggest(app: &TestApp, browser: &Browser<'_>, world: &World) -> (String, Answer) {
    let asked = browser.post(&format!("{}/suggestions", world.program_path()), &USUAL).await;
    asked.is(303);
    let at = asked.location.unwrap();
    for _ in 0..100 {
        if count(app, "select count(*) from suggestions where state = 'working'").await == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let page = browser.get(&at).await;
    page.is(200);
    (at, page)
}

async fn group_of(app: &TestApp, who: Peer) -> Option<i32> {
    sqlx::query_scalar("select group_number from suggested_seats where participation_id = $1")
        .bind(who.participation)
        .fetch_one(&app.app.db)
        .await
        .unwrap()
}

#[tokio::test]
async fn groups_are_suggested_changed_used_and_launched() {
    let app = TestApp::start().await;
    let world = before_the_launch(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    says_of_themselves(&app, world.priya, "Help with instruction", "Metadata").await;
    says_of_themselves(&app, world.marcus, "Better metadata", "One-shot instructions").await;
    says_of_themselves(&app, world.hana, "Zines", "Podcasts").await;
    says_of_themselves(&app, world.tobias, "Podcasts!", "").await;
    says_of_themselves(&app, world.wren, "", "Zine making").await;
    can_meet(&app, &world, world.priya, 2, "15:00", "17:00").await;
    can_meet(&app, &world, world.marcus, 2, "14:00", "16:00").await;

    let overview = imogen.get(&format!("{}/groups", world.program_path())).await;
    let ask = imogen.get(&overview.link("Suggest groups")).await;
    ask.is(200).says("What always holds").says("What somebody looks for, another in the group offers.");
    assert_eq!((ask.field("wants"), ask.field("seed")), ("5".to_owned(), "1".to_owned()));

    let (at, page) = suggest(&app, &imogen, &world).await;
    // Five people are ready: a pair and, with the odd one, a trio.
    page.says("Two groups with five people. Everybody who is ready has a place.")
        .says("Priya wants help with ‘instruction’, which Marcus offers.")
        .says("Marcus wants help with ‘metadata’, which Priya offers.")
        .says("All can meet Tuesdays 15:00–16:00, Chicago time, in every week of the program.")
        .says("Tobias wants help with ‘podcasts’, which Hana offers.")
        .says("Hana wants help with ‘zines’, which Wren offers.")
        .says("No two of them were in a group together before.")
        .says("Hana Sørby, Tobias Renwick and Wren Abernathy")
        .does_not_say("Nadia");
    assert_eq!(count(&app, "select count(*) from groups").await, 0, "nothing is formed yet");
    assert_eq!(count(&app, "select count(*) from history where action = 'groups_suggested'").await, 1);
    imogen
        .get(&format!("{}/suggestions", world.program_path()))
        .await
        .says("A suggestion is open.")
        .says("The same people, weights and draw");

    // Wren goes to Priya and Marcus, and back into a group of her own, and back.
    let pair = group_of(&app, world.priya).await.unwrap();
    let trio = group_of(&app, world.hana).await.unwrap();
    let wren = world.wren.participation.to_string();
    let moved = imogen
        .post_and_follow(&format!("{at}/move"), &[("who", &wren), ("to", &pair.to_string()), ("after", "0")])
        .await;
    moved.is(200).says(&format!("Wren Abernathy is in group {pair} now."));
    assert_eq!(group_of(&app, world.wren).await, Some(pair));
    let alone = imogen.post_and_follow(&format!("{at}/move"), &[("who", &wren), ("to", "new")]).await;
    alone.says("Three groups with five people.").says("One person, below the two that this program asks for");
    imogen
        .post_and_follow(&format!("{at}/move"), &[("who", &wren), ("to", "none")])
        .await
        .says("Wren Abernathy is in no group now.")
        .says("Two groups with four people. One person is in no group.");
    imogen.post(&format!("{at}/move"), &[("who", &wren), ("to", &trio.to_string())]).await.is(303);

    // Used: planned groups, which the coordinator launches as she would her own.
    let groups = imogen.post_and_follow(&format!("{at}/use"), &[]).await;
    groups.is(200).says("Two groups are formed, with five people.").says("Hana Sørby, Tobias Renwick, Wren Abernathy");
    assert_eq!(count(&app, "select count(*) from memberships where joined_on is null").await, 5);
    assert_eq!(count(&app, "select count(*) from groups where name in ('Group 1', 'Group 2')").await, 2);
    assert_eq!(count(&app, "select count(*) from history where action = 'suggestion_used'").await, 1);
    assert_eq!(count(&app, "select count(*) from history where action = 'group_formed'").await, 2);
    assert_eq!(count(&app, "select count(*) from suggested_seats").await, 0, "a draft that was used is forgotten");
    assert_eq!(app.deliver_mail().await.len(), 0, "nobody is told before the launch");
    imogen.get(&at).await.is(200).says("This suggestion was used");
    imogen.post_and_follow(&format!("{at}/use"), &[]).await.says("The groups of this suggestion are formed.");
    assert_eq!(count(&app, "select count(*) from groups").await, 2, "a second click forms nothing");
    imogen.post(&format!("{}/launch", world.program_path()), &[]).await.is(303);
    assert_eq!(app.deliver_mail().await.len(), 5);
}

#[tokio::test]
async fn who_cannot_be_placed_is_named_with_the_rule() {
    let app = TestApp::start().await;
    let world = before_the_launch(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    run(&app, "update programs set group_max = 2").await;
    // Priya asked to be apart from all but Marcus, and he is her supervisor.
    for other in [world.hana, world.tobias, world.wren] {
        avoids(&app, &world, world.priya, other).await;
    }
    sqlx::query("update participations set supervisor_email = 'Marcus@larkspur.example' where id = $1")
        .bind(world.priya.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    let (at, page) = suggest(&app, &imogen, &world).await;
    page.says("Two groups with four people. One person is in no group.").says("In no group Priya Whitlock");
    // Of the groups none has room; of all the others nobody is left.
    page.says("Too few people are left for a group with Priya Whitlock.");
    assert!(!page.html.contains("avoid"), "nothing says who asked");

    run(&app, "update programs set group_max = 3").await;
    let (at, page) = {
        imogen.post(&format!("{at}/drop"), &[]).await.is(303);
        suggest(&app, &imogen, &world).await
    };
    page.says("Marcus Delacroix-Boone and Priya Whitlock: one is the other’s supervisor.")
        .says("Hana Sørby and Priya Whitlock: a wish to be kept apart.");
    // A move obeys the same rules, and says which stands in the way.
    let priya = world.priya.participation.to_string();
    let marcus = group_of(&app, world.marcus).await.unwrap().to_string();
    let refused = imogen.post(&format!("{at}/move"), &[("who", &priya), ("to", &marcus)]).await;
    refused.is(422).says("Marcus Delacroix-Boone is the supervisor of Priya Whitlock: they cannot be in one group");
    assert_eq!(group_of(&app, world.priya).await, None);
    assert!(refused.html.contains(&format!("value=\"{priya}\" selected")), "what was chosen stays");
    imogen.post(&format!("{at}/move"), &[("who", ""), ("to", "")]).await.is(422).says("Choose whom to move");
    imogen
        .post(&format!("{at}/move"), &[("who", &priya), ("to", "77")])
        .await
        .is(422)
        .says("no other person in group 77");
    let stranger = ParticipationId::generate().to_string();
    imogen.post(&format!("{at}/move"), &[("who", &stranger), ("to", "new")]).await.is(422).says("Choose somebody");
    // Nadia is of the program, and not of the suggestion: she waits for her supervisor.
    let nadia = world.nadia.participation.to_string();
    imogen
        .post(&format!("{at}/move"), &[("who", &nadia), ("to", "new")])
        .await
        .is(422)
        .says("Nadia Brightwater cannot");
}

#[tokio::test]
async fn a_move_needs_a_time_in_common_across_zones() {
    let app = TestApp::start().await;
    let world = before_the_launch(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    run(&app, "update programs set starts_on = '2026-05-01', ends_on = '2026-12-18'").await;
    sqlx::query("update people set time_zone = 'Europe/Lisbon' where id = $1")
        .bind(world.hana.person)
        .execute(&app.app.db)
        .await
        .unwrap();
    // In Chicago 9 to 10; in Lisbon 15 to 16, except when Europe has changed its clocks and America has not.
    can_meet(&app, &world, world.hana, 3, "15:00", "16:00").await;
    for peer in [world.priya, world.marcus, world.tobias, world.wren] {
        can_meet(&app, &world, peer, 3, "09:00", "10:00").await;
    }
    let (at, page) = suggest(&app, &imogen, &world).await;
    page.says("Hana Sørby shares no time for 60 minutes with a group that has room.");
    let hana = world.hana.participation.to_string();
    let to = group_of(&app, world.priya).await.unwrap().to_string();
    imogen
        .post(&format!("{at}/move"), &[("who", &hana), ("to", &to)])
        .await
        .is(422)
        .says("share no time at which 60 minutes fit every week");
    // With an hour more there is one that holds in every week.
    run(&app, "update availability set starts_at = '14:00' where starts_at = '15:00'").await;
    imogen.post(&format!("{at}/move"), &[("who", &hana), ("to", &to)]).await.is(303);
    imogen.get(&at).await.says("All can meet Wednesdays 09:00–10:00, Chicago time, in every week of the program.");
}

#[tokio::test]
async fn using_asks_the_rules_again_with_people_as_they_are_now() {
    let app = TestApp::start().await;
    let world = before_the_launch(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let (at, _) = suggest(&app, &imogen, &world).await;
    run(
        &app,
        "insert into groups (program_id, id, name, home_time_zone, meeting_minutes, created_at)
               select id, gen_random_uuid(), 'group 1', 'UTC', 60, '2026-04-01' from programs",
    )
    .await;
    sqlx::query("update participations set state = 'withdrawn', ended_on = '2026-04-20' where id = $1")
        .bind(world.hana.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    let refused = imogen.post(&format!("{at}/use"), &[]).await;
    refused.is(422).says("Hana Sørby cannot be placed: no longer takes part");
    assert_eq!(count(&app, "select count(*) from memberships").await, 0, "all of it or nothing");
    let hana = world.hana.participation.to_string();
    imogen.post(&format!("{at}/move"), &[("who", &hana), ("to", "none")]).await.is(303);
    imogen.post_and_follow(&format!("{at}/use"), &[]).await.says("with four people.");
    assert_eq!(count(&app, "select count(*) from groups where name = 'Group 1'").await, 0, "that name was taken");
    assert_eq!(count(&app, "select count(*) from memberships").await, 4);
}

#[tokio::test]
async fn weights_are_refused_at_their_fields_and_nobody_else_may_ask() {
    let app = TestApp::start().await;
    let world = before_the_launch(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let path = format!("{}/suggestions", world.program_path());
    let mut form = USUAL.to_vec();
    form[0].1 = "6";
    form[4].1 = "nowhere";
    form[6].1 = "0";
    let refused = imogen.post(&path, &form).await;
    refused
        .is(422)
        .says("How much wants and offers count must be a whole number from 0 to 5")
        .says("Choose one of the two")
        .says("The draw must be a whole number from 1 to 999999");
    assert_eq!(refused.field("wants"), "6", "what was typed stays");
    assert_eq!(count(&app, "select count(*) from suggestions").await, 0);

    // A new one takes the place of the open one.
    let (first, _) = suggest(&app, &imogen, &world).await;
    suggest(&app, &imogen, &world).await;
    imogen.get(&first).await.says("This suggestion was dropped");
    assert_eq!(count(&app, "select count(*) from suggestions where state = 'ready'").await, 1);
    assert_eq!(count(&app, "select count(*) from suggested_seats").await, 5, "one open draft, nobody twice");

    let (at, _) = suggest(&app, &imogen, &world).await;
    app.browser_of(world.priya.person).await.get(&at).await.is(403);
    run(&app, "update programs set state = 'archived'").await;
    imogen.get(&path).await.is(200).says("while the program is open or running");
    imogen.post(&path, &USUAL).await.is(422).says("while the program is open or running");
}

#[tokio::test]
async fn work_that_was_cut_off_says_so_and_can_be_started_again() {
    let app = TestApp::start().await;
    let world = before_the_launch(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let (at, _) = suggest(&app, &imogen, &world).await;
    run(&app, "delete from suggested_seats").await;
    run(&app, "update suggestions set state = 'working', progress = 40").await;
    let page = imogen.get(&at).await;
    page.is(200).says("40 of 100 done");
    assert!(page.html.contains("http-equiv=\"refresh\""), "it looks again by itself");
    app.advance(time::Duration::minutes(2));
    let page = imogen.get(&at).await;
    page.says("This was cut off");
    assert!(!page.html.contains("http-equiv=\"refresh\""));
    suggest(&app, &imogen, &world).await.1.says("Two groups with five people.");
}

#[tokio::test]
async fn many_groups_come_fifty_at_a_time_and_nobody_is_lost() {
    let app = TestApp::start().await;
    let world = before_the_launch(&app).await;
    run(&app, "update programs set approval_required = false, group_target = 3").await;
    for n in 0..181 {
        world::peer(&app.app.db, world.program, &format!("Person{n:03} Of Many"), None).await;
    }
    let imogen = app.browser_of(world.imogen).await;
    let (at, page) = suggest(&app, &imogen, &world).await;
    let everybody = count(&app, "select count(*) from suggested_seats where group_number is not null").await;
    assert_eq!(everybody, 187, "an odd number, and everyone has a place");
    page.says("with 187 people. Everybody who is ready has a place.");
    let mut seen = 0;
    let mut page = page;
    loop {
        seen += page.html.matches("<h2 id=\"group-").count();
        assert!(page.html.matches("<h2 id=\"group-").count() <= 50);
        if !page.html.contains("rel=\"next\"") {
            break;
        }
        page = imogen.get(&page.link("Next fifty groups")).await;
    }
    let groups = count(&app, "select count(distinct group_number) from suggested_seats").await;
    assert_eq!(i64::try_from(seen).unwrap(), groups);
    imogen.post(&format!("{at}/use"), &[]).await.is(303);
    assert_eq!(count(&app, "select count(*) from memberships").await, 187);
}

#[tokio::test]
async fn who_is_erased_leaves_the_suggestion() {
    let app = TestApp::start().await;
    let world = before_the_launch(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    avoids(&app, &world, world.priya, world.hana).await;
    let (_, _) = suggest(&app, &imogen, &world).await;
    sqlx::query(
        "insert into suggestion_obstacles (program_id, suggestion_id, id, participation_id, rule, other_id)
         select program_id, id, gen_random_uuid(), $1, 'apart', $2 from suggestions",
    )
    .bind(world.wren.participation)
    .bind(world.hana.participation)
    .execute(&app.app.db)
    .await
    .unwrap();
    let mut db = app.app.db.acquire().await.unwrap();
    see_also::features::suggestions::erase(&mut db, world.program, world.hana.participation).await.unwrap();
    assert_eq!(count(&app, "select count(*) from suggestion_obstacles").await, 0);
    assert_eq!(count(&app, "select count(*) from suggested_seats").await, 4);
}

#[tokio::test]
async fn the_same_draw_gives_the_same_groups_and_old_groups_are_not_repeated() {
    let app = TestApp::start().await;
    let world = before_the_launch(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    // Priya and Marcus were in one group until March.
    run(&app, "insert into groups (program_id, id, name, home_time_zone, meeting_minutes, created_at, closed_on, closed_how)
               select id, '01900000-0000-7000-8000-000000000001', 'Old', 'UTC', 60, '2026-01-01', '2026-03-01', 'dissolved' from programs").await;
    for peer in [world.priya, world.marcus] {
        sqlx::query(
            "insert into memberships (program_id, id, group_id, participation_id, joined_on, left_on)
             values ($1, gen_random_uuid(), '01900000-0000-7000-8000-000000000001', $2, '2026-01-12', '2026-03-01')",
        )
        .bind(world.program)
        .bind(peer.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    }
    suggest(&app, &imogen, &world).await;
    let mut first = Vec::new();
    for peer in [world.priya, world.marcus, world.hana, world.tobias, world.wren] {
        first.push(group_of(&app, peer).await);
    }
    assert_ne!(first[0], first[1]);
    let (at, _) = suggest(&app, &imogen, &world).await;
    let mut second = Vec::new();
    for peer in [world.priya, world.marcus, world.hana, world.tobias, world.wren] {
        second.push(group_of(&app, peer).await);
    }
    assert_eq!(first, second);
    // Moving may do what the search would not: it is a wish, no rule. But the page says so.
    run(&app, "update programs set group_max = 4").await;
    let (priya, to) = (world.priya.participation.to_string(), second[1].unwrap().to_string());
    imogen
        .post_and_follow(&format!("{at}/move"), &[("who", &priya), ("to", &to)])
        .await
        .says("Marcus and Priya were in a group together before.");
}
