//! From a new program to its first group: the coordinator at her desk, the peer and the supervisor on
//! their phones. Two further people come along without a browser of their own.
use crate::{
    driver::{Chromium, DESK, PHONE, there_is_a_browser},
    site::{PASSWORD, Site, link_in},
    support::{email_to, world},
};
use see_also::mail::Email;
use std::time::Duration;

const PEOPLE: &str = "Dana Reyes, dana@larkspur.example, Omar Lind, omar@larkspur.example\n\
                      Ines Marchetti, ines@larkspur.example, Omar Lind, omar@larkspur.example\n\
                      Rufus Achterberg, rufus@larkspur.example, Omar Lind, omar@larkspur.example";
const OWN_WORDS: &str = "I want to see how others open a session.";

#[tokio::test]
async fn from_a_new_program_to_its_first_group() {
    if !there_is_a_browser() {
        return;
    }
    let site = Site::open().await;
    let greta = world::person(&site.app.app.db, "Greta Oyelaran").await;
    sqlx::query("update people set may_create_programs = true").execute(&site.app.app.db).await.unwrap();
    site.let_in(greta).await;
    let browser = Chromium::open(DESK).await;

    browser.goto(&site.at("/")).await;
    browser.press("Sign in").await;
    browser.fill("Email address", "greta@larkspur.example").await;
    browser.fill("Password", PASSWORD).await;
    browser.press("Sign in").await;
    creates_a_program(&browser).await;
    let invitations = opens_it_for_three_people(&browser, &site).await;
    let desk = browser.path().await;

    browser.resize(PHONE).await;
    browser.hand_over(&site.url, None).await;
    let request = peer_joins(&browser, &site, &link_in(email_to(&invitations, "dana@larkspur.example"))).await;
    browser.hand_over(&site.url, None).await;
    supervisor_backs_it(&browser, &site, &request).await;
    for email in ["ines@larkspur.example", "rufus@larkspur.example"] {
        joins_and_is_backed(&site, email, &link_in(email_to(&invitations, email))).await;
    }

    browser.resize(DESK).await;
    browser.hand_over(&site.url, Some(site.app.sign_in(greta).await.reveal())).await;
    forms_a_group_and_launches(&browser, &site, desk.trim_end_matches("/people")).await;
    browser.close().await;
    site.close().await;
}

/// Page by page, with one mistake; nothing typed is lost.
async fn creates_a_program(browser: &Chromium) {
    browser.press("Create a program").await;
    browser.says("Step 1 of 7").await;
    browser.fill("Name of the program", "Teaching circles").await;
    browser.fill("Institution", "Larkspur Valley University Libraries").await;
    browser.fill("Theme", "Show your work").await;
    browser.fill("Purpose", "Peers who see each other teach. The libraries give the time.").await;
    browser.press("Go on").await;

    browser.set("First day", "2026-04-20").await;
    browser.set("Last day", "2026-04-01").await;
    browser.press("Go on").await;
    browser.says("The last day must come after the first").await;
    assert!(browser.mistake("Last day").await.contains("The last day must come after the first"));
    assert_eq!(browser.value("First day").await, "2026-04-20", "what was typed stays");
    browser.set("Last day", "2026-07-31").await;
    browser.press("Go on").await;

    browser.says("People in a group").await;
    browser.press("Go on").await;
    browser.fill("Budget for each person", "80").await;
    browser.fill("Currency", "USD").await;
    browser.press("Go on").await;
    browser.says("Do supervisors have to agree?").await;
    browser.press("Go on").await;
    browser.says("Second contact").await;
    browser.press("Go on").await;
    browser.fill("Title of theme 1", "Openings").await;
    browser.fill("Question to talk about", "How does a session begin?").await;
    browser.set("From", "2026-04-20").await;
    browser.set("To", "2026-05-31").await;
    browser.press("Check your answers").await;

    browser.says("20 April to 31 July 2026").await;
    browser.press("Change meetings and groups").await;
    browser.fill("A meeting every", "21").await;
    browser.press("Check your answers").await;
    browser.says("Every 21 days").await;
    browser.press("Create the program").await;
    browser.says("A draft.").await;
}

/// She pastes three lines, one of them wrong at first, and opens; returns the invitations.
async fn opens_it_for_three_people(browser: &Chromium, site: &Site) -> Vec<Email> {
    browser.press("Add people").await;
    browser.fill("One person a line", &PEOPLE.replace("ines@larkspur.example", "ines at larkspur")).await;
    browser.press("Look at this list").await;
    browser.says("Lines that were refused").await;
    browser.says("ines at larkspur").await;
    browser.press("Send another list").await;
    browser.fill("One person a line", PEOPLE).await;
    browser.press("Look at this list").await;
    browser.says("Nothing has happened yet.").await;
    browser.press("Add ").await;
    browser.says("people added.").await;
    browser.press("See who is in it").await;
    browser.press("Open the program").await;
    browser.says("Three people are invited by email at once.").await;
    browser.press("Open the program").await;
    browser.says("The program is open. Three people are invited by email.").await;
    let invitations = site.app.deliver_mail().await;
    assert_eq!(invitations.len(), 3);
    invitations
}

/// Dana follows the link of her invitation; returns the link that her supervisor gets.
async fn peer_joins(browser: &Chromium, site: &Site, invitation: &str) -> String {
    browser.goto(invitation).await;
    browser.says("Welcome, Dana").await;
    browser.fill("Password", "short").await;
    browser.press("Set my password").await;
    browser.mistake("Password").await;
    browser.fill("Password", "amber-window-forty-geese").await;
    browser.press("Set my password").await;
    browser.press("Read and join").await;
    browser.says("What it takes").await;
    browser.press("See the page your supervisor gets").await;
    browser.says("Nothing can be sent from here").await;
    browser.press("your place").await;
    browser.fill("What do you want?", "To teach in smaller steps").await;
    assert_eq!(browser.value("Your supervisor’s name").await, "Omar Lind");
    browser.press("Join and ask my supervisor").await;
    browser.mistake("One sentence to your supervisor").await;
    assert_eq!(browser.value("What do you want?").await, "To teach in smaller steps");
    browser.fill("One sentence to your supervisor", OWN_WORDS).await;
    browser.press("Join and ask my supervisor").await;
    browser.says("Omar Lind is asked").await;
    browser.goto(&site.at("/")).await;
    link_in(email_to(&site.app.deliver_mail().await, "omar@larkspur.example"))
}

/// Omar has no account: one page, nothing preselected, one answer with a pledge.
async fn supervisor_backs_it(browser: &Chromium, site: &Site, request: &str) {
    browser.goto(request).await;
    browser.says("Will you back Dana’s place").await;
    browser.says(OWN_WORDS).await;
    browser.press("Send my answer").await;
    browser.says("Choose").await;
    browser.choose("Yes, I back it").await;
    browser.choose("Keep Dana’s meeting time free").await;
    browser.fill("Note to Dana", "Start with the evening desk.").await;
    browser.press("Send my answer").await;
    browser.says("You back Dana’s place").await;
    browser.unfold("Change my answer").await;
    browser.check().await;
    let told = site.app.deliver_mail().await;
    assert!(email_to(&told, "dana@larkspur.example").subject.starts_with("Omar Lind said yes"));
}

/// The same as Dana and Omar did, in fewer words and without pages.
async fn joins_and_is_backed(site: &Site, email: &str, invitation: &str) {
    let way = |link: &str| link.strip_prefix(&site.url).unwrap().to_owned();
    let peer = site.app.browser();
    let set_password = peer.get(&way(invitation)).await.location.unwrap();
    peer.post_and_follow(&set_password, &[("password", "amber-window-forty-geese")]).await.is(200);
    let program: String =
        sqlx::query_scalar("select id::text from programs").fetch_one(&site.app.app.db).await.unwrap();
    let join = format!("/programs/{program}/join");
    let id = peer.get(&join).await.field("id");
    let form = [
        ("id", id.as_str()),
        ("supervisor_name", "Omar Lind"),
        ("supervisor_email", "omar@larkspur.example"),
        ("words", "I want to come along"),
    ];
    peer.post(&join, &form).await.is(303);
    let omar = site.app.browser();
    let link = way(&link_in(email_to(&site.app.deliver_mail().await, "omar@larkspur.example")));
    let answers = omar.get(&link).await.location.unwrap();
    let seen = omar.get(&answers).await.field("seen");
    omar.post(&answers, &[("seen", &seen), ("answer", "yes")]).await.is(303);
    email_to(&site.app.deliver_mail().await, email);
}

/// She reads what is suggested, and would rather form the group herself.
async fn reads_a_suggestion(browser: &Chromium, site: &Site) {
    browser.press("Suggest groups").await;
    browser.says("Everybody who is ready and in no group is placed.").await;
    browser.press("Suggest groups").await;
    let here = browser.path().await;
    for _ in 0..100 {
        if browser.text().await.starts_with("Suggested groups") || browser.text().await.contains("Use them") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        browser.goto(&site.at(&here)).await;
    }
    browser.says("Dana Reyes").await;
    browser.press("Drop this suggestion").await;
    let groups = format!("{}/groups", here.split("/suggestions").next().unwrap());
    browser.goto(&site.at(&groups)).await;
}

async fn forms_a_group_and_launches(browser: &Chromium, site: &Site, program: &str) {
    browser.goto(&site.at(program)).await;
    browser.goto(&site.at(&format!("{program}/people"))).await;
    browser.says("Three people: three joined").await;
    browser.goto(&site.at(&format!("{program}/groups"))).await;
    browser.says("Three people are ready to be placed").await;
    reads_a_suggestion(browser, site).await;
    browser.choose("Dana Reyes").await;
    browser.choose("Ines Marchetti").await;
    browser.choose("Rufus Achterberg").await;
    browser.press("Form this group").await;
    browser.mistake("Name of the group").await;
    browser.fill("Name of the group", "Reading Room").await;
    browser.press("Form this group").await;
    browser.says("Reading Room is formed with three people.").await;
    browser.press("Check and launch").await;
    browser.press("Launch the program").await;
    browser.goto(&site.at(program)).await;
    browser.says("Reading Room").await;
    browser.goto(&site.at(&format!("{program}/groups"))).await;
    browser.press("Reading Room").await;

    let emails = site.app.deliver_mail().await;
    let told = email_to(&emails, "dana@larkspur.example");
    assert_eq!(told.subject, "You are in a group with Ines and Rufus");
    let dana = sqlx::query_scalar("select id from people where name = 'Dana Reyes'");
    let dana = dana.fetch_one(&site.app.app.db).await.unwrap();
    browser.resize(PHONE).await;
    browser.hand_over(&site.url, Some(site.app.sign_in(dana).await.reveal())).await;
    browser.goto(&link_in(told)).await;
    browser.says("Plan your first meeting").await;
    browser.goto(&site.at("/")).await;
}
