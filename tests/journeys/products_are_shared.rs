//! Priya chooses who sees what she makes: her group, the program, her supervisor, each by itself.
use crate::nothing_leaks::MARKER;
use crate::support::{
    Browser, TestApp, email_to, link_in,
    world::{Peer, World, goal_with_elements, peer},
};
use time::{Duration, macros::datetime};

const BEATRIX: &str = "beatrix@larkspur.example";

/// Names a product of one's own under a goal; gives its id.
async fn names(browser: &Browser<'_>, world: &World, goal: &str, title: &str) -> String {
    let id = uuid::Uuid::now_v7().to_string();
    let form = [
        ("id", id.as_str()),
        ("product", title),
        ("link", "https://larkspur.example/plan"),
        ("text", "Three tasks\n\nin one hour"),
        ("state", "shared"),
    ];
    browser.post(&format!("{}/goals/{goal}/products", world.group_path()), &form).await.is(303);
    id
}

async fn ends(app: &TestApp, who: Peer, how: &str) {
    sqlx::query("update participations set state = $1 where id = $2")
        .bind(how)
        .bind(who.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
}

#[tokio::test]
async fn the_group_sees_what_its_owner_does_not_keep_from_it() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (goal, _) = goal_with_elements(&app.app.db, &world, world.priya, &["Wait time"]).await;
    let priya = app.browser_of(world.priya.person).await;
    let marcus = app.browser_of(world.marcus.person).await;
    let id = names(&priya, &world, &goal.to_string(), "Lesson plan").await;
    let (group, page) = (world.group_path(), format!("{}/products", world.program_path()));
    let goal = format!("{group}/goals/{goal}");
    for place in [&group, &goal] {
        marcus.get(place).await.says("Lesson plan");
    }
    marcus.get(&goal).await.says("in one hour");
    let long = "x".repeat(4001);
    let change = [("link", ""), ("text", long.as_str()), ("state", "in_use")];
    let refused = priya.post(&format!("{goal}/products/{id}"), &change).await;
    refused.is(422);
    assert!(refused.html.contains(&long), "what was typed is kept");
    let with = [("with", "group")];
    priya.post_and_follow(&format!("{page}/{id}/take-back"), &with).await.says("Your group does not see it any more");
    for place in [&group, &goal] {
        marcus.get(place).await.does_not_say("Lesson plan");
        priya.get(place).await.says("Lesson plan");
    }
    priya.post_and_follow(&format!("{page}/{id}/share"), &with).await.says("Your group can see it now");
    marcus.get(&goal).await.says("Lesson plan");
    // A button that names nobody changes nothing.
    priya.post(&format!("{page}/{id}/share"), &[("with", "everyone")]).await.is(400);
}

#[tokio::test]
async fn a_product_leads_a_newcomer_to_no_goal_from_before_their_time() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (goal, _) = goal_with_elements(&app.app.db, &world, world.priya, &["Wait time"]).await;
    let priya = app.browser_of(world.priya.person).await;
    let nora = peer(&app.app.db, world.program, "Nora Newcomer", Some(world.reading_room)).await;
    sqlx::query("update memberships set joined_on = '2026-04-20' where participation_id = $1")
        .bind(nora.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    names(&priya, &world, &goal.to_string(), "Lesson plan").await;
    let newcomer = app.browser_of(nora.person).await;
    newcomer.get(&format!("{}/goals/{goal}", world.group_path())).await.is(404);
    let page = newcomer.get(&world.group_path()).await;
    page.says("Lesson plan");
    assert_eq!(page.link("Lesson plan"), "https://larkspur.example/plan", "the product itself, not its old goal");
    let marcus = app.browser_of(world.marcus.person).await;
    assert!(marcus.get(&world.group_path()).await.link("Lesson plan").contains("/goals/"));
}

#[tokio::test]
async fn a_supervisor_is_told_and_sees_what_is_shared_with_them_and_nothing_else() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (goal, _) = goal_with_elements(&app.app.db, &world, world.priya, &["Wait time"]).await;
    let goal = goal.to_string();
    let priya = app.browser_of(world.priya.person).await;
    let page = format!("{}/products", world.program_path());
    let plan = names(&priya, &world, &goal, "Lesson plan").await;
    names(&priya, &world, &goal, MARKER).await;
    // Hana has the same supervisor, and shares something too: each page shows one report.
    let (hers, _) = goal_with_elements(&app.app.db, &world, world.hana, &["Pace"]).await;
    let hana = app.browser_of(world.hana.person).await;
    let guide = names(&hana, &world, &hers.to_string(), "Hana’s guide").await;
    let with = [("with", "supervisor")];
    hana.post(&format!("{page}/{guide}/share"), &with).await.is(303);
    app.deliver_mail().await;

    priya.get(&page).await.says("Beatrix Lindqvist, your supervisor does not see it");
    let share = format!("{page}/{plan}/share");
    priya.post_and_follow(&share, &with).await.says("Your supervisor can see it now, and is told by email");
    priya.post(&share, &with).await.is(303);
    let emails = app.deliver_mail().await;
    assert_eq!(emails.len(), 1, "told once, by however many presses");
    let email = email_to(&emails, BEATRIX);
    assert_eq!(email.subject, "Priya Whitlock shares a product with you: Peer Mentoring, Spring 2026");
    assert!(!email.text.contains("Lesson plan"), "the page says what it is");
    let link = link_in(email);

    let beatrix = app.browser();
    let seen = beatrix.open(&link).await;
    seen.is(200).says("What Priya shares with you").says("Lesson plan").says("in one hour").says("Shared");
    seen.does_not_say(MARKER).does_not_say("Hana").does_not_say("one session anew");
    let clean = beatrix.get(&link).await.location.unwrap();
    app.browser().get(&clean).await.is(404);
    app.browser().get(&format!("/shared-with-you/{}", "0".repeat(64))).await.is(404);

    // Taken back, it leaves the page at once; with nothing left, the page says so.
    priya.post_and_follow(&format!("{page}/{plan}/take-back"), &with).await.says("does not see it any more");
    app.browser().open(&link).await.is(410).says("This is no longer shared");
    priya.post(&share, &with).await.is(303);
    app.browser().open(&link).await.is(200).says("Lesson plan");
    assert!(app.deliver_mail().await.is_empty(), "told once a day about one thing");
    // Finished, it stays; whoever left takes theirs along.
    ends(&app, world.priya, "completed").await;
    app.browser().open(&link).await.is(200);
    priya.get(&page).await.says("Beatrix Lindqvist, your supervisor sees it");
    ends(&app, world.priya, "withdrawn").await;
    app.browser().open(&link).await.is(410);
    ends(&app, world.priya, "joined").await;

    // The link can be ended for good: a later email brings another.
    priya.post_and_follow(&format!("{}/end-supervisor-links", world.program_path()), &[]).await.says("have ended");
    app.browser().get(&link).await.is(410).says("This is no longer shared");
    beatrix.get(&clean).await.is(410);
    app.advance(Duration::days(1));
    priya.post(&share, &with).await.is(303);
    let again = link_in(email_to(&app.deliver_mail().await, BEATRIX));
    app.browser().open(&again).await.is(200).says("Lesson plan");
    app.browser().get(&link).await.is(410);
}

#[tokio::test]
async fn after_the_end_a_supervisor_gets_one_summary() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (goal, _) = goal_with_elements(&app.app.db, &world, world.priya, &["Wait time"]).await;
    let priya = app.browser_of(world.priya.person).await;
    let page = format!("{}/products", world.program_path());
    let plan = names(&priya, &world, &goal.to_string(), "Lesson plan").await;
    priya.post(&format!("{page}/{plan}/share"), &[("with", "supervisor")]).await.is(303);
    app.deliver_mail().await;
    // The last day is Friday 12 June; the summary comes on Monday morning.
    for (at, told) in [
        (datetime!(2026-06-12 20:00 UTC), false),
        (datetime!(2026-06-13 15:00 UTC), false),
        (datetime!(2026-06-15 13:00 UTC), true),
        (datetime!(2026-06-16 13:00 UTC), false),
    ] {
        app.advance(at - app.app.clock.now());
        let emails = app.deliver_mail().await;
        let summaries: Vec<_> = emails.iter().filter(|email| email.subject.starts_with("What Priya")).collect();
        assert_eq!(summaries.len(), usize::from(told), "on {at}");
        if let Some(email) = summaries.first() {
            assert_eq!(email.to.email, BEATRIX);
            assert!(email.text.contains("shares one product with you") && !email.text.contains("Lesson plan"));
            app.browser().open(&link_in(email)).await.is(200).says("Lesson plan");
        }
    }
}

#[tokio::test]
async fn without_a_yes_there_is_no_supervisor_to_share_with() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (goal, _) = goal_with_elements(&app.app.db, &world, world.priya, &["Wait time"]).await;
    let priya = app.browser_of(world.priya.person).await;
    let page = format!("{}/products", world.program_path());
    let plan = names(&priya, &world, &goal.to_string(), "Lesson plan").await;
    sqlx::query("update approval_requests set valid_until = '2026-01-31' where participation_id = $1")
        .bind(world.priya.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    priya.get(&page).await.says("once one has said yes to your place");
    let share = format!("{page}/{plan}/share");
    priya.post_and_follow(&share, &[("with", "supervisor")]).await.says("Nothing was shared");
    assert!(app.deliver_mail().await.iter().all(|email| email.to.email != BEATRIX));
}
