//! The first person makes the site admin's account; a coordinator gets her right and her way in.
use crate::support::{TestApp, email_to, link_in, world};
use see_also::features::accounts;
use time::Duration;

const PASSWORD: &str = "copper lantern seventeen herons";

#[tokio::test]
async fn the_first_person_sets_up_and_gives_a_coordinator_her_right() {
    let app = TestApp::start().await;
    let link = accounts::setup_link(&app.app).await.unwrap().expect("nobody is there yet");
    let ada = app.browser();

    // A scanner opens the link; nothing happens to it.
    app.browser().head(&link).await.is(303);
    let page = ada.open(&link).await;
    page.is(200).says("Make the first account");

    let weak = [
        ("name", "Ada Brenner"),
        ("email", "ada@larkspur.example"),
        ("time_zone", "Nowhere/At all"),
        ("password", "password12"),
    ];
    let again = ada.post("/setup", &weak).await;
    again.is(422).says("Two things before").says("easy to guess").says("Choose a time zone");
    assert_eq!(again.field("name"), "Ada Brenner");

    let good = [
        ("name", "Ada Brenner"),
        ("email", "ada@larkspur.example"),
        ("time_zone", "America/Chicago"),
        ("password", PASSWORD),
    ];
    ada.post_and_follow("/setup", &good).await.is(200).says("Your account stands");
    app.browser().get(&link).await.is(404);
    assert!(accounts::setup_link(&app.app).await.unwrap().is_none());

    let right = [("name", "Imogen Castellane"), ("email", "imogen@larkspur.example")];
    ada.post_and_follow("/admin/people", &right).await.says("may create programs now");
    let emails = app.deliver_mail().await;
    let letter = email_to(&emails, "imogen@larkspur.example");
    assert_eq!(letter.subject, "You can create peer mentoring programs in See also");

    let imogen = app.browser();
    imogen.open(&link_in(letter)).await.says("Welcome, Imogen Castellane");
    let path = imogen.get(&link_in(letter)).await.location.unwrap();
    imogen.post(&path, &[("password", "imogencastellane")]).await.is(422).says("easy to guess");
    imogen.post_and_follow(&path, &[("password", PASSWORD)]).await.is(200);
    // Used up, in every browser.
    app.browser().get(&link_in(letter)).await.is(404);

    imogen.post("/sign-out", &[]).await.is(303);
    assert_eq!(imogen.get("/account").await.location.unwrap(), "/sign-in?next=/account");
    let wrong = imogen.post("/sign-in", &[("email", "imogen@larkspur.example"), ("password", "wrong")]).await;
    wrong.is(422).says("do not fit together");
    let unknown = imogen.post("/sign-in", &[("email", "nobody@larkspur.example"), ("password", "wrong")]).await;
    unknown.is(422).says("do not fit together");
    let in_again = [("email", "IMOGEN@larkspur.example"), ("password", PASSWORD), ("next", "/account")];
    imogen.post_and_follow("/sign-in", &in_again).await.says("Your account");
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_and_other_devices_are_signed_out() {
    let app = TestApp::start().await;
    let priya = world::person(&app.app.db, "Priya Whitlock").await;
    let phone = app.browser_of(priya).await;
    let desk = app.browser();
    for address in ["priya@larkspur.example", "nobody@larkspur.example"] {
        desk.post("/forgotten-password", &[("email", address)]).await.is(200).says("Look at your email");
    }
    let emails = app.deliver_mail().await;
    let link = link_in(email_to(&emails, "priya@larkspur.example"));
    assert_eq!(emails.len(), 1, "nobody else is written to");
    let waiting: i64 = sqlx::query_scalar("select count(*) from outbox where payload::text like '%' || $1 || '%'")
        .bind(link.rsplit('/').next())
        .fetch_one(&app.app.db)
        .await
        .unwrap();
    assert_eq!(waiting, 0, "the secret stands in no table");

    desk.open(&link).await.says("Set a new password");
    let path = desk.get(&link).await.location.unwrap();
    desk.post_and_follow(&path, &[("password", PASSWORD)]).await.is(200);
    phone.get("/account").await.is(303);

    app.browser().get(&link).await.is(404);
    desk.post("/forgotten-password", &[("email", "priya@larkspur.example")]).await.is(200);
    let late = link_in(&app.deliver_mail().await[0]);
    app.advance(Duration::hours(25));
    app.browser().get(&late).await.is(404);
}

#[tokio::test]
async fn people_see_their_sign_ins_and_end_the_others() {
    let app = TestApp::start().await;
    let priya = world::person(&app.app.db, "Priya Whitlock").await;
    let marcus = world::person(&app.app.db, "Marcus Delacroix").await;
    let (phone, desk) = (app.browser_of(priya).await, app.browser_of(priya).await);
    let stranger = app.browser_of(marcus).await;
    let page = desk.get("/account").await;
    page.says("this device");
    let end = page.html.split("/account/sign-ins/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    stranger.post(&format!("/account/sign-ins/{end}"), &[]).await.is(404);
    desk.post_and_follow(&format!("/account/sign-ins/{end}"), &[]).await.says("signed out");
    phone.get("/account").await.is(303);
    desk.get("/account").await.is(200);

    let profile = [("name", "Priya W."), ("time_zone", "Europe/Paris")];
    desk.post_and_follow("/account", &profile).await.says("Saved");
    desk.post("/account", &[("name", "a\0b"), ("time_zone", "Europe/Paris")]).await.is(422).says("cannot be seen");
}

#[tokio::test]
async fn guesses_at_one_address_are_slowed_down() {
    let app = TestApp::start().await;
    world::person(&app.app.db, "Priya Whitlock").await;
    let guesser = app.browser();
    let guess = [("email", "priya@larkspur.example"), ("password", "guess")];
    for _ in 0..20 {
        guesser.post("/sign-in", &guess).await.is(422);
    }
    let slow = guesser.post("/sign-in", &guess).await;
    slow.is(429);
    assert!(slow.headers.contains_key("retry-after"));
    app.advance(Duration::minutes(16));
    guesser.post("/sign-in", &guess).await.is(422);
}
