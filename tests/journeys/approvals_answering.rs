//! A supervisor answers by a link: once, for good reasons again, and never by accident.
use super::approvals_cast::{
    NOTE, OMAR, OWN_WORDS, answer, answers_path, asked, invited, join_path, nothing_leaks, rows, state,
};
use super::support::{
    Answer, TestApp, email_to, link_in,
    world::{Peer, World},
};
use std::{future::poll_fn, pin::pin, task::Poll};
use time::Duration;

#[tokio::test]
async fn a_yes_with_promises_reaches_everybody() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    let page = omar.open(&link).await;
    page.is(200)
        .says("Will you back Dana’s place")
        .says(OWN_WORDS)
        .says("You will not see")
        .says("12 January to 12 June 2026");
    page.does_not_say("checked");

    let fields = [
        ("answer", "yes"),
        ("pledges", "protect_time"),
        ("pledges", "annual_review"),
        ("own_pledge", "A key to the map room"),
        ("hours_month", "3"),
        ("note", NOTE),
    ];
    answer(&omar, &link, &fields).await.is(303);
    omar.open(&link)
        .await
        .says("You back Dana’s place")
        .says("A key to the map room")
        .says("3 hours a month")
        .says(NOTE);

    let emails = app.deliver_mail().await;
    nothing_leaks(&emails);
    assert_eq!(emails.len(), 2, "coordinators hear of a yes once a day");
    let told = email_to(&emails, "dana@larkspur.example");
    assert_eq!(told.subject, "Omar Tennyson said yes: Peer Mentoring, Spring 2026");
    assert!(told.text.contains("There is a note for you"));
    app.browser_of(dana.person).await.get(&link_in(told)).await.says("Omar Tennyson backs your place").says(NOTE);
    let receipt = email_to(&emails, OMAR);
    app.browser().open(&link_in(receipt)).await.is(200).says("Change my answer");
    omar.open(&link).await.is(200);

    app.advance(Duration::hours(23));
    let morning = app.deliver_mail().await;
    nothing_leaks(&morning);
    let digest = email_to(&morning, "imogen@larkspur.example");
    assert_eq!(digest.subject, "One yes from supervisors: Peer Mentoring, Spring 2026");
    assert!(digest.text.contains("Dana Whitlock: Omar Tennyson said yes, with three promises"), "{}", digest.text);
    email_to(&morning, "teodor@larkspur.example");
}

#[tokio::test]
async fn what_opens_links_decides_nothing() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let scanner = app.browser();
    let path = answers_path(&scanner, &link).await;
    let before = rows(&app).await;
    for _ in 0..4 {
        for url in [link.as_str(), path.as_str()] {
            scanner.get(url).await;
            scanner.head(url).await;
        }
    }
    assert_eq!(rows(&app).await, before);
    assert!(!before.iter().any(|row| row.contains(link.rsplit('/').next().unwrap())), "a secret lies in a table");
    // Without the cookie, or with another's, there is no page.
    app.browser().get(&path).await.is(404);
    app.browser().get("/answer/0000").await.is(404);
    let tobias = invited(&app, &world, "Ansel Fry").await;
    let other = asked(&app, &world, tobias).await;
    let stranger = app.browser();
    stranger.open(&other).await.is(200);
    stranger.get(&path).await.is(404);
    stranger.post(&path, &[("answer", "yes")]).await.is(404);
    answer(&app.browser(), &link, &[("answer", "yes")]).await.is(303);
}

#[tokio::test]
async fn fifty_answers_at_once_are_one_decision() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    let page = omar.open(&link).await;
    let (seen, path) = (page.field("seen"), answers_path(&omar, &link).await);
    let forms: Vec<Vec<(&str, &str)>> =
        (0..50).map(|n| vec![("seen", seen.as_str()), ("answer", if n % 2 == 0 { "yes" } else { "no" })]).collect();
    let answers = all(forms.iter().map(|form| omar.post(&path, form))).await;
    let (taken, late): (Vec<&Answer>, Vec<&Answer>) = answers.iter().partition(|answer| answer.status.as_u16() == 303);
    // The same answer sent again is thanked for again; the other comes too late.
    assert_eq!(taken.len(), 25);
    for answer in late {
        answer.is(409).says("This was answered before you sent yours");
    }
    assert_eq!(app.deliver_mail().await.iter().filter(|email| email.to.email == OMAR).count(), 1);
}

#[tokio::test]
async fn an_old_tab_does_not_overwrite_an_answer() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    let old = omar.open(&link).await.field("seen");
    let path = answers_path(&omar, &link).await;
    answer(&omar, &link, &[("answer", "no"), ("reason", "coverage")]).await.is(303);
    let late = omar.post(&path, &[("seen", old.as_str()), ("answer", "yes"), ("note", "Gladly")]).await;
    late.is(409).says("You said not this term").says("Nobody can cover").says("Monday 20 April at 10:00");
    assert_eq!(late.field("note").trim(), "Gladly");
    assert_eq!(state(&app, dana).await, "declined");
    // The page has now shown the answer, so its form may change it.
    omar.post(&path, &[("seen", late.field("seen").as_str()), ("answer", "yes")]).await.is(303);
    assert_eq!(state(&app, dana).await, "approved");
    // What waited in the outbox no longer says what is not so.
    let emails = app.deliver_mail().await;
    assert!(emails.iter().all(|email| !email.subject.contains("not this term")), "{emails:?}");
    // Nothing chosen, nonsense chosen: said at the field.
    for wrong in ["", "maybe", "talk"] {
        let refused = answer(&omar, &link, &[("answer", wrong)]).await;
        refused.is(if wrong == "talk" { 409 } else { 422 }).says("hoose an");
    }
    assert_eq!(state(&app, dana).await, "approved");
}

#[tokio::test]
async fn a_no_is_told_at_once_and_can_become_a_yes() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    answer(&omar, &link, &[("answer", "no"), ("reason", "timing"), ("note", NOTE), ("pledges", "open_door")])
        .await
        .is(303);
    let emails = app.deliver_mail().await;
    nothing_leaks(&emails);
    let told = email_to(&emails, "imogen@larkspur.example");
    assert_eq!(told.subject, "Dana Whitlock: Omar Tennyson said not this term");
    assert!(told.text.contains("The wrong time of year") && told.text.contains("/people"), "{}", told.text);
    let browser = app.browser_of(dana.person).await;
    browser.get(&join_path(&world)).await.says("says not this term").says(NOTE).says("Ask my supervisor");
    let pledges: i64 = sqlx::query_scalar("select count(*) from pledges").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(pledges, 0, "what was ticked under another answer is not promised");
    answer(&omar, &link, &[("answer", "yes")]).await.is(303);
    browser.get(&join_path(&world)).await.says("Omar Tennyson backs your place");
}

#[tokio::test]
async fn a_condition_counts_once_it_is_accepted() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    answer(&omar, &link, &[("answer", "condition")]).await.is(422).says("Enter your condition");
    answer(&omar, &link, &[("answer", "condition"), ("conditions", "Not in exam weeks")]).await.is(303);
    let emails = app.deliver_mail().await;
    assert!(email_to(&emails, "dana@larkspur.example").text.contains("Not in exam weeks"));

    let browser = app.browser_of(dana.person).await;
    let page = browser.get(&join_path(&world)).await;
    let old = page.says("Not in exam weeks").field("seen");
    let accept = format!("{}/accept", join_path(&world));
    app.advance(Duration::minutes(1));
    answer(&omar, &link, &[("answer", "condition"), ("conditions", "Never on a Friday")]).await.is(303);
    browser.post_and_follow(&accept, &[("seen", &old)]).await.says("The answer has changed").says("Never on a Friday");
    let seen = browser.get(&join_path(&world)).await.field("seen");
    browser.post_and_follow(&accept, &[("seen", &seen)]).await.says("Your place is backed");
    // Pressed twice: it is as it was.
    browser.post_and_follow(&accept, &[("seen", &seen)]).await.says("Your place is backed.");
    assert_eq!(state(&app, dana).await, "approved");
    omar.open(&link).await.says("Dana accepted it");
    // A later change of the same yes does not lose what was accepted.
    answer(&omar, &link, &[("answer", "yes"), ("pledges", "open_door")]).await.is(303);
    browser.get(&join_path(&world)).await.says("Never on a Friday").says("Open a door");
}

#[tokio::test]
async fn talking_first_keeps_the_question_open() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    for _ in 0..2 {
        answer(&omar, &link, &[("answer", "talk"), ("note", NOTE)]).await.is(303);
    }
    let emails = app.deliver_mail().await;
    nothing_leaks(&emails);
    let mut to: Vec<&str> = emails.iter().map(|email| email.to.email.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["dana@larkspur.example", "imogen@larkspur.example", "teodor@larkspur.example"]);
    assert_eq!(state(&app, dana).await, "pending");
    app.browser_of(dana.person).await.get(&join_path(&world)).await.says("wants to talk first");
    omar.open(&link).await.says("You wanted to talk first");
    answer(&omar, &link, &[("answer", "yes")]).await.is(303);
}

#[tokio::test]
async fn a_yes_can_be_taken_back_from_a_day() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    answer(&omar, &link, &[("answer", "yes")]).await.is(303);
    app.deliver_mail().await;
    let page = omar.open(&link).await;
    assert_eq!(page.field("revoked_from"), "2026-04-27");
    answer(&omar, &link, &[("answer", "withdraw"), ("revoked_from", "2026-04-01")]).await.is(422).says("from today");
    answer(&omar, &link, &[("answer", "withdraw"), ("revoked_from", "2026-05-04")]).await.is(303);
    let emails = app.deliver_mail().await;
    email_to(&emails, "imogen@larkspur.example");
    assert!(email_to(&emails, "dana@larkspur.example").subject.contains("takes back the yes from 4 May on"));
    app.browser_of(dana.person).await.get(&join_path(&world)).await.says("Holds until").says("3 May 2026");
    // After the program the link shows the answer and takes none.
    app.advance(Duration::days(60));
    omar.open(&link).await.is(200).says("has ended");
    app.advance(Duration::days(40));
    app.browser().get(&link).await.is(404);
}

/// The clock alone puts her on hold; another supervisor's yes lets her go on.
#[tokio::test]
async fn without_a_yes_in_effect_one_is_on_hold() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    answer(&omar, &link, &[("answer", "yes")]).await.is(303);
    answer(&omar, &link, &[("answer", "withdraw"), ("revoked_from", "2026-05-04")]).await.is(303);
    app.advance(Duration::days(13));
    app.deliver_mail().await;
    assert_eq!(takes_part(&app, dana).await, "joined, Omar Tennyson", "3 May is the last day of the yes");
    app.advance(Duration::days(1));
    app.deliver_mail().await;
    assert_eq!(takes_part(&app, dana).await, "on_hold, Omar Tennyson");
    app.deliver_mail().await;
    let acts: Vec<String> =
        sqlx::query_scalar("select action from history where object_id = $1 and actor_kind = 'system'")
            .bind(dana.participation)
            .fetch_all(&app.app.db)
            .await
            .unwrap();
    assert_eq!(acts, ["put_on_hold"], "once, however often the clock is asked");

    let browser = app.browser_of(dana.person).await;
    let id = browser.get(&join_path(&world)).await.field("id");
    let ask = [
        ("id", id.as_str()),
        ("supervisor_name", "Edith Vance"),
        ("supervisor_email", "edith@larkspur.example"),
        ("words", OWN_WORDS),
    ];
    browser.post(&format!("{}/ask-again", join_path(&world)), &ask).await.is(303);
    assert_eq!(takes_part(&app, dana).await, "on_hold, Edith Vance");
    let link = link_in(email_to(&app.deliver_mail().await, "edith@larkspur.example"));
    answer(&app.browser(), &link, &[("answer", "yes")]).await.is(303);
    app.deliver_mail().await;
    assert_eq!(takes_part(&app, dana).await, "joined, Edith Vance");
}

async fn takes_part(app: &TestApp, of: Peer) -> String {
    sqlx::query_scalar("select state || ', ' || supervisor_name from participations where id = $1")
        .bind(of.participation)
        .fetch_one(&app.app.db)
        .await
        .unwrap()
}

#[tokio::test]
async fn the_wrong_person_says_so() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    let path = answers_path(&omar, &link).await;
    omar.post(&format!("{path}/not-mine"), &[]).await.is(200).says("Thank you for telling us");
    omar.get(&path).await.is(404);
    omar.open(&link).await.is(200).says("this is not for you to answer").does_not_say("<form");
    let emails = app.deliver_mail().await;
    email_to(&emails, "imogen@larkspur.example");
    email_to(&emails, "dana@larkspur.example");
    let browser = app.browser_of(dana.person).await;
    browser.get(&join_path(&world)).await.says("is not your supervisor").says("Ask my supervisor");
}

/// Drives all of them at once to their end.
pub async fn all<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut waiting: Vec<_> = futures.map(|future| (Box::pin(future), None)).collect();
    let mut rounds = pin!(poll_fn(|context| {
        for (future, output) in &mut waiting {
            if output.is_none()
                && let Poll::Ready(ready) = future.as_mut().poll(context)
            {
                *output = Some(ready);
            }
        }
        if waiting.iter().all(|(_, output)| output.is_some()) { Poll::Ready(()) } else { Poll::Pending }
    }));
    rounds.as_mut().await;
    waiting.into_iter().map(|(_, output)| output.unwrap()).collect()
}
