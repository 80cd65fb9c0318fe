//! A group that is too small goes on by decision, or is closed; its people are placed again.
use crate::support::{
    TestApp, email_to,
    world::{self, World},
};
use time::Duration;

async fn texts(app: &TestApp, query: &'static str) -> Vec<String> {
    sqlx::query_scalar(query).fetch_all(&app.app.db).await.unwrap()
}

async fn leave(app: &TestApp, world: &World, who: world::Peer) {
    let browser = app.browser_of(who.person).await;
    browser.post(&format!("{}/leave", world.program_path()), &[]).await.is(303);
}

#[tokio::test]
async fn a_small_group_goes_on_by_decision_until_it_loses_another_member() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    sqlx::query("update programs set group_min = 3, group_target = 4").execute(&app.app.db).await.unwrap();
    let small = format!("{}/small", world.group_path());
    imogen.get(&small).await.is(200).says("It has three members.").does_not_say("Let it go on small");
    imogen.post_and_follow(&small, &[]).await.says("Nothing changed: the group has enough members.");
    imogen.get(&world.program_path()).await.does_not_say("Reading Room has two members");
    leave(&app, &world, world.hana).await;
    let desk = imogen.get(&world.program_path()).await;
    desk.says("Reading Room has two members");
    assert!(desk.html.contains(&format!("href=\"{small}\"")), "the desk leads to what can be done");
    imogen.get(&format!("{}/groups", world.program_path())).await.says("below the three that this program asks for");
    imogen.get(&world.group_path()).await.says("Groups here have at least three members.").says("What can be done");
    imogen.post_and_follow(&small, &[]).await.says("It goes on small.").says("This was decided on 20 April.");
    imogen.post_and_follow(&small, &[]).await.says("Nothing changed: this was decided before.");
    imogen
        .get(&world.program_path())
        .await
        .does_not_say("Reading Room has two members")
        .does_not_say("Reading Room lost");
    imogen.get(&format!("{}/groups", world.program_path())).await.says("Goes on small, as decided on 20 April");
    imogen.get(&world.group_path()).await.says("This one goes on small, as decided on 20 April.");
    // Somebody on hold does not count: it has lost another member, and is on the desk again.
    let pause = [("from", "2026-04-21"), ("until", "2026-05-20")];
    app.browser_of(world.marcus.person).await.post(&format!("{}/pause", world.program_path()), &pause).await.is(303);
    app.advance(Duration::days(1));
    app.deliver_mail().await;
    imogen
        .get(&world.program_path())
        .await
        .says("Reading Room has one member")
        .says("One more is on hold, and counts again once back.");
    imogen
        .get(&world.group_path())
        .await
        .says("Marcus Delacroix-Boone On hold until 20 May")
        .says("One more is on hold");
    imogen.get(&small).await.says("Marcus is on hold, and counted again once back.").says("Let it go on small");
    imogen
        .get(&format!("{}/groups", world.program_path()))
        .await
        .says("One person, below the three")
        .says("One more is on hold");
    assert_eq!(texts(&app, "select action from history where action like 'group_%'").await, ["group_kept_small"]);
}

#[tokio::test]
async fn a_group_is_dissolved_and_its_people_are_free_again() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let priya = app.browser_of(world.priya.person).await;
    let meeting = uuid::Uuid::now_v7();
    for (id, on) in [(meeting, "2026-05-04"), (uuid::Uuid::now_v7(), "2026-04-13")] {
        sqlx::query(
            "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, state, created_by, created_at)
             values ($1, $2, $3, ($4 || 'T17:00Z')::timestamptz, ($4 || 'T18:00Z')::timestamptz, ($4 || 'T12:00')::timestamp,
                'America/Chicago', 'in_person', 'scheduled', $5, '2026-04-01T12:00Z')",
        )
        .bind(world.program)
        .bind(id)
        .bind(world.reading_room)
        .bind(on)
        .bind(world.priya.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    }
    for (state, who) in [("planned", world.priya), ("confirmed", world.marcus), ("completed", world.priya)] {
        let trip = uuid::Uuid::now_v7();
        sqlx::query(
            "insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, on_date, completed_on, state, created_by, created_at, worded_at)
             values ($1, $2, $3, 'event', true, false, 'A talk', '2026-04-10', case when $4 = 'completed' then date '2026-04-10' end, $4, $5, '2026-04-01T12:00Z', '2026-04-01T12:00Z')",
        )
        .bind(world.program)
        .bind(trip)
        .bind(world.reading_room)
        .bind(state)
        .bind(who.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
        sqlx::query("insert into trip_goers (program_id, trip_id, participation_id) values ($1, $2, $3)")
            .bind(world.program)
            .bind(trip)
            .bind(who.participation)
            .execute(&app.app.db)
            .await
            .unwrap();
    }
    let close = format!("{}/close", world.group_path());
    imogen
        .get(&close)
        .await
        .is(200)
        .says("Hana, Marcus and Priya are still in it.")
        .says("The meeting that is planned does not take place.");
    imogen.post(&close, &[]).await.is(422).says("Choose how the group ends");
    imogen
        .post(&close, &[("how", "completed")])
        .await
        .is(422)
        .says("it can be dissolved, or they can be offered moves");
    imogen.post(&close, &[("how", "merged")]).await.is(422);
    imogen
        .post_and_follow(&close, &[("how", "dissolved")])
        .await
        .says("Three people are free to be placed again, and told by email.")
        .says("Three people are ready to be placed.");
    imogen.post_and_follow(&close, &[("how", "dissolved")]).await.says("Nothing changed: the group was closed before.");
    imogen.get(&close).await.says("This group is closed.");
    imogen.post(&format!("{}/small", world.group_path()), &[]).await.is(303);
    assert_eq!(
        texts(&app, "select state from meetings order by starts_at").await,
        ["scheduled", "cancelled"],
        "what was to come does not take place"
    );
    assert_eq!(
        texts(&app, "select name || ' ' || closed_on || ' ' || closed_how from groups where closed_on is not null")
            .await,
        ["Reading Room 2026-04-20 dissolved"]
    );
    // Marcus’s supervisor took the yes back before the letters went out.
    sqlx::query(
        "update approval_requests set state = 'revoked', revoked_from = '2026-04-10' where participation_id = $1",
    )
    .bind(world.marcus.participation)
    .execute(&app.app.db)
    .await
    .unwrap();
    // Beside the letter, the meeting is taken out of each one's calendar.
    let (for_calendars, sent): (Vec<_>, Vec<_>) =
        app.deliver_mail().await.into_iter().partition(|email| email.invitation.is_some());
    assert_eq!((for_calendars.len(), sent.len()), (3, 3));
    let marcus = email_to(&sent, "marcus@larkspur.example");
    assert!(marcus.text.contains("You still take part in Peer Mentoring, Spring 2026. When"), "{}", marcus.text);
    let told = email_to(&sent, "priya@larkspur.example");
    assert_eq!(told.subject, "Reading Room is closed");
    assert!(told.text.contains("and your supervisor’s yes stays as it is"), "{}", told.text);
    assert!(told.text.contains("The meeting that was planned does not take place."), "{}", told.text);
    assert!(told.text.contains("The trip you were to go on is cancelled."), "{}", told.text);
    assert!(!email_to(&sent, "hana@larkspur.example").text.contains("trip"), "she was not to go on any");
    assert_eq!(
        texts(&app, "select state from field_trips order by id").await,
        ["cancelled", "cancelled", "completed"],
        "what was to come does not take place"
    );
    // Rule 8: who has left reads what is theirs, not the group's.
    priya.get(&world.group_path()).await.is(404);
    priya.get("/account/data.json").await.is(200);
    imogen.get(&world.program_path()).await.does_not_say("Reading Room has");
    // One of them is placed again.
    let edit = format!("/programs/{}/groups/{}/edit", world.program, world.card_catalog);
    let form = [
        ("name", "Card Catalog"),
        ("focus", ""),
        ("home_time_zone", "America/Chicago"),
        ("meeting_minutes", "60"),
        ("members", &world.priya.participation.to_string()),
    ];
    imogen.post_and_follow(&edit, &form).await.is(200);
    assert_eq!(
        email_to(&app.deliver_mail().await, "priya@larkspur.example").subject,
        "You are in a group with Tobias and Wren"
    );
    assert_eq!(texts(&app, "select action from history where action = 'group_closed'").await, ["group_closed"]);
}

#[tokio::test]
async fn an_empty_group_is_completed_and_one_whose_people_moved_is_merged() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let here = format!("{}/move", world.program_path());
    let members = [world.priya, world.marcus, world.hana];
    let ids: Vec<String> = members.iter().map(|peer| peer.participation.to_string()).collect();
    let to = world.card_catalog.to_string();
    let mut form: Vec<(&str, &str)> = ids.iter().map(|id| ("members", id.as_str())).collect();
    form.push(("to", &to));
    imogen.post(&format!("{}/moves", world.group_path()), &form).await.is(303);
    for peer in members {
        let browser = app.browser_of(peer.person).await;
        let offer = browser.get(&here).await.field("id");
        browser.post(&here, &[("id", &offer), ("answer", "move")]).await.is(303);
    }
    app.deliver_mail().await;
    let close = format!("{}/close", world.group_path());
    let page = imogen.get(&close).await;
    page.says("Its last members moved to another group: it is kept as merged.");
    imogen.post_and_follow(&close, &[("how", &page.field("how"))]).await.says("The group is closed.");
    assert!(app.deliver_mail().await.is_empty(), "nobody is left to be told");
    // The other way: everybody has finished.
    for peer in [world.tobias, world.wren, world.priya, world.marcus, world.hana] {
        leave(&app, &world, peer).await;
    }
    let small = format!("/programs/{}/groups/{}/small", world.program, world.card_catalog);
    let page = imogen.get(&small).await;
    page.says("Nobody is left in it").says("Close the group").does_not_say("Let it go on small");
    page.does_not_say("Offer moves").does_not_say("Add somebody");
    imogen.post_and_follow(&small, &[]).await.says("Nothing changed: nobody is left in the group");
    let close = format!("/programs/{}/groups/{}/close", world.program, world.card_catalog);
    imogen.get(&close).await.says("Nobody is in it any more.").says("It did what it set out to do.");
    imogen.post_and_follow(&close, &[("how", "completed")]).await.says("The group is closed.");
    assert_eq!(texts(&app, "select closed_how from groups order by name").await, ["completed", "merged"]);
}
