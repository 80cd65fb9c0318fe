//! A visit on a phone: whom they ask what, the answers as they come, and all that follows it.
use crate::{
    driver::there_is_a_browser,
    phone::Phone,
    site::link_in,
    support::{email_to, world::day},
};
use time::Duration;

#[tokio::test]
async fn a_visit_goes_from_its_questions_to_its_return() {
    if !there_is_a_browser() {
        return;
    }
    let phone = Phone::open().await;
    let trip = priya_plans_a_visit(&phone).await;
    marcus_says_whom_they_ask_what(&phone, &trip).await;
    phone.site.app.advance(Duration::days(7));
    hana_writes_down_an_answer(&phone, &trip).await;
    marcus_writes_it_up(&phone, &trip).await;
    the_host_is_thanked(&phone, &trip).await;
    the_program_reads_it(&phone, &trip).await;
    they_come_in_return(&phone, &trip).await;
    phone.close().await;
}

/// Returns the path of the visit.
async fn priya_plans_a_visit(phone: &Phone) -> String {
    let browser = &phone.browser;
    phone.handed_to(phone.world.priya.person).await;
    phone.goto(&format!("{}/trips/new?kind=site_visit", phone.group())).await;
    browser.fill("What do you want to see?", "How they greet people").await;
    browser.set("Date", &day(7)).await;
    browser.choose("Here").await;
    browser.fill("Institution", "Harrowgate Public Library").await;
    browser.fill("Whom you meet there", "Noor Haddad").await;
    browser.fill("Their email", "noor@harrowgate.example").await;
    browser.fill("What you want to ask", "What did you stop doing?").await;
    browser.choose("You").await;
    browser.choose("Marcus").await;
    browser.press("Save the visit").await;
    let trip = browser.path().await;
    the_host_answers(phone).await;
    phone.handed_to(phone.world.priya.person).await;
    phone.goto(&trip).await;
    browser.says("suits them").await;
    browser.says("A look at your workshop").await;
    browser.press("Confirm the visit").await;
    browser.says("Confirmed.").await;
    trip
}

/// By the link of an email, on their own phone and without an account.
async fn the_host_answers(phone: &Phone) {
    let browser = &phone.browser;
    browser.press("Ask the host").await;
    browser.press("Send it to the host").await;
    browser.says("Sent to the host").await;
    let emails = phone.site.app.deliver_mail().await;
    let asked = link_in(email_to(&emails, "noor@harrowgate.example"));
    browser.hand_over(&phone.site.url, None).await;
    browser.goto(&asked).await;
    browser.press("Send my answer").await;
    browser.says("whether the day suits you").await;
    browser.choose("Yes, it suits me").await;
    browser.fill("What would you like in return?", "A look at your workshop").await;
    browser.press("Send my answer").await;
    browser.says("Your answer is passed on").await;
    phone.site.app.deliver_mail().await;
}

async fn marcus_says_whom_they_ask_what(phone: &Phone, trip: &str) {
    let browser = &phone.browser;
    phone.handed_to(phone.world.marcus.person).await;
    phone.goto(trip).await;
    browser.press("Say whom you ask what").await;
    browser.press("Add them").await;
    browser.mistake("Name").await;
    browser.fill("Name", "Ana Ruiz").await;
    browser.fill("What they do there", "Head of reference").await;
    browser.press("Add them").await;
    browser.says("Head of reference").await;
    // One tap, from the plan and from the library.
    browser.press("Ask Ana this: What did you stop doing?").await;
    browser.says("Added.").await;
    browser.unfold("Ask in your own words: Ana").await;
    browser.check().await;
    browser.fill("What you want to ask", "How do you begin?").await;
    browser.press("Add to the questions to Ana").await;
    browser.says("How do you begin?").await;
}

async fn hana_writes_down_an_answer(phone: &Phone, trip: &str) {
    let browser = &phone.browser;
    phone.handed_to(phone.world.hana.person).await;
    phone.goto(trip).await;
    browser.press("Write down what they answer").await;
    browser.fill("How do you begin?", "With a question, and then we wait").await;
    browser.press("Save these answers of Ana").await;
    browser.says("Hana wrote this down.").await;
    phone.goto(trip).await;
    browser.press("Yes, it took place").await;
    browser.says("What did you learn?").await;
}

async fn marcus_writes_it_up(phone: &Phone, trip: &str) {
    let browser = &phone.browser;
    phone.handed_to(phone.world.marcus.person).await;
    phone.goto(trip).await;
    browser.press("Write it up").await;
    browser.says("One of two questions answered.").await;
    browser.press("Save what you learned").await;
    browser.mistake("What you learned").await;
    browser.fill("What you learned", "They wait for people to come").await;
    browser.fill("One thing to try", "Greet people first").await;
    browser.press("Save what you learned").await;
    browser.says("Written up.").await;
    browser.press("Make it an action").await;
    browser.press("Write it down").await;
    browser.says("Greet people first").await;
}

async fn the_host_is_thanked(phone: &Phone, trip: &str) {
    let browser = &phone.browser;
    phone.goto(&format!("{trip}/after")).await;
    browser.press("Thank the host").await;
    browser.press("Send your thanks").await;
    browser.says("You thanked them by email").await;
    let emails = phone.site.app.deliver_mail().await;
    let email = email_to(&emails, "noor@harrowgate.example");
    assert!(!email.text.contains("wait for people") && email.text.contains("Noor Haddad"));
}

async fn the_program_reads_it(phone: &Phone, trip: &str) {
    let browser = &phone.browser;
    phone.goto(&format!("{trip}/after")).await;
    browser.press("Share it with the program").await;
    browser.press("Put it to those who went").await;
    browser.says("Still to agree: Priya").await;
    phone.handed_to(phone.world.priya.person).await;
    phone.goto(&format!("{trip}/share")).await;
    browser.press("Yes, the program may read this").await;
    browser.says("The program reads this").await;
    phone.handed_to(phone.world.tobias.person).await;
    phone.goto(&format!("{}/visits", phone.world.program_path())).await;
    browser.says("They wait for people to come").await;
    phone.handed_to(phone.world.imogen).await;
    phone.goto(&format!("{}/shared-visits", phone.world.program_path())).await;
    browser.says("Greet people first").await;
}

async fn they_come_in_return(phone: &Phone, trip: &str) {
    let browser = &phone.browser;
    phone.handed_to(phone.world.hana.person).await;
    phone.goto(&phone.group()).await;
    browser.says("the return visit is open").await;
    phone.goto(&format!("{trip}/return")).await;
    browser.press("Say how it stands").await;
    browser.says("Error: Choose how it stands").await;
    browser.choose("It is planned").await;
    browser.check().await;
    browser.set("For which day?", &day(30)).await;
    browser.press("Say how it stands").await;
    browser.says("They come to see you on").await;
}
