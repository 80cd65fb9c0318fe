//! Imogen forms groups from those who are ready, launches, and places somebody who comes later.
use crate::support::{
    Answer, Browser, TestApp, email_to, link_in,
    world::{Peer, World, person},
};
use see_also::base::ids::GroupId;

/// The world as it was before the launch: everyone but Nadia is ready, and nobody is placed.
async fn before_the_launch(app: &TestApp) -> World {
    let world = World::build(app).await;
    let db = &app.app.db;
    for statement in
        ["delete from memberships", "delete from groups", "update programs set state = 'open', launched_on = null"]
    {
        sqlx::query(statement).execute(db).await.unwrap();
    }
    world
}

fn form(page: &Answer, name: &str, people: &[Peer]) -> Vec<(&'static str, String)> {
    let mut form = vec![
        ("id", page.field("id")),
        ("name", name.to_owned()),
        ("focus", String::new()),
        ("home_time_zone", "America/Chicago".to_owned()),
        ("meeting_minutes", "60".to_owned()),
    ];
    form.extend(people.iter().map(|peer| ("members", peer.participation.to_string())));
    form
}

async fn post(browser: &Browser<'_>, path: &str, form: &[(&'static str, String)]) -> Answer {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &form).await
}

async fn form_group(browser: &Browser<'_>, world: &World, name: &str, people: &[Peer]) -> Answer {
    let path = format!("{}/groups", world.program_path());
    let page = browser.get(&path).await;
    let done = post(browser, &path, &form(&page, name, people)).await;
    if done.status.is_redirection() { browser.get(&path).await } else { done }
}

async fn count(app: &TestApp, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&app.app.db).await.unwrap()
}

async fn id_of(app: &TestApp, name: &str) -> GroupId {
    sqlx::query_scalar("select id from groups where name = $1").bind(name).fetch_one(&app.app.db).await.unwrap()
}

#[tokio::test]
async fn groups_are_formed_and_launched_and_their_members_are_told() {
    let app = TestApp::start().await;
    let world = before_the_launch(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let path = format!("{}/groups", world.program_path());

    let page = imogen.get(&path).await;
    page.is(200)
        .says("Five people are ready to be placed. There is no group yet.")
        .says("Nadia Brightwater Waits for the supervisor’s answer");

    let page = form_group(&imogen, &world, "Reading Room", &[world.priya, world.marcus, world.hana]).await;
    page.is(200).says("Reading Room is formed with three people.").says("Two people are ready to be placed.");
    let page = form_group(&imogen, &world, "Card Catalog", &[world.tobias]).await;
    page.says("fewer than the two people").says("One person, below the two that this program asks for");
    assert_eq!(app.deliver_mail().await.len(), 0, "nobody is told before the launch");
    let priya = app.browser_of(world.priya.person).await;
    priya.get(&format!("{path}/{}/goals/new", id_of(&app, "Reading Room").await)).await.is(404);

    let launch = format!("{}/launch", world.program_path());
    imogen
        .get(&launch)
        .await
        .is(200)
        .says("Reading Room Hana Sørby, Marcus Delacroix-Boone, Priya Whitlock")
        .says("Wren Abernathy Ready, and in no group")
        .says("Nadia Brightwater Waits for the supervisor’s answer")
        .says("Card Catalog: One person, below the two")
        .says("four emails");
    imogen.post(&launch, &[]).await.is(303);

    let emails = app.deliver_mail().await;
    assert_eq!(emails.len(), 4);
    let letter = email_to(&emails, "priya@larkspur.example");
    assert_eq!(letter.subject, "You are in a group with Hana and Marcus");
    assert!(letter.text.contains("Hana Sørby and Marcus Delacroix-Boone"), "{}", letter.text);
    assert_eq!(link_in(letter), format!("{path}/{}", id_of(&app, "Reading Room").await));
    assert_eq!(letter.on_behalf_of.as_ref().unwrap().email, "imogen@larkspur.example");
    email_to(&emails, "tobias@larkspur.example");
    let begun = count(&app, "select count(*) from memberships where joined_on = '2026-04-20'").await;
    assert_eq!(begun, 4, "everyone begins on the day of the launch");
    assert_eq!(count(&app, "select count(*) from history where action = 'program_launched'").await, 1);

    // A second click launches nothing and sends nothing.
    imogen.post(&launch, &[]).await.is(303);
    assert_eq!(app.deliver_mail().await.len(), 0);
    imogen.get(&launch).await.says("The program is launched");
}

#[tokio::test]
async fn nobody_is_placed_with_their_own_supervisor() {
    let app = TestApp::start().await;
    let world = before_the_launch(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    sqlx::query(
        "update approval_requests set supervisor_email_folded = 'priya@larkspur.example' where participation_id = $1",
    )
    .bind(world.marcus.participation)
    .execute(&app.app.db)
    .await
    .unwrap();
    // What was only named, with other capitals, counts too.
    sqlx::query("update participations set supervisor_email = 'Tobias@Larkspur.example' where id = $1")
        .bind(world.wren.participation)
        .execute(&app.app.db)
        .await
        .unwrap();

    let answer = form_group(&imogen, &world, "Reading Room", &[world.priya, world.marcus]).await;
    answer.is(422).says("Priya Whitlock is the supervisor of Marcus Delacroix-Boone: they cannot be in one group");
    assert_eq!(answer.field("name"), "Reading Room", "what was typed stays");
    assert!(answer.html.matches(" checked").count() == 2, "and so do the ticks");
    form_group(&imogen, &world, "Card Catalog", &[world.wren, world.tobias])
        .await
        .is(422)
        .says("Tobias Renwick is the supervisor of Wren Abernathy");
    assert_eq!(count(&app, "select count(*) from groups").await, 0);

    // Nor by being added later.
    form_group(&imogen, &world, "Reading Room", &[world.priya, world.hana]).await.is(200);
    let edit = format!("{}/groups/{}/edit", world.program_path(), id_of(&app, "Reading Room").await);
    let page = imogen.get(&edit).await;
    let mut change = form(&page_with_id(&page), "Reading Room", &[world.priya, world.hana, world.marcus]);
    change.extend([world.priya, world.hana].iter().map(|peer| ("was", peer.participation.to_string())));
    post(&imogen, &edit, &change).await.is(422).says("Priya Whitlock is the supervisor of Marcus");
    assert_eq!(count(&app, "select count(*) from memberships").await, 2);
}

/// The form of a change has no id of its own.
fn page_with_id(page: &Answer) -> Answer {
    Answer {
        status: page.status,
        location: None,
        headers: page.headers.clone(),
        html: format!("<input name='id' value=''>{}", page.html),
        body: page.body.clone(),
    }
}

#[tokio::test]
async fn a_form_with_mistakes_says_each_of_them_and_forms_nothing() {
    let app = TestApp::start().await;
    let world = before_the_launch(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let path = format!("{}/groups", world.program_path());
    let page = imogen.get(&path).await;

    let mut empty = form(&page, " ", &[]);
    empty[3].1 = "Atlantis/Capital".into();
    empty[4].1 = "5".into();
    post(&imogen, &path, &empty)
        .await
        .is(422)
        .says("Enter a name for the group")
        .says("Choose at least one person")
        .says("Choose a time zone from the list")
        .says("The length of a meeting must be a whole number from 15 to 480");
    post(&imogen, &path, &form(&page, "Nobody", &[])).await.is(422).says("Choose at least one person");
    post(&imogen, &path, &form(&page, "N\0l", &[world.priya])).await.is(422).says("cannot be seen");
    form_group(&imogen, &world, "Waiting", &[world.nadia]).await.is(422).says("Nadia Brightwater cannot be placed");
    let stranger = Peer { person: world.olga, participation: see_also::base::ids::ParticipationId::generate() };
    form_group(&imogen, &world, "Strange", &[stranger]).await.is(422).says("Choose people from the list");

    form_group(&imogen, &world, "Reading Room", &[world.priya]).await.is(200);
    form_group(&imogen, &world, "reading room", &[world.hana]).await.is(422).says("Another group of this program");
    form_group(&imogen, &world, "Second", &[world.priya])
        .await
        .is(422)
        .says("Priya Whitlock is in Reading Room already");
    sqlx::query("update programs set group_max = 2, group_target = 2, group_min = 2")
        .execute(&app.app.db)
        .await
        .unwrap();
    form_group(&imogen, &world, "Big", &[world.hana, world.tobias, world.wren])
        .await
        .is(422)
        .says("A group has at most 2 people");
    assert_eq!(count(&app, "select count(*) from groups").await, 1);
    assert_eq!(count(&app, "select count(*) from memberships").await, 1);
}

#[tokio::test]
async fn a_double_click_forms_one_group() {
    let app = TestApp::start().await;
    let world = before_the_launch(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let path = format!("{}/groups", world.program_path());
    let page = imogen.get(&path).await;
    let same = form(&page, "Reading Room", &[world.priya, world.hana]);
    let (first, second) = tokio::join!(post(&imogen, &path, &same), post(&imogen, &path, &same));
    first.is(303);
    second.is(303);
    assert_eq!(count(&app, "select count(*) from groups").await, 1);
    assert_eq!(count(&app, "select count(*) from memberships").await, 2);
    assert_eq!(count(&app, "select count(*) from history where action = 'group_formed'").await, 1);
}

#[tokio::test]
async fn a_planned_group_is_changed_and_removed() {
    let app = TestApp::start().await;
    let world = before_the_launch(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    form_group(&imogen, &world, "Reading Room", &[world.priya, world.marcus]).await.is(200);
    let group = format!("{}/groups/{}", world.program_path(), id_of(&app, "Reading Room").await);

    let page = imogen.get(&format!("{group}/edit")).await;
    page.is(200).says("Nothing is fixed before the launch");
    let mut change = form(&page_with_id(&page), "Night desk", &[world.priya, world.hana]);
    change.extend([world.priya, world.marcus].iter().map(|peer| ("was", peer.participation.to_string())));
    post(&imogen, &format!("{group}/edit"), &change).await.is(303);
    let overview = imogen.get(&format!("{}/groups", world.program_path())).await;
    overview.says("Night desk is changed.").says("Hana Sørby, Priya Whitlock");

    imogen.get(&format!("{group}/remove")).await.is(200).says("Hana and Priya are free to be placed again");
    assert_eq!(count(&app, "select count(*) from groups").await, 1, "looking removes nothing");
    imogen.post(&format!("{group}/remove"), &[]).await.is(303);
    assert_eq!(count(&app, "select count(*) from groups").await, 0);
    assert_eq!(count(&app, "select count(*) from memberships").await, 0);
    imogen.post(&format!("{group}/remove"), &[]).await.is(404);
}

#[tokio::test]
async fn a_launch_waits_for_a_group_and_for_everyone_placed() {
    let app = TestApp::start().await;
    let world = before_the_launch(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let launch = format!("{}/launch", world.program_path());
    imogen.get(&launch).await.is(200).says("Form at least one group of two people first");
    imogen.post(&launch, &[]).await.is(422).says("Form at least one group of two people first");

    form_group(&imogen, &world, "Reading Room", &[world.priya, world.marcus]).await.is(200);
    sqlx::query(
        "update approval_requests set state = 'revoked', revoked_from = '2026-04-20' where participation_id = $1",
    )
    .bind(world.marcus.participation)
    .execute(&app.app.db)
    .await
    .unwrap();
    let refused = imogen.post(&launch, &[]).await;
    refused.is(422).says("Marcus Delacroix-Boone in Reading Room is not ready: the supervisor’s yes is not in effect");
    assert_eq!(count(&app, "select count(*) from programs where state = 'open'").await, 1);
    assert_eq!(count(&app, "select count(*) from memberships where joined_on is not null").await, 0);
    assert_eq!(app.deliver_mail().await.len(), 0);
}

#[tokio::test]
async fn somebody_who_comes_later_is_added_to_a_group_that_meets() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    sqlx::query(
        "update approval_requests set state = 'approved', first_answered_at = asked_at, decided_at = asked_at
         where participation_id = $1",
    )
    .bind(world.nadia.participation)
    .execute(&app.app.db)
    .await
    .unwrap();

    let edit = format!("{}/edit", world.group_path());
    let page = imogen.get(&edit).await;
    page.says("people can be added, and nobody is taken out here").says("In it now Hana Sørby");
    let change = form(&page_with_id(&page), "Reading Room", &[world.nadia]);
    post(&imogen, &edit, &change).await.is(303);
    let emails = app.deliver_mail().await;
    let letter = email_to(&emails, "nadia@larkspur.example");
    assert_eq!(letter.subject, "You are in a group with Hana, Marcus and Priya");
    assert_eq!(count(&app, "select count(*) from memberships where joined_on = '2026-04-20'").await, 1);

    // A form from before the launch takes nobody out of a group that has begun.
    let mut stale = form(&page_with_id(&page), "Reading Room", &[world.hana]);
    stale.push(("was", world.priya.participation.to_string()));
    post(&imogen, &edit, &stale).await.is(422).says("The program was launched in the meantime");
    imogen.post(&format!("{}/remove", world.group_path()), &[]).await.is(303);
    assert_eq!(count(&app, "select count(*) from groups").await, 2, "a group that has begun stays");
}

#[tokio::test]
async fn groups_are_the_coordinators_business() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let paths = [
        format!("{}/groups", world.program_path()),
        format!("{}/launch", world.program_path()),
        format!("{}/edit", world.group_path()),
        format!("{}/remove", world.group_path()),
    ];
    let elsewhere = person(&app.app.db, "Elke Elsewhere").await;
    for path in &paths {
        app.browser_of(world.priya.person).await.get(path).await.is(403);
        app.browser_of(world.priya.person).await.post(path, &[]).await.is(403);
        app.browser_of(elsewhere).await.get(path).await.is(404);
        app.browser_of(world.site_admin).await.post(path, &[]).await.is(404);
        app.browser_of(world.teodor).await.get(path).await.is(200);
    }
    let missing = format!("{}/groups/{}/edit", world.program_path(), GroupId::generate());
    app.browser_of(world.imogen).await.get(&missing).await.is(404);
}
