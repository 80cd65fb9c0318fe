//! A coordinator sees that a supervisor's email did not arrive.
use crate::approvals_cast::{OMAR, invited, join};
use crate::support::{TestApp, world::World};
use see_also::outbox::{self, Tried};
use time::Duration;

async fn list(app: &TestApp, world: &World) -> crate::support::Answer {
    app.browser_of(world.imogen).await.get(&format!("{}/people", world.program_path())).await
}

#[tokio::test]
async fn a_refused_address_is_given_up_at_once_and_shown() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    app.deliver_mail().await;
    let ines = invited(&app, &world, "Ines Vidal").await;
    join(&app.browser_of(ines.person).await, &world, OMAR).await.is(303);
    list(&app, &world).await.does_not_say("Email delayed").does_not_say("refused the email");
    let (now, mut db) = (app.app.clock.now(), app.app.db.acquire().await.unwrap());

    // Trouble on the way: the next try is shown.
    let letter = outbox::lease(&mut db, now).await.unwrap().unwrap();
    assert_eq!(letter.kind, "ask_supervisor");
    outbox::settle(&mut db, &letter, Tried::Failed("421 try later".to_owned()), now).await.unwrap();
    list(&app, &world).await.says("Email delayed, next try 20 April, 10:01");

    // The mailbox is refused: nothing more is tried, and asking again is at hand.
    app.advance(Duration::minutes(5));
    let now = app.app.clock.now();
    let letter = outbox::lease(&mut db, now).await.unwrap().unwrap();
    outbox::settle(&mut db, &letter, Tried::Refused("550 no such user".to_owned()), now).await.unwrap();
    assert!(outbox::lease(&mut db, now + Duration::days(2)).await.unwrap().is_none());
    list(&app, &world)
        .await
        .says("Their address refused the email")
        .says("Ask the supervisor again")
        .says("to correct the address");

    // Asked again, the newest email counts.
    let again = format!("{}/people/{}/ask-again", world.program_path(), ines.participation);
    app.browser_of(world.imogen).await.post(&again, &[]).await.is(303);
    list(&app, &world).await.does_not_say("refused the email");
}
