//! Somebody reports one item to the contact person, who reads it and decides. Teodor is the contact person, Imogen
//! the second contact; both coordinate.
use crate::feedback_is_shown_to_the_group::{Story, keep};
use crate::support::{Browser, email_to, link_in, world};
use sqlx::PgPool;
use time::Duration;

const DECIDE: [(&str, &str); 2] = [("how", "stands"), ("reason", "It is about the WORK")];
const CLOSE: [(&str, &str); 2] = [("how", "closed"), ("reason", "It is about the PERSON")];

impl Story {
    /// Where a contact decides about it.
    fn case(&self) -> String {
        format!("{}/reports/{}", self.world.program_path(), self.id())
    }
    fn report(&self) -> String {
        format!("{}/report", self.path)
    }
    fn db(&self) -> &PgPool {
        &self.app.app.db
    }
    async fn is_live(&self) -> bool {
        sqlx::query_scalar("select is_live from feedback where id = $1")
            .bind(self.id())
            .fetch_one(self.db())
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn hana_reports_and_teodor_decides() {
    let story = Story::begin().await;
    story.shown().await;
    let (path, report, case) = (story.path.clone(), story.report(), story.case());
    let priya = story.browser(story.world.priya).await;
    let marcus = story.browser(story.world.marcus).await;
    let hana = story.browser(story.world.hana).await;
    let teodor = story.app.browser_of(story.world.teodor).await;
    let imogen = story.app.browser_of(story.world.imogen).await;
    let omar = story.app.browser_of(fourth(&story).await).await;
    omar.get(&path).await.says("ALOUD ONCE");

    // She reads what it means, and reports it.
    let form = hana.get(&hana.get(&path).await.link("Report it")).await;
    keep("report", &form);
    form.says("Teodor and you can read this line").says("Until it is decided, only Priya, Marcus and you");
    form.does_not_say("can tell that it was you");
    hana.post(&report, &[("line", &"x".repeat(501))]).await.is(422).says("Use at most 500 characters");
    let filed = hana.post_and_follow(&report, &[("line", "She MOCKS him")]).await;
    keep("filed", &filed);
    filed.says("Reported.").says("Not decided yet").says("Teodor and you can read this line").says("She MOCKS him");
    hana.post_and_follow(&report, &[("line", "Again")]).await.says("reported this already").does_not_say("Again");

    // It is hidden from all but the two and her.
    omar.get(&path).await.is(404);
    omar.get(&report).await.is(404);
    omar.get(&story.list()).await.does_not_say("Priya to Marcus");
    for (browser, heading) in
        [(&priya, "This was reported"), (&marcus, "This was reported"), (&hana, "You reported this")]
    {
        browser.get(&path).await.says("ALOUD ONCE").says(heading).does_not_say("MOCKS");
    }
    priya.get(&path).await.does_not_say("Hana");
    hana.get(&story.list()).await.says("What you reported").says("Not decided yet");

    // Teodor alone is told, without words or names, and finds it from his home.
    let emails = story.app.deliver_mail().await;
    assert_eq!(emails.len(), 1);
    let email = email_to(&emails, "teodor@larkspur.example");
    assert_eq!(email.subject, "Something was reported to you");
    for word in ["ALOUD", "MOCKS", "Priya", "Marcus", "Hana", "Reading Room"] {
        assert!(!email.text.contains(word) && !email.html.contains(word), "{word}");
    }
    assert_eq!(link_in(email), case);
    let home = teodor.get("/").await;
    keep("home-contact", &home);
    let list = teodor.get(&home.says("One report to decide").link("Read and decide")).await;
    keep("reports", &list);
    list.says("Written feedback").does_not_say("Priya").does_not_say("ALOUD");
    let read = teodor.get(&list.link("Read and decide")).await;
    keep("case", &read);
    read.says("ALOUD ONCE").says("COLD").says("SLIDE").says("Hana Sørby").says("She MOCKS him").does_not_say("QUICK");
    read.says("Priya, Marcus, Hana and you can read the reason");
    // That item only: not its page in the group, nor another.
    teodor.get(&path).await.is(404);
    // The second contact decides where the first may not, and reads nothing here.
    imogen.get(&format!("{}/reports", story.world.program_path())).await.is(200).says("Nothing waits");
    imogen.get(&case).await.is(404).does_not_say("ALOUD");
    imogen.post(&case, &DECIDE).await.is(404);
    imogen.get("/").await.does_not_say("to decide");

    // He says why.
    teodor.post(&case, &[("how", "perhaps"), ("reason", "Kept words")]).await.is(422).says("Kept words");
    teodor.post(&case, &[("how", "stands")]).await.is(422).says("Enter a reason");
    assert!(!story.is_live().await);
    teodor.post_and_follow(&case, &DECIDE).await.says("Those whom it concerns are told").says("It may stand");
    let decided = teodor.get(&case).await;
    keep("done", &decided);
    decided.says("It is about the WORK").does_not_say("ALOUD").does_not_say("MOCKS").does_not_say("Hana");
    teodor.post_and_follow(&case, &CLOSE).await.says("decided or withdrawn before");

    // Back to before; who reported it and the two are told that it was decided, and read why on the page.
    assert!(story.is_live().await);
    omar.get(&path).await.says("ALOUD ONCE").does_not_say("WORK");
    let emails = story.app.deliver_mail().await;
    assert_eq!(emails.len(), 3);
    for (address, browser) in [("priya", &priya), ("marcus", &marcus), ("hana", &hana)] {
        let email = email_to(&emails, &format!("{address}@larkspur.example"));
        assert_eq!(email.subject, "Decided: it may stand");
        assert!(!email.text.contains("WORK") && !email.text.contains("ALOUD") && !email.text.contains("Hana S"));
        browser.get(&path).await.says("It is about the WORK").says("it may stand");
        let page = browser.get(&link_in(email)).await;
        assert!(page.status.as_u16() == 200 || page.location.as_deref() == Some(path.as_str()));
    }
    // Once is enough for her; another reader may report it.
    hana.post_and_follow(&report, &[]).await.says("reported this already");
    let history: i64 = sqlx::query_scalar("select count(*) from history").fetch_one(story.db()).await.unwrap();
    assert_eq!(history, 0, "a report leaves no row in the history");
}

/// A fourth member of the group, who has nothing to do with the item.
async fn fourth(story: &Story) -> see_also::base::ids::PersonId {
    world::peer(story.db(), story.world.program, "Omar Fourth", Some(story.world.reading_room)).await.person
}

#[tokio::test]
async fn what_stays_closed_is_for_the_two_alone() {
    let story = Story::begin().await;
    story.shown().await;
    let hana = story.browser(story.world.hana).await;
    let marcus = story.browser(story.world.marcus).await;
    let teodor = story.app.browser_of(story.world.teodor).await;
    hana.post(&story.report(), &[]).await.is(303);
    marcus.post(&story.report(), &[("line", "Me too")]).await.is(303);
    // Two reports of one item are one thing to decide, and one email.
    assert_eq!(story.app.deliver_mail().await.len(), 1);
    teodor.get("/").await.says("One report to decide");
    teodor.get(&story.case()).await.says("Hana Sørby").says("Marcus Delacroix-Boone").says("Me too");
    teodor.post(&story.case(), &CLOSE).await.is(303);
    assert_eq!(story.app.deliver_mail().await.len(), 3);

    hana.get(&story.path).await.is(404);
    let hers = hana.get(&story.report()).await;
    keep("filed-closed", &hers);
    hers.says("stays closed").says("It is about the PERSON").does_not_say("ALOUD");
    hana.get(&story.list()).await.says("It stays closed");
    let his = marcus.get(&story.path).await;
    keep("read-closed", &his);
    his.says("ALOUD ONCE").says("It is about the PERSON").says("nobody else").does_not_say("The group may read this");
    let priya = story.browser(story.world.priya).await;
    priya.get(&story.path).await.says("It is about the PERSON").does_not_say("Report it");
    // Nobody reports it again.
    priya.get(&story.report()).await.is(303);
    priya.post(&story.report(), &[]).await.is(303);
    assert!(!story.is_live().await);
    assert!(story.app.deliver_mail().await.is_empty());
}

#[tokio::test]
async fn a_report_can_be_withdrawn_until_it_is_decided() {
    let story = Story::begin().await;
    let priya = story.browser(story.world.priya).await;
    let marcus = story.browser(story.world.marcus).await;
    let teodor = story.app.browser_of(story.world.teodor).await;
    let withdraw = format!("{}/withdraw", story.report());

    // Where only the two read it, he is told that she can tell.
    let form = marcus.get(&story.report()).await;
    keep("report-two", &form);
    form.says("Priya can tell that it was you");
    marcus.post(&story.report(), &[]).await.is(303);
    priya.post(&story.report(), &[]).await.is(303);
    // One withdraws: the other’s report stands.
    marcus.post_and_follow(&withdraw, &[]).await.says("Withdrawn.");
    assert!(!story.is_live().await);
    priya.post(&withdraw, &[]).await.is(303);
    assert!(story.is_live().await);
    // The email that was not sent yet is not needed any more.
    assert!(story.app.deliver_mail().await.is_empty());
    teodor.get(&story.case()).await.is(404);
    teodor.post(&story.case(), &DECIDE).await.is(404);
    teodor.get("/").await.does_not_say("to decide");
    marcus.get(&story.path).await.does_not_say("reported").says("Report it");

    // He can report it again, and after the decision it is too late to withdraw.
    story.app.advance(Duration::hours(1));
    marcus.post(&story.report(), &[]).await.is(303);
    assert_eq!(story.app.deliver_mail().await.len(), 1);
    teodor.post(&story.case(), &DECIDE).await.is(303);
    marcus.post_and_follow(&withdraw, &[]).await.says("It was decided before").says("It is about the WORK");
    assert_eq!(story.app.deliver_mail().await.len(), 2);
    // What nobody has opened is not for its receiver to report, and a draft for nobody.
    let unopened = story.shared().await;
    marcus.post_and_follow(&format!("{unopened}/report"), &[]).await.says("How did you see it yourself?");
    priya.post(&format!("{unopened}/report"), &[]).await.is(303);
    priya.post_and_follow(&format!("{unopened}/take-back"), &[]).await.says("no longer be taken back");
    story.app.deliver_mail().await;
}

/// Everybody who is not one of the two sees what they would see if it had never been written.
#[tokio::test]
async fn a_reported_item_leaves_every_number() {
    let story = Story::begin().await;
    story.shown().await;
    let (group, program) = (story.world.group_path(), story.world.program_path());
    let mut views = Vec::new();
    for person in [story.world.imogen, story.world.priya.person, story.world.hana.person, story.world.tobias.person] {
        let mut addresses = vec!["/".to_owned(), program.clone()];
        if person == story.world.imogen {
            addresses.extend([format!("{program}/groups"), group.clone()]);
        } else if person != story.world.tobias.person {
            addresses.push(group.clone());
        }
        if person == story.world.hana.person {
            addresses.push(story.list());
        }
        views.extend(addresses.into_iter().map(|address| (person, address)));
    }
    let look = async || {
        let mut seen = Vec::new();
        for (person, address) in &views {
            let page = story.app.browser_of(*person).await.get(address).await;
            page.is(200);
            seen.push(page.html);
        }
        seen
    };
    let with = look().await;
    story.browser(story.world.marcus).await.post(&story.report(), &[]).await.is(303);
    let reported = look().await;
    sqlx::query("delete from reports").execute(story.db()).await.unwrap();
    sqlx::query("delete from feedback").execute(story.db()).await.unwrap();
    let without = look().await;
    let mut counted = 0;
    for (at, (person, address)) in views.iter().enumerate() {
        assert_eq!(reported[at], without[at], "{person:?} at {address}");
        counted += usize::from(with[at] != without[at]);
    }
    assert!(counted >= 4, "the pages that count feedback were not found: {counted}");
    sqlx::query("delete from outbox").execute(story.db()).await.unwrap();
}

/// Makes a contact unfit, and asks who decides then.
async fn decider(story: &Story) -> Option<&'static str> {
    let mut found = Vec::new();
    for (name, person) in [("teodor", story.world.teodor), ("imogen", story.world.imogen), ("olga", story.world.olga)] {
        let browser = story.app.browser_of(person).await;
        let reads = browser.get(&story.case()).await;
        let waits = browser.get("/").await.html.contains("report to decide");
        assert_eq!(reads.status.as_u16() == 200, waits, "{name}");
        if waits {
            found.push(name);
        } else {
            reads.does_not_say("ALOUD");
            let post = browser.post(&story.case(), &DECIDE).await;
            assert!([403, 404].contains(&post.status.as_u16()), "{name}: {}", post.status);
        }
    }
    assert!(found.len() < 2, "{found:?}");
    found.pop()
}

#[tokio::test]
async fn who_is_concerned_neither_reads_nor_decides() {
    let story = Story::begin().await;
    story.shown().await;
    let (db, world) = (story.db(), &story.world);
    let hana = story.browser(world.hana).await;
    hana.post(&story.report(), &[]).await.is(303);
    assert_eq!(decider(&story).await, Some("teodor"));

    // Named as supervisor by the giver, the receiver or who reported it.
    let names = "update approval_requests set supervisor_email_folded = $1 where participation_id = $2";
    for peer in [world.priya, world.marcus, world.hana] {
        sqlx::query(names).bind("teodor@larkspur.example").bind(peer.participation).execute(db).await.unwrap();
        assert_eq!(decider(&story).await, Some("imogen"));
        sqlx::query(names).bind("boss@larkspur.example").bind(peer.participation).execute(db).await.unwrap();
    }
    // By somebody else: no matter.
    sqlx::query(names).bind("teodor@larkspur.example").bind(world.tobias.participation).execute(db).await.unwrap();
    assert_eq!(decider(&story).await, Some("teodor"));

    // A member of that group, now or before.
    let part = uuid::Uuid::now_v7();
    sqlx::query(
        "insert into participations (program_id, id, person_id, state, invited_at, joined_at)
         values ($1, $2, $3, 'joined', '2026-01-01T12:00Z', '2026-01-02T12:00Z')",
    )
    .bind(world.program)
    .bind(part)
    .bind(world.teodor)
    .execute(db)
    .await
    .unwrap();
    assert_eq!(decider(&story).await, Some("teodor"), "taking part elsewhere is no bar");
    sqlx::query(
        "insert into memberships (program_id, id, group_id, participation_id, joined_on, left_on)
         values ($1, gen_random_uuid(), $2, $3, '2026-01-12', '2026-02-01')",
    )
    .bind(world.program)
    .bind(world.reading_room)
    .bind(part)
    .execute(db)
    .await
    .unwrap();
    assert_eq!(decider(&story).await, Some("imogen"));

    // Both barred: nobody, until the program names another contact; those who coordinate do not read it.
    sqlx::query(names).bind("imogen@larkspur.example").bind(world.marcus.participation).execute(db).await.unwrap();
    assert_eq!(decider(&story).await, None);
    assert!(!story.is_live().await);
    let form = story.browser(world.priya).await.get(&story.report()).await;
    keep("report-nobody", &form);
    form.says("Neither contact person may read this one").says("Those who coordinate never read it");
    hana.get(&story.report()).await.says("Neither contact person may read this one");
    assert!(story.app.deliver_mail().await.is_empty(), "what was to tell Teodor is not for him any more");
    sqlx::query("update programs set second_contact_id = $1").bind(world.olga).execute(db).await.unwrap();
    sqlx::query("insert into person_programs values ($1, $2)")
        .bind(world.olga)
        .bind(world.program)
        .execute(db)
        .await
        .unwrap();
    assert_eq!(decider(&story).await, Some("olga"));
    let olga = story.app.browser_of(world.olga).await;
    let page = olga.get(&world.program_path()).await;
    olga.get(&page.link("Reported to you")).await.says("Read and decide");
    olga.post(&story.case(), &CLOSE).await.is(303);
    assert_eq!(story.app.deliver_mail().await.len(), 3);
}

#[tokio::test]
async fn a_contact_who_reports_does_not_decide() {
    let story = Story::begin().await;
    story.shown().await;
    // Hana is the contact person and a member; Imogen decides, and is the one who gets the email.
    sqlx::query("update programs set contact_id = $1").bind(story.world.hana.person).execute(story.db()).await.unwrap();
    let hana = story.browser(story.world.hana).await;
    hana.get(&story.report()).await.says("Imogen and you can read this line");
    hana.post(&story.report(), &[]).await.is(303);
    hana.get(&story.case()).await.is(404);
    hana.post(&story.case(), &DECIDE).await.is(404);
    let emails = story.app.deliver_mail().await;
    assert_eq!(emails.len(), 1);
    email_to(&emails, "imogen@larkspur.example");
    // Who coordinates and is no contact gets nothing.
    let cora = world::person(story.db(), "Cora Coordinates").await;
    sqlx::query("insert into coordinators values ($1, $2, '2026-01-01T12:00Z')")
        .bind(story.world.program)
        .bind(cora)
        .execute(story.db())
        .await
        .unwrap();
    for browser in [story.app.browser_of(cora).await, story.browser(story.world.tobias).await] {
        browser.get(&story.case()).await.is(403).does_not_say("ALOUD");
        browser.get(&format!("{}/reports", story.world.program_path())).await.is(403);
        browser.post(&story.case(), &DECIDE).await.is(403);
    }
    story.app.browser_of(story.world.imogen).await.post(&story.case(), &DECIDE).await.is(303);
    story.app.deliver_mail().await;
}

#[tokio::test]
async fn of_two_decisions_at_once_one_holds() {
    let story = Story::begin().await;
    story.shown().await;
    for round in 0..5 {
        sqlx::query("delete from reports").execute(story.db()).await.unwrap();
        sqlx::query("update feedback set reported_at = null").execute(story.db()).await.unwrap();
        story.app.advance(Duration::hours(1));
        story.browser(story.world.hana).await.post(&story.report(), &[]).await.is(303);
        let (one, other) =
            (story.app.browser_of(story.world.teodor).await, story.app.browser_of(story.world.teodor).await);
        let case = story.case();
        let withdraw = format!("{}/withdraw", story.report());
        let hana = story.browser(story.world.hana).await;
        let (a, b, c) = tokio::join!(one.post(&case, &DECIDE), other.post(&case, &CLOSE), hana.post(&withdraw, &[]));
        for answer in [&a, &b, &c] {
            assert!([303, 404].contains(&answer.status.as_u16()), "round {round}: {}", answer.status);
        }
        let states: Vec<String> = sqlx::query_scalar("select state from reports").fetch_all(story.db()).await.unwrap();
        assert_eq!(states.len(), 1);
        assert_eq!(story.is_live().await, states[0] != "closed", "round {round}: {states:?}");
        let told = story.app.deliver_mail().await.iter().filter(|email| email.subject.starts_with("Decided")).count();
        assert_eq!(told, if states[0] == "withdrawn" { 0 } else { 3 });
    }
}

#[tokio::test]
async fn the_database_refuses_too() {
    let story = Story::begin().await;
    story.shown().await;
    story.browser(story.world.hana).await.post(&story.report(), &[]).await.is(303);
    story.app.deliver_mail().await;
    for (sql, name) in [
        (
            "insert into reports (program_id, id, feedback_id, reporter_id, reported_at)
          select program_id, gen_random_uuid(), feedback_id, reporter_id, reported_at from reports",
            "one_report_stands_per_item_and_reader",
        ),
        ("update reports set state = 'closed', ended_at = reported_at", "a_decision_about_a_report_says_whose"),
        ("update reports set ended_at = reported_at", "a_report_that_ended_says_when"),
        ("update reports set state = 'lost'", "a_report_is_in_a_known_state"),
        ("update reports set line = repeat('x', 501)", "a_line_with_a_report_has_at_most_500_characters"),
        ("update reports set reason = repeat('x', 501)", "a_reason_for_a_decision_has_at_most_500_characters"),
        ("update feedback set state = 'draft', answered_at = null", "no_draft_of_feedback_is_reported"),
        ("update feedback_sides set side = 'both' where side = 'giver'", "feedback_has_two_sides"),
    ] {
        let refused = sqlx::query(sql).execute(story.db()).await.unwrap_err().to_string();
        assert!(refused.contains(name), "{name}: {refused}");
    }
}

#[tokio::test]
async fn own_data_and_erasure_know_of_reports() {
    let story = Story::begin().await;
    story.shown().await;
    let hana = story.browser(story.world.hana).await;
    let marcus = story.browser(story.world.marcus).await;
    hana.post(&story.report(), &[("line", "She MOCKS him")]).await.is(303);
    let data = async |of: &Browser<'_>| of.get("/account/data.json").await.html;
    assert!(data(&hana).await.contains("She MOCKS him"));
    let his = data(&marcus).await;
    assert!(his.contains("the_group_may_read_it") && !his.contains("MOCKS"));

    // Hana is erased: the item stays out of sight until it is decided, without her name and her words.
    hana.post("/account/erase", &[("email", "hana@larkspur.example")]).await;
    let (name, line): (String, String) = sqlx::query_as(
        "select p.name, r.line from reports r join participations t on t.id = r.reporter_id join people p on p.id = t.person_id",
    )
    .fetch_one(story.db())
    .await
    .unwrap();
    assert!(!name.contains("Hana") && line.is_empty(), "{name}: {line}");
    assert!(!story.is_live().await);
    let teodor = story.app.browser_of(story.world.teodor).await;
    teodor.get(&story.case()).await.says("A former peer").does_not_say("MOCKS");
    teodor.post(&story.case(), &DECIDE).await.is(303);
    assert!(data(&teodor).await.contains("It is about the WORK"));
    assert!(data(&marcus).await.contains("It is about the WORK"));
    story.app.deliver_mail().await;
}
