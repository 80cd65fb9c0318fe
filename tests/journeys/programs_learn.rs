//! A program closes with a decision on each of its five parts, and with lessons that it may publish.
use crate::support::{Answer, Browser, TestApp, world::World};
use time::macros::datetime;

const FIVE: [&str; 5] = ["backing", "goals", "trips", "feedback", "products"];

/// Decides on all five, as a person fills the page.
pub async fn decide_all(by: &Browser<'_>, program: &str) -> Answer {
    let path = format!("{program}/decisions");
    let page = by.get(&path).await;
    let fields: Vec<(String, String)> = FIVE
        .iter()
        .flat_map(|part| {
            [
                (format!("decision-{part}"), "keep".to_owned()),
                (format!("why-{part}"), format!("Because of {part}")),
                (format!("seen-{part}"), page.field(&format!("seen-{part}"))),
            ]
        })
        .collect();
    let form: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    by.post_and_follow(&path, &form).await
}

async fn closing() -> (TestApp, World) {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    app.advance(datetime!(2026-05-25 14:00 UTC) - app.app.clock.now());
    app.deliver_mail().await;
    (app, world)
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&app.app.db).await.unwrap()
}

#[tokio::test]
async fn a_program_ends_once_all_five_are_decided() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (path, end) = (format!("{}/decisions", world.program_path()), format!("{}/end", world.program_path()));
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&path).await.says("while the program closes, from 22 May 2026 on").does_not_say("Save what is decided");
    imogen.post_and_follow(&path, &[("decision-trips", "keep"), ("why-trips", "x")]).await.says("Nothing changed");

    app.advance(datetime!(2026-06-13 14:00 UTC) - app.app.clock.now());
    app.deliver_mail().await;
    let imogen = app.browser_of(world.imogen).await;
    // Some today, some later; a verdict says why.
    let half = [("decision-trips", "change"), ("why-trips", " "), ("why-goals", "They met on purpose")];
    let again = imogen.post(&path, &half).await;
    again.is(422).says("Enter why, in a sentence").says("Choose what becomes of it");
    assert_eq!(again.field("why-goals"), "They met on purpose");
    assert!(again.html.contains("value=\"change\" checked"), "what was chosen is kept");
    assert_eq!(count(&app, "select count(*) from program_decisions").await, 0);
    let trips = [("decision-trips", "change"), ("why-trips", "Two days instead of one")];
    imogen.post_and_follow(&path, &trips).await.says("One of five is decided");
    // The same sent twice is one decision.
    imogen.post(&path, &trips).await.is(303);

    // Another coordinator, whose page showed nothing there, is told and puts hers in its place on purpose.
    let teodor = app.browser_of(world.teodor).await;
    let over = [("decision-trips", "stop"), ("why-trips", "Too dear"), ("seen-trips", "")];
    let told = teodor.post(&path, &over).await;
    told.is(422).says("Imogen Castellane decided this while you typed: “Change it. Two days instead of one”");
    let seen = told.field("seen-trips");
    teodor.post(&path, &[over[0], over[1], ("seen-trips", &seen)]).await.is(303);
    teodor.get(&path).await.says("Teodor Vance, 13 June");

    // It does not end before, and says what is missing.
    imogen.get(&end).await.says(
        "Nothing is decided about: Supervisors’ backing, Goals, agendas and themes, Feedback and What people made",
    );
    let refused = imogen.post(&end, &[]).await;
    refused.is(422).says("Not yet.");
    assert_eq!(refused.link("Decide now"), path);
    assert_eq!(count(&app, "select count(*) from programs where state = 'archived'").await, 0);
    decide_all(&imogen, &world.program_path()).await.says("All five are decided").says("End this program");
    imogen.post_and_follow(&end, &[]).await.says("The program has ended");
    imogen.get(&path).await.says("Because of trips").does_not_say("Save what is decided");
    imogen.post_and_follow(&path, &trips).await.says("Nothing changed");
    app.browser_of(world.priya.person).await.get(&path).await.is(403);
    let acts = count(&app, "select count(*) from history where action = 'part_decided'").await;
    assert_eq!(acts, 7, "each change of each part is an act of a coordinator");
}

#[tokio::test]
async fn lessons_are_chosen_put_in_order_and_published() {
    let (app, world) = closing().await;
    let program = world.program_path();
    let (path, public) = (format!("{program}/lessons"), format!("/p/{}/lessons", world.program));
    for statement in [
        "insert into retrospectives (program_id, group_id, begun_at, revealed_at, revealed_by)
         select program_id, group_id, $2, $2, $1 from memberships where participation_id = $1",
        "insert into retrospective_ends (program_id, group_id, participation_id, said_at)
         select program_id, group_id, $1, $2 from memberships where participation_id = $1",
        "insert into retrospective_lines (program_id, id, group_id, written_by, kind, words, written_at, shared_at)
         select program_id, gen_random_uuid(), group_id, $1, 'did_not', 'Tuesdays never worked.', $2, $2
         from memberships where participation_id = $1",
    ] {
        sqlx::query(statement)
            .bind(world.priya.participation)
            .bind(app.app.clock.now())
            .execute(&app.app.db)
            .await
            .unwrap();
    }
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&program).await.says("One of two groups has looked back").says("No lesson is written down yet");
    let from_line = imogen.get(&path).await.link("Make a lesson of it");
    let page = imogen.get(from_line.split('#').next().unwrap()).await;
    page.says("“Tuesdays never worked.”");
    let (id, line) = (page.field("id"), page.field("line"));
    // The author's words are not hers to keep.
    let copied = [("id", id.as_str()), ("line", &line), ("kind", "did_not"), ("words", "tuesdays never worked")];
    let again = imogen.post(&path, &copied).await;
    again.is(422).says("Say it in your own words");
    assert_eq!((again.field("words"), again.field("line")), ("tuesdays never worked".to_owned(), line.clone()));
    let own = [("id", id.as_str()), ("line", &line), ("kind", "did_not"), ("words", "Evening staff need another day")];
    imogen.post_and_follow(&path, &own).await.says("From Reading Room: “Tuesdays never worked.”");
    imogen.post(&path, &own).await.is(303);
    imogen.post(&path, &[("id", &imogen.get(&path).await.field("id")), ("words", "No kind")]).await.is(422);
    let second = imogen.get(&path).await.field("id");
    imogen.post(&path, &[("id", &second), ("kind", "worked"), ("words", "Watch first")]).await.is(303);
    assert_eq!(count(&app, "select count(*) from lessons").await, 2);

    // Into another order; the first does not go further up.
    imogen.post_and_follow(&format!("{path}/{second}/move"), &[("to", "up")]).await.says("Moved");
    imogen.post_and_follow(&format!("{path}/{second}/move"), &[("to", "up")]).await.says("stands there already");
    // Published one by one.
    app.browser().get(&public).await.is(404);
    let priya = app.browser_of(world.priya.person).await;
    priya.get(&program).await.does_not_say("Watch first");
    imogen.post_and_follow(&format!("{path}/{second}/publish"), &[("to", "yes")]).await.says(&public);
    imogen.post_and_follow(&format!("{path}/{second}/publish"), &[("to", "yes")]).await.says("it was so before");
    priya.get(&program).await.says("Watch first What worked").does_not_say("another day");
    app.browser().get(&public).await.says("Watch first").does_not_say("another day");
    imogen.post(&format!("{path}/{id}/publish"), &[("to", "yes")]).await.is(303);
    let both = app.browser().get(&public).await.text();
    assert!(both.find("Watch first") < both.find("Evening staff need another day"), "{both}");

    // Its author takes the line back: it is no source any more, and the lesson stays.
    let author = app.browser_of(world.priya.person).await;
    author.post(&format!("{program}/retrospective/{line}/take-back"), &[]).await.is(303);
    let page = imogen.get(&path).await;
    page.says("The line it came from was taken back").says("another day").does_not_say("Tuesdays never");
    let gone = imogen.get(&path).await.field("id");
    let late = [("id", gone.as_str()), ("line", &line), ("kind", "did_not"), ("words", "About Tuesdays")];
    imogen.post(&path, &late).await.is(422).says("Its author has taken the line back");
    author.post(&format!("{program}/retrospective/{line}/remove"), &[]).await.is(303);
    imogen.get(&path).await.says("another day").does_not_say("The line it came from");

    imogen.post(&format!("{path}/{id}"), &[("kind", "try_next"), ("words", "")]).await.is(422).says("Enter the lesson");
    let drawn = imogen.get(&path).await.html;
    let (_, of_it) = drawn.split_once(&format!("action=\"{path}/{id}\"")).unwrap();
    let (seen, _) = of_it.split_once("name=\"seen\" value=\"").unwrap().1.split_once('"').unwrap();
    let change = |words| [("seen", seen), ("kind", "try_next"), ("words", words)];
    imogen.post_and_follow(&format!("{path}/{id}"), &change("Offer two days")).await.says("Offer two days");
    // From a page that is older than that, nothing is overwritten unasked.
    let older = imogen.post(&format!("{path}/{id}"), &change("Offer three days")).await;
    older.is(409).says("Somebody changed it while you typed: “Offer two days”");
    assert!(older.html.contains("value=\"Offer three days\""), "{}", older.html);
    // After the end it is only published or not.
    sqlx::query("update programs set state = 'archived'").execute(&app.app.db).await.unwrap();
    imogen
        .post_and_follow(&format!("{path}/{id}"), &[("kind", "worked"), ("words", "Late")])
        .await
        .says("Nothing changed");
    imogen.post_and_follow(&format!("{path}/{id}/remove"), &[]).await.says("Nothing changed");
    for lesson in [&id, &second] {
        imogen.post(&format!("{path}/{lesson}/publish"), &[("to", "no")]).await.is(303);
    }
    app.browser().get(&public).await.is(404);
    priya.post(&path, &own).await.is(403);
}
