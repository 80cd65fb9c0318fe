//! The address one signs in with: changed by its owner, confirmed from the new one, announced to
//! the old one; a site admin's change waits a week and can be stopped.
use crate::support::{TestApp, email_to, link_in, world::World};
use time::Duration;

const PASSWORD: &str = "correct horse battery staple";

async fn give_password(app: &TestApp, world: &World) {
    let hash = app.app.passwords.hash(PASSWORD).await.unwrap();
    sqlx::query("update people set password_hash = $2 where id = $1")
        .bind(world.priya.person)
        .bind(hash)
        .execute(&app.app.db)
        .await
        .unwrap();
}

async fn address(app: &TestApp, world: &World) -> String {
    sqlx::query_scalar("select email from people where id = $1 and email_folded = lower(email)")
        .bind(world.priya.person)
        .fetch_one(&app.app.db)
        .await
        .unwrap()
}

#[tokio::test]
async fn its_owner_changes_it_from_the_new_address() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    give_password(&app, &world).await;
    let priya = app.browser_of(world.priya.person).await;
    let to = "priya@new.example";
    priya.post("/account/email", &[("email", "nonsense"), ("present", PASSWORD)]).await.is(422);
    priya.post("/account/email", &[("email", to), ("present", "wrong")]).await.is(422).says("not your password");
    priya.post("/account/email", &[("email", "priya@larkspur.example"), ("present", PASSWORD)]).await.is(422);
    let form = [("email", to), ("present", PASSWORD)];
    priya.post_and_follow("/account/email", &form).await.says("waits to be confirmed");
    // A double click asks for nothing new.
    priya.post("/account/email", &form).await.is(303);
    let emails = app.deliver_mail().await;
    assert_eq!(emails.len(), 2);
    assert!(email_to(&emails, "priya@larkspur.example").text.contains(to));
    let link = link_in(email_to(&emails, to));
    assert_eq!(address(&app, &world).await, "priya@larkspur.example");
    // Whoever opens the link changes nothing; the button does, once.
    let reader = app.browser();
    let page = reader.open(&link).await;
    page.is(200).says("Sign in with this address?");
    reader.head(&link).await;
    assert_eq!(address(&app, &world).await, "priya@larkspur.example");
    let id: uuid::Uuid = sqlx::query_scalar("select id from email_changes").fetch_one(&app.app.db).await.unwrap();
    let path = format!("/email-changes/{id}/confirm");
    reader.post(&path, &[]).await.is(200).says("Your address is changed");
    assert_eq!(address(&app, &world).await, to);
    reader.post(&path, &[]).await.is(404);
    app.browser().open(&link_in(email_to(&emails, "priya@larkspur.example"))).await.is(404);
    // She is signed in still, and signs in with the new one from now on.
    priya.get("/account").await.is(200).says(to);
    let anew = app.browser();
    anew.post("/sign-in", &[("email", to), ("password", PASSWORD)]).await.is(303);
    anew.post("/sign-in", &[("email", "priya@larkspur.example"), ("password", PASSWORD)]).await.is(422);
}

#[tokio::test]
async fn an_address_of_somebody_else_is_refused_to_its_holder_alone() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    give_password(&app, &world).await;
    let priya = app.browser_of(world.priya.person).await;
    // She is not told that Marcus is here.
    let form = [("email", "marcus@larkspur.example"), ("present", PASSWORD)];
    priya.post_and_follow("/account/email", &form).await.says("waits to be confirmed");
    let emails = app.deliver_mail().await;
    let marcus = app.browser();
    marcus.open(&link_in(email_to(&emails, "marcus@larkspur.example"))).await.is(200);
    let id: uuid::Uuid = sqlx::query_scalar("select id from email_changes").fetch_one(&app.app.db).await.unwrap();
    marcus.post(&format!("/email-changes/{id}/confirm"), &[]).await.is(409).says("has an account already");
    assert_eq!(address(&app, &world).await, "priya@larkspur.example");
    // Not confirmed in time: it ends by itself.
    app.advance(Duration::days(4));
    app.deliver_mail().await;
    priya.get("/account/email").await.does_not_say("A change is going on");
}

#[tokio::test]
async fn a_site_admins_change_waits_a_week_and_can_be_stopped_from_the_old_address() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let ada = app.browser_of(world.site_admin).await;
    let path = format!("/admin/people/{}/email", world.priya.person);
    ada.get(&path).await.is(200).says("happens in 7 days");
    ada.post_and_follow(&path, &[("email", "priya@first.example")]).await.says("takes over in 7 days");
    let emails = app.deliver_mail().await;
    assert_eq!(emails.len(), 1, "the new address is told when it has happened");
    let link = link_in(email_to(&emails, "priya@larkspur.example"));
    let priya = app.browser();
    priya.open(&link).await.is(200).says("Stop the change of your address?");
    let id: uuid::Uuid = sqlx::query_scalar("select id from email_changes").fetch_one(&app.app.db).await.unwrap();
    priya.post(&format!("/email-changes/{id}/stop"), &[]).await.is(200).says("The change is stopped");
    app.advance(Duration::days(8));
    assert!(app.deliver_mail().await.iter().all(|email| email.to.email != "priya@first.example"));
    assert_eq!(address(&app, &world).await, "priya@larkspur.example");
    // Not stopped: it happens after seven days, not before.
    ada.post(&path, &[("email", "priya@second.example")]).await.is(303);
    app.deliver_mail().await;
    app.advance(Duration::days(6));
    app.deliver_mail().await;
    assert_eq!(address(&app, &world).await, "priya@larkspur.example");
    app.advance(Duration::days(1));
    let emails = app.deliver_mail().await;
    assert_eq!(email_to(&emails, "priya@second.example").subject, "Sign in to See also with this address");
    assert_eq!(address(&app, &world).await, "priya@second.example");
}

#[tokio::test]
async fn a_coordinator_corrects_an_address_only_while_there_is_no_account() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let people = format!("{}/people", world.program_path());
    imogen
        .import(&format!("{people}/add"), "Name;Email\nDnaa Reyes;dnaa@larkspur.example\n")
        .await
        .says("One person added.");
    let wrong = link_in(email_to(&app.deliver_mail().await, "dnaa@larkspur.example"));
    let part: uuid::Uuid = sqlx::query_scalar(
        "select t.id from participations t join people p on p.id = t.person_id where p.email = 'dnaa@larkspur.example'",
    )
    .fetch_one(&app.app.db)
    .await
    .unwrap();
    let path = format!("{people}/{part}/correct");
    imogen.get(&path).await.is(200).says("Correct a name or an address");
    imogen.post(&path, &[("name", ""), ("email", "dana@")]).await.is(422);
    let taken = [("name", "Dana Reyes"), ("email", "marcus@larkspur.example")];
    imogen.post(&path, &taken).await.is(422).says("in this program already");
    let right = [("name", "Dana Reyes"), ("email", "dana@larkspur.example")];
    imogen.post_and_follow(&path, &right).await.says("Dana Reyes is corrected.").does_not_say("dnaa@");
    // Pressed twice: nothing more happens.
    imogen.post(&path, &right).await.is(303);
    let emails = app.deliver_mail().await;
    assert_eq!(emails.len(), 1);
    assert_eq!(emails[0].to.email, "dana@larkspur.example");
    app.browser().open(&wrong).await.is(404);
    app.browser().open(&link_in(&emails[0])).await.is(200);
    // A peer with an account keeps the address that is theirs.
    let priya = format!("{people}/{}/correct", world.priya.participation);
    imogen.post_and_follow(&priya, &right).await.says("Only somebody who has no account");
    assert_eq!(address(&app, &world).await, "priya@larkspur.example");
}
