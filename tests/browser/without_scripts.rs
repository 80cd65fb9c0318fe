//! Where no script runs, everything still works: signing in, a form with a mistake, the same form put right.
use crate::{
    driver::{Chromium, PHONE, there_is_a_browser},
    site::{PASSWORD, Site},
    support::world::World,
};
use thirtyfour::By;

#[tokio::test]
async fn without_scripts_people_sign_in_and_write() {
    if !there_is_a_browser() {
        return;
    }
    let site = Site::open().await;
    let world = World::build(&site.app).await;
    site.let_in(world.priya.person).await;
    let browser = Chromium::open(PHONE).await;
    browser.without_scripts().await;
    let goals = format!("{}/goals/new", world.group_path());

    // Whoever is not signed in comes back to where they wanted to go.
    browser.driver.goto(site.at(&goals)).await.unwrap();
    browser.fill("Email address", "priya@larkspur.example").await;
    browser.fill("Password", PASSWORD).await;
    browser.leave_by("Sign in").await;
    assert_eq!(browser.path().await, goals);
    browser.fill("A few words for it", "One active task in every session").await;
    browser.fill("What do you want to reach?", "Each of us has taught one session anew.").await;
    browser.choose("The group’s").await;
    browser.fill("Feedback may be about (1)", "Opening question").await;
    browser.leave_by("Save this goal").await;
    browser.mistake("How will you know?").await;
    // Nothing moved the focus: the script that does so did not run.
    let summary = browser.driver.find(By::Css(".errors")).await.unwrap();
    assert_ne!(browser.driver.active_element().await.unwrap(), summary);
    browser.fill("How will you know?", "Three sessions taught.").await;
    browser.leave_by("Save this goal").await;
    browser.says("The goal is written. It has your yes.").await;
    browser.close().await;
    site.close().await;
}
