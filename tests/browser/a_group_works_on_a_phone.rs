//! A goal, a meeting, a visit and feedback, all of it on a phone: Priya, Marcus and Hana hand it round.
use crate::{
    driver::{SMALLEST, there_is_a_browser},
    phone::Phone,
    site::{PASSWORD, link_in},
    support::{email_to, world::day},
};
use time::Duration;

#[tokio::test]
async fn a_group_works_on_a_phone() {
    if !there_is_a_browser() {
        return;
    }
    let phone = Phone::open().await;
    phone.site.let_in(phone.world.priya.person).await;

    phone.goto("/sign-in").await;
    phone.browser.fill("Email address", "priya@larkspur.example").await;
    phone.browser.fill("Password", "a wrong one, by mistake").await;
    phone.browser.press("Sign in").await;
    phone.browser.fill("Password", PASSWORD).await;
    phone.browser.press("Sign in").await;
    for page in ["/account", "/account/data.html", "/account/email", "/account/erase"] {
        phone.goto(page).await;
    }
    they_agree_a_goal(&phone).await;
    let meeting = they_plan_a_meeting(&phone).await;
    let trip = marcus_plans_to_observe_priya(&phone).await;
    phone.site.app.advance(Duration::days(8));
    it_took_place(&phone, &trip).await;
    they_log_the_meeting(&phone, &meeting).await;
    let feedback = marcus_gives_feedback(&phone).await;
    priya_opens_and_answers(&phone, &feedback).await;
    at_the_smallest_width(&phone, &meeting, &trip).await;
    phone.close().await;
}

async fn they_agree_a_goal(phone: &Phone) {
    let browser = &phone.browser;
    phone.goto(&phone.group()).await;
    browser.press("Write a goal").await;
    browser.fill("A few words for it", "One active task in every session").await;
    browser.press("Save this goal").await;
    browser.mistake("How will you know?").await;
    browser.fill("What do you want to reach?", "By 15 May each of us has taught one session anew.").await;
    browser.fill("How will you know?", "Three sessions taught, and each of us has seen one.").await;
    browser.set("By when?", &day(25)).await;
    browser.choose("The group’s").await;
    browser.check().await;
    browser.fill("Feedback may be about (1)", "Opening question").await;
    browser.press("Save this goal").await;
    browser.says("The goal is written. It has your yes.").await;
    let goal = browser.path().await;
    browser.fill("Propose one more", "Speaking pace").await;
    browser.pick("Feedback to", "Marcus").await;
    browser.press("Propose it").await;
    browser.says("“Speaking pace” waits for Marcus").await;

    phone.handed_to(phone.world.marcus.person).await;
    phone.goto("/").await;
    phone.goto(&phone.group()).await;
    browser.press("Read and agree").await;
    browser.press("Agree “Speaking pace”").await;
    browser.press("Agree this goal").await;
    browser.says("agreed so far by two of three").await;
    phone.handed_to(phone.world.hana.person).await;
    phone.goto(&goal).await;
    browser.press("Agree this goal").await;
    browser.says("Agreed on 20 April.").await;
    browser.unfold("Name what you will make").await;
    browser.fill("What is it?", "A lesson plan").await;
    browser.press("Put it on the list").await;
    browser.says("You, intended").await;
}

/// In a week at noon, with a template's agenda and one item more than fits; returns its path.
async fn they_plan_a_meeting(phone: &Phone) -> String {
    let browser = &phone.browser;
    phone.goto(&phone.group()).await;
    browser.press("Plan your first meeting").await;
    browser.set("Date", &day(7)).await;
    browser.set("Starts at", "12:00").await;
    browser.choose("In person").await;
    browser.fill("Place or link", "Instruction lab").await;
    browser.press("Set the meeting").await;
    browser.says("60 of 60 minutes").await;
    browser.says("10 planned to catch up").await;
    let meeting = browser.path().await;
    browser.fill("What", "Who books the room").await;
    browser.pick("Kind", "Logistics").await;
    browser.fill("Minutes", "5").await;
    browser.press("Add it").await;
    browser.says("Run 5 minutes over").await;
    browser.choose("Run 5 minutes over").await;
    browser.press("Add it").await;
    browser.says("65 of 60 minutes").await;
    browser.unfold("Change of Who books the room").await;
    browser.check().await;
    browser.press("Take it off").await;
    browser.says("60 of 60 minutes").await;
    browser.press("Change when, where or who").await;
    phone.goto(&format!("{}/meetings", phone.group())).await;
    phone.goto(&format!("{meeting}/cancel")).await;
    browser.press("Keep it").await;
    assert_eq!(browser.path().await, meeting);
    phone.site.app.deliver_mail().await;
    meeting
}

/// He asks, she says yes, they confirm; returns the path of the observation.
async fn marcus_plans_to_observe_priya(phone: &Phone) -> String {
    let browser = &phone.browser;
    phone.handed_to(phone.world.marcus.person).await;
    phone.goto(&phone.group()).await;
    browser.press("Plan a visit").await;
    browser.press("Choose: Plan an observation").await;
    browser.press("Choose Priya").await;
    browser.choose("You").await;
    browser.choose("Opening question").await;
    browser.fill("What do you want to see?", "The first ten minutes").await;
    browser.set("Date", &day(5)).await;
    browser.set("Time", "12:05").await;
    browser.press("Save the observation").await;
    browser.says("Choose where it is").await;
    browser.choose("Here").await;
    browser.press("Save the observation").await;
    browser.says("Priya has not said yes yet").await;
    let emails = phone.site.app.deliver_mail().await;
    let asked = link_in(email_to(&emails, "priya@larkspur.example"));

    phone.handed_to(phone.world.priya.person).await;
    browser.goto(&asked).await;
    browser.says("Marcus would like to observe you").await;
    browser.press("Yes, Marcus may come").await;
    browser.press("Confirm the observation").await;
    browser.says("Confirmed.").await;
    browser.set("You met on", &day(0)).await;
    browser.choose("Everybody there knows").await;
    browser.press("Note that you met").await;
    browser.says("The day stands").await;
    browser.path().await
}

async fn it_took_place(phone: &Phone, trip: &str) {
    let browser = &phone.browser;
    phone.handed_to(phone.world.marcus.person).await;
    phone.goto(trip).await;
    browser.set("It took place on", &day(5)).await;
    browser.press("Yes, it took place").await;
    browser.press("Write it up").await;
    browser.press("Save what you learned").await;
    browser.mistake("What you learned").await;
    browser.fill("What you learned", "Six seconds of silence, and then three hands.").await;
    browser.press("Save what you learned").await;
    browser.says("Six seconds of silence").await;
    browser.set("You talked it over on", &day(6)).await;
    browser.press("Note that you talked").await;
    browser.says("That is all").await;
}

async fn they_log_the_meeting(phone: &Phone, meeting: &str) {
    let browser = &phone.browser;
    phone.goto(&phone.group()).await;
    browser.press("Log the meeting").await;
    browser.press("Save the log").await;
    browser.says("Say who came").await;
    browser.choose("All three of us").await;
    browser.choose("No notes").await;
    browser.press("Save the log").await;
    phone.goto(meeting).await;
    browser.says("Three of you met, for 60 minutes.").await;
    phone.goto(&format!("{}/meetings", phone.group())).await;
    browser.says("You have met once").await;
    browser.unfold("The same in a table").await;
    browser.check().await;
}

/// About what she agreed, after the visit; returns its path.
async fn marcus_gives_feedback(phone: &Phone) -> String {
    let browser = &phone.browser;
    phone.goto(&format!("{}/feedback", phone.group())).await;
    browser.press("Write to somebody").await;
    browser.press("Write to Priya").await;
    browser.press("Read it through").await;
    browser.pick("Where did you see it?", "The observation on 25 April").await;
    browser.fill("Situation", "At 12:05, before the slides were up.").await;
    browser.fill("Behaviour", "You asked what they had tried, and waited.").await;
    browser.fill("Impact", "I put my pen down and thought of an answer.").await;
    browser.press("Read it through").await;
    browser.says("This is how Priya will see it").await;
    let feedback = browser.path().await.trim_end_matches("/draft").to_owned();
    browser.press("Share with Priya").await;
    browser.says("You wrote to Priya").await;
    let emails = phone.site.app.deliver_mail().await;
    let told = email_to(&emails, "priya@larkspur.example");
    assert_eq!(told.subject, "You have feedback from Marcus");
    assert_eq!(link_in(told), phone.site.at(&feedback));
    feedback
}

async fn priya_opens_and_answers(phone: &Phone, feedback: &str) {
    let browser = &phone.browser;
    phone.handed_to(phone.world.priya.person).await;
    phone.goto("/").await;
    phone.goto(&format!("{}/feedback", phone.group())).await;
    browser.press("Go to it").await;
    browser.fill("How you saw it", "I was nervous about the silence.").await;
    browser.press("Open what Marcus wrote").await;
    browser.says("I put my pen down").await;
    browser.press("Send my answer").await;
    browser.says("Choose your answer").await;
    browser.choose("I will try it").await;
    browser.press("Send my answer").await;
    browser.says("You answered").await;
    phone.handed_to(phone.world.marcus.person).await;
    phone.goto(feedback).await;
    browser.says("Priya answered").await;
}

/// Every page that people come to most, for a member and for a coordinator.
async fn at_the_smallest_width(phone: &Phone, meeting: &str, trip: &str) {
    let (group, program) = (phone.group(), phone.world.program_path());
    phone.browser.resize(SMALLEST).await;
    phone.handed_to(phone.world.priya.person).await;
    let lists = ["/goals/new", "/meetings", "/meetings/new", "/trips/new", "/feedback", "/feedback/new"];
    for path in lists.iter().map(|list| format!("{group}{list}")).chain([
        "/".to_owned(),
        "/account".to_owned(),
        "/who-sees-what".to_owned(),
        program.clone(),
        format!("{program}/join"),
        group.clone(),
        meeting.to_owned(),
        format!("{meeting}/log"),
        trip.to_owned(),
    ]) {
        phone.goto(&path).await;
    }
    let secret = phone.site.app.sign_in(phone.world.imogen).await;
    phone.browser.hand_over(&phone.site.url, Some(secret.reveal())).await;
    for path in ["", "/people", "/people/add", "/groups", "/settings", "/settings/what", "/settings/themes"] {
        phone.goto(&format!("{program}{path}")).await;
    }
    phone.goto(&group).await;
    phone.goto("/").await;
}
