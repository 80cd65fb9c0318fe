//! A coordinator ends a program, and the next one begins with what it taught.
use crate::{driver::there_is_a_browser, phone::Phone};
use thirtyfour::By;
use time::macros::datetime;

#[tokio::test]
async fn a_program_ends_and_the_next_begins_with_its_lessons() {
    if !there_is_a_browser() {
        return;
    }
    let phone = Phone::open().await;
    let (browser, app) = (&phone.browser, &phone.site.app);
    app.advance(datetime!(2026-06-13 14:00 UTC) - app.app.clock.now());
    app.deliver_mail().await;
    phone.handed_to(phone.world.imogen).await;
    phone.goto(&phone.world.program_path()).await;
    browser.press("Open the lessons").await;
    browser.choose("What did not").await;
    browser.fill("The lesson, in your own words", "Tuesdays shut out evening staff").await;
    browser.press("Write it down").await;
    browser.press("Publish").await;
    browser.says("/lessons").await;

    // It does not end before each of the five is decided.
    phone.goto(&format!("{}/end", phone.world.program_path())).await;
    browser.press("Decide now").await;
    for part in ["backing", "goals", "trips", "feedback", "products"] {
        let radio = By::Css(format!("input[name='decision-{part}'][value='keep']"));
        let radio = browser.driver.find(radio).await.unwrap();
        radio.scroll_into_view().await.unwrap();
        radio.click().await.unwrap();
        let why = browser.driver.find(By::Id(format!("why-{part}"))).await.unwrap();
        why.send_keys("It carried the groups").await.unwrap();
    }
    browser.press("Save what is decided").await;
    browser.press("End this program").await;
    browser.press("End Peer Mentoring").await;
    browser.says("The program has ended").await;

    browser.press("Start the next program").await;
    browser.press("Start the next program").await;
    browser.says("before the program can be started").await;
    browser.fill("What is it called?", "Autumn 2026").await;
    browser.press("Start the next program").await;
    browser.says("Lessons of Peer Mentoring, Spring 2026").await;
    browser.press("Open the program").await;
    let next = browser.path().await;
    let program: Vec<&str> = next.split('/').take(3).collect();
    phone.goto(&format!("{}/launch", program.join("/"))).await;
    browser.says("One lesson of last time has no answer yet").await;
    browser.press("Answer the lessons").await;
    browser.choose("Taken up").await;
    browser.fill("What do you do about it, or why not?", "Groups choose their day").await;
    browser.press("Save the answer").await;
    browser.press("Go on to the launch").await;
    assert!(!browser.text().await.contains("has no answer yet"));
    phone.close().await;
}
