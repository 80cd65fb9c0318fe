//! How long pages take in a program of 50 people and in one of 5,000, and how long a coordinator's desk takes alone,
//! amid 2,000 other programs, and with 500 groups: the median of many visits, through the whole application but the
//! network. `cargo bench --bench large_program` prints two tables; with `-- desk` only the second.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a bench fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "told by the environment where to look, as tests are")]
#![expect(clippy::disallowed_types, reason = "what the journeys share writes SQL of its own")]
#![expect(clippy::print_stdout, reason = "its table is what it is for")]
#[path = "../tests/journeys/support/mod.rs"]
#[expect(dead_code, unreachable_pub, reason = "it is written for the journeys, which use all of it")]
mod support;

use std::time::{Duration, Instant};
use support::{TestApp, world::World};

const VISITS: usize = 200;

/// As many programs like the one that is there.
const PROGRAMS: &str = "insert into programs
     select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'name', 'Program ' || n))).*
     from programs r, generate_series(2, $1) n";

/// What groups have done half-way through a spring: two meetings with agendas, a goal, a trip, feedback.
const HALF_A_SPRING: &[&str] = &[
    "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, state, created_by, created_at,
        logged_by, logged_at, actual_minutes)
     select m.program_id, gen_random_uuid(), m.group_id, t, t + interval '1 hour', t::timestamp, 'UTC', 'online', 'held',
            min(m.participation_id::text)::uuid, t, min(m.participation_id::text)::uuid, t + interval '2 hours', 60
     from memberships m join groups g on g.program_id = m.program_id and g.id = m.group_id and g.name like 'Group %',
          generate_series(timestamptz '2026-01-20', '2026-02-20', interval '21 days') t
     group by m.program_id, m.group_id, t",
    "insert into attendances (program_id, meeting_id, participation_id)
     select x.program_id, x.id, m.participation_id
     from meetings x join memberships m on m.program_id = x.program_id and m.group_id = x.group_id
     where x.state = 'held' and x.time_zone = 'UTC'",
    "insert into agenda_items (program_id, id, group_id, meeting_id, position, kind, title, planned_minutes, state, actual_minutes, worded_at)
     select x.program_id, gen_random_uuid(), x.group_id, x.id, n, (array['check_in', 'theme', 'informal', 'wrap_up'])[n], 'Item',
            15, 'done', 15, x.created_at
     from meetings x, generate_series(1, 4) n where x.state = 'held' and x.time_zone = 'UTC'",
    "insert into goals (program_id, id, group_id, title, statement, target_on, state, created_by, created_at, agreed_on, worded_at)
     select m.program_id, gen_random_uuid(), m.group_id, 'A goal', 'A goal', '2026-05-01', 'agreed',
            min(m.participation_id::text)::uuid, '2026-01-20T12:00Z', '2026-01-20', '2026-01-20T12:00Z'
     from memberships m join groups g on g.program_id = m.program_id and g.id = m.group_id and g.name like 'Group %'
     group by m.program_id, m.group_id",
    "insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, on_date, state, created_by, created_at, worded_at)
     select m.program_id, gen_random_uuid(), m.group_id, 'event', true, false, 'A talk', '2026-05-01', 'planned',
            min(m.participation_id::text)::uuid, '2026-01-20T12:00Z', '2026-01-20T12:00Z'
     from memberships m join groups g on g.program_id = m.program_id and g.id = m.group_id and g.name like 'Group %'
     group by m.program_id, m.group_id",
    "insert into feedback (program_id, id, group_id, giver_id, receiver_id, mode, format, happened_on, state, created_at, shared_at, kept_by)
     select a.program_id, gen_random_uuid(), a.group_id, a.participation_id, b.participation_id, 'written', 'free', '2026-02-20',
            'shared', '2026-02-20T12:00Z', '2026-02-20T12:00Z', a.participation_id
     from memberships a
     join memberships b on b.program_id = a.program_id and b.group_id = a.group_id and b.participation_id <> a.participation_id
     join groups g on g.program_id = a.program_id and g.id = a.group_id and g.name like 'Group %'",
    "vacuum analyze",
];

/// Adds people with a supervisor's yes, in groups of four that have met three times.
const GROWN: &[&str] = &[
    "insert into people (id, name, email, email_folded, time_zone, password_hash, created_at, sort_name)
     select gen_random_uuid(), 'Person ' || lpad(n::text, 5, '0'), 'person' || n || '@larkspur.example',
            'person' || n || '@larkspur.example', 'America/Chicago', 'none', '2026-01-01T12:00Z',
            'person ' || lpad(n::text, 5, '0') from generate_series(1, $1) n",
    "insert into participations (program_id, id, person_id, state, supervisor_name, supervisor_email, department, invited_at, joined_at, sort_name)
     select r.id, gen_random_uuid(), p.id, 'joined', 'Beatrix Lindqvist', 'beatrix@larkspur.example', 'Maps',
            '2025-12-03T12:00Z', '2025-12-04T12:00Z', p.sort_name from people p, programs r where p.name like 'Person %' and $1 > 0",
    "insert into person_programs (person_id, program_id)
     select person_id, program_id from participations on conflict do nothing",
    "insert into approval_requests (program_id, id, participation_id, purpose, supervisor_name, supervisor_email,
        supervisor_email_folded, asked_hours_month, asked_work_time, asked_trip_days, asked_budget_cents,
        agreed_hours_month, agreed_work_time, agreed_trip_days, agreed_budget_cents, valid_from, valid_until, own_words,
        state, asked_at, first_sent_at, first_answered_at, decided_at, expires_at)
     select t.program_id, gen_random_uuid(), t.id, 'join', 'Beatrix Lindqvist', 'beatrix@larkspur.example',
            'beatrix@larkspur.example', 4, true, 1, 8000, 4, true, 1, 8000, '2026-01-12', '2026-06-12', 'I want to learn.',
            'approved', '2025-12-04T12:00Z', '2025-12-04T12:01Z', '2025-12-06T12:00Z', '2025-12-06T12:00Z', '2026-12-25T12:00Z'
     from participations t join people p on p.id = t.person_id where p.name like 'Person %' and $1 > 0",
    "insert into groups (program_id, id, name, focus, home_time_zone, meeting_minutes, created_at)
     select r.id, gen_random_uuid(), 'Group ' || lpad(n::text, 5, '0'), 'Instruction', 'America/Chicago', 60, '2026-01-05T12:00Z'
     from programs r, generate_series(0, ($1 - 1) / 4) n",
    "insert into memberships (program_id, id, group_id, participation_id, joined_on)
     select t.program_id, gen_random_uuid(), g.id, t.id, '2026-01-12'
     from participations t join people p on p.id = t.person_id
     join groups g on g.program_id = t.program_id
          and g.name = 'Group ' || lpad(((substr(p.name, 8)::int - 1) / 4)::text, 5, '0')
     where p.name like 'Person %' and $1 > 0",
    "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, state, not_held_reason, created_by, created_at)
     select m.program_id, gen_random_uuid(), m.group_id, t, t + interval '1 hour', t::timestamp, 'UTC', 'online', 'not_held', 'other',
            min(m.participation_id::text)::uuid, t
     from memberships m join groups g on g.program_id = m.program_id and g.id = m.group_id and g.name like 'Group %',
          generate_series(timestamptz '2026-02-01', '2026-04-01', interval '25 days') t
     where $1 > 0 group by m.program_id, m.group_id, t",
    "vacuum analyze",
];

async fn grow(app: &TestApp, statements: &[&'static str], people: i32) {
    let mut db = app.app.db.acquire().await.unwrap();
    sqlx::query("set statement_timeout = 0").execute(&mut *db).await.unwrap();
    for sql in statements {
        let mut query = sqlx::query(*sql);
        if sql.contains("$1") {
            query = query.bind(people);
        }
        query.execute(&mut *db).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
    // It goes back as it came.
    sqlx::query("reset statement_timeout").execute(&mut *db).await.unwrap();
}

/// A program of some size, and the pages of it that are visited.
struct Grown {
    app: TestApp,
    /// Name, who reads it, path.
    pages: Vec<(&'static str, see_also::base::ids::PersonId, String)>,
}

impl Grown {
    async fn with(people: i32) -> Self {
        let app = TestApp::start().await;
        let world = World::build(&app).await;
        grow(&app, GROWN, people).await;
        let program = world.program_path();
        // With fifty people and those of the story, a full page follows after the tenth.
        let tenth: String = sqlx::query_scalar(
            "select t.id::text from participations t join people p on p.id = t.person_id order by p.name, t.id offset 9 limit 1",
        )
        .fetch_one(&app.app.db)
        .await
        .unwrap();
        let peer = world.priya.person;
        let pages = vec![
            ("people, the first", world.imogen, format!("{program}/people")),
            ("people, later", world.imogen, format!("{program}/people?after={tenth}")),
            ("approvals", world.imogen, format!("{program}/approvals")),
            ("groups", world.imogen, format!("{program}/groups")),
            ("a group, its coordinator", world.imogen, world.group_path()),
            ("a group, its member", peer, world.group_path()),
            ("the desk", world.imogen, program.clone()),
            ("home of a peer", peer, "/".to_owned()),
        ];
        Self { app, pages }
    }
}

fn middle(mut took: Vec<Duration>) -> f64 {
    took.sort_unstable();
    took[took.len() / 2].as_secs_f64() * 1e3
}

/// The desk of one program among so many, each with so many people in groups of four.
async fn desk((programs, people): (i32, i32)) -> (f64, usize) {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    if programs > 1 {
        grow(&app, &[PROGRAMS], programs).await;
    }
    grow(&app, GROWN, people).await;
    grow(&app, HALF_A_SPRING, people).await;
    let browser = app.browser_of(world.imogen).await;
    let path = world.program_path();
    for _ in 0..6 {
        browser.get_unread(&path).await;
    }
    let bytes = browser.get(&path).await.is(200).html.len();
    let mut took = Vec::new();
    for _ in 0..VISITS / 2 {
        let began = Instant::now();
        browser.get_unread(&path).await;
        took.push(began.elapsed());
    }
    (middle(took), bytes)
}

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    if !std::env::args().any(|word| word == "desk") {
        pages().await;
    }
    println!("{:<42} {:>10} {:>10}", "the desk of a program", "median", "bytes");
    for (name, size) in [
        ("20 groups, alone", (1, 80)),
        ("20 groups, amid 2,000 such programs", (2_001, 80)),
        ("500 groups of 4", (1, 2_000)),
    ] {
        let (took, bytes) = desk(size).await;
        println!("{name:<42} {took:>7.2} ms {bytes:>10}");
    }
}

async fn pages() {
    let sizes = [Grown::with(50).await, Grown::with(5_000).await];
    println!("{:<26} {:>10} {:>10} {:>7} {:>10} {:>10}", "page", "50", "5,000", "ratio", "bytes", "bytes");
    for page in 0..sizes[0].pages.len() {
        let mut bytes = Vec::new();
        let mut browsers = Vec::new();
        for size in &sizes {
            let (_, who, path) = &size.pages[page];
            let browser = size.app.browser_of(*who).await;
            // Prepares the statements; their lasting plans come after five.
            for _ in 0..6 {
                browser.get_unread(path).await;
            }
            bytes.push(browser.get(path).await.is(200).html.len());
            browsers.push((browser, path));
        }
        // In turn, so that whatever else the machine does slows both.
        let mut took = [Vec::new(), Vec::new()];
        for _ in 0..VISITS {
            for (took, (browser, path)) in took.iter_mut().zip(&browsers) {
                let began = Instant::now();
                browser.get_unread(path).await;
                took.push(began.elapsed());
            }
        }
        let [few, many] = took.map(middle);
        let name = sizes[0].pages[page].0;
        println!("{name:<26} {few:>7.2} ms {many:>7.2} ms {:>7.2} {:>10} {:>10}", many / few, bytes[0], bytes[1]);
    }
}
