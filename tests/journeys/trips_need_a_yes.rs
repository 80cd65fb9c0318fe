//! A trip that goes beyond what was approved needs a yes of its own: rule 7, through the pages, the supervisor's link
//! and against the database alone.
use super::approvals_cast::{answer, answers_path, rows};
use super::trips_cast::{Story, borrowed};
use crate::support::{Browser, email_to, link_in, world::day};
use time::Duration;
use uuid::Uuid;

const BEATRIX: &str = "beatrix@larkspur.example";
const HANA: &str = "hana@larkspur.example";
const WORDS: &str = "I would learn how they greet, TRIPWORDSMARK.";
const NOTE: &str = "Ask Omar for the rest, TRIPNOTEMARK.";
/// What is the group's alone, and what is between two people.
const NEVER_SAID: [&str; 6] =
    ["greet people", "Harrowgate", "Noor Haddad", "stop doing", "TRIPWORDSMARK", "TRIPNOTEMARK"];

async fn requests(story: &Story, trip: Uuid) -> Vec<String> {
    sqlx::query_scalar("select state from approval_requests where trip_id = $1 order by asked_at, id")
        .bind(trip)
        .fetch_all(&story.app.app.db)
        .await
        .unwrap()
}

/// Everything that waits is sent; no email holds what is the group's or was written for one reader.
async fn mail(story: &Story) -> Vec<see_also::mail::Email> {
    let emails = story.app.deliver_mail().await;
    for email in &emails {
        for words in NEVER_SAID {
            let said = email.text.contains(words) || email.html.contains(words) || email.subject.contains(words);
            assert!(!said, "“{words}” to {}: {}", email.to.email, email.text);
        }
    }
    emails
}

/// A scanner opens whatever the link of a supervisor leads to, and nothing comes of it.
async fn scanned(story: &Story, link: &str) {
    let before = rows(&story.app).await;
    let scanner = story.app.browser();
    scanner.head(link).await;
    scanner.open(link).await.is(200);
    assert_eq!(rows(&story.app).await, before);
}

#[tokio::test]
async fn a_visit_over_budget_is_asked_declined_asked_again_confirmed_and_moved() {
    let story = Story::begin().await;
    let (hana, marcus) = (story.world.hana, story.world.marcus);
    // She was given 80 dollars and one day; this takes 120 dollars and a day.
    let trip = story.visit(marcus, &[hana], "120").await;
    let (hers, his) = (story.browser(hana).await, story.browser(marcus).await);
    let path = story.path(trip);
    hers.get(&path)
        .await
        .says("Not yet covered")
        .says("You have USD 80 left of the budget")
        .says("Ask your supervisor");
    his.get(&path).await.says("Hana Not yet covered").does_not_say("left of the budget").does_not_say("/supervisor");
    his.post(&format!("{path}/confirm"), &[]).await.is(422).says("It is not yet covered for Hana");

    let link = asks(&story, trip, &hers).await;
    scanned(&story, &link).await;
    let beatrix = story.app.browser();
    let page = beatrix.open(&link).await;
    page.says("May Hana go on a site visit on 4 May?").says("One day away, up to USD 120").says("At another place");
    page.says("TRIPWORDSMARK").does_not_say("Harrowgate").does_not_say("greet people").does_not_say("Hours a month");

    // A no, with a reason and a note: Hana reads both, coordinators the reason, nobody of the group anything.
    let no = [("answer", "no"), ("reason", "timing"), ("note", NOTE)];
    let page = beatrix.post_and_follow(&answers_path(&beatrix, &link).await, &with_seen(&page, &no)).await;
    page.says("You said no to this trip");
    let emails = mail(&story).await;
    assert_eq!(email_to(&emails, HANA).subject, "Beatrix Lindqvist said no: Peer Mentoring, Spring 2026");
    let told = email_to(&emails, "imogen@larkspur.example");
    assert!(told.text.contains("one trip") && !told.text.contains("site visit"), "{}", told.text);
    email_to(&emails, BEATRIX);
    assert_eq!(emails.len(), 4, "Hana, two coordinators, and a receipt");
    let own = format!("{path}/supervisor");
    hers.get(&own).await.says("Beatrix Lindqvist said no").says("TRIPNOTEMARK").says("The wrong time of year");
    his.get(&own).await.is(200).says("You do not go on this trip").does_not_say("MARK").does_not_say("Beatrix");
    his.get(&path).await.says("Hana Not yet covered").does_not_say("Beatrix").does_not_say("MARK");

    // Asked again with the words as they stand, and a yes: it is confirmed.
    story.ask(hana, trip, WORDS).await.says("Beatrix Lindqvist is asked");
    let second = link_in(email_to(&mail(&story).await, BEATRIX));
    answer(&beatrix, &second, &[("answer", "yes")]).await.is(303);
    let emails = mail(&story).await;
    assert!(email_to(&emails, HANA).text.contains("The trip can be confirmed"));
    assert!(email_to(&emails, BEATRIX).text.contains("up to USD 120"));
    hers.get(&path).await.says("You Covered").says("Your supervisor said yes to this trip");
    his.post_and_follow(&format!("{path}/confirm"), &[]).await.says("Confirmed. The date stands.");
    assert_eq!(requests(&story, trip).await, ["declined", "approved"]);
    moved_and_taken_back(&story, trip, [&hers, &his]).await;
}

/// Hana asks: not at her own address, nor at one of her group; once, however often she presses.
async fn asks(story: &Story, trip: Uuid, hers: &Browser<'_>) -> String {
    let own = format!("{}/supervisor", story.path(trip));
    let page = hers.get(&own).await;
    page.says("This needs a yes of your supervisor’s").says("One day away, USD 120");
    assert_eq!(page.field("supervisor_email"), BEATRIX, "of the approval in effect");
    let id = page.field("id");
    let form = |email: &'static str| {
        vec![
            ("id", id.clone()),
            ("supervisor_name", "Beatrix Lindqvist".to_owned()),
            ("supervisor_email", email.to_owned()),
            ("words", WORDS.to_owned()),
        ]
    };
    for (email, says) in [
        (HANA, "This is your own address"),
        ("marcus@larkspur.example", "This person is in your group"),
        ("nobody", "Enter an email address such as"),
    ] {
        let again = hers.post(&own, &borrowed(&form(email))).await;
        again.is(422).says(says);
        assert_eq!(again.field("words"), WORDS, "what was typed is kept");
    }
    let mut wordless = form(BEATRIX);
    wordless.pop();
    hers.post(&own, &borrowed(&wordless)).await.is(422).says("a sentence to your supervisor");
    assert!(requests(story, trip).await.is_empty());
    for _ in 0..2 {
        hers.post_and_follow(&own, &borrowed(&form(BEATRIX))).await.says("is asked");
    }
    assert_eq!(requests(story, trip).await, ["pending"]);
    let emails = mail(story).await;
    assert_eq!(emails.len(), 1);
    let email = email_to(&emails, BEATRIX);
    assert_eq!(email.subject, "Hana Sørby asks for your yes to one trip: Peer Mentoring, Spring 2026");
    for fact in ["A site visit", "Monday 4 May", "One day away, up to USD 120", "At another place", "by 3 May"] {
        assert!(email.text.contains(fact) && email.html.contains(fact), "{fact}: {}", email.text);
    }
    link_in(email)
}

async fn moved_and_taken_back(story: &Story, trip: Uuid, [hers, his]: [&Browser<'_>; 2]) {
    let (path, hana, beatrix) = (story.path(trip), story.world.hana, story.app.browser());
    // What was so approved uses nothing of what was approved before: her day and her 80 dollars are still there.
    let other = story.visit(hana, &[hana], "80").await;
    hers.post_and_follow(&format!("{}/confirm", story.path(other)), &[]).await.says("Confirmed.");

    // Marcus moves it: the yes was for another day. Hana hears of it, and asks again.
    his.post_and_follow(&format!("{path}/postpone"), &[("on_date", &day(16))]).await.says("Not yet covered");
    let emails = mail(story).await;
    let told = email_to(&emails, HANA);
    assert_eq!(told.subject, "The site visit has changed: ask Beatrix Lindqvist again");
    assert!(told.text.contains("The site visit of 4 May is now on 6 May."), "{}", told.text);
    assert_eq!(emails.len(), 1);
    hers.get(&link_in(told)).await.is(200).says("as it was");
    hers.post(&format!("{path}/confirm"), &[]).await.is(422).says("You have no trip days left");
    story.ask(hana, trip, WORDS).await.says("Beatrix Lindqvist is asked");
    let link = link_in(email_to(&mail(story).await, BEATRIX));

    // Moved while it is asked: what was asked ends, and the link says so.
    hers.post_and_follow(&format!("{path}/postpone"), &[("on_date", &day(18))]).await.says("Not yet covered");
    assert_eq!(requests(story, trip).await, ["declined", "approved", "cancelled"]);
    beatrix.open(&link).await.says("The trip was changed or called off");
    assert!(mail(story).await.is_empty(), "she moved it herself");
    story.ask(hana, trip, WORDS).await.says("is asked");
    let link = link_in(email_to(&mail(story).await, BEATRIX));
    answer(&beatrix, &link, &[("answer", "yes")]).await.is(303);
    assert_eq!(requests(story, trip).await, ["declined", "superseded", "cancelled", "approved"]);
    hers.post_and_follow(&format!("{path}/confirm"), &[]).await.says("Confirmed.");
    mail(story).await;

    // Dearer than was asked, once more; cheaper, it holds.
    hers.post(&format!("{path}/postpone"), &[("on_date", &day(17))]).await.is(303);
    for (cost, says) in [("130", "Not yet covered"), ("110", "Not yet covered")] {
        let form = story.form(trip, &[hana], &day(17), cost);
        story.change(hers, trip, &form).await.is(303);
        hers.get(&path).await.says(says);
    }
    let form = story.form(trip, &[hana], &day(18), "110");
    story.change(hers, trip, &form).await.is(303);
    hers.get(&path).await.says("You Covered");
    hers.post_and_follow(&format!("{path}/confirm"), &[]).await.says("Confirmed.");

    // Beatrix takes it back: the trip is a plan again, and Hana reads why.
    let page = beatrix.open(&link).await;
    page.says("You said yes to this trip").says("I take back my yes").does_not_say("revoked_from");
    answer(&beatrix, &link, &[("answer", "withdraw")]).await.is(303);
    let emails = mail(story).await;
    assert!(email_to(&emails, HANA).subject.starts_with("Beatrix Lindqvist takes back the yes"));
    assert_eq!(story.state(trip).await, "planned");
    assert_eq!(story.state(other).await, "confirmed", "the other one needs no yes of hers");
    hers.get(&format!("{path}/supervisor")).await.says("Beatrix Lindqvist took back the yes");

    // Asked once more, and called off: nobody has to answer.
    story.ask(hana, trip, WORDS).await.says("is asked");
    let link = link_in(email_to(&mail(story).await, BEATRIX));
    his.post_and_follow(&format!("{path}/cancel"), &[]).await.says("This was called off").does_not_say("covered");
    beatrix.open(&link).await.says("The trip was changed or called off");
    assert_eq!(requests(story, trip).await.last().unwrap(), "cancelled");
    story.app.advance(Duration::days(8));
    let reminded = mail(story).await.into_iter().filter(|email| email.to.email == BEATRIX).count();
    assert_eq!(reminded, 0, "nobody is reminded of it");
}

fn with_seen<'a>(page: &crate::support::Answer, fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let seen: &'static str = Box::leak(page.field("seen").into_boxed_str());
    [("seen", seen)].into_iter().chain(fields.iter().copied()).collect()
}

#[tokio::test]
async fn a_condition_counts_once_it_is_accepted_and_talking_first_keeps_it_open() {
    let story = Story::begin().await;
    let hana = story.world.hana;
    let trip = story.visit(hana, &[hana], "120").await;
    let hers = story.browser(hana).await;
    story.ask(hana, trip, WORDS).await.says("is asked");
    let link = link_in(email_to(&mail(&story).await, BEATRIX));
    let beatrix = story.app.browser();
    answer(&beatrix, &link, &[("answer", "talk")]).await.is(303);
    mail(&story).await;
    let own = format!("{}/supervisor", story.path(trip));
    hers.get(&own).await.says("Beatrix Lindqvist wants to talk first");
    answer(&beatrix, &link, &[("answer", "condition"), ("conditions", "Take the early train")]).await.is(303);
    let emails = mail(&story).await;
    let told = email_to(&emails, HANA);
    assert!(told.text.contains("It counts once you accept the condition"));
    let page = hers.get(&link_in(told)).await;
    page.says("says yes, on a condition").says("Take the early train");
    let confirm = format!("{}/confirm", story.path(trip));
    hers.post(&confirm, &[]).await.is(422);
    hers.post_and_follow(&format!("{own}/accept"), &[("seen", "pending:0")]).await.says("Read it again");
    let seen = page.field("seen");
    story
        .browser(story.world.marcus)
        .await
        .post_and_follow(&format!("{own}/accept"), &[("seen", &seen)])
        .await
        .says("Read it again");
    assert_eq!(requests(&story, trip).await, ["conditional"]);
    hers.post_and_follow(&format!("{own}/accept"), &[("seen", &seen)]).await.says("said yes to this trip");
    hers.post_and_follow(&confirm, &[]).await.says("Confirmed.");
    // The coordinators’ morning email says that it was for a trip.
    story.app.advance(Duration::days(1));
    let digest = mail(&story).await;
    assert!(email_to(&digest, "imogen@larkspur.example").text.contains("said yes to a trip"));
    // What they read of her approvals tells the two apart.
    let imogen = story.app.browser_of(story.world.imogen).await;
    let page = imogen.get(&format!("{}/people/{}/approvals", story.world.program_path(), hana.participation)).await;
    page.says("for one trip on 4 May").says("One day away, up to USD 120.").says("for a place");
    page.does_not_say("site visit").does_not_say("MARK");
}

#[tokio::test]
async fn nobody_answers_and_each_hears_of_it_once_before_the_day() {
    let story = Story::begin().await;
    let hana = story.world.hana;
    let trip = story.visit(hana, &[hana], "120").await;
    story.ask(hana, trip, WORDS).await.says("is asked");
    let first = link_in(email_to(&mail(&story).await, BEATRIX));
    let mut sent: Vec<(i64, String, String)> = Vec::new();
    for hour in 1..=15 * 24_i64 {
        story.app.advance(Duration::hours(1));
        for email in mail(&story).await {
            // The pending request of Nadia, and those who coordinate her program, are no part of this.
            if !email.subject.contains("Nadia") && email.to.email != "nadia@larkspur.example" {
                sent.push((hour / 24, email.to.email.clone(), email.subject.clone()));
            }
        }
    }
    let to = |address: &str| -> Vec<(i64, String)> {
        sent.iter().filter(|(_, to, _)| to == address).map(|(day, _, subject)| (*day, subject.clone())).collect()
    };
    // Days 3 and 7; on day 14 the trip is there, so there is nothing left to answer.
    let reminded = to(BEATRIX);
    assert_eq!(reminded.iter().map(|(day, _)| *day).collect::<Vec<_>>(), [3, 7], "{reminded:?}");
    let peer: Vec<_> = to(HANA).into_iter().filter(|(_, subject)| subject.contains("Beatrix")).collect();
    assert_eq!(peer.len(), 2, "a week on, and when the time is over: {peer:?}");
    assert!(peer[0].1.starts_with("Beatrix Lindqvist has not answered yet"), "{peer:?}");
    assert!(peer[1].1.starts_with("Beatrix Lindqvist did not answer in time"), "{peer:?}");
    let coordinator: Vec<_> = to("imogen@larkspur.example");
    assert!(
        coordinator.iter().any(|(day, subject)| *day == 10 && subject.contains("no answer from Beatrix")),
        "{coordinator:?}"
    );
    story.app.browser().open(&first).await.says("The day of the trip is over");
    assert_eq!(story.state(trip).await, "planned");
}

#[tokio::test]
async fn the_desk_says_that_a_supervisor_has_not_answered_and_names_nobody() {
    let story = Story::begin().await;
    let hana = story.world.hana;
    let trip = story.visit(hana, &[hana], "120").await;
    story.ask(hana, trip, WORDS).await;
    let link = link_in(email_to(&mail(&story).await, BEATRIX));
    let imogen = story.app.browser_of(story.world.imogen).await;
    let desk = story.world.program_path();
    imogen.get(&desk).await.says("about which a supervisor has not answered").does_not_say("Harrowgate");
    answer(&story.app.browser(), &link, &[("answer", "yes")]).await.is(303);
    mail(&story).await;
    imogen.get(&desk).await.does_not_say("a supervisor has not answered");
}

#[tokio::test]
async fn a_yes_to_a_trip_is_no_approval_of_a_place() {
    let story = Story::begin().await;
    let (hana, db) = (story.world.hana, &story.app.app.db);
    let trip = story.visit(hana, &[hana], "120").await;
    story.ask(hana, trip, WORDS).await;
    let link = link_in(email_to(&mail(&story).await, BEATRIX));
    answer(&story.app.browser(), &link, &[("answer", "yes")]).await.is(303);
    mail(&story).await;
    sqlx::query(
        "update approval_requests set state = 'revoked', revoked_from = '2026-04-20' where participation_id = $1 and purpose = 'join'",
    )
    .bind(hana.participation)
    .execute(db)
    .await
    .unwrap();
    mail(&story).await;
    let part: String = sqlx::query_scalar("select state from participations where id = $1")
        .bind(hana.participation)
        .fetch_one(db)
        .await
        .unwrap();
    assert_eq!(part, "on_hold", "a yes to one trip keeps nobody in the program");
    story.browser(hana).await.get(&format!("{}/join", story.world.program_path())).await.says("takes back the yes");
}

#[tokio::test]
async fn two_windows_ask_once_and_what_fits_needs_nobody() {
    let story = Story::begin().await;
    let hana = story.world.hana;
    let hers = story.browser(hana).await;
    let trip = story.visit(hana, &[hana], "120").await;
    let own = format!("{}/supervisor", story.path(trip));
    let (a, b) = (Uuid::now_v7().to_string(), Uuid::now_v7().to_string());
    let form = |id: &str| {
        vec![
            ("id", id.to_owned()),
            ("supervisor_name", "Beatrix".to_owned()),
            ("supervisor_email", BEATRIX.to_owned()),
            ("words", WORDS.to_owned()),
        ]
    };
    let (one, other) = (form(&a), form(&b));
    let (one, other) = (borrowed(&one), borrowed(&other));
    let (x, y) = tokio::join!(hers.post(&own, &one), hers.post(&own, &other));
    assert_eq!([x.status.as_u16(), y.status.as_u16()], [303, 303]);
    let open = requests(&story, trip).await.into_iter().filter(|state| state == "pending").count();
    assert_eq!(open, 1);
    email_to(&mail(&story).await, BEATRIX);

    // One that fits: there is nothing to ask, on the page or by a form from elsewhere.
    let fits = story.visit(hana, &[hana], "10").await;
    let own = format!("{}/supervisor", story.path(fits));
    hers.get(&own).await.says("This fits").does_not_say("supervisor_email");
    hers.post_and_follow(&own, &borrowed(&form(&Uuid::now_v7().to_string()))).await.says("Nobody was asked");
    let his = story.browser(story.world.marcus).await;
    his.post_and_follow(&own, &borrowed(&form(&Uuid::now_v7().to_string()))).await.says("Nobody was asked");
    assert!(requests(&story, fits).await.is_empty());
    story.browser(story.world.tobias).await.get(&own).await.is(404);
}

#[tokio::test]
async fn the_database_alone_holds_what_it_can_of_a_trip() {
    let story = Story::begin().await;
    let (hana, db) = (story.world.hana, &story.app.app.db);
    let trip = story.visit(hana, &[hana], "120").await;
    story.ask(hana, trip, WORDS).await;
    mail(&story).await;
    let observation = story.observation(&day(7)).await;
    for (sql, named) in [
        ("update approval_requests set trip_id = null where trip_id = $1", "only_a_request_for_a_trip_names_one"),
        (
            "update approval_requests set trip_id = $1 where purpose = 'join'",
            "only_a_request_for_a_trip_names_one",
        ),
        (
            "update approval_requests set valid_until = valid_until + 1 where trip_id = $1",
            "a_yes_to_a_trip_holds_on_its_day",
        ),
        (
            "insert into approval_requests select (jsonb_populate_record(null::approval_requests,
                to_jsonb(r) || jsonb_build_object('id', gen_random_uuid()))).* from approval_requests r where trip_id = $1",
            "one_request_is_open_per_person_and_trip",
        ),
        (
            "update approval_requests set trip_id = gen_random_uuid() where trip_id = $1",
            "approval_requests_program_id_trip_id_fkey",
        ),
        // Rule 7: what comes after is not before the date.
        ("update field_trips set state = 'completed', completed_on = on_date - 1 where id = $1", "nothing_is_reported_before_the_trip"),
        ("update field_trips set debriefed_on = on_date - 1 where id = $1", "an_observation_is_talked_over_after_its_day"),
        ("update field_trips set reported_on = on_date where id = $1", "a_trip_is_written_up_once_it_took_place"),
        (
            "update field_trips set completed_on = on_date + 1, reported_on = on_date where id = $1",
            "a_report_comes_after_the_trip_took_place",
        ),
    ] {
        let refused = sqlx::query(sql).bind(trip).execute(db).await;
        let refused = refused.err().unwrap_or_else(|| panic!("{sql} was taken")).to_string();
        assert!(refused.contains(named), "{sql}: {refused}");
    }
    // An observation needs the consent of whoever is observed.
    let refused =
        sqlx::query("update field_trips set consented_at = null where id = $1").bind(observation).execute(db).await;
    assert!(refused.unwrap_err().to_string().contains("an_observation_is_confirmed_with_consent"));
}
