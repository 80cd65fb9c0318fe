//! Everything held about a person, for that person; and the manifest that classes every column.
use crate::{
    erasure::{OWN, fill},
    support::{TestApp, world::World},
};
use see_also::features::own_data;
use std::collections::BTreeSet;

#[tokio::test]
async fn a_person_takes_everything_along_that_they_may_read() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let things = fill(&app.app.db, &world).await;
    let priya = app.browser_of(world.priya.person).await;
    let answer = priya.get("/account/data.json").await;
    answer.is(200);
    assert!(answer.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let file: serde_json::Value = serde_json::from_str(&answer.html).unwrap();
    assert_eq!(file["account"][0]["email"], "priya@larkspur.example");
    assert_eq!(file["goals"][0]["title"], "ownmarker goal");
    assert_eq!(file["products"][0]["link"], "https://ownmarker.example");
    assert_eq!(file["approval_requests"][0]["note_to_you"], OWN);
    assert_eq!(file["pledges"][0]["words"], "ownmarker promise");
    assert_eq!(file["memberships"][0]["group"], "Reading Room");
    assert_eq!(file["meetings"][0]["you_were_there"], true);
    assert_eq!(file["trips"][0]["you_are_observed"], true);
    assert_eq!(file["access_needs"][0]["you_need"], "ownmarker needs");
    assert_eq!(file["availability"][0]["weekday"], "Tuesday");
    // What she wrote of Marcus; never that he wrote of her.
    assert_eq!(file["not_with"].as_array().unwrap().len(), 1);
    let given: Vec<&str> =
        file["feedback_given"].as_array().unwrap().iter().map(|f| f["words"]["text"].as_str().unwrap()).collect();
    assert_eq!(given, ["You asked openly", "ownmarker draft"]);
    // Received: the opened one whole, the other without its words, a draft of Marcus's not at all.
    let received = file["feedback_received"].as_array().unwrap();
    assert_eq!(received.len(), 2);
    assert!(answer.html.contains("ownmarker received") && !answer.html.contains("of Marcus alone"));
    assert!(received.iter().any(|f| f["from"] == "Hana Sørby" && f["words"].is_null()), "{} is open", things.unopened);
    // Nothing that would let somebody in, and no other person's way to be reached.
    for secret in ["password_hash", "secret", "marcus@", "hana@"] {
        assert!(!answer.html.contains(secret), "{secret}");
    }
    let page = priya.get("/account/data.html").await;
    page.is(200).says("ownmarker goal").says("You asked openly").does_not_say("of Marcus alone");
    priya.get("/account").await.says("Download it as a file");
    // Marcus: what he received from her, not her drafts; nobody else finds any of it.
    let marcus = app.browser_of(world.marcus.person).await;
    marcus.get("/account/data.json").await.is(200).does_not_say("ownmarker draft").does_not_say("ownmarker goal");
    for other in [world.imogen, world.teodor, world.site_admin, world.olga, world.tobias.person, world.nadia.person] {
        let browser = app.browser_of(other).await;
        browser.get("/account/data.json").await.is(200).does_not_say(OWN).does_not_say("You asked openly");
        browser.get("/account/data.html").await.is(200).does_not_say(OWN);
    }
}

#[tokio::test]
async fn who_has_left_takes_only_their_own_along() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    fill(&app.app.db, &world).await;
    sqlx::query("update field_trips set learned = 'groupwords'").execute(&app.app.db).await.unwrap();
    let priya = app.browser_of(world.priya.person).await;
    let html = priya.get("/account/data.json").await.html;
    assert!(html.contains("groupwords"), "a member reads the notes of her observation");
    sqlx::query("update memberships set left_on = '2026-04-01' where participation_id = $1")
        .bind(world.priya.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    priya
        .get("/account/data.json")
        .await
        .does_not_say("groupwords")
        .html
        .contains("ownmarker goal")
        .then_some(())
        .unwrap();
}

#[tokio::test]
async fn the_manifest_classes_every_column() {
    let app = TestApp::start().await;
    let columns: Vec<String> = sqlx::query_scalar(
        "select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
         where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
           and c.relname <> '_sqlx_migrations' order by 1",
    )
    .fetch_all(&app.app.db)
    .await
    .unwrap();
    let there: BTreeSet<&str> = columns.iter().map(String::as_str).collect();
    let lines: Vec<own_data::Classed> = own_data::manifest().collect();
    let classed: BTreeSet<&str> = lines.iter().map(|line| line.column).collect();
    assert_eq!(lines.len(), classed.len(), "a column stands twice");
    let unclassed: Vec<_> = there.difference(&classed).collect();
    assert!(unclassed.is_empty(), "say in src/features/own_data/manifest.txt what becomes of {unclassed:?}");
    let gone: Vec<_> = classed.difference(&there).collect();
    assert!(gone.is_empty(), "no such column: {gone:?}");
    let person = World::build(&app).await.priya.person;
    let file = app.browser_of(person).await.get("/account/data.json").await.html;
    let file: serde_json::Value = serde_json::from_str(&file).unwrap();
    for line in lines {
        let own_words = ["deleted", "replaced", "emptied", "kept: "].iter().any(|word| line.erasure.starts_with(word));
        assert!(own_words || (line.erasure == "-" && line.download == "-"), "{line:?}");
        if line.download != "-" && !line.download.starts_with("no: ") {
            let sections = line.download.split([';', ':']).next().unwrap();
            for section in sections.split(", ") {
                assert!(file.get(section).is_some(), "{line:?}: no section {section}");
            }
        }
    }
}
