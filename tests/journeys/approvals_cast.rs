//! What the stories about supervisors share: somebody who is invited, and two forms filled in.
use super::support::{
    Answer, Browser, TestApp, email_to, link_in,
    world::{self, Peer, World},
};
use see_also::base::ids::ParticipationId;

pub const OWN_WORDS: &str = "I want to watch somebody else teach, OWNWORDSMARK.";
pub const NOTE: &str = "Start with the evening desk, NOTEMARK.";
pub const OMAR: &str = "omar@larkspur.example";

/// Somebody who is invited, with the supervisor whom the coordinator noted.
pub async fn invited(app: &TestApp, world: &World, name: &str) -> Peer {
    let person = world::person(&app.app.db, name).await;
    let participation = ParticipationId::generate();
    sqlx::query("insert into person_programs (person_id, program_id) values ($1, $2)")
        .bind(person)
        .bind(world.program)
        .execute(&app.app.db)
        .await
        .unwrap();
    sqlx::query(
        "insert into participations (program_id, id, person_id, state, supervisor_name, supervisor_email, invited_at)
         values ($1, $2, $3, 'invited', 'Omar Tennyson', 'omar@larkspur.example', '2026-04-01T12:00Z')",
    )
    .bind(world.program)
    .bind(participation)
    .bind(person)
    .execute(&app.app.db)
    .await
    .unwrap();
    Peer { person, participation }
}

pub fn join_path(world: &World) -> String {
    format!("{}/join", world.program_path())
}

/// Joins with the supervisor at this address, and returns what came back.
pub async fn join(browser: &Browser<'_>, world: &World, supervisor: &str) -> Answer {
    let page = browser.get(&join_path(world)).await;
    let id = page.field("id");
    let form = [
        ("id", id.as_str()),
        ("wants", "To teach in smaller steps"),
        ("offers", "A tour of the bindery"),
        ("supervisor_name", "Omar Tennyson"),
        ("supervisor_email", supervisor),
        ("words", OWN_WORDS),
    ];
    browser.post(&join_path(world), &form).await
}

/// Joins as somebody new, and returns the link that Omar received.
pub async fn asked(app: &TestApp, world: &World, peer: Peer) -> String {
    let browser = app.browser_of(peer.person).await;
    join(&browser, world, OMAR).await.is(303);
    link_in(email_to(&app.deliver_mail().await, OMAR))
}

/// Opens a supervisor's link and answers on the page it leads to.
pub async fn answer(browser: &Browser<'_>, link: &str, fields: &[(&str, &str)]) -> Answer {
    let page = browser.open(link).await;
    let seen = page.field("seen");
    let mut form = vec![("seen", seen.as_str())];
    form.extend_from_slice(fields);
    browser.post(&answers_path(browser, link).await, &form).await
}

/// The address without a secret to which a link leads.
pub async fn answers_path(browser: &Browser<'_>, link: &str) -> String {
    browser.get(link).await.location.unwrap()
}

/// Every row that an answer could change.
pub async fn rows(app: &TestApp) -> Vec<String> {
    sqlx::query_scalar(
        "select t::text from approval_requests t union all select t::text from pledges t
         union all select t::text from participations t union all select t::text from link_secrets t
         union all select t::text from outbox t union all select t::text from history t order by 1",
    )
    .fetch_all(&app.app.db)
    .await
    .unwrap()
}

pub async fn state(app: &TestApp, of: Peer) -> String {
    sqlx::query_scalar(
        "select state from approval_requests where participation_id = $1 order by asked_at desc, id desc limit 1",
    )
    .bind(of.participation)
    .fetch_one(&app.app.db)
    .await
    .unwrap()
}

/// No email carries what was written for one reader.
pub fn nothing_leaks(emails: &[see_also::mail::Email]) {
    for email in emails {
        for marker in ["OWNWORDSMARK", "NOTEMARK"] {
            assert!(!email.text.contains(marker), "{marker} to {}", email.to.email);
            assert!(!email.html.contains(marker) && !email.subject.contains(marker), "{marker} to {}", email.to.email);
        }
    }
}
