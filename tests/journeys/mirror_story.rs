//! A peer looks at what others see of them: the same words, nothing to send.
use super::approvals_cast::{NOTE, OMAR, OWN_WORDS, answer, asked, invited, join_path};
use super::support::{Answer, TestApp, world::World};

fn supervisor(world: &World) -> String {
    format!("{}/what-my-supervisor-sees", world.program_path())
}

fn coordinator(world: &World) -> String {
    format!("{}/what-my-coordinator-sees", world.program_path())
}

/// What stands inside `main`, without the forms of the page around it.
fn inert(page: &Answer) {
    let main = page.html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    for word in ["<form", "<button", "name=\"seen\"", "/answers/", "/answer/"] {
        assert!(!main.contains(word), "{word} on a page to look at");
    }
    // Every field stands in a fieldset that is switched off.
    let html = scraper::Html::parse_document(&page.html);
    let (fields, off) = (
        scraper::Selector::parse("main :is(input, select, textarea)").unwrap(),
        scraper::Selector::parse("main fieldset[disabled] :is(input, select, textarea)").unwrap(),
    );
    assert_eq!(html.select(&fields).count(), html.select(&off).count());
}

#[tokio::test]
async fn what_my_supervisor_sees_is_what_they_see() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let browser = app.browser_of(dana.person).await;
    let before = browser.get(&supervisor(&world)).await;
    before.is(200).says("As your supervisor sees it").says("Will you back Dana’s place").says("Nothing can be sent");
    inert(&before);

    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    for form in [
        &[][..],
        &[("answer", "talk"), ("note", NOTE)],
        &[("answer", "condition"), ("conditions", "Not in exam weeks")],
        &[("answer", "yes"), ("pledges", "open_door"), ("hours_month", "3")],
    ] {
        if !form.is_empty() {
            answer(&omar, &link, form).await.is(303);
        }
        let (theirs, mine) = (omar.open(&link).await, browser.get(&supervisor(&world)).await);
        mine.is(200).says("As Omar Tennyson sees it").says(OWN_WORDS);
        inert(&mine);
        // Each list of facts of theirs stands on hers, letter by letter.
        let facts = scraper::Selector::parse("main dl.facts").unwrap();
        let of = |page: &Answer| {
            scraper::Html::parse_document(&page.html).select(&facts).map(|one| one.html()).collect::<Vec<_>>()
        };
        assert!(!of(&theirs).is_empty());
        assert_eq!(of(&theirs), of(&mine));
    }
    browser.get(&join_path(&world)).await.link("what my supervisor sees");
    browser.get(&format!("{}/profile", world.program_path())).await.link("what my coordinator sees");
    for (who, status) in [(world.imogen, 403), (world.olga, 404)] {
        app.browser_of(who).await.get(&supervisor(&world)).await.is(status);
        app.browser_of(who).await.get(&coordinator(&world)).await.is(status);
    }
    sqlx::query("update programs set approval_required = false").execute(&app.app.db).await.unwrap();
    sqlx::query("delete from pledges").execute(&app.app.db).await.unwrap();
    sqlx::query("delete from approval_requests where participation_id = $1")
        .bind(dana.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    browser.get(&supervisor(&world)).await.says("No supervisor is asked in this program");
}

#[tokio::test]
async fn what_my_coordinator_sees_is_what_they_see() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    answer(&app.browser(), &link, &[("answer", "yes"), ("pledges", "open_door"), ("note", NOTE)]).await.is(303);
    app.deliver_mail().await;
    let browser = app.browser_of(dana.person).await;
    let mine = browser.get(&coordinator(&world)).await;
    mine.is(200)
        .says("As coordinators see you in the list of people")
        .says("Yes, 20 Apr")
        .says("Advocating")
        .says("Open a door at a place worth visiting Open")
        .says("A tour of the bindery");
    mine.does_not_say("NOTEMARK").does_not_say("OWNWORDSMARK").does_not_say("Take off");
    inert(&mine);
    let imogen = app.browser_of(world.imogen).await;
    let history = imogen.get(&format!("{}/people/{}/approvals", world.program_path(), dana.participation)).await;
    let facts = scraper::Selector::parse("main dl.facts").unwrap();
    let of = |page: &Answer| {
        scraper::Html::parse_document(&page.html).select(&facts).map(|one| one.html()).collect::<Vec<_>>()
    };
    assert!(!of(&history).is_empty());
    assert_eq!(of(&history), of(&mine));
    let state = |page: &Answer| page.html.split("Dana Whitlock").skip(1).any(|part| part.contains("Yes, 20 Apr"));
    assert!(state(&imogen.get(&format!("{}/people", world.program_path())).await) && state(&mine));
}

#[tokio::test]
async fn a_planned_group_and_the_others_backing_stay_with_the_coordinators() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    let page = priya.get(&coordinator(&world)).await;
    page.is(200).says("As coordinators see Reading Room").says("Week by week").says("Priya Whitlock");
    page.does_not_say("Marcus").does_not_say("Hana");
    inert(&page);
    let group: String = app.browser_of(world.imogen).await.get(&world.group_path()).await.text();
    assert!(group.contains("Marcus") && group.contains("Week by week"));
    // Nadia is planned for a group, and has not heard of it.
    sqlx::query(
        "insert into memberships (program_id, id, group_id, participation_id) values ($1, gen_random_uuid(), $2, $3)",
    )
    .bind(world.program)
    .bind(world.card_catalog)
    .bind(world.nadia.participation)
    .execute(&app.app.db)
    .await
    .unwrap();
    let people = format!("{}/people", world.program_path());
    app.browser_of(world.imogen).await.get(&people).await.says("Card Catalog, planned");
    app.browser_of(world.nadia.person).await.get(&coordinator(&world)).await.is(200).does_not_say("Card Catalog");
}

#[tokio::test]
async fn a_link_that_is_dead_shows_what_the_next_supervisor_would_get() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    let path = super::approvals_cast::answers_path(&omar, &link).await;
    omar.post(&format!("{path}/not-mine"), &[]).await.is(200);
    let page = app.browser_of(dana.person).await.get(&supervisor(&world)).await;
    page.says("As your supervisor sees it").says(OWN_WORDS).does_not_say(OMAR);
    inert(&page);
}
