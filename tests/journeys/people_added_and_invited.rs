//! A coordinator pastes people, opens the program, and sees who is where.
use crate::support::{
    TestApp, email_to, link_in,
    world::{self, World},
};
use see_also::base::ids::ParticipationId;

async fn make_draft(app: &TestApp, world: &World) {
    sqlx::query("update programs set state = 'draft', opened_at = null, launched_on = null where id = $1")
        .bind(world.program)
        .execute(&app.app.db)
        .await
        .unwrap();
}

async fn people(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from participations").fetch_one(&app.app.db).await.unwrap()
}

async fn part_of(app: &TestApp, email: &str) -> ParticipationId {
    sqlx::query_scalar(
        "select t.id from participations t join people p on p.id = t.person_id where p.email_folded = $1",
    )
    .bind(email)
    .fetch_one(&app.app.db)
    .await
    .unwrap()
}

#[tokio::test]
async fn a_draft_collects_people_and_invites_them_when_it_opens() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    make_draft(&app, &world).await;
    let imogen = app.browser_of(world.imogen).await;
    let add = format!("{}/people/add", world.program_path());
    imogen.get(&add).await.is(200).says("People are invited by email when you open the program.");
    let lines = "Name;Email;Supervisor;Supervisor's email\n\
                 \"Reyes; Dana\";dana@larkspur.example;Omar Lind;omar@larkspur.example\n\
                 Olga;OLGA@larkspur.example\n\
                 Priya;priya@larkspur.example;Somebody Else;else@larkspur.example\n";
    imogen.import(&add, lines).await.says("Two people added. One person was here already and stays as before.");
    let page = imogen.get(&format!("{}/people", world.program_path())).await;
    page.says("Eight people: two to be invited and six joined.")
        .says("Reyes; Dana")
        .says("Omar Lind")
        .says("Invited when you open")
        .does_not_say("Somebody Else");
    assert!(app.deliver_mail().await.is_empty(), "a draft writes to nobody");
    assert_eq!(people(&app).await, 8);
    // The same paste again adds nobody.
    imogen
        .post_and_follow(&add, &[("lines", lines)])
        .await
        .says("There is nothing to do: everybody that can be read is here already.");

    let open = format!("{}/open", world.program_path());
    imogen.get(&open).await.is(200).says("Two people are invited by email at once.");
    imogen.post_and_follow(&open, &[]).await.says("The program is open. Two people are invited by email.");
    imogen.post_and_follow(&open, &[]).await.says("Nothing changed: this program was opened before.");
    let sent = app.deliver_mail().await;
    assert_eq!(sent.len(), 2);
    let dana = email_to(&sent, "dana@larkspur.example");
    assert_eq!(dana.subject, "Imogen Castellane invites you to Peer Mentoring, Spring 2026");
    assert!(dana.text.contains("4 hours a month, in work time"), "{}", dana.text);
    assert!(link_in(dana).starts_with("/password/"));
    // Olga has an account under this address: it stays as it was, and she is sent to the program.
    let olga = email_to(&sent, "olga@larkspur.example");
    assert_eq!(olga.to.name, "Olga Stranger");
    assert_eq!(link_in(olga), format!("{}/join", world.program_path()));
}

#[tokio::test]
async fn a_program_whose_end_is_past_does_not_open() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    make_draft(&app, &world).await;
    sqlx::query("update programs set ends_on = '2026-04-19'").execute(&app.app.db).await.unwrap();
    let imogen = app.browser_of(world.imogen).await;
    imogen
        .post(&format!("{}/open", world.program_path()), &[])
        .await
        .is(422)
        .says("The last day, 19 April 2026, is past. Change the dates first");
}

#[tokio::test]
async fn somebody_who_has_not_joined_is_invited_again_or_taken_off() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let list = format!("{}/people", world.program_path());
    let add = format!("{list}/add");
    imogen.import(&add, "Dana Reyes\tdana@larkspur.example").await.says("One person added.");
    let first = link_in(email_to(&app.deliver_mail().await, "dana@larkspur.example"));

    let dana = part_of(&app, "dana@larkspur.example").await;
    let page = imogen.get(&list).await;
    page.says("Dana Reyes").says("Not asked yet").says("Reading Room").says("Yes, 6 Dec").says("Waiting since 4 Dec");
    let press = page.field("id");
    let invite = format!("{list}/{dana}/invite");
    imogen.post_and_follow(&invite, &[("id", &press)]).await.says("Dana Reyes is invited once more.");
    imogen.post(&invite, &[("id", &press)]).await.is(303);
    let again = link_in(email_to(&app.deliver_mail().await, "dana@larkspur.example"));
    assert_ne!(first, again);
    let links: i64 = sqlx::query_scalar("select count(*) from link_secrets").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(links, 1, "the earlier link is gone");
    let priya = world.priya.participation;
    imogen
        .post_and_follow(&format!("{list}/{priya}/invite"), &[("id", &press)])
        .await
        .says("Priya Whitlock has answered already");

    let remove = format!("{list}/{dana}/remove");
    imogen.get(&remove).await.is(200).says("Take Dana Reyes off the list?");
    imogen.post_and_follow(&remove, &[]).await.says("Dana Reyes is off the list.").does_not_say("dana@");
    imogen.post(&remove, &[]).await.is(404);
    imogen
        .post_and_follow(&format!("{list}/{priya}/remove"), &[])
        .await
        .says("Priya Whitlock has answered already and stays on the list.");
    // An invitation that waits is not sent to somebody who was taken off.
    imogen.import(&add, "Dana Reyes, dana@larkspur.example").await.says("One person added.");
    let dana = part_of(&app, "dana@larkspur.example").await;
    imogen.post(&format!("{list}/{dana}/remove"), &[]).await.is(303);
    assert!(app.deliver_mail().await.is_empty());
    let left: i64 = sqlx::query_scalar(
        "select count(*) from person_programs n join people p on p.id = n.person_id where p.email_folded = 'dana@larkspur.example'",
    )
    .fetch_one(&app.app.db)
    .await
    .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn the_list_goes_on_page_by_page_for_coordinators_alone() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let list = format!("{}/people", world.program_path());
    let imogen = app.browser_of(world.imogen).await;
    let lines: Vec<String> = (0..60).map(|n| format!("Person {n:02}, person{n}@larkspur.example")).collect();
    imogen.import(&format!("{list}/add"), &lines.join("\n")).await.says("60 people added.");
    let page = imogen.get(&list).await;
    page.is(200).says("66 people: 60 invited and six joined.").says("Hana Sørby").does_not_say("Wren Abernathy");
    let next = imogen.get(&page.link("Next fifty")).await;
    next.is(200).says("Wren Abernathy").does_not_say("Hana Sørby");
    imogen.get(&format!("{list}?after=nonsense")).await.is(200).says("Hana Sørby");
    // Found by a part of a name, whatever its case, or of an address; and a new name is found at once.
    imogen.get(&format!("{list}?find=sØrb")).await.is(200).says("Hana Sørby").does_not_say("Wren");
    imogen.get(&format!("{list}?find=person17%40")).await.is(200).says("Person 17").does_not_say("Person 18");
    imogen.get(&format!("{list}?find=%25")).await.is(200).says("Nobody in this program has “%”");
    let many = imogen.get(&format!("{list}?find=person")).await;
    imogen.get(&many.link("Next fifty")).await.is(200).says("Person 55").does_not_say("Wren");
    let renamed =
        sqlx::query_scalar("select id from people where name = 'Person 17'").fetch_one(&app.app.db).await.unwrap();
    let person = app.browser_of(renamed).await;
    person.post("/account", &[("name", "Åsa Renamed"), ("time_zone", "Europe/Oslo")]).await.is(303);
    app.deliver_mail().await;
    imogen.get(&format!("{list}?find=åsa")).await.is(200).says("Åsa Renamed");
    imogen.get(&format!("{list}?after={}", uuid::Uuid::now_v7())).await.is(200).says("Nobody stands after this page.");

    for path in [list.clone(), format!("{list}/add"), format!("{}/open", world.program_path())] {
        app.browser_of(world.priya.person).await.get(&path).await.is(403);
        app.browser_of(world.olga).await.get(&path).await.is(404);
    }
    // A part in another program is not found here.
    let elsewhere = world::person(&app.app.db, "Elsa Where").await;
    let missing = format!("{list}/{elsewhere}/remove");
    imogen.get(&missing).await.is(404);
    app.deliver_mail().await;
}
