//! Nobody writes over what they have not seen: plans, a yes, another observer's notes; and a trip waits for a new day.
use super::trips_cast::{Story, borrowed};
use crate::support::world::{Peer, day};
use time::Duration;
use uuid::Uuid;

/// The observation of Priya on this day, as its form would send it.
async fn observed_by(story: &Story, trip: Uuid, observer: Peer, on: &str) -> Vec<(&'static str, String)> {
    let element: Uuid = sqlx::query_scalar("select element_id from trip_elements where trip_id = $1")
        .bind(trip)
        .fetch_one(&story.app.app.db)
        .await
        .unwrap();
    vec![
        ("observer", observer.participation.to_string()),
        ("purpose", "How she waits".to_owned()),
        ("on_date", on.to_owned()),
        ("reach", "here".to_owned()),
        ("focus", element.to_string()),
    ]
}

async fn fact<T>(story: &Story, trip: Uuid, what: &str) -> T
where
    T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin,
{
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select {what} from field_trips where id = $1")))
        .bind(trip)
        .fetch_one(&story.app.app.db)
        .await
        .unwrap()
}

#[tokio::test]
async fn what_marcus_noted_does_not_go_to_another_observer() {
    let story = Story::begin().await;
    let (marcus, hana) = (story.world.marcus, story.world.hana);
    let (his, hers) = (story.browser(marcus).await, story.browser(hana).await);
    let trip = story.observation(&day(7)).await;
    sqlx::query(
        "insert into observation_notes (program_id, trip_id, log, written_at)
         select program_id, id, 'Six seconds', created_at from field_trips where id = $1",
    )
    .bind(trip)
    .execute(&story.app.app.db)
    .await
    .unwrap();
    his.post(&format!("{}/postpone", story.path(trip)), &[("on_date", &day(9))]).await.is(303);

    let form = observed_by(&story, trip, hana, &day(9)).await;
    let again = story.change(&hers, trip, &form).await;
    again.is(422).says("Marcus has notes of this observation. Plan another one instead");
    assert_eq!(again.field("purpose"), "How she waits", "what was typed is kept");
    story.change(&his, trip, &form).await.is(422).says("You have notes of this observation");
    assert_eq!(fact::<Uuid>(&story, trip, "observer_id").await, marcus.participation.0);
    hers.get(&format!("{}/notes", story.path(trip))).await.is(403);

    // Everything else can change; and once the notes are deleted, so can the observer.
    let same = observed_by(&story, trip, marcus, &day(9)).await;
    story.change(&hers, trip, &same).await.is(303);
    sqlx::query("delete from observation_notes").execute(&story.app.app.db).await.unwrap();
    story.change(&hers, trip, &form).await.is(303);
    assert_eq!(fact::<Uuid>(&story, trip, "observer_id").await, hana.participation.0);
}

#[tokio::test]
async fn nobody_writes_over_a_plan_they_have_not_seen() {
    let story = Story::begin().await;
    let (priya, hana) = (story.world.priya, story.world.hana);
    let (hers, organiser) = (story.browser(hana).await, story.browser(priya).await);
    let trip = story.visit(priya, &[hana], "10").await;
    let edit = format!("{}/edit", story.path(trip));
    let was = hers.get(&edit).await.field("was");
    story.app.advance(Duration::minutes(1));
    story.change(&organiser, trip, &story.form(trip, &[hana], &day(14), "20")).await.is(303);

    // Hana wrote meanwhile: nothing is lost, neither Priya's nor hers.
    let mine = story.form(trip, &[hana], &day(14), "30");
    let with = |was: &str| {
        let mut form = mine.clone();
        form.push(("was", was.to_owned()));
        form
    };
    for stale in [was.as_str(), "", "yesterday"] {
        let again = hers.post(&edit, &borrowed(&with(stale))).await;
        again.is(422).says("Somebody changed the plan since you opened it");
        assert_eq!(again.field("cost"), "30");
        assert_eq!(again.link("Read the plan as it stands now"), story.path(trip));
    }
    assert_eq!(fact::<i32>(&story, trip, "cost_cents").await, 2000);

    // Moved meanwhile, too. Who saves again decides; the same form twice is said once.
    let was = hers.post(&edit, &borrowed(&with(&was))).await.field("was");
    organiser.post(&format!("{}/postpone", story.path(trip)), &[("on_date", &day(16))]).await.is(303);
    let again = hers.post(&edit, &borrowed(&with(&was))).await;
    again.is(422).says("Somebody changed the plan");
    let fresh = again.field("was");
    for _ in 0..2 {
        story.app.advance(Duration::minutes(1));
        hers.post_and_follow(&edit, &borrowed(&with(&fresh))).await.says("Changed.").says("USD 30");
    }
    assert_eq!(fact::<i32>(&story, trip, "cost_cents").await, 3000);
}

#[tokio::test]
async fn priya_says_yes_to_what_she_saw() {
    let story = Story::begin().await;
    let (his, hers) = (story.browser(story.world.marcus).await, story.browser(story.world.priya).await);
    let trip = story.observation(&day(7)).await;
    let (path, marcus) = (story.path(trip), story.world.marcus);
    his.post(&format!("{path}/postpone"), &[("on_date", &day(9))]).await.is(303);

    // Moved, and then worded anew, while her page was open.
    let consent = format!("{path}/consent");
    let seen = hers.get(&path).await.field("seen");
    his.post(&format!("{path}/postpone"), &[("on_date", &day(10))]).await.is(303);
    hers.post_and_follow(&consent, &[("seen", &seen)]).await.says("This had changed");
    let seen = hers.get(&path).await.field("seen");
    story.app.advance(Duration::minutes(1));
    story.change(&his, trip, &observed_by(&story, trip, marcus, &day(10)).await).await.is(303);
    for unseen in [seen.as_str(), ""] {
        hers.post_and_follow(&consent, &[("seen", unseen)]).await.says("This had changed");
    }
    assert!(fact::<bool>(&story, trip, "consented_at is null").await);
    let seen = hers.get(&path).await.says("How she waits").field("seen");
    hers.post_and_follow(&consent, &[("seen", &seen)]).await.says("You said yes.");
    assert!(fact::<bool>(&story, trip, "consented_at is not null").await);
}

#[tokio::test]
async fn a_trip_waits_for_a_new_day() {
    let story = Story::begin().await;
    let (his, hers) = (story.browser(story.world.marcus).await, story.browser(story.world.hana).await);
    let priyas = story.browser(story.world.priya).await;
    let trip = story.observation(&day(7)).await;
    let path = story.path(trip);
    let postpone = format!("{path}/postpone");
    hers.get(&path).await.says("Choose a new day");
    for _ in 0..2 {
        // Whatever stands in the field, none is settled.
        let page = hers.post_and_follow(&postpone, &[("on_date", "soon"), ("later", "yes")]).await;
        page.says("Postponed").says("When instead?").says("No new day yet").says("Call it off");
        assert_eq!(story.state(trip).await, "postponed");
    }
    hers.post_and_follow(&format!("{path}/confirm"), &[]).await.says("had changed before");
    hers.get(&story.world.group_path()).await.says("postponed");

    // It may be on its old day after all; Priya is asked again, for she had said yes before it was put off.
    his.post_and_follow(&postpone, &[("on_date", &day(7))]).await.says("has not said yes yet");
    assert_eq!(story.state(trip).await, "planned");
    let seen = priyas.get(&path).await.field("seen");
    priyas.post_and_follow(&format!("{path}/consent"), &[("seen", &seen)]).await.says("You said yes.");

    // What took place or was called off is not put off.
    priyas.post(&format!("{path}/confirm"), &[]).await.is(303);
    story.app.advance(Duration::days(7));
    his.post(&format!("{path}/took-place"), &[("completed_on", &day(7))]).await.is(303);
    hers.post_and_follow(&postpone, &[("later", "yes")]).await.says("had changed before");
    assert_eq!(story.state(trip).await, "completed");
}

#[tokio::test]
async fn a_plan_says_whether_it_is_in_work_time() {
    let story = Story::begin().await;
    let hana = story.world.hana;
    let hers = story.browser(hana).await;
    let trip = story.visit(hana, &[hana], "10").await;
    let path = story.path(trip);
    hers.get(&path).await.does_not_say("Work time");
    for (typed, says, kept) in [("yes", "In work time", Some(true)), ("no", "In our own time", Some(false))] {
        let mut form = story.form(trip, &[hana], &day(14), "10");
        form.push(("work_time", typed.to_owned()));
        story.change(&hers, trip, &form).await.is(303);
        hers.get(&path).await.says(says);
        assert_eq!(fact::<Option<bool>>(&story, trip, "work_time").await, kept);
        let edit = hers.get(&format!("{path}/edit")).await;
        assert!(edit.html.contains(&format!("name=\"work_time\" value=\"{typed}\" checked")), "{}", edit.html);
    }
    let mut form = story.form(trip, &[hana], &day(14), "10");
    form.push(("work_time", "perhaps".to_owned()));
    story.change(&hers, trip, &form).await.is(422).says("Say whether it is in work time");
    story.change(&hers, trip, &story.form(trip, &[hana], &day(14), "10")).await.is(303);
    assert_eq!(fact::<Option<bool>>(&story, trip, "work_time").await, None);
}
