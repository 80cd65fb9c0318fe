//! A supervisor's link is never just dead while the program lasts: it says what happened, when, and what can be done.
use super::approvals_cast::{OMAR, OWN_WORDS, answer, answers_path, asked, invited, join_path};
use super::support::{Browser, TestApp, email_to, link_in, world::World};
use time::Duration;

async fn ask_at(browser: &Browser<'_>, world: &World, email: &str) {
    let id = browser.get(&join_path(world)).await.field("id");
    let form =
        [("id", id.as_str()), ("supervisor_name", "Omar Tennyson"), ("supervisor_email", email), ("words", OWN_WORDS)];
    browser.post(&format!("{}/ask-again", join_path(world)), &form).await.is(303);
}

#[tokio::test]
async fn every_link_of_a_condition_that_lapsed_says_what_happened() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let first = asked(&app, &world, dana).await;
    answer(&app.browser(), &first, &[("answer", "condition"), ("conditions", "Not in exam weeks")]).await.is(303);
    let receipt = link_in(email_to(&app.deliver_mail().await, OMAR));
    app.advance(Duration::days(10));
    let lapse = link_in(email_to(&app.deliver_mail().await, OMAR));
    for link in [&first, &receipt, &lapse] {
        app.browser()
            .open(link)
            .await
            .is(200)
            .says("You said yes, on a condition")
            .says("Not in exam weeks")
            .says("Dana did not accept it")
            .says("The condition was not accepted in time, so this request ended on 30 April 2026")
            .says("Dana can ask again")
            .does_not_say("<form");
    }
    // Asked anew, the old links point to the newer email.
    app.advance(Duration::days(1));
    let browser = app.browser_of(dana.person).await;
    ask_at(&browser, &world, OMAR).await;
    let new = link_in(email_to(&app.deliver_mail().await, OMAR));
    app.browser()
        .open(&first)
        .await
        .is(200)
        .says("took the place of this one on 1 May 2026")
        .says("use the link in that");
    app.browser().open(&new).await.is(200).says("Send my answer");
}

#[tokio::test]
async fn a_refused_condition_says_so_by_every_link() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let first = asked(&app, &world, dana).await;
    answer(&app.browser(), &first, &[("answer", "condition"), ("conditions", "Not in exam weeks")]).await.is(303);
    let browser = app.browser_of(dana.person).await;
    let seen = browser.get(&join_path(&world)).await.field("seen");
    browser.post(&format!("{}/refuse", join_path(&world)), &[("seen", &seen)]).await.is(303);
    app.browser()
        .open(&first)
        .await
        .is(200)
        .says("The condition was not accepted, so this request ended on 20 April 2026");
}

/// Whoever got it by mistake reads nothing of what was written to the supervisor.
#[tokio::test]
async fn a_link_at_an_address_that_was_corrected_leads_on_and_tells_nothing() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let wrong = asked(&app, &world, dana).await;
    let early = app.browser();
    let (seen, path) = (early.open(&wrong).await.field("seen"), answers_path(&early, &wrong).await);
    app.advance(Duration::days(1));
    let browser = app.browser_of(dana.person).await;
    ask_at(&browser, &world, "omar.tennyson@larkspur.example").await;
    app.deliver_mail().await;
    app.browser()
        .open(&wrong)
        .await
        .is(200)
        .says("There is nothing to answer any more")
        .says("A newer request took the place of this one on 21 April 2026")
        .says("use the link in that one")
        .does_not_say("OWNWORDSMARK")
        .does_not_say("<form");
    early.post(&path, &[("seen", &seen), ("answer", "yes")]).await.is(409).says("nothing to answer");
    early.post(&format!("{path}/not-mine"), &[]).await.is(303);
    // A no that was given stays readable.
    let new = invited(&app, &world, "Ansel Fry").await;
    let link = asked(&app, &world, new).await;
    answer(&app.browser(), &link, &[("answer", "no")]).await.is(303);
    app.deliver_mail().await;
    app.advance(Duration::hours(1));
    ask_at(&app.browser_of(new.person).await, &world, "edith@larkspur.example").await;
    app.deliver_mail().await;
    app.browser().open(&link).await.is(200).says("You said not this term").says("A newer request took the place");
}

#[tokio::test]
async fn a_request_whose_time_ran_out_still_takes_an_answer_until_another_is_made() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    app.advance(Duration::days(22));
    app.deliver_mail().await;
    app.browser().open(&link).await.is(200).says("Send my answer");
    ask_at(&app.browser_of(dana.person).await, &world, "edith@larkspur.example").await;
    app.deliver_mail().await;
    app.browser().open(&link).await.is(200).says("nothing to answer").says("12 May 2026").does_not_say("<form");
}

#[tokio::test]
async fn asking_to_go_on_says_so_in_every_line() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    answer(&omar, &link, &[("answer", "yes")]).await.is(303);
    answer(&omar, &link, &[("answer", "withdraw"), ("revoked_from", "2026-05-04")]).await.is(303);
    app.deliver_mail().await;
    app.advance(Duration::hours(1));
    let browser = app.browser_of(dana.person).await;
    ask_at(&browser, &world, OMAR).await;
    let page = browser.get(&join_path(&world)).await;
    page.says("The yes of Omar Tennyson holds until 3 May 2026, or until a new one takes its place");
    let emails = app.deliver_mail().await;
    let email = email_to(&emails, OMAR);
    assert_eq!(email.subject, "Dana Whitlock asks you to go on: Peer Mentoring, Spring 2026");
    for form in [&email.text, &email.html] {
        assert!(form.contains("You have backed Dana Whitlock’s place in Peer Mentoring"), "{form}");
        assert!(!form.contains("would like to join") && !form.contains("asks for your yes"), "{form}");
    }
    assert!(email.html.contains("Will you go on backing Dana’s place?"));
    answer(&app.browser(), &link_in(email), &[("answer", "yes")]).await.is(303);
    // Their new yes stands; nothing waits for an answer.
    browser.get(&join_path(&world)).await.says("backs your place").does_not_say("The yes of");
}

/// The old yes keeps its link, so nothing says that it does not.
#[tokio::test]
async fn asking_another_supervisor_says_that_the_yes_stays() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    answer(&app.browser(), &link, &[("answer", "yes")]).await.is(303);
    app.deliver_mail().await;
    app.advance(Duration::hours(1));
    let browser = app.browser_of(dana.person).await;
    let id = browser.get(&join_path(&world)).await.field("id");
    let form = [
        ("id", id.as_str()),
        ("supervisor_name", "Edith Vance"),
        ("supervisor_email", "edith@larkspur.example"),
        ("words", "Please"),
        ("over_yes", "yes"),
    ];
    let page = browser.post_and_follow(&format!("{}/ask-again", join_path(&world)), &form).await;
    page.does_not_say("earlier emails");
    assert!(page.html.contains("The yes that you have holds until a new one takes its place"), "{}", page.html);
    app.browser().open(&link).await.is(200).says("Change my answer");
}
