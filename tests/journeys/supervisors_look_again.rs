//! A supervisor who says no may name a day from which they would look again; the peer asks again by one button.
use super::approvals_cast::{NOTE, OMAR, OWN_WORDS, answer, asked, invited, join_path, nothing_leaks, state};
use super::support::{
    TestApp, email_to, link_in,
    world::{Peer, World},
};
use time::Duration;

const NO: [(&str, &str); 3] = [("answer", "no"), ("reason", "workload"), ("note", NOTE)];

async fn declined_until(app: &TestApp, day: &str) -> (World, Peer, String) {
    let world = World::build(app).await;
    let dana = invited(app, &world, "Dana Whitlock").await;
    let link = asked(app, &world, dana).await;
    let mut form = NO.to_vec();
    form.push(("reconsider_from", day));
    answer(&app.browser(), &link, &form).await.is(303);
    (world, dana, link)
}

#[tokio::test]
async fn the_day_lies_after_today_and_before_the_end() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    let link = asked(&app, &world, dana).await;
    let omar = app.browser();
    omar.open(&link).await.says("From which day would you look at it again?");
    // Today, the program's last day, and nonsense; then none at all.
    for wrong in ["2026-04-20", "2026-06-12", "soon"] {
        let mut form = NO.to_vec();
        form.push(("reconsider_from", wrong));
        let refused = answer(&omar, &link, &form).await;
        refused.is(422);
        assert_eq!(refused.field("reconsider_from"), wrong, "what was typed is kept");
    }
    assert_eq!(state(&app, dana).await, "pending");
    // A day that belongs to another answer is passed over.
    answer(&omar, &link, &[("answer", "talk"), ("reconsider_from", "2020-01-01")]).await.is(303);
    answer(&omar, &link, &NO).await.is(303);
    app.browser_of(dana.person).await.get(&join_path(&world)).await.does_not_say("would look at it again");
}

#[tokio::test]
async fn peer_and_coordinator_read_the_day_and_the_peer_asks_by_one_button_on_it() {
    let app = TestApp::start().await;
    // 9 May 2026 is a Saturday: nobody is written to before Monday.
    let (world, dana, _link) = declined_until(&app, "2026-05-09").await;
    let emails = app.deliver_mail().await;
    nothing_leaks(&emails);
    for reader in ["dana@larkspur.example", "imogen@larkspur.example", OMAR] {
        assert!(email_to(&emails, reader).text.contains("From 9 May 2026"), "{reader}");
    }
    let browser = app.browser_of(dana.person).await;
    let before = browser.get(&join_path(&world)).await;
    before.says("would look at it again from 9 May 2026 on").does_not_say("Ask Omar Tennyson again");
    let imogen = app.browser_of(world.imogen).await;
    let people = imogen.get(&format!("{}/people", world.program_path())).await;
    people.says("Would look again from 9 May").does_not_say("NOTEMARK");

    app.advance(Duration::days(19));
    browser.get(&join_path(&world)).await.says("Ask Omar Tennyson again");
    let early: Vec<String> = app.deliver_mail().await.into_iter().map(|email| email.subject).collect();
    assert!(early.iter().all(|subject| !subject.contains("ask Omar Tennyson again")), "on a Saturday: {early:?}");
    app.advance(Duration::days(2));
    let monday = app.deliver_mail().await;
    let told: Vec<_> = monday.iter().filter(|email| email.subject.contains("ask Omar Tennyson again")).collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].to.email, "dana@larkspur.example");
    nothing_leaks(&monday);

    let page = browser.get(&link_in(told[0])).await;
    let form: Vec<(&str, String)> =
        ["id", "supervisor_name", "supervisor_email", "words"].iter().map(|name| (*name, page.field(name))).collect();
    assert_eq!(form[3].1, OWN_WORDS, "the words from before");
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    // A double click asks once.
    for _ in 0..2 {
        browser.post(&format!("{}/ask-again", join_path(&world)), &form).await.is(303);
    }
    assert_eq!(state(&app, dana).await, "pending");
    let again = app.deliver_mail().await;
    answer(&app.browser(), &link_in(email_to(&again, OMAR)), &[("answer", "yes")]).await.is(303);
    browser.get(&join_path(&world)).await.says("Omar Tennyson backs your place");
    app.advance(Duration::days(10));
    let later: Vec<String> = app.deliver_mail().await.into_iter().map(|email| email.subject).collect();
    assert!(later.iter().all(|subject| !subject.contains("ask Omar Tennyson again")), "{later:?}");
}

#[tokio::test]
async fn whoever_was_answered_meanwhile_is_not_told_to_ask() {
    let app = TestApp::start().await;
    let (_world, dana, link) = declined_until(&app, "2026-05-05").await;
    answer(&app.browser(), &link, &[("answer", "yes")]).await.is(303);
    let kept: Option<time::Date> =
        sqlx::query_scalar("select reconsider_from from approval_requests where participation_id = $1")
            .bind(dana.participation)
            .fetch_one(&app.app.db)
            .await
            .unwrap();
    assert_eq!(kept, None, "a yes has no such day");
    app.advance(Duration::days(16));
    let subjects: Vec<String> = app.deliver_mail().await.into_iter().map(|email| email.subject).collect();
    assert!(subjects.iter().all(|subject| !subject.contains("ask Omar Tennyson again")), "{subjects:?}");
}
