//! Every page that a coordinator or a peer may open, on the smallest phone: axe finds nothing in light
//! and in dark, and nothing sticks out sideways.
use crate::{
    driver::{Chromium, SMALLEST, there_is_a_browser},
    site::Site,
    support::{Browser, letters},
};
use see_also::{routes, web::routing::Who};
use sqlx::{AssertSqlSafe, PgPool};

/// A part of an address, and a statement that gives one thing of that kind in the program `$1`, for
/// the group `$2`.
const ONE: &[(&str, &str)] = &[
    ("{participation_id}", "select t.id::text from participations t where t.program_id::text = $1 and t.state = 'joined' and $2 <> '' order by t.id limit 1"),
    ("{meeting_id}", "select id::text from meetings where program_id::text = $1 and group_id::text = $2 and state = 'scheduled' order by id limit 1"),
    ("{item_id}", "select i.id::text from agenda_items i join meetings m on m.program_id = i.program_id and m.id = i.meeting_id
                   where m.program_id::text = $1 and m.group_id::text = $2 and m.state = 'scheduled' order by m.id, i.position limit 1"),
    ("{goal_id}", "select id::text from goals where program_id::text = $1 and group_id::text = $2 order by owner_id is not null, id limit 1"),
    ("{element_id}", "select id::text from elements where program_id::text = $1 and group_id::text = $2 order by id limit 1"),
    ("{product_id}", "select p.id::text from products p join participations t on t.program_id = p.program_id and t.id = p.owner_id
                      join people o on o.id = t.person_id where p.program_id::text = $1 and p.group_id::text = $2 and o.name like 'Priya%' limit 1"),
    ("{poll_id}", "select id::text from time_polls where program_id::text = $1 and group_id::text = $2 order by id limit 1"),
    ("{pulse_id}", "select id::text from pulses where program_id::text = $1 and closed_at is null and $2 <> ''"),
    ("{trip_id}", "select id::text from field_trips where program_id::text = $1 and group_id::text = $2 order by id limit 1"),
    ("{feedback_id}", "select f.id::text from feedback f join participations t on t.program_id = f.program_id and t.id = f.receiver_id
                       join people o on o.id = t.person_id where f.program_id::text = $1 and f.group_id::text = $2 and o.name like 'Priya%' limit 1"),
    ("{removal_id}", "select id::text from removals where program_id::text = $1 and state = 'proposed' and $2 <> '' limit 1"),
    ("{suggestion_id}", "select id::text from suggestions where program_id::text = $1 and $2 <> '' order by made_at desc limit 1"),
    ("{part}", "select 'trips' where $1 <> '' and $2 <> ''"),
    ("{import_id}", "select id::text from imports where program_id::text = $1 and $2 <> '' limit 1"),
];

/// The same for pages that not every item of feedback has, by how their address ends: one of Priya's that has it.
const FEEDBACK_FOR: &[(&str, &str)] = &[
    ("/draft", "f.state = 'draft' and f.giver_id = me.id"),
    ("/edit", "f.state = 'draft' and f.giver_id = me.id"),
    (
        "/revise",
        "f.state = 'answered' and f.mode = 'written' and f.giver_id = me.id
                 and not exists (select from second_wordings w where w.feedback_id = f.id)",
    ),
    (
        "/revision",
        "me.id in (f.giver_id, f.receiver_id) and exists (select from second_wordings w where w.feedback_id = f.id)",
    ),
    ("/said", "f.state in ('logged', 'disputed') and me.id in (f.giver_id, f.receiver_id)"),
    ("/correct", "f.state = 'logged' and f.logged_by_id = me.id"),
    ("/different", "f.state = 'logged' and me.id in (f.giver_id, f.receiver_id) and f.logged_by_id <> me.id"),
];

/// What somebody said to Priya and logged, and what she said and logged.
const SAID: &str = "with one as (select distinct on (o.name = 'Priya Whitlock') f.*, gen_random_uuid() as new_id
                           from feedback f join participations t on t.program_id = f.program_id and t.id = f.receiver_id
                           join people o on o.id = t.person_id
                           join participations g on g.program_id = f.program_id and g.id = f.giver_id
                           join people h on h.id = g.person_id
                           where f.state = 'answered' and 'Priya Whitlock' in (o.name, h.name)
                           order by o.name = 'Priya Whitlock', f.id),
          said as (insert into feedback (program_id, id, group_id, giver_id, receiver_id, mode, logged_by_id, format, happened_on,
                       not_agreed, state, created_at, shared_at)
                   select program_id, new_id, group_id, giver_id, receiver_id, 'spoken', giver_id, format, happened_on, 'x', 'logged',
                          created_at, shared_at from one)
     insert into feedback_texts (program_id, feedback_id, receiver_id, element_id, words)
     select t.program_id, one.new_id, t.receiver_id, t.element_id, t.words
     from one join feedback_texts t on t.program_id = one.program_id and t.feedback_id = one.id";

/// One address for each page that these may open; those that need what the scene has not are left out.
async fn addresses(db: &PgPool, whose: &[Who]) -> Vec<String> {
    let program: String = sqlx::query_scalar("select id::text from programs").fetch_one(db).await.unwrap();
    let group: String =
        sqlx::query_scalar("select id::text from groups where name = 'Reading Room'").fetch_one(db).await.unwrap();
    let mut found = Vec::new();
    for route in routes::all().listed.iter().filter(|route| route.methods.contains("GET") && whose.contains(&route.who))
    {
        let mut path = route.path.replace("{program_id}", &program).replace("{group_id}", &group);
        let special = FEEDBACK_FOR.iter().find(|(end, _)| path.contains("{feedback_id}") && path.ends_with(end));
        if let Some((_, which)) = special {
            let sql = format!(
                "select f.id::text from feedback f join participations me on me.program_id = f.program_id
                 join people o on o.id = me.person_id and o.name like 'Priya%'
                 where f.program_id::text = $1 and f.group_id::text = $2 and {which} order by f.id limit 1"
            );
            let one: Option<String> =
                sqlx::query_scalar(AssertSqlSafe(sql)).bind(&program).bind(&group).fetch_optional(db).await.unwrap();
            path = path.replace("{feedback_id}", &one.unwrap_or_else(|| panic!("no feedback for {path}")));
        }
        for (part, sql) in ONE {
            if path.contains(part) {
                let one: Option<String> =
                    sqlx::query_scalar(*sql).bind(&program).bind(&group).fetch_optional(db).await.unwrap();
                path = one.map_or_else(String::new, |one| path.replace(part, &one));
            }
        }
        let is_page = !path.is_empty()
            && !path.contains('{')
            && !path.contains(".csv")
            && !path.contains("/report.")
            && !path.contains("/data.")
            && !path.contains("/file.");
        if is_page {
            found.push(path);
        }
    }
    found
}

/// What was said and logged, and what she began to write.
async fn priya_begins_and_logs(db: &PgPool, priya: &Browser<'_>, program: &str) {
    sqlx::query(SAID).execute(db).await.unwrap();
    let (to, group): (String, String) = sqlx::query_as(
        "select m.participation_id::text, m.group_id::text from memberships m
         join participations t on t.program_id = m.program_id and t.id = m.participation_id
         join people o on o.id = t.person_id where o.name like 'Marcus%' and m.left_on is null",
    )
    .fetch_one(db)
    .await
    .unwrap();
    let new = format!("{program}/groups/{group}/feedback/new");
    priya.post(&new, &[("to", &to), ("do", "keep")]).await.is(303);
}

async fn visits(who: &str, whose: &[Who], at_least: usize) {
    if !there_is_a_browser() {
        return;
    }
    let site = Site::open().await;
    letters::stage(&site.app).await;
    let db = &site.app.app.db;
    let person =
        sqlx::query_scalar("select id from people where name like $1 || '%'").bind(who).fetch_one(db).await.unwrap();
    let clerk = site.app.browser_of(person).await;
    let program: String = sqlx::query_scalar("select '/programs/' || id from programs").fetch_one(db).await.unwrap();
    if whose.contains(&Who::Coordinator) {
        clerk
            .post(&format!("{program}/people/add"), &[("lines", "Nora Vale, nora@larkspur.example\nnobody, at all")])
            .await
            .is(303);
        clerk.post(&format!("{program}/asks"), &[("allowed", "yes")]).await.is(303);
    }
    if whose.contains(&Who::Coordinator) {
        let id = "01a219f8-a315-75de-a5b8-8f62f6cffcad";
        let own = [
            ("id", id),
            ("kind", "goal"),
            ("title", "Labels that everybody reads"),
            ("whose", "own"),
            ("statement", "I label one exhibition so that a child can read it."),
            ("measure", "Three children did."),
        ];
        clerk.post(&format!("{program}/library"), &own).await.is(303);
    }
    // Other words for the group's goal stand beside those in force, and what it said before under them.
    sqlx::query(
        "insert into goal_versions (program_id, id, group_id, goal_id, title, statement, measure, worded_at, proposed_by, replaced_on)
         select g.program_id, gen_random_uuid(), g.group_id, g.id, 'Two redesigned one-shots each', g.statement, g.measure,
                g.worded_at + interval '1 day', case when x.is_open then g.created_by end,
                case when not x.is_open then g.agreed_on end
         from goals g cross join (values (true), (false)) x (is_open) where g.owner_id is null and g.state = 'agreed'",
    )
    .execute(db)
    .await
    .unwrap();
    if whose.contains(&Who::Member) {
        priya_begins_and_logs(db, &clerk, &program).await;
    }
    let session = site.app.sign_in(person).await;
    let pages = addresses(db, whose).await;
    assert!(pages.len() >= at_least, "{} pages: {pages:?}", pages.len());
    let browser = Chromium::open(SMALLEST).await;
    browser.hand_over(&site.url, Some(session.reveal())).await;
    for path in pages {
        browser.goto(&site.at(&path)).await;
        assert!(!browser.text().await.contains("could not find that page"), "{path} as {who}");
    }
    browser.close().await;
    site.close().await;
}

#[tokio::test]
async fn every_page_of_a_coordinator_fits_the_smallest_phone() {
    visits("Imogen", &[Who::Coordinator, Who::CoordinatorOrContact, Who::Program, Who::GroupOrCoordinator], 25).await;
}

#[tokio::test]
async fn every_page_of_a_peer_fits_the_smallest_phone() {
    visits("Priya", &[Who::Peer, Who::OwnPart, Who::Member, Who::SignedIn, Who::Program, Who::GroupOrCoordinator], 30)
        .await;
}
