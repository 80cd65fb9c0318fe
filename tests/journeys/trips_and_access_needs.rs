//! How those who go get there is for the group; what each needs there is for them and whoever planned the trip.
use super::trips_cast::Story;
use crate::support::world::day;
use time::Duration;

const NEEDS: &str = "No steps, please: ACCESSMARK.";
const WAY: &str = "The 8:12 from platform 2.\nMarcus has the tickets.";

async fn kept(story: &Story) -> i64 {
    sqlx::query_scalar("select count(*) from access_needs").fetch_one(&story.app.app.db).await.unwrap()
}

#[tokio::test]
async fn the_organiser_reads_what_hana_needs_and_nobody_else_does() {
    let story = Story::begin().await;
    let (priya, marcus, hana) = (story.world.priya, story.world.marcus, story.world.hana);
    let (hers, his, organiser) = (story.browser(hana).await, story.browser(marcus).await, story.browser(priya).await);
    let trip = story.visit(priya, &[hana, marcus], "10").await;
    let path = story.path(trip);
    let (way, needs) = (format!("{path}/travel"), format!("{path}/needs"));

    // How they get there: any of the group writes it, all read it.
    hers.get(&path).await.says("not written down yet");
    organiser.get(&way).await.says("Hana, Marcus and you can read and change this").does_not_say("name=\"needs\"");
    organiser.post_and_follow(&way, &[("travel", WAY)]).await.says("Saved.");
    hers.get(&path).await.says("The 8:12 from platform 2.");
    hers.post(&way, &[("travel", &"x".repeat(601))]).await.is(422).says("at most 600");

    // What Hana needs.
    hers.get(&way).await.says("Priya, who planned this, and you can read this, and nobody else");
    let long = "y".repeat(601);
    let again = hers.post(&needs, &[("needs", &long)]).await;
    again.is(422);
    assert_eq!(again.field("needs"), long, "what was typed is kept");
    assert_eq!(kept(&story).await, 0);
    for _ in 0..2 {
        hers.post_and_follow(&needs, &[("needs", NEEDS)]).await.says("ACCESSMARK");
    }
    assert_eq!(kept(&story).await, 1);
    organiser.get(&way).await.says("What the others need").says("Hana").says("ACCESSMARK");
    // Marcus, who goes too, finds nothing; others of the group, of the program and outside it even less.
    let mut pages = vec![way.clone(), path.clone(), story.world.group_path()];
    pages.extend([
        format!("{path}/edit"),
        format!("{path}/supervisor"),
        "/".to_owned(),
        "/account/data.json".to_owned(),
    ]);
    for page in &pages {
        his.get(page).await.is(200).does_not_say("ACCESSMARK");
        organiser.get(page).await.is(200);
    }
    organiser.get(&path).await.does_not_say("ACCESSMARK");
    organiser.get("/account/data.json").await.does_not_say("ACCESSMARK");
    assert!(hers.get("/account/data.json").await.html.contains("ACCESSMARK"), "its writer takes it along");
    for other in [story.world.tobias.person, story.world.imogen, story.world.site_admin, story.world.olga] {
        let browser = story.app.browser_of(other).await;
        browser.get(&way).await.is(404);
        browser.post(&needs, &[("needs", "Mine")]).await.is(404);
        browser.post(&way, &[("travel", "Mine")]).await.is(404);
    }
    for email in story.app.deliver_mail().await {
        assert!(!email.text.contains("ACCESSMARK") && !email.html.contains("ACCESSMARK"), "{}", email.subject);
    }
    // Who does not go writes none, and no row of the history tells of any.
    organiser.post_and_follow(&needs, &[("needs", "Mine")]).await.says("had changed before");
    assert_eq!(kept(&story).await, 1);
    let told: i64 = sqlx::query_scalar("select count(*) from history where action like '%need%'")
        .fetch_one(&story.app.app.db)
        .await
        .unwrap();
    assert_eq!(told, 0);

    // Taken out by its writer, and written anew.
    hers.post_and_follow(&needs, &[("needs", " ")]).await.says("Taken out");
    assert_eq!(kept(&story).await, 0);
    hers.post(&needs, &[("needs", NEEDS)]).await.is(303);
    // She does not go after all: it goes with her.
    let form = story.form(trip, &[marcus], &day(14), "10");
    story.change(&organiser, trip, &form).await.is(303);
    assert_eq!(kept(&story).await, 0);
}

#[tokio::test]
async fn needs_are_gone_once_the_trip_is_over_or_called_off() {
    let story = Story::begin().await;
    let (priya, hana) = (story.world.priya, story.world.hana);
    let hers = story.browser(hana).await;
    let off = story.visit(priya, &[hana], "10").await;
    let over = story.visit(priya, &[hana], "10").await;
    for trip in [off, over] {
        hers.post(&format!("{}/needs", story.path(trip)), &[("needs", NEEDS)]).await.is(303);
    }
    assert_eq!(kept(&story).await, 2);
    hers.post(&format!("{}/cancel", story.path(off)), &[]).await.is(303);
    assert_eq!(kept(&story).await, 1);
    hers.post_and_follow(&format!("{}/needs", story.path(off)), &[("needs", NEEDS)]).await.says("had changed before");
    hers.post_and_follow(&format!("{}/travel", story.path(off)), &[("travel", "By boat")])
        .await
        .says("had changed before");
    hers.post_and_follow(&format!("{}/confirm", story.path(over)), &[]).await.says("Confirmed.");
    story.app.advance(Duration::days(15));
    hers.post_and_follow(&format!("{}/took-place", story.path(over)), &[("completed_on", &day(14))])
        .await
        .says("took place");
    assert_eq!(kept(&story).await, 0);
    hers.get(&format!("{}/travel", story.path(over))).await.is(200).says("Nothing is kept");
    story.app.deliver_mail().await;
}

#[tokio::test]
async fn needs_end_with_the_day_of_the_trip_though_nobody_says_that_it_took_place() {
    let story = Story::begin().await;
    let (priya, marcus, hana) = (story.world.priya, story.world.marcus, story.world.hana);
    let trip = story.visit(priya, &[hana, marcus], "10").await;
    let (way, needs) = (format!("{}/travel", story.path(trip)), format!("{}/needs", story.path(trip)));
    story.browser(priya).await.post(&way, &[("travel", WAY)]).await.is(303);
    story.browser(hana).await.post(&needs, &[("needs", NEEDS)]).await.is(303);
    story.browser(marcus).await.post(&needs, &[("needs", "A seat")]).await.is(303);
    story.app.deliver_mail().await;
    assert_eq!(kept(&story).await, 2, "nothing goes before its time");
    // Marcus leaves the group: what he needs there goes with him.
    sqlx::query("update memberships set left_on = '2026-04-21' where participation_id = $1")
        .bind(marcus.participation)
        .execute(&story.app.app.db)
        .await
        .unwrap();
    story.app.deliver_mail().await;
    assert_eq!(kept(&story).await, 1);
    // On the day itself Priya still reads what Hana needs.
    story.app.advance(Duration::days(14));
    story.app.deliver_mail().await;
    story.browser(priya).await.get(&way).await.says("ACCESSMARK");
    // The day after she does not, before anything is cleared away; then it is gone, and how to get there stays.
    story.app.advance(Duration::days(1));
    story.browser(priya).await.get(&way).await.is(200).does_not_say("ACCESSMARK");
    assert_eq!(kept(&story).await, 1);
    story.app.deliver_mail().await;
    assert_eq!(kept(&story).await, 0);
    let stays: i64 = sqlx::query_scalar("select count(*) from trip_travel").fetch_one(&story.app.app.db).await.unwrap();
    assert_eq!(stays, 1);
}

#[tokio::test]
async fn a_newcomer_reads_and_changes_the_way_from_their_day_on() {
    let story = Story::begin().await;
    let (priya, marcus) = (story.world.priya, story.world.marcus);
    let trip = story.visit(priya, &[priya], "10").await;
    let path = story.path(trip);
    let organiser = story.browser(priya).await;
    organiser.post(&format!("{path}/travel"), &[("travel", WAY)]).await.is(303);
    story.app.advance(Duration::days(2));
    sqlx::query("update memberships set joined_on = '2026-04-22' where participation_id = $1")
        .bind(marcus.participation)
        .execute(&story.app.app.db)
        .await
        .unwrap();
    let his = story.browser(marcus).await;
    his.get(&path).await.says("written before you came").does_not_say("platform 2");
    his.get(&format!("{path}/travel")).await.says("written before you came").does_not_say("platform 2");
    his.post_and_follow(&format!("{path}/travel"), &[("travel", "Mine")]).await.says("had changed before");
    organiser.get(&path).await.says("platform 2");
    organiser.post(&format!("{path}/travel"), &[("travel", "We walk from platform 2.")]).await.is(303);
    his.get(&path).await.says("We walk from platform 2.");
    his.post_and_follow(&format!("{path}/travel"), &[("travel", "We run.")]).await.says("Saved.");
}
