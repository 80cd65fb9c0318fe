//! Coordinators see how every request stands, what became of its email, and can put right what hinders it.
use super::approvals_cast::{NOTE, OMAR, answer, asked, invited, join, join_path};
use super::support::{TestApp, email_to, link_in, world, world::World};
use see_also::{
    features::standings::{After, Delivery, Section},
    outbox::{self, Tried},
};
use time::{Duration, OffsetDateTime};

fn list(world: &World) -> String {
    format!("{}/approvals", world.program_path())
}

async fn acts(app: &TestApp, action: &str) -> i64 {
    sqlx::query_scalar("select count(*) from history where action = $1")
        .bind(action)
        .fetch_one(&app.app.db)
        .await
        .unwrap()
}

#[tokio::test]
async fn what_needs_attention_comes_first_and_can_be_picked() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let mut links = Vec::new();
    for name in ["Dana Whitlock", "Ansel Fry", "Rosa Lind", "Una Berg", "Kit Moss"] {
        let peer = invited(&app, &world, name).await;
        let browser = app.browser_of(peer.person).await;
        join(&browser, &world, OMAR).await.is(303);
        links.push(link_in(email_to(&app.deliver_mail().await, OMAR)));
    }
    let omar = app.browser();
    answer(&omar, &links[0], &[("answer", "no"), ("reason", "coverage"), ("reconsider_from", "2026-05-04")])
        .await
        .is(303);
    answer(&omar, &links[1], &[("answer", "talk")]).await.is(303);
    answer(&omar, &links[2], &[("answer", "condition"), ("conditions", "Not on Fridays")]).await.is(303);
    answer(&omar, &links[3], &[("answer", "yes"), ("pledges", "open_door"), ("pledges", "protect_time")]).await.is(303);
    answer(&omar, &links[4], &[("answer", "yes")]).await.is(303);
    answer(&omar, &links[4], &[("answer", "withdraw"), ("revoked_from", "2026-05-04")]).await.is(303);

    let imogen = app.browser_of(world.imogen).await;
    let page = imogen.get(&list(&world)).await;
    let text = page.text();
    let places: Vec<usize> = ["Nadia", "Dana Whitlock", "Ansel Fry", "Rosa Lind", "Kit Moss", "Una Berg"]
        .iter()
        .map(|name| text.find(name).unwrap_or_else(|| panic!("{name}: {text}")))
        .collect();
    assert!(places.is_sorted(), "the order of attention: {places:?} {text}");
    page.says("Not this term, 20 Apr. Would look again from 4 May")
        .says("Wants to talk first")
        .says("Yes with a condition")
        .says("Advocating, two pledges")
        .says("Taken back from 4 May")
        .says("Email sent 20 April, 10:00");
    page.does_not_say("OWNWORDSMARK");
    let declined = imogen.get(&format!("{}?show=declined", list(&world))).await;
    declined.says("Dana Whitlock").does_not_say("Ansel Fry").does_not_say("Una Berg");
    imogen.get(&format!("{}?show=called-off", list(&world))).await.says("No request stands like that now");
    imogen.get(&format!("{}?show=nonsense&after=rubbish", list(&world))).await.is(200).says("Dana Whitlock");
    imogen.get(&format!("{}/buy-in", world.program_path())).await.link("every request");
}

#[tokio::test]
async fn a_yes_that_ends_before_the_program_is_shown_and_asked_for_again() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    answer(&app.browser(), &link, &[("answer", "yes")]).await.is(303);
    app.deliver_mail().await;
    // The program goes on for longer than the yes was given for.
    sqlx::query("update programs set ends_on = '2026-09-30'").execute(&app.app.db).await.unwrap();
    let (imogen, browser) = (app.browser_of(world.imogen).await, app.browser_of(dana.person).await);
    let ending = format!("{}?show=ending", list(&world));
    // 22 days before the last day of the yes, then 21.
    app.advance(Duration::days(31));
    let imogen_later = app.browser_of(world.imogen).await;
    imogen_later.get(&ending).await.does_not_say("Dana Whitlock");
    let browser_later = app.browser_of(dana.person).await;
    browser_later.get(&join_path(&world)).await.does_not_say("Ask to go on");
    app.advance(Duration::days(1));
    drop((imogen, browser));
    imogen_later.get(&ending).await.says("Dana Whitlock").says("until 12 Jun");
    let page = browser_later.get(&join_path(&world)).await;
    page.says("Ask to go on");
    let id = page.field("id");
    let ask = [
        ("id", id.as_str()),
        ("over_yes", "yes"),
        ("supervisor_name", "Omar Tennyson"),
        ("supervisor_email", OMAR),
        ("words", "Please let me go on"),
    ];
    browser_later.post(&format!("{}/ask-again", join_path(&world)), &ask).await.is(303);
    let emails = app.deliver_mail().await;
    let again =
        emails.iter().find(|email| email.to.email == OMAR && email.subject.contains("asks you to go on")).unwrap();
    app.browser().open(&link_in(again)).await.says("Will you go on backing Dana’s place").says("30 September 2026");
    // Both stand in the list until it is decided: the yes that holds, and the question.
    imogen_later.get(&list(&world)).await.says("Another is asked since").says("Waiting since 22 May");
    answer(&app.browser(), &link_in(again), &[("answer", "yes")]).await.is(303);
    imogen_later.get(&ending).await.does_not_say("Dana Whitlock");
    // The clock passes the day on which the first yes would have ended: she takes part all the same.
    app.advance(Duration::days(25));
    app.deliver_mail().await;
    let part: String = sqlx::query_scalar("select state from participations where id = $1")
        .bind(dana.participation)
        .fetch_one(&app.app.db)
        .await
        .unwrap();
    assert_eq!(part, "joined");
}

#[tokio::test]
async fn a_refused_email_is_shown_with_the_servers_words_and_the_peer_corrects_the_address() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    app.deliver_mail().await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let browser = app.browser_of(dana.person).await;
    join(&browser, &world, OMAR).await.is(303);
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&list(&world)).await.says("Email on its way");
    let (now, mut db) = (app.app.clock.now(), app.app.db.acquire().await.unwrap());
    let letter = outbox::lease(&mut db, now).await.unwrap().unwrap();
    outbox::settle(&mut db, &letter, Tried::Failed("421 try later".to_owned()), now).await.unwrap();
    imogen.get(&list(&world)).await.says("Email delayed, next try 20 April, 10:01. The server says: 421 try later");
    app.advance(Duration::minutes(5));
    let letter = outbox::lease(&mut db, app.app.clock.now()).await.unwrap().unwrap();
    outbox::settle(&mut db, &letter, Tried::Refused("550 no such user".to_owned()), app.app.clock.now()).await.unwrap();
    drop(db);
    imogen.get(&list(&world)).await.says("refused the email. The server says: 550 no such user");
    let person = format!("{}/people/{}/approvals", world.program_path(), dana.participation);
    let page = imogen.get(&person).await;
    page.says("550 no such user").says("Ask Dana Whitlock to correct the address");

    // Pressed twice, sent once; a second press is another page's button.
    let press = page.field("id");
    let correct = format!("{person}/correct");
    for _ in 0..2 {
        imogen.post_and_follow(&correct, &[("id", &press)]).await.says("is asked to correct the address");
    }
    assert_eq!(acts(&app, "address_correction_asked").await, 1);
    imogen.post(&correct, &[("id", "nonsense")]).await.is(400);
    app.browser_of(dana.person).await.post(&correct, &[("id", &press)]).await.is(403);
    // Delivering asserts that nothing failed, and this one was meant to.
    sqlx::query("update outbox set last_error = null").execute(&app.app.db).await.unwrap();
    let emails = app.deliver_mail().await;
    let email = email_to(&emails, "dana@larkspur.example");
    assert_eq!(email.subject, "Is this Omar Tennyson’s address? Peer Mentoring, Spring 2026");
    assert!(email.text.contains(OMAR) && email.text.contains("/join#ask"), "{}", email.text);

    let id = browser.get(&join_path(&world)).await.field("id");
    let right = "omar.tennyson@larkspur.example";
    let form =
        [("id", id.as_str()), ("supervisor_name", "Omar Tennyson"), ("supervisor_email", right), ("words", "Hi")];
    browser.post(&format!("{}/ask-again", join_path(&world)), &form).await.is(303);
    email_to(&app.deliver_mail().await, right);
    let page = imogen.get(&person).await;
    page.says("Email sent").says(right).says(OMAR).says("Not asked any more");
    // Sent again from here, one comes back here.
    app.advance(Duration::minutes(1));
    let again = format!("{}/people/{}/ask-again", world.program_path(), dana.participation);
    imogen
        .post_and_follow(&again, &[("back", "person")])
        .await
        .says("Every request to a supervisor")
        .says("is asked again");
    app.advance(Duration::minutes(1));
    imogen.post_and_follow(&again, &[("back", "approvals")]).await.says("Supervisors’ approvals");
    // Nothing waits once it is answered.
    let link = link_in(email_to(&app.deliver_mail().await.split_off(1), right));
    answer(&app.browser(), &link, &[("answer", "yes")]).await.is(303);
    imogen.post_and_follow(&correct, &[("id", &uuid::Uuid::now_v7().to_string())]).await.says("Nothing was sent");
    assert_eq!(acts(&app, "address_correction_asked").await, 1);
}

#[tokio::test]
async fn one_persons_requests_tell_facts_and_not_what_two_people_wrote() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let fields = [
        ("answer", "yes"),
        ("pledges", "open_door"),
        ("pledges", "protect_time"),
        ("own_pledge", "A key to the map room"),
        ("hours_month", "3"),
        ("note", NOTE),
    ];
    answer(&app.browser(), &link, &fields).await.is(303);
    sqlx::query(
        "insert into pledge_answers (program_id, pledge_id, answer, answered_at)
         select program_id, id, case kind when 'open_door' then 'done' else 'cannot' end, '2026-04-20T12:00Z'
         from pledges where kind in ('open_door', 'protect_time')",
    )
    .execute(&app.app.db)
    .await
    .unwrap();
    app.deliver_mail().await;
    let path = format!("{}/people/{}/approvals", world.program_path(), dana.participation);
    let page = app.browser_of(world.imogen).await.get(&path).await;
    page.is(200)
        .says("3 hours a month")
        .says("A key to the map room Open")
        .says("Open a door at a place worth visiting Kept")
        .says("meeting time free of other work Not kept")
        .says("Advocating");
    page.does_not_say("OWNWORDSMARK").does_not_say("NOTEMARK").does_not_say("Send the newest again");
    for (who, status) in [(dana.person, 403), (world.olga, 404), (world.priya.person, 403)] {
        app.browser_of(who).await.get(&path).await.is(status);
    }
    let nobody = format!("{}/people/{}/approvals", world.program_path(), world.imogen);
    app.browser_of(world.imogen).await.get(&nobody).await.is(404);
}

/// Three pages of fifty, each row once, in the same number of statements.
#[tokio::test]
async fn many_requests_come_fifty_at_a_time() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    for n in 0..120 {
        let group = (n % 3 == 0).then_some(world.card_catalog);
        world::peer(&app.app.db, world.program, &format!("P{n:03} Many"), group).await;
    }
    let imogen = app.browser_of(world.imogen).await;
    let mut seen = std::collections::BTreeSet::new();
    let mut path = list(&world);
    let mut pages = 0;
    loop {
        let page = imogen.get(&path).await;
        pages += 1;
        let text = page.text();
        let names: Vec<String> =
            (0..120).map(|n| format!("P{n:03} Many")).filter(|name| text.contains(name.as_str())).collect();
        for name in names {
            assert!(seen.insert(name.clone()), "{name} twice");
        }
        if !page.html.contains("Next fifty") {
            break;
        }
        path = page.link("Next fifty");
    }
    assert_eq!((seen.len(), pages), (120, 3));
    let file = imogen.get(&format!("{}.csv", list(&world))).await;
    let lines = file.is(200).html.lines().filter(|line| line.contains(" Many,")).count();
    assert_eq!(lines, 120, "{}", file.html);
}

#[test]
fn the_place_where_a_page_begins_survives_an_address() {
    let id = uuid::Uuid::now_v7();
    let at = OffsetDateTime::from_unix_timestamp_nanos(1_776_000_000_123_456_000).unwrap();
    let after = After { section: 6, asked_at: at, id };
    assert_eq!(After::parse(&after.word()), Some(after));
    for wrong in ["", "1", "1-2", "x-2-3", "1-99999999999999999999-0", "1--5-x"] {
        assert_eq!(After::parse(wrong), None, "{wrong}");
    }
    assert_eq!(Section::ALL.iter().map(|section| section.number()).collect::<Vec<_>>(), (0..8).collect::<Vec<_>>());
    assert_eq!(Delivery::of(Some("sent"), Some("421 later"), Some(at), Some(at)), Delivery::Sent(at));
    assert_eq!(Delivery::of(None, None, Some(at), None), Delivery::OnItsWay);
    assert_eq!(Delivery::of(Some("refused"), Some("550"), Some(at), Some(at)), Delivery::Refused("550".to_owned()));
    assert_eq!(Delivery::of(None, None, None, None), Delivery::Unknown);
    assert_eq!(Delivery::of(Some("not_needed"), None, Some(at), Some(at)), Delivery::NotNeeded);
}
