//! Somebody joins, and asks their supervisor: once, again, with the address put right.
use super::approvals_cast::{OMAR, OWN_WORDS, answer, asked, invited, join, join_path, nothing_leaks, state};
use super::support::{TestApp, email_to, link_in, world::World};
use see_also::base::ids::ApprovalRequestId;
use time::Duration;

#[tokio::test]
async fn joining_asks_the_supervisor_once() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let browser = app.browser_of(dana.person).await;

    let page = browser.get(&join_path(&world)).await;
    page.is(200)
        .says("4 hours a month")
        .says("USD 80")
        .says("Your supervisor will not see")
        .says("Learn from each other");
    assert_eq!(page.field("supervisor_email"), OMAR);
    browser
        .get(&format!("{}/what-my-supervisor-sees", world.program_path()))
        .await
        .says("Will you back Dana’s place")
        .says("Nothing can be sent");

    // Every mistake at once, and what was typed is kept.
    let wrong =
        [("wants", "To see a bindery"), ("supervisor_name", ""), ("supervisor_email", "nobody"), ("words", "\0")];
    let refused = browser.post(&join_path(&world), &wrong).await;
    refused.is(422).says("Enter your supervisor’s name").says("Enter an email address").says("cannot be seen");
    assert_eq!(refused.field("wants").trim(), "To see a bindery");

    // A double click joins once and asks once.
    let id = browser.get(&join_path(&world)).await.field("id");
    let form =
        [("id", id.as_str()), ("supervisor_name", "Omar Tennyson"), ("supervisor_email", OMAR), ("words", OWN_WORDS)];
    browser.post(&join_path(&world), &form).await.is(303);
    let place = browser.post_and_follow(&join_path(&world), &form).await;
    place.is(200).says("Omar Tennyson is asked").says(OWN_WORDS);

    let emails = app.deliver_mail().await;
    let email = email_to(&emails, OMAR);
    assert_eq!(email.subject, "Dana Whitlock asks for your yes: Peer Mentoring, Spring 2026");
    assert_eq!(email.on_behalf_of.as_ref().unwrap().name, "Imogen Castellane");
    assert!(email.text.contains("Please answer by 11 May"), "{}", email.text);
    nothing_leaks(&emails);
    browser.get(&join_path(&world)).await.says("until Monday 11 May");
}

#[tokio::test]
async fn a_supervisor_is_somebody_else_and_not_of_the_same_group() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let browser = app.browser_of(dana.person).await;
    let own = join(&browser, &world, "DANA@larkspur.example").await;
    own.is(422).says("This is your own address");
    assert_eq!(own.field("words").trim(), OWN_WORDS);
    assert!(app.deliver_mail().await.is_empty());
    // The supervisor of another person in the same group is no obstacle, a member is.
    let wren = app.browser_of(world.wren.person).await;
    let id = ApprovalRequestId::generate().to_string();
    let ask = |email| {
        [("id", id.as_str()), ("supervisor_name", "Tobias Renwick"), ("supervisor_email", email), ("words", "Please")]
    };
    sqlx::query(
        "update approval_requests set state = 'revoked', revoked_from = '2026-04-01' where participation_id = $1",
    )
    .bind(world.wren.participation)
    .execute(&app.app.db)
    .await
    .unwrap();
    let path = format!("{}/ask-again", join_path(&world));
    wren.post(&path, &ask("Tobias@Larkspur.example")).await.is(422).says("This person is in your group");
    wren.post(&path, &ask("beatrix@larkspur.example")).await.is(303);
    assert_eq!(state(&app, world.wren).await, "pending");
}

#[tokio::test]
async fn without_approval_joining_is_all() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    sqlx::query("update programs set approval_required = false").execute(&app.app.db).await.unwrap();
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let browser = app.browser_of(dana.person).await;
    browser.get(&join_path(&world)).await.does_not_say("supervisor_email");
    browser.post_and_follow(&join_path(&world), &[("wants", "Company")]).await.says("You are in");
    assert!(app.deliver_mail().await.is_empty());
    let said = [("wants", "Good company"), ("offers", "Tea")];
    browser.post_and_follow(&format!("{}/wishes", join_path(&world)), &said).await.says("Good company").says("Tea");
    browser.get(&join_path(&world)).await.says("You will hear which group you are in.");
    // Once placed, nothing is left to hear.
    sqlx::query("insert into memberships (program_id, id, group_id, participation_id, joined_on) values ($1, $2, $3, $4, '2026-04-20')")
        .bind(world.program)
        .bind(uuid::Uuid::now_v7())
        .bind(world.reading_room)
        .bind(dana.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    browser.get(&join_path(&world)).await.says("You have a place in a group.").does_not_say("You will hear");
}

#[tokio::test]
async fn asking_again_leaves_the_old_link_no_answer() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    omar.open(&link).await.is(200);

    let browser = app.browser_of(dana.person).await;
    let id = browser.get(&join_path(&world)).await.field("id");
    let form = [
        ("id", id.as_str()),
        ("supervisor_name", "Ines Moreau"),
        ("supervisor_email", "ines@larkspur.example"),
        ("words", "Please"),
    ];
    let path = format!("{}/ask-again", join_path(&world));
    browser.post_and_follow(&path, &form).await.says("Ines Moreau is asked").says("Asked before");
    browser.post(&path, &form).await.is(303);

    // The old link takes no answer, also where it was open already.
    omar.open(&link).await.is(200).says("A newer request took the place of this one").does_not_say("<form");
    let emails = app.deliver_mail().await;
    assert_eq!(emails.len(), 1);
    let new = link_in(email_to(&emails, "ines@larkspur.example"));
    answer(&app.browser(), &new, &[("answer", "yes")]).await.is(303);
    assert_eq!(state(&app, dana).await, "approved");
    // Nobody can be asked behind the back of a yes.
    let id = ApprovalRequestId::generate().to_string();
    let late = [("id", id.as_str()), ("supervisor_name", "Omar"), ("supervisor_email", OMAR), ("words", "Please")];
    browser
        .post_and_follow(&path, &late)
        .await
        .says("The answer came in the meantime")
        .says("Ines Moreau backs your place");
}

#[tokio::test]
async fn a_coordinator_sends_again_to_the_same_address() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let imogen = app.browser_of(world.imogen).await;
    let again = format!("{}/people/{}/ask-again", world.program_path(), dana.participation);
    app.browser_of(dana.person).await.post(&again, &[]).await.is(403);
    app.browser_of(world.olga).await.post(&again, &[]).await.is(404);
    imogen.post(&format!("{}/people/{}/ask-again", world.program_path(), world.imogen), &[]).await.is(404);

    // The time to answer runs out; sending again gives it anew.
    app.advance(Duration::days(22));
    let browser = app.browser_of(dana.person).await;
    browser.get(&join_path(&world)).await.says("did not answer in time");
    imogen.post(&again, &[]).await.is(303);
    app.browser().get(&link).await.is(404);
    let emails = app.deliver_mail().await;
    let new = link_in(email_to(&emails, OMAR));
    browser.get(&join_path(&world)).await.says("Omar Tennyson is asked");
    answer(&app.browser(), &new, &[("answer", "no"), ("reason", "workload")]).await.is(303);
    app.deliver_mail().await;
    imogen.post(&again, &[]).await.is(303);
    assert!(app.deliver_mail().await.is_empty(), "whoever has answered is not written to again");
}

#[tokio::test]
async fn a_supervisor_is_not_flooded() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let again = format!("{}/people/{}/ask-again", world.program_path(), world.nadia.participation);
    let imogen = app.browser_of(world.imogen).await;
    for _ in 0..6 {
        app.advance(Duration::minutes(1));
        imogen.post(&again, &[]).await.is(303);
    }
    app.advance(Duration::minutes(1));
    imogen.post(&again, &[]).await.is(429);
}
