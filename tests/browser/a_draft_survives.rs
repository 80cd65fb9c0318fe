//! Priya writes a long piece of feedback on her phone, and the window, the server and her sign-in go away.
use crate::{
    driver::{Chromium, PHONE, there_is_a_browser},
    site::{PASSWORD, Site},
    support::world::{World, goal_with_elements},
};

async fn sign_in(browser: &Chromium) {
    browser.fill("Email address", "priya@larkspur.example").await;
    browser.fill("Password", PASSWORD).await;
    browser.leave_by("Sign in").await;
}

async fn nobody_is_signed_in(site: &Site) {
    sqlx::query("delete from sign_in_sessions").execute(&site.app.app.db).await.unwrap();
}

#[tokio::test]
async fn a_draft_survives_the_window_the_server_and_the_sign_in() {
    if !there_is_a_browser() {
        return;
    }
    let mut site = Site::open().await;
    let world = World::build(&site.app).await;
    goal_with_elements(&site.app.app.db, &world, world.marcus, &["Speaking pace"]).await;
    site.let_in(world.priya.person).await;
    let browser = Chromium::open(PHONE).await;
    let write = site.at(&format!("{}/feedback/new?to={}", world.group_path(), world.marcus.participation));
    browser.driver.goto(&write).await.unwrap();
    sign_in(&browser).await;
    browser.goto(&write).await;

    // The window goes. Her start page leads back to what she typed, before she said where or when.
    browser.type_on("Behaviour", "You read every step aloud, once.").await;
    browser.comes_to_say("Only you can read it.").await;
    browser.lose_the_window().await;
    browser.goto(&site.at("/")).await;
    browser.press("Finish what you are writing").await;
    assert_eq!(browser.typed("Behaviour").await, "You read every step aloud, once.");
    let draft = site.at(&browser.path().await);

    // The server goes while she types, and then the window too. Once it is back, so are the words.
    site.go_down().await;
    browser.type_on("Behaviour", " Then you waited until every screen showed it.").await;
    browser.comes_to_say("Not kept yet: See Also cannot be reached.").await;
    browser.lose_the_window().await;
    site.come_back().await;
    browser.goto(&draft).await;
    browser.comes_to_say("Kept at").await;
    let both = "You read every step aloud, once. Then you waited until every screen showed it.";
    assert_eq!(browser.typed("Behaviour").await, both);

    // The server goes and comes back while the window stays: it is kept without her doing anything.
    site.go_down().await;
    browser.type_on("Impact", "I had time to type it.").await;
    browser.comes_to_say("Not kept yet").await;
    site.come_back().await;
    browser.comes_to_say("Kept at").await;

    // Her sign-in ends while she types, and the window is lost with it.
    nobody_is_signed_in(&site).await;
    browser.type_on("Impact", " The room grew quiet.").await;
    browser.comes_to_say("You are signed out.").await;
    browser.lose_the_window().await;
    browser.driver.goto(&draft).await.unwrap();
    sign_in(&browser).await;
    browser.comes_to_say("Kept at").await;
    assert_eq!(browser.typed("Behaviour").await, both);
    assert_eq!(browser.typed("Impact").await, "I had time to type it. The room grew quiet.");

    // One draft all along, and once it has arrived this browser holds nothing of it.
    let drafts: Vec<serde_json::Value> =
        sqlx::query_scalar("select typed from feedback").fetch_all(&site.app.app.db).await.unwrap();
    assert_eq!(drafts.len(), 1);
    assert!(drafts[0].to_string().contains("The room grew quiet."));
    browser.pick("Where did you see it?", "Somewhere else").await;
    browser.set("If somewhere else, on what day?", &crate::support::world::day(-3)).await;
    browser.press("Read it through").await;
    browser.says("The room grew quiet.").await;
    let held = browser.driver.execute("return localStorage.length", vec![]).await.unwrap();
    assert_eq!(held.json().as_i64(), Some(0));
    browser.close().await;
    site.close().await;
}

#[tokio::test]
async fn without_scripts_what_was_typed_goes_through_the_sign_in() {
    if !there_is_a_browser() {
        return;
    }
    let site = Site::open().await;
    let world = World::build(&site.app).await;
    goal_with_elements(&site.app.app.db, &world, world.marcus, &["Speaking pace"]).await;
    site.let_in(world.priya.person).await;
    let browser = Chromium::open(PHONE).await;
    browser.without_scripts().await;
    let write = site.at(&format!("{}/feedback/new?to={}", world.group_path(), world.marcus.participation));
    browser.driver.goto(&write).await.unwrap();
    sign_in(&browser).await;
    browser.fill("Behaviour", "You read every step aloud, once.").await;
    nobody_is_signed_in(&site).await;
    browser.leave_by("Keep for later").await;
    browser.says("What you typed is not saved yet, and not lost").await;
    sign_in(&browser).await;
    browser.leave_by("Send what you typed").await;
    browser.says("Kept. Only you can read it.").await;
    browser.leave_by("Go on").await;
    assert_eq!(browser.typed("Behaviour").await, "You read every step aloud, once.");
    browser.close().await;
    site.close().await;
}
