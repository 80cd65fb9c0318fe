//! One phone on the table: a meeting is planned on it, it keeps the time, also while nobody answers at the address,
//! and the meeting is logged on it in three presses. Another is answered for by the link of an email.
use crate::{
    driver::{Chromium, PHONE, SMALLEST, there_is_a_browser},
    site::{Site, link_in},
    support::{
        email_to,
        world::{World, about_goals, day, goal_with_elements},
    },
};
use time::{Duration, macros::datetime};

/// A person at a phone: what they press is counted.
struct Person<'a> {
    browser: &'a Chromium,
    presses: usize,
}

impl Person<'_> {
    async fn press(&mut self, words: &str) {
        self.presses += 1;
        self.browser.press(words).await;
    }
    async fn choose(&mut self, words: &str) {
        self.presses += 1;
        self.browser.choose(words).await;
    }
}

/// Hana sets a meeting for tomorrow at noon; gives its address.
async fn set(site: &Site, world: &World) -> String {
    let hana = site.app.browser_of(world.hana.person).await;
    let tomorrow = day(1);
    let form = [("date", tomorrow.as_str()), ("time", "12:00"), ("minutes", "60"), ("mode", "in_person")];
    let path = hana.post(&format!("{}/meetings/new", world.group_path()), &form).await.location.unwrap();
    about_goals(&hana, &path).await;
    site.app.deliver_mail().await;
    path
}

/// When, and how they meet: for tomorrow at noon. Gives its address.
async fn priya_plans_it(site: &Site, world: &World, browser: &Chromium) -> String {
    let mut priya = Person { browser, presses: 0 };
    browser.goto(&site.at(&world.group_path())).await;
    priya.press("Plan your first meeting").await;
    browser.set("Date", &day(1)).await;
    browser.set("Starts at", "12:00").await;
    priya.choose("In person").await;
    priya.press("Set the meeting").await;
    browser.says("60 of 60 minutes").await;
    assert_eq!(priya.presses, 3);
    let meeting = browser.path().await;
    about_goals(&site.app.browser_of(world.hana.person).await, &meeting).await;
    site.app.deliver_mail().await;
    meeting
}

/// The large figure, as "4:59".
async fn figure(browser: &Chromium) -> String {
    let all = browser.text().await;
    let found = all
        .split_whitespace()
        .find(|word| word.split_once(':').is_some_and(|(minutes, seconds)| minutes.len() == 1 && seconds.len() == 2));
    found.unwrap_or_else(|| panic!("no figure in {all}")).to_owned()
}

#[tokio::test]
async fn a_meeting_is_planned_held_and_logged_on_a_phone() {
    if !there_is_a_browser() {
        return;
    }
    let mut site = Site::open().await;
    let world = World::build(&site.app).await;
    goal_with_elements(&site.app.app.db, &world, world.priya, &["Speaking pace"]).await;
    let browser = Chromium::open(PHONE).await;
    let secret = site.app.sign_in(world.priya.person).await;
    browser.hand_over(&site.url, Some(secret.reveal())).await;
    let meeting = priya_plans_it(&site, &world, &browser).await;
    let begin = datetime!(2026-04-21 17:00 UTC);
    site.app.advance(begin - Duration::minutes(5) - site.app.app.clock.now());
    browser.goto(&site.at(&format!("{meeting}/now"))).await;
    browser.comes_to_say("until it starts").await;

    site.app.advance(Duration::minutes(5));
    let mut priya = Person { browser: &browser, presses: 0 };
    browser.goto(&site.at(&world.group_path())).await;
    priya.press("Keep time").await;
    priya.press("Start").await;
    // It counts on by itself while nobody answers.
    site.go_down().await;
    let first = figure(&browser).await;
    browser.comes_to_say("left").await;
    let mut later = figure(&browser).await;
    for _ in 0..100 {
        if later != first {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        later = figure(&browser).await;
    }
    assert!(later < first, "{first}, then {later}");
    site.come_back().await;
    for (minutes, next) in [(6, "40 minutes"), (36, "10 minutes"), (9, "5 minutes")] {
        site.app.advance(Duration::minutes(minutes));
        priya.press("Done, next").await;
        browser.says(&format!("for {next}")).await;
    }
    browser.resize(SMALLEST).await;
    browser.check().await;
    browser.resize(PHONE).await;
    site.app.advance(Duration::minutes(7));
    browser.goto(&site.at(&format!("{meeting}/now"))).await;
    browser.comes_to_say("over").await;
    priya.press("Done").await;
    browser.says("That was everything").await;
    assert_eq!(priya.presses, 6, "to keep the time of a whole meeting");

    // The log: who came, no notes, save.
    let mut priya = Person { browser: &browser, presses: 0 };
    browser.press("Log the meeting").await;
    priya.choose("All three of us").await;
    priya.choose("No notes").await;
    priya.press("Save the log").await;
    browser.says("Three of you met, for 58 minutes.").await;
    assert_eq!(priya.presses, 3);
    browser.close().await;
    site.close().await;
}

#[tokio::test]
async fn one_press_by_the_link_says_that_they_met() {
    if !there_is_a_browser() {
        return;
    }
    let site = Site::open().await;
    let world = World::build(&site.app).await;
    set(&site, &world).await;
    site.app.advance(datetime!(2026-04-21 20:00 UTC) - site.app.app.clock.now());
    let emails = site.app.deliver_mail().await;
    let browser = Chromium::open(SMALLEST).await;
    browser.goto(&link_in(email_to(&emails, "marcus@larkspur.example"))).await;
    browser.unfold("No, we did not meet").await;
    browser.unfold("It moved").await;
    browser.check().await;
    browser.press("Say that it moved").await;
    browser.mistake("To which date?").await;
    browser.press("Yes, we met. No notes").await;
    browser.says("that you met: three of you, for 60 minutes").await;
    browser.close().await;
    site.close().await;
}
