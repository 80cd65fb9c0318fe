//! Seven people in two groups, and what they press when they are asked three questions.
use crate::support::{
    Answer, Browser, TestApp, link_in,
    world::{self, Peer, World},
};
use see_also::mail::Email;
use sqlx::PgPool;

pub struct Cast {
    pub world: World,
    /// Everybody who is in a group, in the order in which they joined.
    pub members: Vec<Peer>,
}

pub async fn cast(app: &TestApp) -> Cast {
    let world = World::build(app).await;
    let db = &app.app.db;
    let delphine = world::peer(db, world.program, "Delphine Moreau", Some(world.card_catalog)).await;
    let kit = world::peer(db, world.program, "Kit Okafor", Some(world.card_catalog)).await;
    let away = world::peer(db, world.program, "Omar Hold", Some(world.reading_room)).await;
    set_state(db, away, "on_hold").await;
    let members = vec![world.priya, world.marcus, world.hana, world.tobias, world.wren, delphine, kit];
    Cast { world, members }
}

pub async fn set_state(db: &PgPool, peer: Peer, state: &str) {
    let sql = "update participations set state = $1, paused_from = case when $1 = 'on_hold' then date '2026-04-20' end,
                      paused_until = case when $1 = 'on_hold' then date '2026-06-10' end where id = $2";
    sqlx::query(sql).bind(state).bind(peer.participation).execute(db).await.unwrap();
}

/// What the coordinator posts.
pub async fn open(imogen: &Browser<'_>, world: &World, kind: &str, last_day: &str) -> Answer {
    let page = format!("{}/pulses", world.program_path());
    let id = uuid::Uuid::now_v7().to_string();
    imogen.post(&page, &[("id", &id), ("kind", kind), ("last_day", last_day)]).await
}

/// The pulse that is open.
pub async fn open_pulse(db: &PgPool) -> uuid::Uuid {
    sqlx::query_scalar("select id from pulses where closed_at is null").fetch_one(db).await.unwrap()
}

pub async fn close(imogen: &Browser<'_>, world: &World, pulse: uuid::Uuid) -> Answer {
    imogen.post(&format!("{}/pulses/{pulse}/close", world.program_path()), &[]).await
}

/// Signed in, with a line.
pub async fn answer(browser: &Browser<'_>, world: &World, scores: [&str; 3], line: &str) -> Answer {
    browser.post(&format!("{}/pulse", world.program_path()), &form(scores, line)).await
}

pub fn form<'a>([worth, safe, recommend]: [&'a str; 3], line: &'a str) -> [(&'a str, &'a str); 4] {
    [("worth", worth), ("safe", safe), ("recommend", recommend), ("line", line)]
}

/// By the link of an email: the clean address of the page, in a browser that holds its secret.
pub async fn by_link<'a>(app: &'a TestApp, email: &Email) -> (Browser<'a>, String) {
    let browser = app.browser();
    let to = browser.get(&link_in(email)).await.location.unwrap();
    assert!(to.starts_with("/pulse-answers/"), "{to}");
    (browser, to)
}

/// Those of one subject, by their address.
pub fn about(emails: &[Email], subject: &str) -> Vec<String> {
    let mut to: Vec<String> =
        emails.iter().filter(|one| one.subject.starts_with(subject)).map(|one| one.to.email.clone()).collect();
    to.sort();
    to
}

pub async fn count(db: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(db).await.unwrap()
}
