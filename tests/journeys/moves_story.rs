//! A coordinator offers a place in another group; the one who is asked decides, and every order of
//! events has one outcome.
use crate::support::{
    Browser, TestApp, email_to, link_in,
    world::{self, World},
};
use time::Duration;

async fn texts(app: &TestApp, query: &'static str) -> Vec<String> {
    sqlx::query_scalar(query).fetch_all(&app.app.db).await.unwrap()
}

async fn offer(imogen: &Browser<'_>, world: &World, to_whom: &[world::Peer], line: &str) {
    let members: Vec<String> = to_whom.iter().map(|peer| peer.participation.to_string()).collect();
    let to = world.card_catalog.to_string();
    let mut form: Vec<(&str, &str)> = members.iter().map(|id| ("members", id.as_str())).collect();
    form.extend([("to", to.as_str()), ("line", line)]);
    imogen
        .post_and_follow(&format!("{}/moves", world.group_path()), &form)
        .await
        .says("A place in Card Catalog is offered to");
}

/// The one open offer, as the person's page sends it.
async fn id(browser: &Browser<'_>, world: &World) -> String {
    browser.get(&format!("{}/move", world.program_path())).await.is(200).field("id")
}

#[tokio::test]
async fn one_person_is_asked_says_yes_and_both_groups_hear_of_it() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let page = format!("{}/moves", world.group_path());
    imogen.get(&page).await.is(200).says("Hana Sørby").says("Card Catalog (two people)").does_not_say("Tobias");
    imogen.post(&page, &[]).await.is(422).says("Choose to whom you offer the move").says("Choose a group");
    let long = "x".repeat(301);
    let hana_id = world.hana.participation.to_string();
    let to = world.card_catalog.to_string();
    let kept = imogen.post(&page, &[("members", &hana_id), ("to", &to), ("line", &long)]).await;
    kept.is(422);
    assert_eq!(kept.field("line"), long, "what was typed is kept");
    offer(&imogen, &world, &[world.hana], "Wren asked for somebody who teaches.").await;
    // The button pressed twice: one offer, one email, and the same answer.
    offer(&imogen, &world, &[world.hana], "Wren asked for somebody who teaches.").await;
    // Another line to the same person has to wait.
    imogen
        .post(&page, &[("members", &hana_id), ("to", &to), ("line", "again")])
        .await
        .is(422)
        .says("An open offer waits for an answer already: Hana Sørby");
    let sent = app.deliver_mail().await;
    assert_eq!(sent.len(), 1);
    let told = email_to(&sent, "hana@larkspur.example");
    assert_eq!(told.subject, "A place in Card Catalog is offered to you");
    assert!(told.text.contains("without an answer by 4 May you stay"), "{}", told.text);
    assert!(!told.text.contains("Wren") && !told.html.contains("Wren"), "the line stays out of the email");
    let link = link_in(told);

    // Those who are not asked read nothing of it.
    let marcus = app.browser_of(world.marcus.person).await;
    marcus.get(&link).await.is(200).says("No move is offered to you");
    let hana = app.browser_of(world.hana.person).await;
    hana.get(&link)
        .await
        .is(200)
        .says("Move to Card Catalog?")
        .says("Wren asked for somebody who teaches.")
        .says("Its members read only that you have moved to another group.");
    hana.get("/").await.says("A place in Card Catalog is offered to you");
    marcus.get("/").await.does_not_say("is offered to you");
    let offer_id = id(&hana, &world).await;
    marcus.post(&link, &[("id", &offer_id), ("answer", "move")]).await.is(404);
    hana.post(&link, &[("id", &offer_id)]).await.is(422).says("Choose whether you move or stay");
    imogen
        .get(&format!("{}/groups", world.program_path()))
        .await
        .says("Hana Sørby, to Card Catalog")
        .says("Has not answered; the offer stands until 4 May")
        .does_not_say("somebody who teaches");

    let arrived = hana.post_and_follow(&link, &[("id", &offer_id), ("answer", "move")]).await;
    arrived.is(200).says("Card Catalog").says("Tobias");
    hana.get("/").await.does_not_say("is offered to you");
    hana.get(&world.group_path()).await.is(404);
    // A second tap, and another device that says "stay" later: nothing changes, and the page says what holds.
    hana.post_and_follow(&link, &[("id", &offer_id), ("answer", "move")]).await.says("You have moved");
    hana.post_and_follow(&link, &[("id", &offer_id), ("answer", "stay")])
        .await
        .says("You said yes on 20 April, and left Reading Room for Card Catalog.");
    assert_eq!(
        texts(
            &app,
            "select g.name || ' ' || m.joined_on || ' ' || coalesce(m.left_on::text, '') from memberships m
             join groups g on g.id = m.group_id join participations t on t.id = m.participation_id
             join people p on p.id = t.person_id where p.email like 'hana%' order by m.joined_on"
        )
        .await,
        ["Reading Room 2026-01-12 2026-04-20", "Card Catalog 2026-04-20 "]
    );
    let sent = app.deliver_mail().await;
    for (to, subject) in [
        ("priya", "Hana Sørby has moved to another group"),
        ("marcus", "Hana Sørby has moved to another group"),
        ("tobias", "Hana Sørby joins your group"),
        ("wren", "Hana Sørby joins your group"),
        ("hana", "You are in a group with Tobias and Wren"),
    ] {
        assert_eq!(email_to(&sent, &format!("{to}@larkspur.example")).subject, subject);
    }
    assert_eq!(sent.len(), 5);
    assert!(!email_to(&sent, "priya@larkspur.example").text.contains("Card Catalog"), "only that she has moved");
    imogen.get(&format!("{}/groups", world.program_path())).await.says("Moved on 20 April");
    assert_eq!(
        texts(&app, "select action from history where action like 'move%' order by at, id").await,
        ["move_offered", "moved"]
    );
}

#[tokio::test]
async fn a_program_that_asks_no_supervisor_speaks_of_none() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    offer(&imogen, &world, &[world.hana], "").await;
    let hana = app.browser_of(world.hana.person).await;
    let here = format!("{}/move", world.program_path());
    hana.get(&here).await.says("your supervisor’s yes stay as they are");
    sqlx::query("update programs set approval_required = false").execute(&app.app.db).await.unwrap();
    hana.get(&here).await.says("Spring 2026 stays as it is.").does_not_say("supervisor’s yes");
    app.deliver_mail().await;
}

#[tokio::test]
async fn whoever_stays_is_asked_nothing_and_an_offer_can_be_taken_back() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let hana = app.browser_of(world.hana.person).await;
    let here = format!("{}/move", world.program_path());
    offer(&imogen, &world, &[world.hana], "").await;
    let first = id(&hana, &world).await;
    hana.post_and_follow(&here, &[("id", &first), ("answer", "stay")]).await.says("You stay where you are");
    imogen.get(&format!("{}/groups", world.program_path())).await.says("Stays in Reading Room");
    // Asked again, and taken back before the email left: no email, and the page says so.
    app.deliver_mail().await;
    offer(&imogen, &world, &[world.hana], "").await;
    let second = id(&hana, &world).await;
    let withdraw = format!("{}/moves/{second}/withdraw", world.program_path());
    imogen.post_and_follow(&withdraw, &[]).await.says("The offer was taken back on 20 April");
    assert!(app.deliver_mail().await.is_empty());
    hana.post_and_follow(&here, &[("id", &second), ("answer", "move")])
        .await
        .says("The offer of a place in Card Catalog was taken back on 20 April. Nothing changed for you.");
    hana.post(&here, &[("id", &first), ("answer", "move")]).await.is(303);
    imogen.post_and_follow(&withdraw, &[]).await.is(200);
    assert_eq!(texts(&app, "select state from moves order by offered_at, id").await, ["stayed", "withdrawn"]);
    assert_eq!(texts(&app, "select id::text from memberships where left_on is not null").await, Vec::<String>::new());
}

#[tokio::test]
async fn an_offer_ends_by_itself_after_two_weeks_or_when_nobody_can_take_it() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let here = format!("{}/move", world.program_path());
    offer(&imogen, &world, &[world.hana, world.marcus, world.priya], "").await;
    assert_eq!(app.deliver_mail().await.len(), 3, "a merge is several offers");
    let (hana, marcus) = (app.browser_of(world.hana.person).await, app.browser_of(world.marcus.person).await);
    let priya = app.browser_of(world.priya.person).await;
    let (of_hana, of_marcus) = (id(&hana, &world).await, id(&marcus, &world).await);
    // Priya leaves: hers is over.
    priya.post(&format!("{}/leave", world.program_path()), &[]).await.is(303);
    imogen.get(&format!("{}/groups", world.program_path())).await.says("The offer is over: no longer in Reading Room");
    app.advance(Duration::days(13));
    marcus.get(&here).await.says("Move to Card Catalog?");
    app.advance(Duration::days(1));
    hana.post_and_follow(&here, &[("id", &of_hana), ("answer", "move")]).await.says("The time to answer is over");
    // A new one takes the place of the one that is over.
    offer(&imogen, &world, &[world.hana], "").await;
    let again = id(&hana, &world).await;
    assert_ne!(again, of_hana);
    // The group it leads to is closed meanwhile.
    sqlx::query("update groups set closed_on = '2026-05-04', closed_how = 'dissolved' where name = 'Card Catalog'")
        .execute(&app.app.db)
        .await
        .unwrap();
    hana.post_and_follow(&here, &[("id", &again), ("answer", "move")]).await.says("Card Catalog is closed");
    marcus.post_and_follow(&here, &[("id", &of_marcus), ("answer", "stay")]).await.says("You stay where you are");
    assert_eq!(texts(&app, "select id::text from moves where state = 'accepted'").await, Vec::<String>::new());
}

#[tokio::test]
async fn hard_rules_hold_when_it_is_offered_and_again_at_the_yes() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let db = &app.app.db;
    let imogen = app.browser_of(world.imogen).await;
    let page = format!("{}/moves", world.group_path());
    let (hana_id, to) = (world.hana.participation.to_string(), world.card_catalog.to_string());
    let form = [("members", hana_id.as_str()), ("to", to.as_str())];
    let set = async |sql: &'static str| sqlx::query(sql).execute(db).await.unwrap();
    set("update programs set group_target = 2, group_max = 2").await;
    imogen.post(&page, &form).await.is(422).says("A group has at most 2 people");
    set("update programs set group_target = 2, group_max = 3").await;
    set("update approval_requests set supervisor_email_folded = 'tobias@larkspur.example' where participation_id =
         (select t.id from participations t join people p on p.id = t.person_id where p.email like 'hana%')")
    .await;
    imogen.post(&page, &form).await.is(422).says("Tobias Renwick is the supervisor of Hana Sørby");
    set("update approval_requests set supervisor_email_folded = 'beatrix@larkspur.example'").await;
    offer(&imogen, &world, &[world.hana], "").await;
    // A pair that is to be kept apart since then: she reads that it is not possible, not why.
    sqlx::query("insert into not_with (program_id, participation_id, other_id) values ($1, $2, $3)")
        .bind(world.program)
        .bind(world.wren.participation)
        .bind(world.hana.participation)
        .execute(db)
        .await
        .unwrap();
    let hana = app.browser_of(world.hana.person).await;
    let here = format!("{}/move", world.program_path());
    let first = id(&hana, &world).await;
    let answer = hana.post_and_follow(&here, &[("id", &first), ("answer", "move")]).await;
    answer.says("not possible any more").does_not_say("Wren");
    imogen
        .get(&format!("{}/groups", world.program_path()))
        .await
        .says("Said yes on 20 April, but the move was not possible any more");
    set("delete from not_with").await;
    offer(&imogen, &world, &[world.hana], "").await;
    set("update programs set group_target = 2, group_max = 2").await;
    let second = id(&hana, &world).await;
    hana.post_and_follow(&here, &[("id", &second), ("answer", "move")]).await.says("was not possible any more");
    assert_eq!(texts(&app, "select state from moves order by offered_at, id").await, ["hindered", "hindered"]);
    // On hold is never moved.
    set("update programs set group_target = 2, group_max = 5").await;
    sqlx::query("update participations set state = 'on_hold', paused_from = '2026-04-20', paused_until = '2026-05-20' where id = $1")
        .bind(world.hana.participation)
        .execute(db)
        .await
        .unwrap();
    imogen.post(&page, &form).await.is(422).says("Hana Sørby cannot be placed: on hold");
}

#[tokio::test]
async fn what_was_written_before_stays_closed_to_who_comes_and_to_who_went() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (goal, _) = world::goal_with_elements(&app.app.db, &world, world.priya, &["Wait time"]).await;
    // In the group she comes to: goals that were written before she came, and one on the day she comes.
    let mut theirs = Vec::new();
    for (state, written, closed_on) in
        [("achieved", "2026-01-20", Some("2026-03-01")), ("agreed", "2026-01-20", None), ("agreed", "2026-04-20", None)]
    {
        let id = uuid::Uuid::now_v7();
        sqlx::query(
            "insert into goals (program_id, id, group_id, title, statement, state, created_by, created_at, worded_at, agreed_on, closed_on)
             values ($1, $2, $3, 'Ours', 'Ours', $4, $5, ($7 || 'T15:00Z')::timestamptz, ($7 || 'T15:00Z')::timestamptz, $7::date, $6::date)",
        )
        .bind(world.program)
        .bind(id)
        .bind(world.card_catalog)
        .bind(state)
        .bind(world.tobias.participation)
        .bind(closed_on)
        .bind(written)
        .execute(&app.app.db)
        .await
        .unwrap();
        theirs.push(format!("/programs/{}/groups/{}/goals/{id}", world.program, world.card_catalog));
    }
    let imogen = app.browser_of(world.imogen).await;
    let hana = app.browser_of(world.hana.person).await;
    hana.get(&theirs[2]).await.is(404);
    let of_priya = format!("{}/goals/{goal}", world.group_path());
    hana.get(&of_priya).await.is(200);
    offer(&imogen, &world, &[world.hana], "").await;
    let offer_id = id(&hana, &world).await;
    let here = format!("{}/move", world.program_path());
    hana.post(&here, &[("id", &offer_id), ("answer", "move")]).await.is(303);
    hana.get(&of_priya).await.is(404);
    hana.get(&theirs[0]).await.is(404);
    hana.get(&theirs[1]).await.is(404);
    hana.get(&theirs[2]).await.is(200);
    // The group's page leads nowhere that she may not go.
    let page = hana.get(&format!("/programs/{}/groups/{}", world.program, world.card_catalog)).await;
    assert!(
        page.is(200).html.contains(&theirs[2]) && !page.html.contains(&theirs[0]) && !page.html.contains(&theirs[1])
    );
    // Her own goal, and the way she came, stand in what is held about her.
    let (own, _) = world::goal_with_elements(&app.app.db, &world, world.hana, &["Pace"]).await;
    hana.get(&format!("{}/goals/{own}", world.group_path())).await.is(404);
    let data = hana.get("/account/data.json").await;
    assert!(data.html.contains("Pace"), "what is her own");
    let held: serde_json::Value = serde_json::from_str(&data.html).unwrap();
    assert_eq!(held["moves"][0]["to"], "Card Catalog");
}

/// While the coordinator takes it back, the person says yes, on two devices: one of three is first.
#[tokio::test]
async fn a_withdrawal_that_meets_a_yes_has_one_outcome() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let (hana, phone) = (app.browser_of(world.hana.person).await, app.browser_of(world.hana.person).await);
    let here = format!("{}/move", world.program_path());
    let mut moved = 0;
    for round in 0..20 {
        offer(&imogen, &world, &[world.hana], "").await;
        let offer_id = id(&hana, &world).await;
        let form = [("id", offer_id.as_str()), ("answer", "move")];
        let withdraw = format!("{}/moves/{offer_id}/withdraw", world.program_path());
        let (yes, again, back) =
            tokio::join!(hana.post(&here, &form), phone.post(&here, &form), imogen.post(&withdraw, &[]));
        for answer in [&yes, &again, &back] {
            answer.is(303);
        }
        let state: String = sqlx::query_scalar("select state from moves where id::text = $1")
            .bind(&offer_id)
            .fetch_one(&app.app.db)
            .await
            .unwrap();
        let places = texts(
            &app,
            "select g.name from memberships m join groups g on g.id = m.group_id
             join participations t on t.id = m.participation_id join people p on p.id = t.person_id
             where p.email like 'hana%' and m.left_on is null",
        )
        .await;
        let there = if state == "accepted" { "Card Catalog" } else { "Reading Room" };
        assert_eq!(places, [there], "round {round}: {state}");
        assert!(["accepted", "withdrawn"].contains(&state.as_str()), "{state}");
        if state == "accepted" {
            moved += 1;
            // Back to where the next round begins.
            for sql in [
                "delete from memberships where group_id = $1 and participation_id = $2",
                "update memberships set left_on = null where group_id <> $1 and participation_id = $2",
            ] {
                sqlx::query(sql)
                    .bind(world.card_catalog)
                    .bind(world.hana.participation)
                    .execute(&app.app.db)
                    .await
                    .unwrap();
            }
        }
    }
    let letters: i64 = sqlx::query_scalar("select count(*) from outbox where kind = 'group_news'")
        .fetch_one(&app.app.db)
        .await
        .unwrap();
    assert_eq!(letters, moved * 4, "both groups hear of a move once");
}
