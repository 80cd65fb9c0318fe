//! Marcus observes Priya at her desk, from her yes to the day after, on a phone. What he noted is for the two, and
//! for as long as she wants it to be there.
use crate::{
    driver::there_is_a_browser,
    phone::Phone,
    support::world::{day, goal_with_elements},
};
use time::Duration;

/// What is noted and learned. None of it reaches an email or the group.
const WORDS: [&str; 4] = ["Speaking pace", "first ten minutes", "eleven seconds", "tap the desk"];

#[tokio::test]
async fn an_observation_goes_from_a_yes_to_notes_that_are_deleted() {
    if !there_is_a_browser() {
        return;
    }
    let phone = Phone::open().await;
    goal_with_elements(&phone.site.app.app.db, &phone.world, phone.world.priya, &["Speaking pace"]).await;
    let trip = marcus_asks_to_come(&phone).await;
    priya_says_yes_and_what_is_off_limits(&phone).await;
    phone.site.app.advance(Duration::days(7));
    phone.site.app.deliver_mail().await;
    marcus_notes_what_he_sees(&phone, &trip).await;
    priya_reads_it_first(&phone).await;
    it_becomes_feedback_with_one_step(&phone, &trip).await;
    they_talk_it_over(&phone, &trip).await;
    priya_deletes_the_notes(&phone, &trip).await;
    phone.close().await;
}

/// Returns the path of the observation.
async fn marcus_asks_to_come(phone: &Phone) -> String {
    let browser = &phone.browser;
    phone.handed_to(phone.world.marcus.person).await;
    phone.goto(&format!("{}/trips/new", phone.group())).await;
    browser.press("Choose: Plan an observation").await;
    browser.press("Choose Priya").await;
    browser.choose("You").await;
    browser.choose("Speaking pace").await;
    browser.fill("What do you want to see?", "The first ten minutes").await;
    browser.set("Date", &day(7)).await;
    browser.choose("Here").await;
    browser.press("Save the observation").await;
    browser.says("Priya has not said yes yet").await;
    browser.path().await
}

async fn priya_says_yes_and_what_is_off_limits(phone: &Phone) {
    let browser = &phone.browser;
    phone.handed_to(phone.world.priya.person).await;
    let asked = phone.email_link("priya@larkspur.example", "Marcus would like to observe you", &WORDS).await;
    browser.goto(&asked).await;
    browser.press("Yes, Marcus may come").await;
    browser.press("Confirm the observation").await;
    browser.says("Confirmed.").await;
    browser.set("You met on", &day(0)).await;
    browser.choose("Everybody there knows").await;
    browser.press("Note that you met").await;
    phone.goto(&format!("{}/off-limits", phone.group())).await;
    browser.fill("Leave alone", "My accent").await;
    browser.press("Make it off limits").await;
}

/// He keeps it as he goes, sees what is off limits, and hands it over.
async fn marcus_notes_what_he_sees(phone: &Phone, trip: &str) {
    let browser = &phone.browser;
    phone.handed_to(phone.world.marcus.person).await;
    phone.goto(trip).await;
    browser.press("Notes of the observation").await;
    browser.says("My accent").await;
    browser.says("Only you can read this until you hand it over").await;
    browser.fill("Minute by minute", "12:05 you waited eleven seconds").await;
    browser.press("Keep them for now").await;
    browser.fill("Speaking pace", "Slow, and it helped").await;
    browser.press("Hand them over to Priya").await;
    browser.says("You handed them to Priya.").await;
}

async fn priya_reads_it_first(phone: &Phone) {
    let browser = &phone.browser;
    phone.handed_to(phone.world.priya.person).await;
    let handed = phone.email_link("priya@larkspur.example", "Marcus handed you notes", &WORDS).await;
    browser.goto(&handed).await;
    browser.says("12:05 you waited eleven seconds").await;
    browser.says("Marcus and you can read this, and nobody else.").await;
    // The third in the group sees that there was an observation.
    phone.handed_to(phone.world.hana.person).await;
    phone.goto(&phone.group()).await;
    let page = browser.driver.source().await.unwrap();
    assert!(page.contains("Marcus observes Priya") && !page.contains("eleven seconds"));
}

async fn it_becomes_feedback_with_one_step(phone: &Phone, trip: &str) {
    let browser = &phone.browser;
    phone.handed_to(phone.world.marcus.person).await;
    phone.goto(trip).await;
    browser.press("Yes, it took place").await;
    phone.goto(&format!("{trip}/notes")).await;
    browser.press("Write feedback from these notes").await;
    browser.says("Priya").await;
    browser.fill("Situation", "At the desk, 12:05").await;
    browser.fill("Behaviour", "You waited eleven seconds").await;
    browser.fill("Impact", "They asked the second question").await;
    browser.press("Read it through").await;
    browser.press("Share with Priya").await;
    browser.says("You wrote to Priya").await;
    phone.email_link("priya@larkspur.example", "You have feedback from Marcus", &WORDS).await;
}

async fn they_talk_it_over(phone: &Phone, trip: &str) {
    let browser = &phone.browser;
    phone.site.app.advance(Duration::DAY);
    phone.handed_to(phone.world.marcus.person).await;
    phone.goto(trip).await;
    browser.press("Write it up").await;
    browser.fill("What you learned", "Silence is work, tap the desk less").await;
    browser.set("You talked it over on", &day(8)).await;
    browser.press("Save what you learned").await;
    browser.says("That is all").await;
}

/// And nothing tells that there were any.
async fn priya_deletes_the_notes(phone: &Phone, trip: &str) {
    let browser = &phone.browser;
    phone.handed_to(phone.world.priya.person).await;
    phone.goto(&format!("{trip}/notes")).await;
    browser.unfold("Delete them").await;
    browser.check().await;
    browser.press("Delete the notes").await;
    browser.says("Nothing is left of them").await;
    phone.handed_to(phone.world.marcus.person).await;
    phone.goto(&format!("{trip}/notes")).await;
    let page = browser.driver.source().await.unwrap();
    assert!(!page.contains("eleven seconds") && !page.contains("Slow, and it helped"));
    let left = "select (select count(*) from observation_notes) + (select count(*) from observation_note_texts)";
    let left: i64 = sqlx::query_scalar(left).fetch_one(&phone.site.app.app.db).await.unwrap();
    assert_eq!(left, 0);
}
