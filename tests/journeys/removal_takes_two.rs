//! Somebody who has joined is taken off by two people, never by one.
use crate::support::{
    TestApp, email_to, link_in,
    world::{self, World},
};
use see_also::base::ids::RemovalId;

async fn state(app: &TestApp, who: world::Peer) -> String {
    sqlx::query_scalar("select state from participations where id = $1")
        .bind(who.participation)
        .fetch_one(&app.app.db)
        .await
        .unwrap()
}

async fn count(app: &TestApp, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&app.app.db).await.unwrap()
}

#[tokio::test]
async fn one_proposes_and_another_confirms() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let path = format!("{}/people/{}/removal", world.program_path(), world.priya.participation);
    imogen.get(&path).await.is(200).says("Teodor Vance can confirm it.").says("Priya Whitlock is in Reading Room.");
    imogen.post(&path, &[("reason", &"x".repeat(301))]).await.is(422);
    imogen
        .post_and_follow(&path, &[("reason", "Agreed with her dean")])
        .await
        .says("One removal waits for a second person");
    imogen.post_and_follow(&path, &[("reason", "again")]).await.says("this was proposed before");
    assert_eq!(state(&app, world.priya).await, "joined");

    let sent = app.deliver_mail().await;
    assert_eq!(sent.len(), 1, "only who may decide is told");
    let told = email_to(&sent, "teodor@larkspur.example");
    assert_eq!(
        told.subject,
        "Imogen Castellane proposes that Priya Whitlock no longer takes part in Peer Mentoring, Spring 2026"
    );
    assert!(!told.text.contains("dean"), "reasons stay out of emails");
    let link = link_in(told);

    // Not the same person twice, and reading decides nothing.
    imogen.get(&link).await.is(200).says("You proposed it.");
    imogen.post(&link, &[("decision", "confirm")]).await.is(422).says("somebody else has to decide");
    // Not her group, not herself.
    app.browser_of(world.marcus.person).await.get(&link).await.is(403);
    app.browser_of(world.priya.person).await.get(&link).await.is(403);
    let teodor = app.browser_of(world.teodor).await;
    teodor.get(&link).await.is(200).says("Agreed with her dean");
    teodor.post(&link, &[]).await.is(422).says("Choose what is to happen");
    assert_eq!(state(&app, world.priya).await, "joined");
    teodor.post_and_follow(&link, &[("decision", "confirm")]).await.says("Priya Whitlock no longer takes part");
    teodor.post_and_follow(&link, &[("decision", "reject")]).await.says("this was decided before");
    assert_eq!(state(&app, world.priya).await, "removed");
    assert_eq!(count(&app, "select count(*) from memberships where left_on = '2026-04-20'").await, 1);
    let sent = app.deliver_mail().await;
    let told = email_to(&sent, "priya@larkspur.example");
    assert_eq!(told.subject, "Your part in Peer Mentoring, Spring 2026 has ended");
    assert!(told.text.contains("write to Teodor Vance"), "{}", told.text);
    assert_eq!(sent.len(), 1);
    app.browser_of(world.priya.person).await.get(&world.group_path()).await.is(404);
}

#[tokio::test]
async fn a_proposal_can_be_turned_down_taken_back_or_become_moot() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let teodor = app.browser_of(world.teodor).await;
    let path = format!("{}/people/{}/removal", world.program_path(), world.priya.participation);
    let mut links = Vec::new();
    for (who, decision) in [(&teodor, "reject"), (&imogen, "take_back")] {
        imogen.post_and_follow(&path, &[]).await;
        let link = link_in(email_to(&app.deliver_mail().await, "teodor@larkspur.example"));
        teodor.post(&link, &[("decision", "take_back")]).await.is(422);
        who.post_and_follow(&link, &[("decision", decision)]).await.says("Priya Whitlock goes on taking part.");
        links.push(link);
    }
    assert_eq!(state(&app, world.priya).await, "joined");
    assert!(app.deliver_mail().await.is_empty(), "she never hears of it");
    // She leaves by herself: nothing is left to decide, and the letter is not sent.
    imogen.post_and_follow(&path, &[]).await;
    let priya = app.browser_of(world.priya.person).await;
    priya.post(&format!("{}/leave", world.program_path()), &[]).await.is(303);
    assert!(app.deliver_mail().await.is_empty());
    assert_eq!(count(&app, "select count(*) from removals where state = 'dropped'").await, 2);
    imogen.post_and_follow(&path, &[]).await.says("Only somebody else who has joined");
    // A contact who does not coordinate may be the second person.
    let carla = world::person(&app.app.db, "Carla Contact").await;
    sqlx::query("update programs set contact_id = $1").bind(carla).execute(&app.app.db).await.unwrap();
    sqlx::query("delete from coordinators where person_id = $1").bind(world.teodor).execute(&app.app.db).await.unwrap();
    imogen.post_and_follow(&format!("{}/people/{}/removal", world.program_path(), world.hana.participation), &[]).await;
    let link = link_in(email_to(&app.deliver_mail().await, "carla@larkspur.example"));
    teodor.get(&link).await.is(404);
    app.browser_of(carla).await.post_and_follow(&link, &[("decision", "confirm")]).await.is(200);
    assert_eq!(state(&app, world.hana).await, "removed");
}

/// The rule, tested against the database alone.
#[tokio::test]
async fn the_database_itself_wants_two_people() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let write = async |state: &str, decided_by: Option<see_also::base::ids::PersonId>, ended: bool| {
        sqlx::query(
            "insert into removals (program_id, id, participation_id, proposed_by, proposed_at, state, decided_by, ended_at)
             values ($1, $2, $3, $4, '2026-04-20T15:00Z', $5, $6, case when $7 then timestamptz '2026-04-21T15:00Z' end)",
        )
        .bind(world.program)
        .bind(RemovalId::generate())
        .bind(world.priya.participation)
        .bind(world.imogen)
        .bind(state)
        .bind(decided_by)
        .bind(ended)
        .execute(&app.app.db)
        .await
        .map_err(|error| error.as_database_error().and_then(|e| e.constraint().map(str::to_owned)).unwrap())
    };
    let refused = |name: &str| Err::<(), _>(name.to_owned());
    let done = async |state: &str, by, ended| write(state, by, ended).await.map(|_| ());
    assert_eq!(done("confirmed", Some(world.imogen), true).await, refused("a_removal_takes_two_people"));
    assert_eq!(done("confirmed", None, true).await, refused("a_decided_removal_says_who_decided"));
    assert_eq!(done("dropped", Some(world.teodor), true).await, refused("a_decided_removal_says_who_decided"));
    assert_eq!(done("proposed", None, true).await, refused("a_removal_that_is_not_open_says_when_it_ended"));
    assert_eq!(done("proposed", None, false).await, Ok(()));
    assert_eq!(done("proposed", None, false).await, refused("one_open_removal_of_a_person"));
    assert_eq!(done("confirmed", Some(world.teodor), true).await, Ok(()));
    let line = sqlx::query("update participations set completion_line = 'x' where id = $1")
        .bind(world.priya.participation)
        .execute(&app.app.db)
        .await
        .unwrap_err();
    let constraint = line.as_database_error().unwrap().constraint().map(str::to_owned);
    assert_eq!(constraint.as_deref(), Some("only_who_completed_says_why_without_a_product"));
}
