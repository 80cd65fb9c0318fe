//! Priya says what is to be left alone; whoever is about to observe her or to write to her sees it.
use crate::support::{
    TestApp,
    world::{World, goal_with_elements},
};

fn id() -> String {
    uuid::Uuid::now_v7().to_string()
}

#[tokio::test]
async fn what_is_off_limits_is_shown_where_somebody_observes_or_writes() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    let (priya, marcus) = (app.browser_of(world.priya.person).await, app.browser_of(world.marcus.person).await);
    let own = format!("{}/off-limits", world.group_path());
    priya.get(&own).await.is(200).says("Nothing is off limits.").says("Hana, Marcus and you can read this");
    let area = id();
    priya
        .post_and_follow(&own, &[("id", &area), ("words", "My accent")])
        .await
        .says("sees it from now on")
        .says("My accent");
    let twice = priya.post(&own, &[("id", &id()), ("words", "my ACCENT")]).await;
    twice.is(422).says("This stands there already");
    assert_eq!(twice.field("words"), "my ACCENT");
    priya.post(&own, &[("id", &id()), ("words", "")]).await.is(422).says("Enter what to leave alone");

    let write = format!("{}/feedback/new?to={}", world.group_path(), world.priya.participation);
    marcus.get(&write).await.is(200).says("Priya asks you to leave this alone.").says("My accent");
    let observe = format!("{}/trips/new?kind=observation&observed={}", world.group_path(), world.priya.participation);
    marcus.get(&observe).await.is(200).says("Priya asks that this is left alone.").says("My accent");
    // It is hers alone to take away, and leaves no trace.
    marcus.get(&own).await.does_not_say("My accent");
    marcus.post(&format!("{own}/{area}/remove"), &[]).await.is(404);
    app.browser_of(world.imogen).await.get(&own).await.is(404);
    priya.post_and_follow(&format!("{own}/{area}/remove"), &[]).await.says("no longer off limits");
    marcus.get(&write).await.does_not_say("Off limits");
    let acts: i64 = sqlx::query_scalar("select count(*) from history where object_id = $1")
        .bind(world.priya.participation)
        .fetch_one(&app.app.db)
        .await
        .unwrap();
    assert_eq!(acts, 0);
}
