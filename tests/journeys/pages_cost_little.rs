//! What a page costs does not grow with what is in the database: a bounded number of statements,
//! and little over the wire.
use crate::support::{TestApp, letters, world};
use axum::{
    body::Body,
    http::{Request, header},
};
use http_body_util::BodyExt;
use see_also::{features::archive, routes};
use std::{cell::Cell, fmt::Debug};
use tower::ServiceExt;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

thread_local! {
    // A story runs on a thread of its own, and so does everything it asks for.
    static COUNTED: Cell<usize> = const { Cell::new(0) };
}

/// Counts the statements that sqlx says it ran, thread by thread.
struct Statements;

/// Whether sqlx asked for itself what a type is called, once for each connection that meets it: which page that
/// falls to depends on the connection it gets.
struct Asked(bool);

impl Visit for Asked {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0 |= field.name() == "summary" && format!("{value:?}").contains("SELECT pg_type.oid");
    }
}

impl Subscriber for Statements {
    fn enabled(&self, about: &Metadata<'_>) -> bool {
        about.target() == "sqlx::query"
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, about: &Event<'_>) {
        let mut asked = Asked(false);
        about.record(&mut asked);
        if !asked.0 {
            COUNTED.set(COUNTED.get() + 1);
        }
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// Many more meetings, trips and items of feedback in every group, as if years had gone by.
async fn grow(app: &TestApp) {
    let sql = [
        "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, state, not_held_reason, created_by, created_at)
         select g.program_id, gen_random_uuid(), g.id, t, t + interval '1 hour', t::timestamp, 'UTC', 'online', 'not_held', 'other', m.participation_id, t
         from groups g join memberships m on m.program_id = g.program_id and m.group_id = g.id and m.left_on is null,
              generate_series(timestamptz '2026-02-01', '2026-03-20', interval '1 day') t",
        "insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, on_date, state, created_by, created_at, worded_at)
         select g.program_id, gen_random_uuid(), g.id, 'event', true, false, 'A talk', t::date, 'planned', m.participation_id, t, t
         from groups g join memberships m on m.program_id = g.program_id and m.group_id = g.id and m.left_on is null,
              generate_series(timestamptz '2026-05-01', '2026-05-20', interval '1 day') t",
        "insert into interview_questions (program_id, id, trip_id, words, added_by, added_at)
         select f.program_id, gen_random_uuid(), f.id, 'Question ' || gen_random_uuid(), f.created_by, '2026-03-01T12:00Z'
         from field_trips f, generate_series(1, 20) where f.kind <> 'observation'",
        "insert into products (program_id, id, group_id, goal_id, owner_id, title, state, created_at)
         select program_id, gen_random_uuid(), group_id, id, coalesce(owner_id, created_by), 'A plan', 'shared', '2026-03-01T12:00Z'
         from goals, generate_series(1, 20)",
        "insert into pulse_answers (program_id, pulse_id, id, worth, safe, recommend, line)
         select program_id, id, gen_random_uuid(), 3, 3, 7, 'x' from pulses, generate_series(1, 50)",
        "with begun as (insert into retrospectives (program_id, group_id, begun_at) select program_id, id, '2026-03-01T12:00Z'
                        from groups on conflict do nothing returning program_id, group_id)
         insert into retrospective_lines (program_id, id, group_id, written_by, kind, words, written_at, shared_at)
         select m.program_id, gen_random_uuid(), m.group_id, m.participation_id, 'worked', 'x', '2026-03-01T12:00Z', '2026-03-01T12:00Z'
         from begun b join memberships m on m.program_id = b.program_id and m.group_id = b.group_id and m.left_on is null,
              generate_series(1, 20)",
        "insert into lessons (program_id, id, kind, words, position, chosen_by, chosen_at)
         select program_id, gen_random_uuid(), 'worked', 'x', n, person_id, '2026-03-01T12:00Z'
         from coordinators, generate_series(1, 20) n",
        "insert into earlier_lessons (program_id, id, kind, words, came_along, position, added_at)
         select id, gen_random_uuid(), 'worked', 'x', false, n, '2026-03-01T12:00Z' from programs, generate_series(1, 20) n",
    ];
    for statement in sql {
        sqlx::query(statement).execute(&app.app.db).await.unwrap();
    }
}

#[tokio::test]
async fn a_page_asks_the_database_as_often_whatever_is_in_it() {
    let app = TestApp::start().await;
    archive::load_demo(&app.app).await.unwrap();
    letters::take_back(&app).await;
    letters::stage_pulses(&app).await;
    let group: String = sqlx::query_scalar(
        "select '/programs/' || program_id || '/groups/' || id from groups where name = 'Reading Room'",
    )
    .fetch_one(&app.app.db)
    .await
    .unwrap();
    let program = group.split("/groups/").next().unwrap().to_owned();
    let meeting: String =
        sqlx::query_scalar("select id::text from meetings where state = 'scheduled' and group_id::text = $1")
            .bind(group.rsplit('/').next())
            .fetch_one(&app.app.db)
            .await
            .unwrap();
    let trip: String = sqlx::query_scalar(
        "insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, on_date, host_institution, state,
             created_by, created_at, worded_at, completed_on, reported_on, learned)
         select m.program_id, gen_random_uuid(), m.group_id, 'site_visit', false, true, 'See the desk', '2026-03-10', 'Harrowgate',
                'reported', min(m.participation_id::text)::uuid, '2026-02-01T12:00Z', '2026-02-01T12:00Z', '2026-03-10', '2026-03-12', 'Two desks'
         from memberships m where m.group_id::text = $1 and m.left_on is null group by m.program_id, m.group_id
         returning id::text",
    )
    .bind(group.rsplit('/').next())
    .fetch_one(&app.app.db)
    .await
    .unwrap();
    let pages = [
        ("Imogen", program.clone(), 7),
        ("Imogen", format!("{program}/parts/agendas"), 6),
        ("Imogen", format!("{program}/people"), 6),
        ("Imogen", format!("{program}/approvals"), 6),
        ("Imogen", format!("{program}/groups"), 6),
        ("Imogen", group.clone(), 6),
        ("Imogen", format!("{program}/pulses"), 7),
        ("Imogen", format!("{program}/lessons"), 8),
        ("Imogen", format!("{program}/decisions"), 4),
        ("Imogen", format!("{program}/earlier-lessons"), 5),
        ("Hana", format!("{program}/retrospective"), 5),
        ("Hana", format!("{group}/retrospective"), 7),
        ("Imogen", format!("{program}/report"), 18),
        ("Hana", format!("{program}/pulse"), 5),
        ("Hana", "/".to_owned(), 14),
        ("Hana", group.clone(), 8),
        ("Hana", format!("{group}/meetings"), 6),
        ("Hana", format!("{group}/themes"), 5),
        ("Hana", format!("{group}/meetings/{meeting}"), 10),
        ("Hana", format!("{group}/meetings/{meeting}/log"), 10),
        ("Hana", format!("{group}/feedback"), 6),
        ("Hana", format!("{group}/trips/{trip}"), 16),
        ("Hana", format!("{group}/trips/{trip}/after"), 16),
        ("Hana", format!("{group}/trips/{trip}/interviews"), 9),
        ("Hana", format!("{group}/trips/{trip}/share"), 7),
        ("Hana", format!("{program}/visits"), 5),
        ("Hana", format!("{program}/observation-notes"), 4),
        ("Imogen", format!("{program}/shared-visits"), 4),
        ("Imogen", format!("{program}/letters"), 3),
        ("Imogen", "/search?q=an".to_owned(), 6),
        ("Hana", "/search?q=an".to_owned(), 5),
        ("Hana", "/help".to_owned(), 3),
        ("Ada", "/admin/people".to_owned(), 3),
    ];
    // For the whole binary: callsites remember whether anybody listens, across threads.
    tracing::subscriber::set_global_default(Statements).expect("this is the only story that listens");
    let mut before = Vec::new();
    for round in 0..2 {
        for (at, (who, path, most)) in pages.iter().enumerate() {
            let person = sqlx::query_scalar("select id from people where name like $1 || '%'")
                .bind(who)
                .fetch_one(&app.app.db)
                .await
                .unwrap();
            let browser = app.browser_of(person).await;
            COUNTED.set(0);
            browser.get(path).await.is(200);
            let statements = COUNTED.get();
            assert!(statements > 0, "nothing was counted");
            assert!(statements <= *most, "{path} as {who}: {statements} statements");
            match round {
                0 => before.push(statements),
                _ => assert_eq!(statements, before[at], "{path} as {who} asks more often when there is more"),
            }
        }
        grow(&app).await;
    }
}

#[tokio::test]
async fn pages_are_light_on_first_visit_and_after() {
    let app = TestApp::start().await;
    world::World::build(&app).await;
    let router = routes::router(app.app.clone());
    let weigh = async |path: &str| {
        let request = Request::get(path).header(header::ACCEPT_ENCODING, "gzip, br, zstd").body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let immutable =
            response.headers().get(header::CACHE_CONTROL).is_some_and(|v| v.to_str().unwrap().contains("immutable"));
        (response.into_body().collect().await.unwrap().to_bytes().len(), immutable)
    };
    let urls = app.app.assets.urls();
    let mut first = weigh("/sign-in").await.0;
    for asset in [&urls.css, &urls.js, &urls.icon, &urls.text_font, &urls.heading_font] {
        let (bytes, immutable) = weigh(asset).await;
        assert!(immutable, "{asset} is not kept by browsers");
        first += bytes;
    }
    // What a page itself may weigh is 25 kB; what comes with it on a first visit leaves room for that in 120 kB.
    assert!(first < 120_000 - 20_000, "{first} bytes");
}
