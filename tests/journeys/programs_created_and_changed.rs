//! A coordinator creates a program page by page, changes it, and ends it.
use crate::approvals_cast::invited;
use crate::support::{
    Answer, Browser, TestApp, email_to, link_in,
    world::{self, World},
};
use see_also::base::ids::PersonId;
use time::{Duration, macros::datetime};

const NEW: &str = "/programs/new";

/// Every field of the page's form, as a browser would send it, with some of them filled in.
fn filled(answer: &Answer, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let page = scraper::Html::parse_document(&answer.html);
    let fields = scraper::Selector::parse("main form [name]").unwrap();
    let chosen = scraper::Selector::parse("option[selected]").unwrap();
    let mut form: Vec<(String, String)> = Vec::new();
    for field in page.select(&fields) {
        let element = field.value();
        let name = element.attr("name").unwrap().to_owned();
        let radio = matches!(element.attr("type"), Some("radio" | "checkbox"));
        if element.name() == "button" || (radio && element.attr("checked").is_none()) {
            continue;
        }
        let value = match element.name() {
            "textarea" => field.text().collect::<String>().trim_start_matches('\n').to_owned(),
            "select" => field.select(&chosen).next().and_then(|o| o.value().attr("value")).unwrap_or("").to_owned(),
            _ => element.attr("value").unwrap_or("").to_owned(),
        };
        form.push((name, value));
    }
    for (name, value) in changes {
        match form.iter_mut().find(|(there, _)| there == name) {
            Some((_, old)) => (*value).clone_into(old),
            None => form.push(((*name).to_owned(), (*value).to_owned())),
        }
    }
    form
}

async fn send(browser: &Browser<'_>, path: &str, page: &Answer, changes: &[(&str, &str)]) -> Answer {
    let form = filled(page, changes);
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &form).await
}

async fn creator(app: &TestApp) -> PersonId {
    let greta = world::person(&app.app.db, "Greta Oyelaran").await;
    sqlx::query("update people set may_create_programs = true where id = $1")
        .bind(greta)
        .execute(&app.app.db)
        .await
        .unwrap();
    greta
}

const WHAT: &[(&str, &str)] = &[
    ("name", "Teaching circles"),
    ("institution", "Larkspur Valley University Libraries"),
    ("theme", "Show your work"),
    ("purpose", "Peers who see each other teach.\nThe libraries give the time."),
];

/// From the first page to "check your answers".
async fn answer_everything(greta: &Browser<'_>) -> Answer {
    let page = greta.get(NEW).await;
    page.is(200).says("Step 1 of 7");
    let page = send(greta, NEW, &page, WHAT).await;
    page.is(200).says("When it runs");
    let page = send(greta, NEW, &page, &[("starts_on", "2026-09-01"), ("ends_on", "2026-12-18")]).await;
    page.is(200).says("Meetings and groups");
    let page = send(greta, NEW, &page, &[]).await;
    page.is(200).says("What you ask of people");
    let page = send(greta, NEW, &page, &[("budget", "80,50"), ("currency", "eur")]).await;
    page.is(200).says("Supervisors and answers");
    let page = send(greta, NEW, &page, &[]).await;
    page.is(200).says("People to turn to");
    let second = [("second_name", "Ines Marchetti"), ("second_email", "ines@larkspur.example")];
    let page = send(greta, NEW, &page, &second).await;
    page.is(200).says("Themes along the way");
    let theme = [
        ("theme_title", "Openings"),
        ("theme_question", "How does a session begin?"),
        ("theme_starts", "2026-09-01"),
        ("theme_ends", "2026-09-30"),
    ];
    let page = send(greta, NEW, &page, &theme).await;
    page.is(200).says("Check your answers");
    page
}

#[tokio::test]
async fn a_program_is_created_page_by_page() {
    let app = TestApp::start().await;
    let person = creator(&app).await;
    let greta = app.browser_of(person).await;
    let check = answer_everything(&greta).await;
    check
        .says("1 September to 18 December 2026")
        .says("Every 28 days, 60 minutes")
        .says("4 people, at least 2, at most 6")
        .says("EUR 80.50 for each person")
        .says("Greta Oyelaran, greta@larkspur.example")
        .says("How does a session begin?");
    assert_eq!(programs(&app).await, 0, "nothing is stored before the end");

    // One answer is changed, and the way leads back to the check.
    let page = send(&greta, NEW, &check, &[("go", "change-meetings")]).await;
    page.is(200).says("Meetings and groups");
    let check = send(&greta, NEW, &page, &[("rhythm_days", "21")]).await;
    check.is(200).says("Every 21 days");

    // Pressed twice: one program, one email, the same page.
    let first = send(&greta, NEW, &check, &[("go", "create")]).await;
    let again = send(&greta, NEW, &check, &[("go", "create")]).await;
    first.is(303);
    assert_eq!(first.location, again.location);
    assert_eq!(programs(&app).await, 1);
    let settings = first.location.clone().unwrap();
    let page = greta.get(&settings).await;
    page.is(200).says("A draft.").says("Every 21 days").says("Openings").says("Greta Oyelaran");
    let sent = app.deliver_mail().await;
    assert_eq!(sent.len(), 1, "the creator is not told what she typed");
    let email = email_to(&sent, "ines@larkspur.example");
    assert_eq!(email.subject, "You are a contact person of Teaching circles");
    assert!(link_in(email).starts_with("/password/"), "{}", email.text);
    assert_eq!(email.on_behalf_of.as_ref().unwrap().email, "greta@larkspur.example");

    // Somebody else with the same right cannot use its id, nor see the draft.
    let other = world::person(&app.app.db, "Rufus Other").await;
    sqlx::query("update people set may_create_programs = true").execute(&app.app.db).await.unwrap();
    let rufus = app.browser_of(other).await;
    send(&rufus, NEW, &check, &[("go", "create")]).await.is(404);
    rufus.get(&settings).await.is(404);
    assert_eq!(programs(&app).await, 1);
}

async fn programs(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from programs").fetch_one(&app.app.db).await.unwrap()
}

#[tokio::test]
async fn mistakes_are_refused_at_their_field_and_nothing_typed_is_lost() {
    let app = TestApp::start().await;
    let person = creator(&app).await;
    let greta = app.browser_of(person).await;
    let page = greta.get(NEW).await;
    let refused = send(&greta, NEW, &page, &[("theme", "Show\0 your work")]).await;
    refused.is(422).says("Four things before this can be saved").says("Error:");

    let when = send(&greta, NEW, &page, WHAT).await;
    assert_eq!(when.field("name"), "Teaching circles", "carried along");
    let dates = [("starts_on", "2026-09-01"), ("ends_on", "2026-08-01"), ("time_zone", "Mars/Base")];
    let refused = send(&greta, NEW, &when, &dates).await;
    refused
        .is(422)
        .says("The last day must come after the first")
        .says("Choose a time zone from the list")
        .says("Choose one");
    assert_eq!(refused.field("ends_on"), "2026-08-01", "kept as typed");

    let good = [("starts_on", "2026-09-01"), ("ends_on", "2026-12-18")];
    let meetings = send(&greta, NEW, &when, &good).await;
    let wrong = [("rhythm_days", "0"), ("informal_minutes", "61"), ("group_min", "5"), ("group_max", "4")];
    send(&greta, NEW, &meetings, &wrong)
        .await
        .is(422)
        .says("Days between meetings must be a whole number from 1 to 180")
        .says("Catching up cannot take longer than the meeting")
        .says("The largest group cannot be smaller than the smallest");
    // Back loses nothing either.
    let back = send(&greta, NEW, &meetings, &[("go", "back"), ("rhythm_days", "14")]).await;
    back.is(200).says("When it runs");
    assert_eq!(back.field("rhythm_days"), "14");

    // The pages before are asked again at the end, whatever was sent.
    let check = answer_everything(&greta).await;
    send(&greta, NEW, &check, &[("go", "create"), ("smallest_shown", "2")])
        .await
        .is(422)
        .says("This must be a whole number from 3 to 100");
    send(&greta, NEW, &check, &[("go", "create"), ("theme_ends", "2027-01-10")])
        .await
        .is(422)
        .says("A theme lies within the program");
    send(&greta, NEW, &check, &[("go", "create"), ("second_email", "GRETA@larkspur.example")])
        .await
        .is(422)
        .says("The second contact must be another person");
    assert_eq!(programs(&app).await, 0);
}

#[tokio::test]
async fn settings_are_changed_page_by_page_but_not_what_others_rely_on() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let settings = format!("{}/settings", world.program_path());
    imogen.get(&settings).await.is(200).says("The groups meet until 12 June 2026.").says("Teodor Vance");

    let path = format!("{settings}/when");
    let page = imogen.get(&path).await;
    let moved = [("starts_on", "2026-02-01"), ("ends_on", "2026-04-01"), ("time_zone", "Europe/Paris")];
    send(&imogen, &path, &page, &moved)
        .await
        .is(422)
        .says("The groups have begun, so the start stays 12 January 2026")
        .says("the zone stays America/Chicago")
        .says("Choose a day that is still to come");
    let saved = send(&imogen, &path, &page, &[("ends_on", "2026-06-30")]).await;
    saved.is(303);
    imogen.get(&settings).await.says("12 January to 30 June 2026").says("Saved: when it runs.");

    let path = format!("{settings}/asks");
    let page = imogen.get(&path).await;
    send(&imogen, &path, &page, &[("currency", "EUR")]).await.is(422).says("Supervisors are asked in USD");
    let path = format!("{settings}/answers");
    let page = imogen.get(&path).await;
    send(&imogen, &path, &page, &[("smallest_shown", "3")]).await.is(422).says("it can only go up now");

    // A new contact is told; the old one keeps the program only through another part in it.
    let path = format!("{settings}/contacts");
    let page = imogen.get(&path).await;
    let change = [("contact_name", "Ines Marchetti"), ("contact_email", "ines@larkspur.example")];
    send(&imogen, &path, &page, &change).await.is(303);
    let sent = app.deliver_mail().await;
    assert_eq!(
        email_to(&sent, "ines@larkspur.example").subject,
        "You are a contact person of Peer Mentoring, Spring 2026"
    );
    imogen.get(&format!("{settings}/nonsense")).await.is(404);
}

#[tokio::test]
async fn a_second_coordinator_is_added_once_and_told() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let settings = format!("{}/settings", world.program_path());
    let add = format!("{}/coordinators", world.program_path());
    imogen.post(&add, &[("name", ""), ("email", "nowhere")]).await.is(422).says("Enter the coordinator’s name");
    let olga = [("name", "Olga"), ("email", "OLGA@larkspur.example")];
    let page = imogen.post_and_follow(&add, &olga).await;
    page.says("Olga Stranger");
    imogen.post(&add, &olga).await.is(422).says("This person coordinates the program already");
    let sent = app.deliver_mail().await;
    let email = email_to(&sent, "olga@larkspur.example");
    assert_eq!(email.subject, "You coordinate Peer Mentoring, Spring 2026");
    assert_eq!(link_in(email), world.program_path(), "she has an account");
    app.browser_of(world.olga).await.get(&settings).await.is(200);
}

#[tokio::test]
async fn only_coordinators_reach_the_settings() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let settings = format!("{}/settings", world.program_path());
    for path in [settings.clone(), format!("{settings}/what"), format!("{}/cancel", world.program_path())] {
        app.browser_of(world.priya.person).await.get(&path).await.is(403);
        app.browser_of(world.olga).await.get(&path).await.is(404);
        app.browser_of(world.site_admin).await.get(&path).await.is(404);
    }
    app.browser_of(world.priya.person).await.get(NEW).await.is(403);
}

#[tokio::test]
async fn closing_begins_three_weeks_before_the_end_and_cancelling_ends_all() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let settings = format!("{}/settings", world.program_path());
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&settings).await.says("Closing begins by itself on 22 May 2026, 21 days before the end");
    // The evening of 21 May in Chicago: not yet, though it is the 22nd in Greenwich.
    app.advance(datetime!(2026-05-22 02:00 UTC) - app.app.clock.now());
    assert!(!app.deliver_mail().await.iter().any(|email| email.subject.contains("ends on")));
    // Just after midnight it begins, and nobody is woken by it.
    app.advance(Duration::hours(4));
    assert!(!app.deliver_mail().await.iter().any(|email| email.subject.contains("ends on")));
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&settings).await.says("Closing. It ends on 12 June 2026.").does_not_say("Closing begins by itself");
    app.advance(Duration::hours(6));
    let emails = app.deliver_mail().await;
    let closing: Vec<_> =
        emails.iter().filter(|email| email.subject == "Peer Mentoring, Spring 2026 ends on 12 June").collect();
    assert_eq!(closing.len(), 5, "everybody in a group, and nobody else");
    let to_priya = email_to(&emails, "priya@larkspur.example");
    assert!(to_priya.text.contains("Plan a last meeting of Reading Room"));
    app.browser_of(world.priya.person).await.open(&link_in(to_priya)).await.is(200).says("Reading Room");
    app.advance(Duration::days(1));
    assert!(!app.deliver_mail().await.iter().any(|email| email.subject.contains("ends on")), "once");

    let cancel = format!("{}/cancel", world.program_path());
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&cancel).await.is(200).says("This cannot be taken back");
    let state: String = sqlx::query_scalar("select state from programs").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(state, "closing", "looking changes nothing");
    imogen.post_and_follow(&cancel, &[]).await.says("Cancelled. Nothing changes any more.");
    imogen.get(&format!("{}/settings/what", world.program_path())).await.is(403);
    let acts: Vec<String> =
        sqlx::query_scalar("select action from history order by at, id").fetch_all(&app.app.db).await.unwrap();
    assert_eq!(acts, ["program_closing", "program_cancelled"]);
}

/// What was agreed for the whole program ends with it; that is no reason to keep anybody from looking back.
#[tokio::test]
async fn after_the_last_day_nobody_is_on_hold_nobody_is_asked_and_nobody_is_invited() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    app.advance(datetime!(2026-06-13 14:00 UTC) - app.app.clock.now());
    app.deliver_mail().await;
    let held: i64 = sqlx::query_scalar("select count(*) from participations where state = 'on_hold'")
        .fetch_one(&app.app.db)
        .await
        .unwrap();
    assert_eq!(held, 0);
    let priya = app.browser_of(world.priya.person).await;
    priya.get("/").await.does_not_say("on hold");
    let place = format!("{}/join", world.program_path());
    priya.get(&place).await.says("This program has ended").does_not_say("Ask my supervisor");
    app.browser_of(dana.person).await.post(&place, &[]).await.is(403);
    let imogen = app.browser_of(world.imogen).await;
    imogen
        .get(&format!("{}/people", world.program_path()))
        .await
        .does_not_say("Add people")
        .does_not_say("Invite again");
    imogen.get(&format!("{}/people/add", world.program_path())).await.is(403);
    assert!(app.deliver_mail().await.is_empty());
}

#[tokio::test]
async fn after_its_last_day_a_closing_program_is_ended_and_stays_readable() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (settings, end) = (format!("{}/settings", world.program_path()), format!("{}/end", world.program_path()));
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&settings).await.does_not_say("End this program");
    imogen.get(&end).await.says("Its last day is 12 June. You can end it after that");
    imogen.post_and_follow(&end, &[]).await.says("Nothing changed: only a program that is closing is ended");

    // Closing has begun, and its last day is still to come.
    app.advance(datetime!(2026-06-12 14:00 UTC) - app.app.clock.now());
    app.deliver_mail().await;
    let imogen = app.browser_of(world.imogen).await;
    let page = imogen.get(&imogen.get(&settings).await.link("End this program")).await;
    page.says("Its last day is 12 June").does_not_say("This cannot be taken back");
    imogen.post_and_follow(&end, &[]).await.says("Nothing changed: its last day is");

    app.advance(Duration::days(1));
    let imogen = app.browser_of(world.imogen).await;
    crate::programs_learn::decide_all(&imogen, &world.program_path()).await.says("All five are decided");
    imogen.get(&end).await.says("This cannot be taken back");
    imogen.post_and_follow(&end, &[]).await.says("The program has ended").says("nothing changes any more");
    imogen.post_and_follow(&end, &[]).await.says("Nothing changed");
    imogen.get(&end).await.is(403);

    // Its people read on, and write no more.
    let priya = app.browser_of(world.priya.person).await;
    let group = world.group_path();
    priya.get(&group).await.is(200).says("Reading Room");
    priya.post(&format!("{group}/agreement/agree"), &[("number", "1")]).await.is(403);
    assert!(app.deliver_mail().await.is_empty());
    let acts: Vec<String> =
        sqlx::query_scalar("select action from history order by at, id").fetch_all(&app.app.db).await.unwrap();
    assert_eq!((acts[0].as_str(), acts[6].as_str(), acts.len()), ("program_closing", "program_archived", 7));
    assert!(acts[1..6].iter().all(|act| act == "part_decided"), "{acts:?}");
}
