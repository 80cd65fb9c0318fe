//! Marcus asks for feedback, Priya says it to him after she watched him, and it becomes something to do: on a phone,
//! handed round. Their coordinator sees that it happened, and no word of it.
use crate::{
    driver::there_is_a_browser,
    happened,
    phone::Phone,
    support::world::{Peer, goal_with_elements},
};

/// What is said and answered on the way. None of it reaches the coordinator.
const WORDS: [&str; 6] = ["Speaking pace", "unsure about the middle", "WAITED", "seven screens", "egg timer", "Try: "];

#[tokio::test]
async fn feedback_is_asked_for_said_confirmed_answered_and_acted_on() {
    if !there_is_a_browser() {
        return;
    }
    let phone = Phone::open().await;
    let (db, world) = (&phone.site.app.app.db, &phone.world);
    goal_with_elements(db, world, world.marcus, &["Speaking pace"]).await;
    happened::observation(db, world, world.priya, world.marcus, "2026-04-13", "completed").await;
    let Peer { person: marcus, .. } = phone.world.marcus;
    let Peer { person: priya, .. } = phone.world.priya;

    phone.handed_to(marcus).await;
    marcus_asks(&phone).await;
    phone.handed_to(priya).await;
    priya_logs_what_she_said(&phone).await;
    phone.handed_to(marcus).await;
    marcus_confirms_answers_and_acts(&phone).await;
    phone.handed_to(phone.world.imogen).await;
    imogen_sees_that_and_not_what(&phone).await;
    phone.close().await;
}

async fn marcus_asks(phone: &Phone) {
    phone.goto(&format!("{}/feedback", phone.world.group_path())).await;
    phone.browser.press("Ask for feedback").await;
    phone.browser.choose("Priya").await;
    phone.browser.choose("Speaking pace").await;
    phone.browser.fill("A line to go with it", "I am unsure about the middle").await;
    phone.browser.press("Ask for feedback").await;
}

async fn priya_logs_what_she_said(phone: &Phone) {
    let browser = &phone.browser;
    let asked = phone.email_link("priya@larkspur.example", "Marcus asks you for feedback", &WORDS).await;
    browser.goto(&asked).await;
    browser.says("unsure about the middle").await;
    browser.press("Log what was said").await;
    browser.says("Log what you said to Marcus").await;
    browser.pick("Where was it seen?", "The observation").await;
    browser.fill("Situation", "The second search").await;
    // The phone needs room and closes the window. What she typed is there when she comes back.
    browser.comes_to_say("Held in this browser until you send it.").await;
    browser.lose_the_window().await;
    browser.goto(&asked).await;
    browser.press("Log what was said").await;
    assert_eq!(browser.typed("Situation").await, "The second search");
    browser.press("Log it").await;
    browser.says("It counts once Marcus confirms the words").await;
    browser.press("Correct it").await;
    browser.fill("Behaviour", "You WAITED until seven screens showed it").await;
    browser.press("Put these words instead").await;
}

async fn marcus_confirms_answers_and_acts(phone: &Phone) {
    let browser = &phone.browser;
    let logged = phone.email_link("marcus@larkspur.example", "Priya asks: was it said like this?", &WORDS).await;
    browser.goto(&logged).await;
    browser.says("You WAITED until seven screens showed it").await;
    browser.press("These are the words").await;
    browser.choose("I will try it").await;
    browser.fill("A line to go with it", "With the egg timer").await;
    browser.press("Send my answer").await;
    browser.says("You answered: I will try it").await;
    browser.press("Make it something to do").await;
    assert_eq!(browser.value("What is to be done?").await, "Try: Speaking pace");
    browser.says("What somebody wrote to you stays between the two of you.").await;
    browser.fill("What is to be done?", "Try: wait with the egg timer").await;
    browser.set("By when?", "2026-05-04").await;
    browser.press("Write it down").await;
    browser.says("Try: wait with the egg timer").await;
    // It is there where the group plans its next meeting, and the group knows that something went between them.
    phone.goto(&phone.world.group_path()).await;
    browser.says("Try: wait with the egg timer").await;
    browser.says("You have had feedback once").await;
}

async fn imogen_sees_that_and_not_what(phone: &Phone) {
    let browser = &phone.browser;
    phone.goto(&phone.world.group_path()).await;
    browser.says("One item exchanged").await;
    for path in [phone.world.group_path(), phone.world.program_path(), "/".to_owned()] {
        phone.goto(&path).await;
        let page = browser.driver.source().await.unwrap();
        for words in WORDS {
            assert!(!page.contains(words), "{words} is on {path}");
        }
    }
}
