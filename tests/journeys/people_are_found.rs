//! Anybody finds the people and groups they may see, by any part of their words, and nobody else.
use crate::support::{
    Answer, Browser, TestApp,
    world::{self, World},
};

async fn find(by: &Browser<'_>, q: &str) -> Answer {
    let encoded: String = form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let answer = by.get(&format!("/search?q={encoded}")).await;
    answer.is(200);
    answer
}

#[tokio::test]
async fn coordinators_find_who_is_in_their_programs() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let db = &app.app.db;
    sqlx::query("update participations set department = 'Área de Catálogo', site = 'Bibliothek Süd' where id = $1")
        .bind(world.marcus.participation)
        .execute(db)
        .await
        .unwrap();
    let imogen = app.browser_of(world.imogen).await;
    // The box stands on every page.
    assert!(imogen.get("/account").await.html.contains("action=\"/search\""));
    let page = find(&imogen, "sorby").await;
    page.says("Hana Sørby").says("Peer Mentoring, Spring 2026").does_not_say("Marcus");
    let profile = format!("{}/people/{}/profile", world.program_path(), world.hana.participation);
    assert_eq!(page.link("Hana Sørby"), profile);
    for part in ["SØRBY", "ørb", "Hana sor", "sor  hana", "hana@", "so"] {
        find(&imogen, part).await.says("Hana Sørby");
    }
    for part in ["bibl", "catalogo", "sud", "marcus bibl"] {
        find(&imogen, part).await.says("Marcus Delacroix-Boone").does_not_say("Hana");
    }
    find(&imogen, "hana bibl").await.says("Nothing that you may see has “hana bibl” in it.");
    // Groups by name and focus.
    let groups = find(&imogen, "one-shot").await;
    assert_eq!(groups.link("Reading Room"), world.group_path());
    find(&imogen, "card cat").await.says("Card Catalog").does_not_say("Reading Room");
    // What stands for other letters elsewhere stands for itself.
    for literal in ["%", "_", "\\", "s%y", "S_rby", "'; drop table people; --", "%%", "\\%", "\u{FF05}"] {
        find(&imogen, literal).await.says("Nothing that you may see");
    }
    sqlx::query("update groups set focus = '50 % desk_work \\ more' where id = $1")
        .bind(world.card_catalog)
        .execute(db)
        .await
        .unwrap();
    for literal in ["%", "k_w", "\\"] {
        find(&imogen, literal).await.says("Card Catalog").does_not_say("Reading Room");
    }
    find(&imogen, "").await.does_not_say("Nothing that you may see");
    // Too long, or not to be printed: told at the box, with what was typed.
    let long = "a".repeat(5_000);
    imogen.get(&format!("/search?q={long}")).await.is(422).says("Use at most 100 characters");
    imogen.get("/search?q=a%00b").await.is(422).says("Remove the characters that cannot be seen");
    imogen.get("/search?q=an&in=nothing&after=x").await.is(200).says("Hana Sørby");

    // Many are shown twenty at a time, each once.
    for n in 0..45 {
        world::peer(db, world.program, &format!("Quill{n} Quill"), None).await;
    }
    let mut page = find(&imogen, "quill").await;
    let mut seen = 0;
    for _ in 0..2 {
        seen += page.html.matches("/profile\"").count();
        page = imogen.get(&page.link("More people")).await;
    }
    seen += page.html.matches("/profile\"").count();
    assert_eq!(seen, 45);
    page.does_not_say("More people");
}

#[tokio::test]
async fn nobody_finds_whom_they_may_not_see() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    // Peers find their own group and who is in it; not by address, and nobody of another group.
    let hana = app.browser_of(world.hana.person).await;
    let page = find(&hana, "priya").await;
    assert_eq!(page.link("Priya Whitlock"), world.group_path());
    find(&hana, "reading").await.says("Reading Room");
    for hidden in ["tobias", "card", "nadia", "imogen", "olga", "larkspur", "sørby", "beatrix"] {
        find(&hana, hidden).await.says("Nothing that you may see");
    }
    // Who has left the group is not found, and finds nobody.
    sqlx::query("update memberships set left_on = '2026-03-01' where participation_id = $1")
        .bind(world.priya.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    find(&hana, "priya").await.says("Nothing that you may see");
    let priya = app.browser_of(world.priya.person).await;
    find(&priya, "hana").await.says("Nothing that you may see");
    // A site admin finds accounts, of everybody, and nothing of a program.
    let ada = app.browser_of(world.site_admin).await;
    let accounts = find(&ada, "sorby").await;
    accounts
        .says("Hana Sørby")
        .says("hana@larkspur.example")
        .does_not_say("Peer Mentoring")
        .does_not_say("Reading Room");
    assert_eq!(accounts.link("Change the address"), format!("/admin/people/{}/email", world.hana.person));
    find(&ada, "reading").await.says("Nothing that you may see");
    // A coordinator of another program finds nobody of this one, and a stranger nobody at all.
    for stranger in [world.olga, world.nadia.person] {
        find(&app.browser_of(stranger).await, "a").await.says("Nothing that you may see");
    }
    sqlx::query("delete from coordinators where person_id = $1").bind(world.imogen).execute(&app.app.db).await.unwrap();
    find(&app.browser_of(world.imogen).await, "sorby").await.says("Nothing that you may see");
    // Who was erased is not found by what they were called, nor by what they are called now.
    hana.post("/account/erase", &[("email", "hana@larkspur.example")]).await.is(303);
    for word in ["sorby", "former"] {
        find(&app.browser_of(world.teodor).await, word).await.says("Nothing that you may see");
        find(&ada, word).await.says("Nothing that you may see");
    }
    let nobody = app.browser().get("/search?q=an").await;
    assert!(nobody.location.unwrap().starts_with("/sign-in"));
}
