//! Two tabs, two devices, a forwarded link after the end: one outcome each, and a page that says it.
use super::approvals_cast::{OMAR, answer, answers_path, asked, invited, join_path, state};
use super::support::{TestApp, email_to, link_in, world::World};
use time::Duration;

#[tokio::test]
async fn a_forwarded_link_after_the_program_shows_the_answer_and_takes_none() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    answer(&app.browser(), &link, &[("answer", "yes")]).await.is(303);
    app.deliver_mail().await;
    let waits = invited(&app, &world, "Ansel Fry").await;
    let open = asked(&app, &world, waits).await;
    let early = app.browser();
    let (seen, path) = (early.open(&open).await.field("seen"), answers_path(&early, &open).await);
    app.advance(Duration::days(54));
    // Forwarded to somebody who never saw it.
    let other = app.browser();
    other.open(&link).await.is(200).says("You back Dana’s place").says("has ended").does_not_say("<form");
    other.open(&open).await.is(200).says("has ended").does_not_say("<form");
    // A tab that was left open before the end.
    early.post(&path, &[("seen", &seen), ("answer", "yes")]).await.is(409).says("has ended");
    early.post(&format!("{path}/not-mine"), &[]).await.is(303);
    assert_eq!(state(&app, waits).await, "pending");
    app.advance(Duration::days(40));
    app.browser().open(&link).await.is(404).says("This link no longer works");
}

#[tokio::test]
async fn a_forwarded_link_after_a_part_has_ended_says_so() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    answer(&app.browser(), &link, &[("answer", "yes")]).await.is(303);
    app.deliver_mail().await;
    let waits = invited(&app, &world, "Ansel Fry").await;
    let open = asked(&app, &world, waits).await;
    let early = app.browser();
    let (seen, path) = (early.open(&open).await.field("seen"), answers_path(&early, &open).await);
    for peer in [dana, waits] {
        let browser = app.browser_of(peer.person).await;
        let leave = format!("{}/leave", world.program_path());
        browser.get(&leave).await.is(200);
        browser.post(&leave, &[("sure", "yes")]).await.is(303);
    }
    app.browser().open(&link).await.is(200).says("has ended").does_not_say("<form");
    // Nobody waits for this answer any more: its link says so, and so does the open tab.
    app.browser().open(&open).await.is(200).says("Ansel no longer takes part").does_not_say("<form");
    early.post(&path, &[("seen", &seen), ("answer", "yes")]).await.is(409).says("Ansel no longer takes part");
    assert_eq!(state(&app, waits).await, "cancelled");
}

#[tokio::test]
async fn a_forwarded_link_after_not_my_report_takes_no_answer_from_anyone() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let (omar, other) = (app.browser(), app.browser());
    let (path, seen) = (answers_path(&omar, &link).await, other.open(&link).await.field("seen"));
    omar.post(&format!("{path}/not-mine"), &[]).await.is(200);
    for page in [app.browser().open(&link).await, other.get(&path).await] {
        page.is(200).says("It was said on 20 April 2026 that this is not for you to answer");
        page.does_not_say("OWNWORDSMARK").does_not_say("<form");
    }
    other.post(&path, &[("seen", &seen), ("answer", "yes")]).await.is(409).says("not for you to answer");
    assert_eq!(state(&app, dana).await, "cancelled");
}

/// Taken back from a day to come, and somebody else is asked meanwhile: the old link shows what was
/// said and takes nothing more, and the yes holds until its day.
#[tokio::test]
async fn the_old_supervisors_link_after_a_yes_was_taken_back_from_a_later_day() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    answer(&omar, &link, &[("answer", "yes")]).await.is(303);
    answer(&omar, &link, &[("answer", "withdraw"), ("revoked_from", "2026-05-04")]).await.is(303);
    app.deliver_mail().await;
    let browser = app.browser_of(dana.person).await;
    let old = omar.open(&link).await.field("seen");
    let id = browser.get(&join_path(&world)).await.field("id");
    let form = [
        ("id", id.as_str()),
        ("supervisor_name", "Edith Vance"),
        ("supervisor_email", "edith@larkspur.example"),
        ("words", "Please"),
    ];
    app.advance(Duration::minutes(1));
    browser.post(&format!("{}/ask-again", join_path(&world)), &form).await.is(303);
    browser
        .get(&join_path(&world))
        .await
        .says("Edith Vance is asked")
        .says("The yes of Omar Tennyson holds until 3 May");
    omar.open(&link)
        .await
        .is(200)
        .says("You took back your yes")
        .says("A newer request took the place of this one")
        .does_not_say("<form");
    let path = answers_path(&omar, &link).await;
    omar.post(&path, &[("seen", &old), ("answer", "yes")]).await.is(409);
    let edith = link_in(email_to(&app.deliver_mail().await, "edith@larkspur.example"));
    answer(&app.browser(), &edith, &[("answer", "no")]).await.is(303);
    // Her no does not end what Omar still holds until 3 May.
    app.advance(Duration::days(12));
    app.deliver_mail().await;
    assert_eq!(part(&app, dana.participation).await, "joined");
    app.advance(Duration::days(2));
    app.deliver_mail().await;
    assert_eq!(part(&app, dana.participation).await, "on_hold");
}

async fn part(app: &TestApp, of: see_also::base::ids::ParticipationId) -> String {
    sqlx::query_scalar("select state from participations where id = $1").bind(of).fetch_one(&app.app.db).await.unwrap()
}

#[tokio::test]
async fn who_is_on_hold_can_still_say_what_they_want() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    answer(&omar, &link, &[("answer", "yes")]).await.is(303);
    answer(&omar, &link, &[("answer", "withdraw"), ("revoked_from", "2026-04-20")]).await.is(303);
    app.deliver_mail().await;
    assert_eq!(part(&app, dana.participation).await, "on_hold");
    let browser = app.browser_of(dana.person).await;
    let wishes = [("wants", "To learn binding"), ("offers", "A loom")];
    let page = browser.post_and_follow(&format!("{}/wishes", join_path(&world)), &wishes).await;
    page.says("To learn binding").says("A loom");
    assert_eq!(part(&app, dana.participation).await, "on_hold");
}

/// Twenty rounds of fifty at once, one decision each, and one receipt.
#[tokio::test]
async fn fifty_at_once_twenty_times_over_are_one_decision_each_time() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    let path = answers_path(&omar, &link).await;
    for round in 0..20 {
        sqlx::query("update approval_requests set state = 'pending', decided_at = null where participation_id = $1")
            .bind(dana.participation)
            .execute(&app.app.db)
            .await
            .unwrap();
        sqlx::query("delete from history").execute(&app.app.db).await.unwrap();
        sqlx::query("delete from outbox where kind = 'answer_receipt'").execute(&app.app.db).await.unwrap();
        let seen = omar.get(&path).await.field("seen");
        let words = ["yes", "no"];
        let forms: Vec<_> = (0..50).map(|n| [("seen", seen.as_str()), ("answer", words[n % 2])]).collect();
        let answers = super::approvals_answering::all(forms.iter().map(|form| omar.post(&path, form))).await;
        let taken: Vec<usize> = (0..50).filter(|n| answers[*n].status.as_u16() == 303).collect();
        assert!(taken.len() == 25 && taken.iter().all(|n| n % 2 == taken[0] % 2), "round {round}: the same answer");
        let decided = if taken[0].is_multiple_of(2) { "approved" } else { "declined" };
        assert_eq!(state(&app, dana).await, decided, "the answer that was taken is the one that stands");
        for (n, late) in answers.iter().enumerate().filter(|(n, _)| n % 2 != taken[0] % 2) {
            assert_eq!(late.status.as_u16(), 409, "round {round}, {n}");
        }
        let rows: (i64, i64) = sqlx::query_as(
            "select (select count(*) from history where actor_kind = 'supervisor'),
                    (select count(*) from outbox where kind = 'answer_receipt')",
        )
        .fetch_one(&app.app.db)
        .await
        .unwrap();
        assert_eq!(rows, (1, 1), "round {round}");
    }
    assert!(!app.deliver_mail().await.iter().any(|email| email.to.email == OMAR && email.subject.contains("asks for")));
}
