//! While nobody answers: who hears what, on which day, and what stops it.
use super::approvals_cast::{NOTE, OMAR, answer, asked, invited, join_path, nothing_leaks, state};
use super::support::{
    TestApp, email_to, link_in,
    world::{Peer, World},
};
use time::{Duration, OffsetDateTime, macros::datetime};

const LATE: &str = "omar2@larkspur.example";

/// Runs the clock hour by hour, and gives every email with the hour in which it went out.
async fn hours(app: &TestApp, days: i64) -> Vec<(OffsetDateTime, String, String)> {
    steps(app, Duration::HOUR, days * 24).await
}

/// The same where only what comes matters: each quarter of a day.
async fn quarters(app: &TestApp, days: i64) -> Vec<(OffsetDateTime, String, String)> {
    steps(app, 6 * Duration::HOUR, days * 4).await
}

async fn steps(app: &TestApp, step: Duration, times: i64) -> Vec<(OffsetDateTime, String, String)> {
    let mut sent = Vec::new();
    for _ in 0..times {
        app.advance(step);
        let emails = app.deliver_mail().await;
        nothing_leaks(&emails);
        for email in emails {
            if email.subject.starts_with("Nadia") || email.to.email == "nadia@larkspur.example" {
                continue;
            }
            sent.push((app.app.clock.now(), email.to.email, email.subject));
        }
    }
    sent
}

fn to<'a>(sent: &'a [(OffsetDateTime, String, String)], address: &str) -> Vec<(OffsetDateTime, &'a str)> {
    sent.iter().filter(|(_, to, _)| to == address).map(|(at, _, subject)| (*at, subject.as_str())).collect()
}

async fn scene(app: &TestApp) -> (World, Peer, String) {
    let world = World::build(app).await;
    let dana = invited(app, &world, "Dana Whitlock").await;
    let link = asked(app, &world, dana).await;
    (world, dana, link)
}

#[tokio::test]
async fn every_reminder_comes_once_and_at_a_decent_hour() {
    let app = TestApp::start().await;
    let (world, dana, link) = scene(&app).await;
    let sent = hours(&app, 22).await;
    let omar = to(&sent, OMAR);
    // Asked Monday 20 April, 10:00 in Chicago.
    let days = [datetime!(2026-04-23 15:00 UTC), datetime!(2026-04-27 15:00 UTC), datetime!(2026-05-04 15:00 UTC)];
    assert_eq!(omar.iter().map(|(at, _)| *at).collect::<Vec<_>>(), days);
    assert!(omar.iter().all(|(_, subject)| subject.starts_with("Dana Whitlock still waits for your answer")));
    let peer = to(&sent, "dana@larkspur.example");
    assert_eq!(peer[0].0, datetime!(2026-04-27 15:00 UTC));
    assert!(peer[0].1.starts_with("Omar Tennyson has not answered yet"), "{peer:?}");
    assert_eq!(peer[1].0, datetime!(2026-05-11 16:00 UTC));
    assert!(peer[1].1.starts_with("Omar Tennyson did not answer in time"), "{peer:?}");
    assert_eq!(peer.len(), 2);
    for coordinator in ["imogen@larkspur.example", "teodor@larkspur.example"] {
        let told = to(&sent, coordinator);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].0, datetime!(2026-04-30 15:00 UTC));
    }
    let browser = app.browser_of(dana.person).await;
    browser.get(&join_path(&world)).await.says("did not answer in time").says("Ask my supervisor");
    // An answer that comes late still counts.
    answer(&app.browser(), &link, &[("answer", "yes")]).await.is(303);
    browser.get(&join_path(&world)).await.says("Omar Tennyson backs your place");
}

#[tokio::test]
async fn reminders_wait_for_the_week_to_begin() {
    let app = TestApp::start().await;
    app.advance(Duration::days(2) + Duration::hours(9));
    let (_world, _dana, _link) = scene(&app).await;
    // Asked on Wednesday at 19:00: the third day is a Saturday evening.
    let sent = hours(&app, 6).await;
    let at: Vec<_> = to(&sent, OMAR).iter().map(|(at, _)| *at).collect();
    assert_eq!(at, [datetime!(2026-04-27 12:00 UTC)]);
}

#[tokio::test]
async fn an_answer_ends_them() {
    let app = TestApp::start().await;
    let (_world, _dana, link) = scene(&app).await;
    answer(&app.browser(), &link, &[("answer", "no")]).await.is(303);
    app.deliver_mail().await;
    assert!(quarters(&app, 22).await.is_empty());
}

#[tokio::test]
async fn talking_first_keeps_them_back_and_loses_none() {
    let app = TestApp::start().await;
    let (_world, _dana, link) = scene(&app).await;
    app.advance(Duration::days(2));
    answer(&app.browser(), &link, &[("answer", "talk"), ("note", NOTE)]).await.is(303);
    app.deliver_mail().await;
    let sent = hours(&app, 13).await;
    // Days 3 and 7 fell into the pause, which ends on day 9; then day 14.
    let at: Vec<_> = to(&sent, OMAR).iter().map(|(at, _)| *at).collect();
    assert_eq!(at, [datetime!(2026-04-29 15:00 UTC), datetime!(2026-05-04 15:00 UTC)]);
}

#[tokio::test]
async fn every_link_of_a_request_works_until_a_person_sends_it_again() {
    let app = TestApp::start().await;
    let (world, dana, first) = scene(&app).await;
    app.advance(Duration::days(3));
    let second = link_in(email_to(&app.deliver_mail().await, OMAR));
    for link in [&first, &second] {
        app.browser().open(link).await.is(200).says("Send my answer");
    }
    let imogen = app.browser_of(world.imogen).await;
    imogen.post(&format!("{}/people/{}/ask-again", world.program_path(), dana.participation), &[]).await.is(303);
    let third = link_in(email_to(&app.deliver_mail().await, OMAR));
    for link in [&first, &second] {
        app.browser().get(link).await.is(404);
    }
    app.browser().open(&third).await.is(200);
    // Days are counted anew: one reminder three days from here, and none in between.
    let at: Vec<_> = to(&hours(&app, 5).await, OMAR).iter().map(|(at, _)| *at).collect();
    assert_eq!(at, [datetime!(2026-04-27 12:00 UTC)]);
}

#[tokio::test]
async fn a_supervisor_can_have_no_more_of_them() {
    let app = TestApp::start().await;
    let (_world, _dana, link) = scene(&app).await;
    app.advance(Duration::days(3));
    let emails = app.deliver_mail().await;
    let stop = email_to(&emails, OMAR).unsubscribe.clone().unwrap();
    let omar = app.browser();
    for _ in 0..2 {
        omar.get(&stop).await.is(200).says("Stop reminders about Dana Whitlock?");
        omar.head(&stop).await.is(200);
    }
    omar.post(&stop, &[("List-Unsubscribe", "One-Click")]).await.is(200).says("No more reminders");
    omar.get(&stop).await.is(200).says("No more reminders");
    assert!(to(&quarters(&app, 18).await, OMAR).is_empty());
    answer(&omar, &link, &[("answer", "yes")]).await.is(303);
}

#[tokio::test]
async fn a_condition_waits_ten_days() {
    let app = TestApp::start().await;
    let (world, dana, link) = scene(&app).await;
    let omar = app.browser();
    answer(&omar, &link, &[("answer", "condition"), ("conditions", "Not in exam weeks")]).await.is(303);
    app.deliver_mail().await;
    app.advance(Duration::days(9));
    app.deliver_mail().await;
    assert_eq!(state(&app, dana).await, "conditional");
    app.advance(Duration::days(1));
    let emails = app.deliver_mail().await;
    assert_eq!(state(&app, dana).await, "cancelled");
    assert!(email_to(&emails, "dana@larkspur.example").text.contains("ask again"));
    let told = link_in(email_to(&emails, OMAR));
    app.browser().open(&told).await.is(200).says("The condition was not accepted");
    let browser = app.browser_of(dana.person).await;
    browser.get(&join_path(&world)).await.says("The condition was not accepted").says("Ask my supervisor");
}

#[tokio::test]
async fn a_condition_can_be_refused() {
    let app = TestApp::start().await;
    let (world, dana, link) = scene(&app).await;
    answer(&app.browser(), &link, &[("answer", "condition"), ("conditions", "Not in exam weeks")]).await.is(303);
    app.deliver_mail().await;
    let browser = app.browser_of(dana.person).await;
    let refuse = format!("{}/refuse", join_path(&world));
    browser.post_and_follow(&refuse, &[("seen", "pending:0")]).await.says("The answer has changed");
    let seen = browser.get(&join_path(&world)).await.field("seen");
    browser.post_and_follow(&refuse, &[("seen", &seen)]).await.says("The condition was not accepted");
    // A double click is one refusal.
    browser.post(&refuse, &[("seen", &seen)]).await.is(303);
    let emails = app.deliver_mail().await;
    email_to(&emails, OMAR);
    email_to(&emails, "imogen@larkspur.example");
    assert_eq!(state(&app, dana).await, "cancelled");
}

#[tokio::test]
async fn a_yes_taken_back_holds_until_its_day_and_a_new_one_resumes() {
    let app = TestApp::start().await;
    let (world, dana, link) = scene(&app).await;
    let omar = app.browser();
    answer(&omar, &link, &[("answer", "yes")]).await.is(303);
    answer(&omar, &link, &[("answer", "withdraw"), ("revoked_from", "2026-04-27")]).await.is(303);
    app.deliver_mail().await;
    assert_eq!(place(&app, dana).await, "joined");
    app.advance(Duration::days(7));
    app.deliver_mail().await;
    assert_eq!(place(&app, dana).await, "on_hold");
    // In her group she reads why; what she sends all the same says what she can do about it.
    let browser = app.browser_of(dana.person).await;
    sqlx::query("insert into memberships (program_id, id, group_id, participation_id, joined_on) values ($1, $2, $3, $4, '2026-04-20')")
        .bind(world.program)
        .bind(uuid::Uuid::now_v7())
        .bind(world.reading_room)
        .bind(dana.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    let why = "You are on hold: since 27 April no supervisor’s yes is in effect for you.";
    browser.get(&world.group_path()).await.is(200).says(why).says("It ends once there is one again");
    let refused = browser.post(&format!("{}/goals/new", world.group_path()), &[("title", "x")]).await;
    refused.is(403).says(why).says("You can ask your supervisor again, or another one.");
    assert_eq!(refused.link("See where your place stands"), join_path(&world));
    // The coordinator sees that she is, and what is known of her backing; she reminds her to ask.
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&world.group_path()).await.says("Dana Whitlock On hold. Backed until 26 April, not since");
    let approvals = format!("{}/approvals?show=ending", world.program_path());
    let list = imogen.get(&approvals).await;
    list.says("Taken back from 27 Apr").says("Remind Dana Whitlock to ask again");
    let person = format!("{}/people/{}/approvals", world.program_path(), dana.participation);
    let press = imogen.get(&person).await.field("id");
    let remind = format!("{person}/remind");
    for _ in 0..2 {
        imogen.post_and_follow(&remind, &[("id", &press)]).await.says("Dana Whitlock is reminded to ask again");
    }
    imogen.post(&remind, &[("id", "nonsense")]).await.is(400);
    browser.post(&remind, &[("id", &press)]).await.is(403);
    let sent = app.deliver_mail().await;
    assert_eq!(sent.iter().filter(|email| email.subject.starts_with("Please ask a supervisor again")).count(), 1);
    let told = email_to(&sent, "dana@larkspur.example");
    assert!(
        told.text.contains("Asked last: Omar Tennyson") && link_in(told).starts_with(&join_path(&world)),
        "{}",
        told.text
    );
    // The same supervisor is asked to go on, by a page that says so.
    let page = browser.get(&join_path(&world)).await;
    page.says("Ask to go on");
    ask(&browser, &world, OMAR, &[]).await.is(303);
    let late = imogen.post_and_follow(&remind, &[("id", &uuid::Uuid::now_v7().to_string())]).await;
    late.says("Nothing was sent: Dana Whitlock need not ask again now").does_not_say("Remind Dana");
    let again = link_in(email_to(&app.deliver_mail().await, OMAR));
    app.browser().open(&again).await.says("Will you go on backing Dana’s place");
    answer(&app.browser(), &again, &[("answer", "yes")]).await.is(303);
    // It resumes by itself, and she takes part at once.
    assert_eq!(place(&app, dana).await, "joined");
    let group = browser.get(&world.group_path()).await;
    assert!(!group.is(200).html.contains("only-to-read"), "{}", group.text());
}

#[tokio::test]
async fn the_old_yes_holds_until_a_new_supervisor_decides() {
    let app = TestApp::start().await;
    let (world, dana, link) = scene(&app).await;
    answer(&app.browser(), &link, &[("answer", "yes")]).await.is(303);
    app.deliver_mail().await;
    app.advance(Duration::hours(1));
    let browser = app.browser_of(dana.person).await;
    browser.get(&join_path(&world)).await.says("Name another supervisor");
    ask(&browser, &world, LATE, &[("over_yes", "yes")]).await.is(303);
    browser.get(&join_path(&world)).await.says("is asked").says("The yes of Omar Tennyson holds until");
    let new = link_in(email_to(&app.deliver_mail().await, LATE));
    assert_eq!(place(&app, dana).await, "joined");
    // The first supervisor keeps the say until then.
    app.browser().open(&link).await.is(200).says("You back Dana’s place").says("Change my answer");
    answer(&app.browser(), &new, &[("answer", "yes")]).await.is(303);
    app.browser().open(&link).await.is(200).says("A newer yes took the place of this one");
    assert_eq!(place(&app, dana).await, "joined");
    let states: Vec<String> =
        sqlx::query_scalar("select state from approval_requests where participation_id = $1 order by asked_at")
            .bind(dana.participation)
            .fetch_all(&app.app.db)
            .await
            .unwrap();
    assert_eq!(states, ["superseded", "approved"]);
}

#[tokio::test]
async fn a_yes_taken_back_while_another_is_asked_is_not_given_again_by_the_old_link() {
    let app = TestApp::start().await;
    let (world, dana, link) = scene(&app).await;
    let omar = app.browser();
    answer(&omar, &link, &[("answer", "yes")]).await.is(303);
    app.deliver_mail().await;
    app.advance(Duration::hours(1));
    let browser = app.browser_of(dana.person).await;
    ask(&browser, &world, LATE, &[("over_yes", "yes")]).await.is(303);
    app.deliver_mail().await;
    answer(&omar, &link, &[("answer", "withdraw"), ("revoked_from", "2026-04-27")]).await.is(303);
    let emails = app.deliver_mail().await;
    assert!(email_to(&emails, "dana@larkspur.example").subject.contains("takes back the yes"));
    let page = omar.open(&link).await;
    page.is(200).says("You took back your yes").says("A newer request took the place of this one");
    let path = super::approvals_cast::answers_path(&omar, &link).await;
    let seen: String = sqlx::query_scalar(
        "select 'revoked:' || (extract(epoch from decided_at) * 1000000000)::numeric(30, 0)
         from approval_requests where participation_id = $1 and state = 'revoked'",
    )
    .bind(dana.participation)
    .fetch_one(&app.app.db)
    .await
    .unwrap();
    omar.post(&path, &[("seen", &seen), ("answer", "yes")]).await.is(409);
    assert_eq!(state(&app, dana).await, "pending");
    let revoked: i64 =
        sqlx::query_scalar("select count(*) from approval_requests where participation_id = $1 and state = 'revoked'")
            .bind(dana.participation)
            .fetch_one(&app.app.db)
            .await
            .unwrap();
    assert_eq!(revoked, 1);
}

#[tokio::test]
async fn yes_on_one_device_and_no_on_another_are_one_decision() {
    let app = TestApp::start().await;
    let (_world, dana, link) = scene(&app).await;
    let (phone, desk) = (app.browser(), app.browser());
    for _ in 0..100 {
        sqlx::query("update approval_requests set state = 'pending', decided_at = null where participation_id = $1")
            .bind(dana.participation)
            .execute(&app.app.db)
            .await
            .unwrap();
        sqlx::query("delete from limit_counters").execute(&app.app.db).await.ok();
        sqlx::query("delete from history").execute(&app.app.db).await.unwrap();
        let path = super::approvals_cast::answers_path(&phone, &link).await;
        super::approvals_cast::answers_path(&desk, &link).await;
        let seen = phone.get(&path).await.field("seen");
        let (with_yes, with_no) =
            ([("seen", seen.as_str()), ("answer", "yes")], [("seen", seen.as_str()), ("answer", "no")]);
        let (yes, no) = tokio::join!(phone.post(&path, &with_yes), desk.post(&path, &with_no));
        let (taken, late) = if yes.status.as_u16() == 303 { (yes, no) } else { (no, yes) };
        taken.is(303);
        let yes_stood = state(&app, dana).await == "approved";
        late.is(409).says("This was answered before you sent yours");
        late.says(if yes_stood { "You back Dana’s place" } else { "You said not this term" });
        // One receipt to the supervisor and one word to the peer, both of the answer that stands.
        let told: Vec<String> = sqlx::query_scalar(
            "select kind || ' ' || (payload ->> 'told') from outbox
             where kind in ('answer_receipt', 'answer_to_peer') and finished_at is null order by 1",
        )
        .fetch_all(&app.app.db)
        .await
        .unwrap();
        let word = if yes_stood { "yes" } else { "no" };
        assert_eq!(told, [format!("answer_receipt {word}"), format!("answer_to_peer {word}")]);
        sqlx::query("delete from outbox where kind in ('answer_receipt', 'answer_to_peer')")
            .execute(&app.app.db)
            .await
            .unwrap();
        let decided: i64 =
            sqlx::query_scalar("select count(*) from history where action in ('approval_given', 'approval_declined')")
                .fetch_one(&app.app.db)
                .await
                .unwrap();
        assert_eq!(decided, 1);
    }
}

async fn place(app: &TestApp, of: Peer) -> String {
    sqlx::query_scalar("select state from participations where id = $1")
        .bind(of.participation)
        .fetch_one(&app.app.db)
        .await
        .unwrap()
}

async fn ask(
    browser: &super::support::Browser<'_>,
    world: &World,
    email: &str,
    more: &[(&str, &str)],
) -> super::support::Answer {
    let id = browser.get(&join_path(world)).await.field("id");
    let mut form = vec![
        ("id", id.as_str()),
        ("supervisor_name", "Omar Tennyson"),
        ("supervisor_email", email),
        ("words", "Please"),
    ];
    form.extend_from_slice(more);
    browser.post(&format!("{}/ask-again", join_path(world)), &form).await
}
