//! Priya's group agrees how it works together: each says yes, changes ask again, silence stops
//! blocking after 14 days, and nobody's words are lost.
use crate::support::{Answer, Browser, TestApp, world, world::World};
use time::Duration;

/// The fields of the form as a browser would send them.
fn fields(page: &Answer) -> Vec<(String, String)> {
    let html = scraper::Html::parse_document(&page.html);
    let named = scraper::Selector::parse("form[action$='/agreement/edit'] [name]").unwrap();
    html.select(&named)
        .map(|field| {
            // A browser drops the first line break of a text area.
            let typed = || field.text().collect::<String>().trim_start_matches('\n').to_owned();
            let value = field.value().attr("value").map_or_else(typed, str::to_owned);
            (field.value().attr("name").unwrap().to_owned(), value)
        })
        .collect()
}

/// Posts what was on a page with the first clause's words changed.
async fn save(browser: &Browser<'_>, world: &World, page: &Answer, first: &str) -> Answer {
    let mut form = fields(page);
    first.clone_into(&mut form.iter_mut().find(|(name, _)| name == "body").unwrap().1);
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&edit(world), &form).await
}

fn edit(world: &World) -> String {
    format!("{}/agreement/edit", world.group_path())
}

fn agreement(world: &World) -> String {
    format!("{}/agreement", world.group_path())
}

async fn agree(browser: &Browser<'_>, world: &World) -> Answer {
    let number = browser.get(&agreement(world)).await.field("number");
    browser.post_and_follow(&format!("{}/agree", agreement(world)), &[("number", &number)]).await
}

async fn propose(browser: &Browser<'_>, world: &World, first: &str) {
    let form = browser.get(&edit(world)).await;
    save(browser, world, &form, first).await.is(303);
}

#[tokio::test]
async fn everybody_says_yes_for_themselves_and_a_change_asks_again() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (priya, marcus, hana, imogen) = (
        app.browser_of(world.priya.person).await,
        app.browser_of(world.marcus.person).await,
        app.browser_of(world.hana.person).await,
        app.browser_of(world.imogen).await,
    );
    priya.get(&world.group_path()).await.says("You have not said how you work together.");
    priya.get(&agreement(&world)).await.is(200).says("Nothing is written yet");
    let form = priya.get(&edit(&world)).await;
    form.is(200).says("Leaving without blame").says("What is said in this group stays in it.");
    save(&priya, &world, &form, "What is said here stays here.").await.is(303);
    // The same form again, as a double click sends it, is the same version.
    save(&priya, &world, &form, "What is said here stays here.").await.is(303);
    priya.get(&agreement(&world)).await.says("Version 1").does_not_say("Version 2");
    priya.get(&world.group_path()).await.says("Proposed, agreed by 1 of 3.");
    marcus.get(&world.group_path()).await.says("Your yes is missing.");
    imogen.get(&world.group_path()).await.says("How they work together").does_not_say("stays here");
    imogen.get(&agreement(&world)).await.is(404);
    agree(&marcus, &world).await.says("Your yes is noted.").says("agreed by 2 of 3");
    agree(&hana, &world)
        .await
        .says("the agreement is in force")
        .says("In force since 20 April 2026. Agreed by 3 of 3.");
    imogen.get(&world.group_path()).await.says("In force since 20 April").does_not_say("stays here");

    // A new version leaves the old one in force until everybody has said yes again.
    app.advance(Duration::days(3));
    let old = hana.get(&edit(&world)).await;
    propose(&marcus, &world, "We tell nobody.").await;
    hana.get(&agreement(&world))
        .await
        .says("Until then the one of 20 April 2026 holds")
        .says("We tell nobody.")
        .says("What is said here stays here.");
    // A yes to the words that were replaced counts for nothing.
    hana.post_and_follow(&format!("{}/agree", agreement(&world)), &[("number", "1")])
        .await
        .says("The words have changed");
    agree(&priya, &world).await;
    agree(&hana, &world)
        .await
        .says("In force since 23 April 2026")
        .says("Earlier versions")
        .says("Priya Whitlock on 20 April 2026");
    // Words that were changed in the meantime are not overwritten, and what was typed is kept.
    let stale = save(&hana, &world, &old, "Mine, typed on an old page.").await;
    stale.is(409).says("Somebody changed the agreement").says("We tell nobody.").says("Mine, typed on an old page.");
    assert_eq!(stale.field("base"), "2");
    save(&hana, &world, &stale, "Mine, typed on an old page.").await.is(303);
    hana.get(&agreement(&world)).await.says("Version 3");
}

#[tokio::test]
async fn two_tabs_at_once_lose_nothing() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (priya, marcus) = (app.browser_of(world.priya.person).await, app.browser_of(world.marcus.person).await);
    for round in 0..10 {
        let (one, other) = (priya.get(&edit(&world)).await, marcus.get(&edit(&world)).await);
        let (mine, theirs) = (format!("Priya {round}"), format!("Marcus {round}"));
        let (first, second) = tokio::join!(save(&priya, &world, &one, &mine), save(&marcus, &world, &other, &theirs));
        let mut statuses = [first.status.as_u16(), second.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "round {round}");
        let refused = if first.status == 409 { first } else { second };
        refused.says(&mine).says(&theirs);
    }
    let versions: i64 =
        sqlx::query_scalar("select count(*) from agreement_versions").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(versions, 10);
}

#[tokio::test]
async fn silence_stops_blocking_after_14_days_and_newcomers_are_asked() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let db = &app.app.db;
    let priya = app.browser_of(world.priya.person).await;
    propose(&priya, &world, "What is said here stays here.").await;
    let marcus = app.browser_of(world.marcus.person).await;
    agree(&marcus, &world).await;
    app.advance(Duration::days(13));
    app.deliver_mail().await;
    priya.get(&agreement(&world)).await.says("Proposed, agreed by 2 of 3.");
    app.advance(Duration::days(1));
    app.deliver_mail().await;
    priya.get(&agreement(&world)).await.says("In force since 4 May 2026. Agreed by 2 of 3.");

    // Somebody who joins reads it, and is asked; it stays in force.
    app.advance(Duration::days(1));
    let noor = world::peer(db, world.program, "Noor Later", Some(world.reading_room)).await;
    sqlx::query("update memberships set joined_on = '2026-05-05' where participation_id = $1")
        .bind(noor.participation)
        .execute(db)
        .await
        .unwrap();
    let newcomer = app.browser_of(noor.person).await;
    newcomer
        .get(&agreement(&world))
        .await
        .says("What is said here stays here.")
        .says("Your yes is missing")
        .says("In force since 4 May 2026. Agreed by 2 of 4.");
    agree(&newcomer, &world).await.says("Agreed by 3 of 4.");
    // Whoever leaves reads it no longer, and others never did.
    sqlx::query("update memberships set left_on = '2026-05-05' where participation_id = $1")
        .bind(world.marcus.participation)
        .execute(db)
        .await
        .unwrap();
    marcus.get(&agreement(&world)).await.is(404);
    app.browser_of(world.tobias.person).await.get(&agreement(&world)).await.is(404);
}

#[tokio::test]
async fn mistakes_are_said_at_their_fields_and_nothing_is_written() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    let form = priya.get(&edit(&world)).await;
    let long = "x".repeat(2_001);
    save(&priya, &world, &form, &long).await.is(422).says("Use at most 2000 characters");
    let mut own = fields(&form);
    own.iter_mut().rfind(|(name, _)| name == "body").unwrap().1 = "A clause without a heading".to_owned();
    let own: Vec<(&str, &str)> = own.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    priya
        .post(&edit(&world), &own)
        .await
        .is(422)
        .says("Enter a heading for this clause")
        .says("A clause without a heading");
    let mut none = fields(&form);
    none.iter_mut().filter(|(name, _)| name == "body").for_each(|(_, value)| value.clear());
    let none: Vec<(&str, &str)> = none.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    priya.post(&edit(&world), &none).await.is(422).says("Keep at least one clause");
    priya.post(&edit(&world), &[]).await.is(400);
    priya.get(&agreement(&world)).await.says("Nothing is written yet");
}

#[tokio::test]
async fn the_database_alone_keeps_one_version_of_a_number_and_one_yes_of_a_person() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    propose(&priya, &world, "What is said here stays here.").await;
    let refused = [
        (
            "insert into agreement_versions (program_id, id, group_id, number, written_by, written_at)
             select program_id, gen_random_uuid(), group_id, number, written_by, written_at from agreement_versions",
            "a_group_has_one_version_of_each_number",
        ),
        (
            "insert into agreement_answers (program_id, version_id, participation_id, agreed_at)
             select program_id, version_id, participation_id, agreed_at from agreement_answers",
            "agreement_answers_pkey",
        ),
        ("update agreement_clauses set kind = 'other'", "a_clause_is_of_a_known_kind"),
        ("update agreement_clauses set body = ''", "a_clause_has_1_to_2000_characters"),
        ("update agreement_versions set number = 0", "versions_of_an_agreement_count_from_1"),
    ];
    for (statement, constraint) in refused {
        let error = sqlx::query(statement).execute(&app.app.db).await.unwrap_err();
        assert_eq!(error.as_database_error().unwrap().constraint(), Some(constraint), "{statement}");
    }
}
