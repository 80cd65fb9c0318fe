//! From every page a peer can write to somebody who looks after the program, privately.
use crate::support::{
    TestApp, email_to,
    world::{World, peer},
};
use time::Duration;

const WORDS: &str = "I do not know how to go on with my group.";

#[tokio::test]
async fn a_peer_writes_to_the_one_person_they_choose() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    app.deliver_mail().await;
    // The link is on every page of somebody who takes part, placed or not, on hold or not.
    sqlx::query("update participations set state = 'on_hold' where id = $1")
        .bind(world.hana.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    let hana = app.browser_of(world.hana.person).await;
    for page in ["/".to_owned(), "/account".to_owned(), world.group_path(), world.program_path()] {
        let answer = hana.get(&page).await;
        assert_eq!(answer.link("Ask for help"), "/help", "{page}");
    }
    assert_eq!(app.browser_of(world.nadia.person).await.get("/").await.link("Ask for help"), "/help");
    app.browser_of(world.olga).await.get("/").await.does_not_say("Ask for help");
    app.browser_of(world.olga).await.get("/help").await.is(200).says("Nobody looks after a program of yours");

    let page = hana.get("/help").await;
    page.is(200)
        .says("Imogen Castellane Coordinates Peer Mentoring, Spring 2026, and is a contact person.")
        .says("Whoever you choose above, and you, can read this.");
    let to = format!("{}:{}", world.program, world.teodor);
    // Nobody is chosen, nothing is said: both are asked for, and nothing is lost.
    let id = page.field("id");
    hana.post("/help", &[("id", &id), ("words", WORDS)]).await.is(422).says("Choose whom you write to").says(WORDS);
    hana.post("/help", &[("id", &id), ("to", &to), ("words", " ")])
        .await
        .is(422)
        .says("Enter what you would like help with");
    // Somebody who does not look after the program cannot be chosen.
    let stranger = format!("{}:{}", world.program, world.olga);
    hana.post("/help", &[("id", &id), ("to", &stranger), ("words", WORDS)])
        .await
        .is(422)
        .says("Choose somebody from this list");

    // Pressed twice at once: it goes out once. The page she came from is not sent, since she did not tick it.
    let form = [("id", id.as_str()), ("to", to.as_str()), ("words", WORDS), ("page", "/programs/x?find=Priya")];
    let (one, other) = tokio::join!(hana.post("/help", &form), hana.post("/help", &form));
    one.is(303);
    other.is(303);
    hana.get("/help").await.says("To Teodor Vance, in Peer Mentoring, Spring 2026 On its way.");
    let emails = app.deliver_mail().await;
    let email = email_to(&emails, "teodor@larkspur.example");
    assert_eq!(emails.len(), 1);
    assert_eq!(email.subject, "Hana Sørby asks you for help");
    assert!(email.text.contains(WORDS) && email.html.contains(WORDS) && !email.text.contains("came from"));
    assert_eq!(email.on_behalf_of.as_ref().unwrap().email, "hana@larkspur.example", "where the answer goes");
    // Ticked, it goes along, without what was asked of that page.
    let id = hana.get("/help").await.field("id");
    let form = [form[1], form[2], form[3], ("id", &id), ("with_page", "yes")];
    hana.post_and_follow("/help", &form).await.says("Sent to Teodor Vance alone.");
    let emails = app.deliver_mail().await;
    let text = &email_to(&emails, "teodor@larkspur.example").text;
    assert!(text.contains("/programs/x\n") && !text.contains("find="), "{text}");

    // Nobody else reads it here: not whom it went to, not who coordinates with them, not a site admin.
    for person in [world.teodor, world.imogen, world.site_admin, world.priya.person] {
        let browser = app.browser_of(person).await;
        for page in ["/".to_owned(), "/help".to_owned(), format!("{}/people", world.program_path())] {
            browser.get(&page).await.does_not_say(WORDS);
        }
    }
    hana.get("/help").await.says(WORDS).says("Sent.");
    let mine = hana.get("/account/data.json").await.html;
    assert!(mine.contains(WORDS));
    // After a month it is gone.
    app.advance(Duration::days(31));
    app.deliver_mail().await;
    let kept: i64 = sqlx::query_scalar("select count(*) from help_asks").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn it_ends_somewhere_and_goes_with_who_wrote_it() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    app.deliver_mail().await;
    // Somebody whose part has ended may still ask.
    let simone = peer(&app.app.db, world.program, "Simone Left", None).await;
    sqlx::query("update participations set state = 'withdrawn' where id = $1")
        .bind(simone.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    let browser = app.browser_of(simone.person).await;
    let to = format!("{}:{}", world.program, world.imogen);
    for _ in 0..10 {
        let id = browser.get("/help").await.field("id");
        browser.post("/help", &[("id", &id), ("to", &to), ("words", WORDS)]).await.is(303);
    }
    let id = browser.get("/help").await.field("id");
    browser
        .post("/help", &[("id", &id), ("to", &to), ("words", WORDS)])
        .await
        .is(422)
        .says("You have asked ten times today.")
        .says(WORDS);
    // Imogen no longer looks after the program when it would leave.
    for sql in [
        "delete from coordinators where person_id = $1",
        "update programs set second_contact_id = null where $1::uuid is not null",
    ] {
        sqlx::query(sql).bind(world.imogen).execute(&app.app.db).await.unwrap();
    }
    assert!(app.deliver_mail().await.is_empty());
    browser
        .get("/help")
        .await
        .says("Not sent: they no longer look after the program.")
        .does_not_say("Imogen Castellane</strong>");
    browser.post("/account/erase", &[("email", "simone@larkspur.example")]).await.is(303);
    let kept: i64 = sqlx::query_scalar("select count(*) from help_asks").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(kept, 0);
}
