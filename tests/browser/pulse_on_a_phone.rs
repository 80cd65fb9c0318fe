//! Everybody is asked three questions, and answers on a phone: one by the link in an email, the others from home.
use crate::{
    driver::there_is_a_browser,
    phone::Phone,
    site::link_in,
    support::{email_to, world::day},
};
use thirtyfour::By;
use time::Duration;

const LINE: &str = "Silence is work";

#[tokio::test]
async fn three_questions_are_asked_answered_and_read() {
    if !there_is_a_browser() {
        return;
    }
    let phone = Phone::open().await;
    let browser = &phone.browser;
    let (pulses, own) =
        (format!("{}/pulses", phone.world.program_path()), format!("{}/pulse", phone.world.program_path()));
    phone.handed_to(phone.world.imogen).await;
    phone.goto(&pulses).await;
    browser.choose("Half-way").await;
    browser.set("Last day to answer", &day(10)).await;
    browser.press("Ask everybody").await;
    browser.says("Five people are asked by email").await;

    // Hana need not sign in.
    let emails = phone.site.app.deliver_mail().await;
    browser.hand_over(&phone.site.url, None).await;
    browser.goto(&link_in(email_to(&emails, "hana@larkspur.example"))).await;
    browser.press("Send my answer").await;
    browser.says("before this can be sent").await;
    answer(&phone, LINE).await;
    browser.says("You have answered, thank you").await;

    let world = &phone.world;
    for peer in [world.priya, world.marcus, world.tobias, world.wren] {
        phone.handed_to(peer.person).await;
        phone.goto(&own).await;
        answer(&phone, "").await;
        browser.says("You have answered, thank you").await;
    }
    phone.site.app.advance(Duration::days(11));
    phone.site.app.deliver_mail().await;
    phone.handed_to(phone.world.nadia.person).await;
    phone.goto(&own).await;
    browser.says("5 of 5 answered").await;
    browser.says("Fewer than five people wrote a line").await;
    assert!(!browser.driver.source().await.unwrap().contains(LINE));
    phone.close().await;
}

async fn answer(phone: &Phone, line: &str) {
    for (question, number) in [("worth", "4"), ("safe", "5"), ("recommend", "9")] {
        let radio = By::Css(format!("input[name='{question}'][value='{number}']"));
        let radio = phone.browser.driver.find(radio).await.unwrap();
        radio.scroll_into_view().await.unwrap();
        radio.click().await.unwrap();
    }
    if !line.is_empty() {
        phone.browser.fill("One line, if you like", line).await;
    }
    phone.browser.press("Send my answer").await;
}
