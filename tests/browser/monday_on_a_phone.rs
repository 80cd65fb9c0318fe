//! Monday morning: a coordinator opens the email of the week on her phone, sees her desk, puts one thing off, looks at
//! a group, and comes back.
use crate::{driver::there_is_a_browser, phone::Phone, site::link_in, support::email_to};

#[tokio::test]
async fn a_coordinator_sees_to_her_week() {
    if !there_is_a_browser() {
        return;
    }
    let phone = Phone::open().await;
    let browser = &phone.browser;
    sqlx::query("delete from nudges").execute(&phone.site.app.app.db).await.unwrap();
    let emails = phone.site.app.deliver_mail().await;
    let link = link_in(email_to(&emails, "imogen@larkspur.example"));
    phone.handed_to(phone.world.imogen).await;
    browser.goto(&link).await;
    browser.says("Card Catalog has not met yet").await;
    browser.says("Three things").await;
    browser.unfold("Not now").await;
    browser.press("Until Monday 27 April").await;
    browser.says("Put off until Monday 27 April.").await;
    browser.says("Put off: 1").await;
    browser.says("Two things").await;
    browser.leave_by("Look closer").await;
    assert_eq!(browser.path().await, phone.group());
    browser.says("Reading Room").await;
    phone.goto(&phone.world.program_path()).await;
    browser.says("Two things").await;
    phone.close().await;
}
