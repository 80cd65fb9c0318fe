//! Buttons that are pressed twice, one after the other or at once: one outcome, and a page that says it.
use super::approvals_cast::{OMAR, answer, answers_path, asked, invited, join_path, state};
use super::support::{TestApp, email_to, link_in, world::World};
use time::Duration;

/// How many emails went to Omar.
fn to_omar(emails: &[see_also::mail::Email]) -> usize {
    emails.iter().filter(|email| email.to.email == OMAR).count()
}

#[tokio::test]
async fn a_supervisor_gets_one_email_when_send_again_is_pressed_twice() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    asked(&app, &world, dana).await;
    let imogen = app.browser_of(world.imogen).await;
    let again = format!("{}/people/{}/ask-again", world.program_path(), dana.participation);
    // Asked a moment ago: nothing more is sent.
    imogen.post_and_follow(&again, &[]).await.says("Already sent");
    app.advance(Duration::minutes(1));
    let (one, other) = tokio::join!(imogen.post(&again, &[]), imogen.post(&again, &[]));
    one.is(303);
    other.is(303);
    imogen.post_and_follow(&again, &[("back", "person")]).await.says("Already sent").says("Every request");
    let emails = app.deliver_mail().await;
    assert_eq!(to_omar(&emails), 1);
    app.browser().open(&link_in(email_to(&emails, OMAR))).await.is(200);
    app.advance(Duration::minutes(1));
    imogen.post_and_follow(&again, &[]).await.says("The supervisor is asked again.");
    assert_eq!(to_omar(&app.deliver_mail().await), 1);
}

#[tokio::test]
async fn a_peer_who_asks_twice_asks_once() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    asked(&app, &world, dana).await;
    let browser = app.browser_of(dana.person).await;
    app.advance(Duration::minutes(1));
    let (first, second) =
        (browser.get(&join_path(&world)).await.field("id"), browser.get(&join_path(&world)).await.field("id"));
    assert_ne!(first, second, "from two windows");
    let path = format!("{}/ask-again", join_path(&world));
    let form = |id| [("id", id), ("supervisor_name", "Omar Tennyson"), ("supervisor_email", OMAR), ("words", "Please")];
    let (one, two) = (form(first.as_str()), form(second.as_str()));
    let answers = tokio::join!(browser.post(&path, &one), browser.post(&path, &one), browser.post(&path, &two));
    for answer in [answers.0, answers.1, answers.2] {
        answer.is(303);
    }
    browser.post_and_follow(&path, &two).await.says("Omar Tennyson is asked.");
    assert_eq!(to_omar(&app.deliver_mail().await), 1);
}

#[tokio::test]
async fn a_supervisor_who_sends_an_answer_twice_is_thanked_twice() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    let path = answers_path(&omar, &link).await;
    let yes: [(&str, &str); 6] = [
        ("answer", "yes"),
        ("pledges", "annual_review"),
        ("pledges", "protect_time"),
        ("own_pledge", "A key to the map room"),
        ("hours_month", "3"),
        ("note", "Gladly.\r\nGo on."),
    ];
    let condition = [("answer", "condition"), ("conditions", "Not in exam weeks")];
    let no = [("answer", "no"), ("reason", "workload"), ("note", "Too much")];
    let forms: [(&[(&str, &str)], &str); 3] =
        [(&condition, "Your condition is passed on."), (&no, "Your answer is noted"), (&yes, "Your yes is noted")];
    for (form, thanks) in forms {
        let seen = omar.get(&path).await.field("seen");
        let form: Vec<(&str, &str)> = [("seen", seen.as_str())].into_iter().chain(form.iter().copied()).collect();
        let (one, other) = tokio::join!(omar.post(&path, &form), omar.post(&path, &form));
        one.is(303);
        other.is(303);
        omar.post_and_follow(&path, &form).await.is(200).says(thanks);
        let receipts = to_omar(&app.deliver_mail().await);
        assert_eq!(receipts, 1, "{thanks}");
        // Something else from the same page is still said to come late.
        let mut late = form.clone();
        late.push(("note", "and more"));
        let late: Vec<(&str, &str)> = late.into_iter().filter(|field| *field != ("note", "Too much")).collect();
        if thanks != "Your yes is noted" {
            omar.post(&path, &late).await.is(409).says("This was answered before you sent yours");
        }
        app.advance(Duration::minutes(1));
    }
    assert_eq!(state(&app, dana).await, "approved");
}

#[tokio::test]
async fn a_condition_is_accepted_once() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    answer(&app.browser(), &link, &[("answer", "condition"), ("conditions", "Not in exam weeks")]).await.is(303);
    app.deliver_mail().await;
    let browser = app.browser_of(dana.person).await;
    let seen = browser.get(&join_path(&world)).await.field("seen");
    let accept = format!("{}/accept", join_path(&world));
    let form = [("seen", seen.as_str())];
    let (one, other) = tokio::join!(browser.post(&accept, &form), browser.post(&accept, &form));
    one.is(303);
    other.is(303);
    browser.post_and_follow(&accept, &form).await.says("Your place is backed.");
    let accepted: i64 = sqlx::query_scalar("select count(*) from history where action = 'condition_accepted'")
        .fetch_one(&app.app.db)
        .await
        .unwrap();
    assert_eq!(accepted, 1);
}

#[tokio::test]
async fn a_group_is_closed_once_and_an_offer_is_made_once() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let offer = format!("{}/moves", world.group_path());
    let (who, to) = (world.hana.participation.to_string(), world.card_catalog.to_string());
    let form = [("members", who.as_str()), ("to", to.as_str()), ("line", "Come")];
    let (one, other) = tokio::join!(imogen.post(&offer, &form), imogen.post(&offer, &form));
    one.is(303);
    other.is(303);
    assert_eq!(app.deliver_mail().await.len(), 1);
    let close = format!("{}/close", world.group_path());
    let how = [("how", "dissolved")];
    let (one, other) = tokio::join!(imogen.post(&close, &how), imogen.post(&close, &how));
    one.is(303);
    other.is(303);
    let told = app.deliver_mail().await;
    assert_eq!(told.iter().filter(|email| email.subject == "Reading Room is closed").count(), 3);
}
