//! Who comes to a group later reads what is written from that day on. Of what was written before they
//! see that it is there and what it is for.
use crate::nothing_leaks::{MARKER, addresses, follow_up_visits, look, mark, set_group_themes};
use crate::support::{
    Answer, TestApp, letters,
    world::{self, World, day},
};
use see_also::{
    base::ids::{GroupId, MembershipId, ProgramId},
    features::archive,
};
use time::Duration;

/// From a day on; the membership there is begins then instead.
async fn comes_on(app: &TestApp, group: GroupId, peer: world::Peer, day: &str) {
    sqlx::query(
        "insert into memberships (program_id, id, group_id, participation_id, joined_on)
         select program_id, $1, id, $2, $3::date from groups where id = $4",
    )
    .bind(MembershipId::generate())
    .bind(peer.participation)
    .bind(day)
    .bind(group)
    .execute(&app.app.db)
    .await
    .unwrap();
}

/// Everything a group ever wrote, in every field that holds words, was written before Nora came.
#[tokio::test]
async fn no_page_of_a_group_shows_a_newcomer_what_was_written_before() {
    let app = TestApp::start().await;
    archive::load_demo(&app.app).await.unwrap();
    letters::take_back(&app).await;
    let (program, group): (ProgramId, GroupId) =
        sqlx::query_as("select program_id, id from groups where name = 'Reading Room'")
            .fetch_one(&app.app.db)
            .await
            .unwrap();
    set_group_themes(&app).await;
    follow_up_visits(&app).await;
    let marked = mark(&app).await;
    for column in [
        "agenda_items.title",
        "group_themes.title",
        "group_themes.question",
        "meetings.note",
        "goals.title",
        "elements.title",
        "field_trips.purpose",
    ] {
        assert!(marked.contains(&column.to_owned()), "{column} is not marked: {marked:?}");
    }
    // The line about a meeting is written when it is logged: one that is to come has none.
    sqlx::query("update meetings set note = '' where state = 'scheduled'").execute(&app.app.db).await.unwrap();
    let nora = world::peer(&app.app.db, program, "Nora Newcomer", None).await;
    backed(&app).await;
    comes_on(&app, group, nora, &day(1)).await;
    app.advance(Duration::days(1));
    let mut pages = addresses(&app).await;
    pages.retain(|page| page.contains(&group.to_string()));
    pages.push("/".to_owned());
    pages.push(format!("/programs/{program}"));
    let browser = app.browser_of(nora.person).await;
    browser.get(&format!("/programs/{program}/groups/{group}")).await.is(200);
    // What holds for every open member is theirs to read, whenever it was written: the agreement in force.
    // Where something takes place that is still to come is said to all who may come there. What somebody
    // says of themselves on their profile they say to whoever shares their group, and what is to be left alone is to be
    // left alone by newcomers too.
    let theirs = [
        "agreement_clauses",
        "meetings place",
        "field_trips place",
        "participations wants",
        "participations offers",
        "off_limits words",
    ];
    let seen = look(&browser, "Nora", &pages, &theirs).await;
    assert!(seen.is_empty(), "{} leaks:\n{}", seen.len(), seen.join("\n"));
    // The test can fail: who belonged reads it.
    let priya: see_also::base::ids::PersonId =
        sqlx::query_scalar("select id from people where name like 'Priya%'").fetch_one(&app.app.db).await.unwrap();
    let hers = look(&app.browser_of(priya).await, "Priya", &pages, &theirs).await.join("\n");
    for column in [
        "agenda_items title",
        "group_themes title",
        "group_themes question",
        "meetings note",
        "goals title",
        "elements title",
        "field_trips purpose",
        "field_trips to_try",
        "interviewees name",
        "interview_questions words",
        "interview_questions reply",
        "shared_reports words",
    ] {
        assert!(hers.contains(&format!("{MARKER} {column}")), "{column}: {hers}");
    }
}

/// Whoever waited for a supervisor's yes has it.
async fn backed(app: &TestApp) {
    sqlx::query(
        "update approval_requests set state = 'approved', decided_at = asked_at, first_answered_at = asked_at
         where state = 'pending'",
    )
    .execute(&app.app.db)
    .await
    .unwrap();
}

/// The ids of the items on a meeting's page, in order.
fn items(page: &Answer) -> Vec<String> {
    let html = scraper::Html::parse_document(&page.html);
    let moves = scraper::Selector::parse("form.moves").unwrap();
    let id =
        |form: scraper::ElementRef<'_>| form.value().attr("action").unwrap().rsplit('/').next().unwrap().to_owned();
    html.select(&moves).map(id).collect()
}

/// What the forms of the templates on an agenda page carry.
fn agenda_was(page: &Answer) -> String {
    let rest = page.html.split_once("/template\"").unwrap().1;
    rest.split_once("name=\"was\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_newcomer_sits_in_a_meeting_whose_agenda_was_written_before() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (tobias, group) = (app.browser_of(world.tobias.person).await, world.card_catalog);
    let path = format!("/programs/{}/groups/{group}", world.program);
    // Before: a goal of the group, a meeting that works on it, and a trip that serves it.
    let goal = uuid::Uuid::now_v7();
    sqlx::query(
        "insert into goals (program_id, id, group_id, title, statement, state, created_by, created_at, worded_at, agreed_on)
         values ($1, $2, $3, 'Quillwort teaching', 'Quillwort', 'agreed', $4, '2026-03-02T12:00Z', '2026-03-02T12:00Z', '2026-03-02')",
    )
    .bind(world.program)
    .bind(goal)
    .bind(group)
    .bind(world.tobias.participation)
    .execute(&app.app.db)
    .await
    .unwrap();
    let meets = |on: String, id: String| {
        [
            ("id", id),
            ("date", on),
            ("time", "12:00".to_owned()),
            ("minutes", "90".to_owned()),
            ("mode", "in_person".to_owned()),
            ("place", "Seminar room".to_owned()),
        ]
    };
    let made = tobias.post(&format!("{path}/meetings/new"), &borrowed(&meets(day(14), uuid()))).await;
    let meeting = made.is(303).location.clone().unwrap();
    let add = [("title", "Quillwort at the desk"), ("kind", "logistics"), ("minutes", "5"), ("over", "5")];
    tobias.post(&format!("{meeting}/items"), &add).await.is(303);
    let trip = uuid();
    let plan = [
        ("id", trip.as_str()),
        ("kind", "site_visit"),
        ("purpose", "Quillwort greets people"),
        ("goal", &goal.to_string()),
        ("on_date", &day(20)),
        ("reach", "here"),
        ("place", "Harrowgate"),
        ("host_institution", "Quillwort Library"),
        ("questions", "Why quillwort?"),
        ("cost", "0"),
        ("goers", &world.tobias.participation.to_string()),
    ]
    .map(|(name, value)| (name, value.to_owned()));
    tobias.post(&format!("{path}/trips/new"), &borrowed(&plan)).await.is(303);
    let trip = format!("{path}/trips/{trip}");
    tobias.get(&meeting).await.says("Quillwort at the desk").says("Quillwort teaching");

    // Nadia comes on the next day.
    app.advance(Duration::days(1));
    backed(&app).await;
    comes_on(&app, group, world.nadia, &day(1)).await;
    let nadia = app.browser_of(world.nadia.person).await;
    let unread = |page: &Answer| {
        page.is(200);
        assert!(!page.html.to_lowercase().contains("quillwort"), "{}", page.text());
    };
    unread(&nadia.get("/").await);
    let page = nadia.get(&path).await;
    unread(&page);
    page.says("Work on a goal, written before you came").says("Seminar room").says("Harrowgate");
    let page = nadia.get(&meeting).await;
    unread(&page);
    page.says("Written before you came").says("Seminar room").says("nobody what was written before they came");
    // The goal can be named, its words stay closed; a trip too.
    page.says("The group’s: from before you came").says("planned before you came");

    // She moves such an item; its words are not hers to write over.
    let before = items(&page);
    let last = before.last().unwrap().clone();
    let above = before[before.len() - 2].clone();
    nadia.post(&format!("{meeting}/items/{last}"), &[("move", "up"), ("above", &above)]).await.is(303);
    assert_ne!(items(&nadia.get(&meeting).await), before);
    let over = [("title", "Mine"), ("kind", "logistics"), ("minutes", "5")];
    let refused = nadia.post(&format!("{meeting}/items/{last}"), &over).await;
    refused.is(422).says("This was written before you came").says("What you typed It is not on the agenda Mine");
    unread(&nadia.get(&meeting).await);
    // What Tobias says in other words since, she reads.
    let page = tobias.get(&meeting).await;
    page.says("Quillwort at the desk").does_not_say("written before you came");
    let was = page
        .html
        .split(&format!("items/{last}\" novalidate"))
        .nth(1)
        .and_then(|rest| rest.split("name=\"was\" value=\"").nth(1))
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    let anew = [("title", "Who sits at the desk"), ("kind", "logistics"), ("minutes", "5"), ("was", &was)];
    tobias.post(&format!("{meeting}/items/{last}"), &anew).await.is(303);
    nadia.get(&meeting).await.says("Who sits at the desk");
    // A title that a template takes from the goal is as old as the goal, whoever starts it.
    let template = format!("{meeting}/template");
    let was = agenda_was(&tobias.get(&meeting).await);
    tobias.post(&template, &[("template", "goal"), ("replace", "yes"), ("was", &was)]).await.is(303);
    tobias.get(&meeting).await.says("Quillwort teaching");
    unread(&nadia.get(&meeting).await);
    let was = agenda_was(&nadia.get(&meeting).await);
    nadia.post(&template, &[("template", "goal"), ("replace", "yes"), ("was", &was)]).await.is(303);
    let page = tobias.get(&meeting).await;
    assert!(!page.text().contains("Quillwort teaching Change"), "she gave the item no words she cannot read");

    // The trip: what kind, when, where; and no way to a goal that is closed to her.
    let page = nadia.get(&trip).await;
    unread(&page);
    page.says("This was planned before you came").says("A goal from before you came").says("Harrowgate");
    assert!(!page.html.contains(&goal.to_string()), "{}", page.html);
    nadia.get(&format!("{path}/goals/{goal}")).await.is(404);
    page.says("Tobias and Wren can read this page").does_not_say("Change the plan");
    nadia.post_and_follow(&format!("{trip}/edit"), &borrowed(&plan)).await.says("Ask one of the others");
    let page = nadia.get(&format!("{path}/trips/new?kind=site_visit")).await;
    unread(&page);
    page.says("The group’s, from before you came");
    // Changed since, it is said anew to all who belong.
    tobias.post(&format!("{trip}/edit"), &borrowed(&plan)).await.is(303);
    nadia.get(&trip).await.says("Quillwort greets people").says("A goal from before you came");
    // And a new meeting that Tobias sets takes the goal's title along, for those who may read it.
    let made = tobias.post(&format!("{path}/meetings/new"), &borrowed(&meets(day(28), uuid()))).await;
    let next = made.is(303).location.clone().unwrap();
    tobias.get(&next).await.says("Quillwort teaching");
    nadia.get(&next).await.is(200).does_not_say("Quillwort teaching");
}

/// Feedback is about what somebody agreed to hear about; a newcomer reads what was agreed since.
#[tokio::test]
async fn a_newcomer_gives_feedback_on_what_was_agreed_since() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (goal, elements) = world::goal_with_elements(&app.app.db, &world, world.priya, &["Quillwort pace"]).await;
    let nora = world::peer(&app.app.db, world.program, "Nora Newcomer", None).await;
    backed(&app).await;
    comes_on(&app, world.reading_room, nora, &day(0)).await;
    let nora = app.browser_of(nora.person).await;
    let new = format!("{}/feedback/new", world.group_path());
    let to = format!("{new}?to={}", world.priya.participation);
    nora.get(&new).await.is(200).does_not_say("Quillwort").says("or only before you came");
    nora.get(&to).await.does_not_say("Quillwort");
    let observe = format!("{}/trips/new?kind=observation", world.group_path());
    nora.get(&observe).await.is(200).does_not_say("Quillwort");
    let marcus = app.browser_of(world.marcus.person).await;
    marcus.get(&new).await.says("Quillwort pace");
    marcus.get(&observe).await.says("Quillwort pace");
    // Priya shows it to her, and nobody else can: from then on Nora may write about it.
    let priya = app.browser_of(world.priya.person).await;
    let goal = format!("{}/goals/{goal}", world.group_path());
    let show = format!("{}/elements/{}/show", world.group_path(), elements[0]);
    marcus.get(&goal).await.does_not_say("Show it to");
    marcus.post(&show, &[]).await.is(403);
    nora.get(&to).await.does_not_say("Quillwort");
    priya.get(&goal).await.says("“Quillwort pace” was agreed before Nora came.").says("Show it to Nora");
    priya.post_and_follow(&show, &[]).await.says("Everyone in your group now sees").does_not_say("Show it to");
    let agreed: time::Date = sqlx::query_scalar("select agreed_on from elements").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(agreed, time::macros::date!(2026 - 01 - 20), "since when it is agreed stays");
    nora.get(&observe).await.is(200).says("Quillwort pace");
    nora.get(&to).await.is(200).says("Quillwort pace");
}

fn uuid() -> String {
    uuid::Uuid::now_v7().to_string()
}

fn borrowed<'a>(form: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}
