//! The demo program is loaded: everyone can sign in, and it gives the figures it was made for.
use super::support::TestApp;
use see_also::{
    features::archive::{self, Loaded},
    web::passwords::Checked,
};
use sqlx::{AssertSqlSafe, PgPool, Row};
use std::collections::BTreeMap;
use time::{Duration, macros::date};

#[tokio::test]
async fn loading_it_twice_changes_nothing_and_says_the_same() {
    let app = TestApp::start().await;
    let cast = archive::cast().unwrap();
    let first = archive::load_demo(&app.app).await.unwrap();
    assert!(first.fresh);
    let rows = rows_by_table(&app.app.db).await;
    assert_eq!(rows["meetings"], 15);
    assert_eq!(rows["people"], 15);
    let written = texts(&app.app.db, "select distinct kind from outbox").await;
    assert_eq!(written, ["meeting_reminder"], "nobody is written to, but before a meeting that is set");

    app.advance(Duration::days(3));
    let again = archive::load_demo(&app.app).await.unwrap();
    assert_eq!(again, Loaded { fresh: false, ..first });
    assert_eq!(rows_by_table(&app.app.db).await, rows);
    assert_eq!(archive::cast().unwrap(), cast);
    // What is due by the clock is the program's own; loading it again brings none.
    let by_clock = [
        "Meet ",
        "Talk over ",
        "What came of ",
        "Peer Mentoring, Spring 2026: Reminder: you meet ",
        "One thing waits ",
    ];
    let emails = app.deliver_mail().await;
    assert!(emails.iter().all(|email| by_clock.iter().any(|start| email.subject.starts_with(start))), "{emails:?}");
}

/// `WRITE_DEMO=1 cargo test --test journeys demo_program` writes it, after tables or columns were added.
#[tokio::test]
async fn its_file_is_what_export_writes() {
    let app = TestApp::start().await;
    let loaded = archive::load_demo(&app.app).await.unwrap();
    let exported = archive::export(&app.app, loaded.program_id).await.unwrap();
    if std::env::var_os("WRITE_DEMO").is_some() {
        std::fs::write("demo/larkspur-spring.json", format!("{}\n", exported.text().unwrap())).unwrap();
        return;
    }
    // Line by line, so that what differs is what is shown.
    let committed = archive::demo_file().unwrap().text().unwrap();
    for (committed, exported) in committed.lines().zip(exported.text().unwrap().lines()) {
        assert_eq!(committed, exported);
    }
}

#[tokio::test]
async fn everyone_of_the_cast_can_sign_in() {
    let app = TestApp::start().await;
    archive::load_demo(&app.app).await.unwrap();
    let cast = archive::cast().unwrap();
    let mut roles = Vec::new();
    for sign_in in &cast {
        let row = sqlx::query("select name, password_hash from people where email_folded = $1")
            .bind(&sign_in.email)
            .fetch_one(&app.app.db)
            .await
            .unwrap();
        let hash: String = row.get("password_hash");
        assert_eq!(app.app.passwords.check(sign_in.password, Some(&hash)).await.unwrap(), Checked::Right);
        let name: String = row.get("name");
        let strength = zxcvbn::zxcvbn(sign_in.password, &[&name, &sign_in.email]);
        assert!(u8::from(strength.score()) >= 3, "{name}");
        roles.push(format!("{name}: {}", sign_in.role));
    }
    assert_eq!(
        roles,
        [
            "Ada Brenner: site admin",
            "Imogen Castellane: coordinator",
            "Teodor Vance: coordinator and contact person",
            "Priya Whitlock: peer in Reading Room",
            "Marcus Delacroix-Boone: peer in Reading Room",
            "Hana Sørby: peer in Reading Room",
            "Tobias Renwick: peer in Card Catalog",
            "Aaliyah Fenn: peer in Card Catalog",
            "Joaquín Merrow: peer in Card Catalog",
            "Wren Abernathy-Cole: peer in Card Catalog",
            "Delphine Osei: peer in Night Desk",
            "Kit Halloran: peer in Night Desk",
            "Simone Varga: peer who left Night Desk",
            "Leo Marchetti-Quill: peer, supervisor declined",
            "Nadia Brightwater: peer, waiting for a supervisor",
        ]
    );
    let with_rights: Vec<String> = texts(
        &app.app.db,
        "select name || case when site_admin then ', site admin' else ', creates programs' end from people
         where site_admin or may_create_programs order by name",
    )
    .await;
    assert_eq!(with_rights, ["Ada Brenner, site admin", "Imogen Castellane, creates programs"]);
}

#[tokio::test]
async fn people_who_are_here_already_stay_as_they_are() {
    let app = TestApp::start().await;
    let priya = super::support::world::person(&app.app.db, "Priya Elsewhere").await;
    sqlx::query("update people set email = 'PWhitlock@larkspur.example', email_folded = 'pwhitlock@larkspur.example'")
        .execute(&app.app.db)
        .await
        .unwrap();
    archive::load_demo(&app.app).await.unwrap();
    let kept: Vec<String> = texts(
        &app.app.db,
        "select p.name || ', ' || p.email || ', ' || p.password_hash from people p
         join participations t on t.person_id = p.id where p.email_folded = 'pwhitlock@larkspur.example'",
    )
    .await;
    assert_eq!(kept, ["Priya Elsewhere, PWhitlock@larkspur.example, none"]);
    let programs = sqlx::query("select program_id from person_programs where person_id = $1").bind(priya);
    assert_eq!(programs.fetch_all(&app.app.db).await.unwrap().len(), 1);
}

#[tokio::test]
async fn it_gives_the_figures_it_was_made_for() {
    let app = TestApp::start().await;
    archive::load_demo(&app.app).await.unwrap();
    gives_its_figures(&app.app.db).await;
    let starts: Vec<String> =
        texts(&app.app.db, "select starts_on::text || ' to ' || ends_on::text from programs").await;
    assert_eq!(starts, ["2026-01-12 to 2026-06-12"]);
}

#[tokio::test]
async fn it_is_always_its_day_98_whatever_the_clocks_do() {
    let app = TestApp::start().await;
    // 23 November: the clocks were set back between the first requests and today.
    app.advance(Duration::days(217));
    archive::load_demo(&app.app).await.unwrap();
    gives_its_figures(&app.app.db).await;
    let today = date!(2026 - 11 - 23);
    let day: i32 =
        sqlx::query_scalar("select $1 - starts_on from programs").bind(today).fetch_one(&app.app.db).await.unwrap();
    assert_eq!(day, 98);
    let wall_times: Vec<String> = texts(
        &app.app.db,
        "select distinct g.name || ' ' || to_char(m.starts_at at time zone 'America/Chicago', 'HH24:MI')
            || case when m.starts_local = m.starts_at at time zone m.time_zone then '' else ' or not' end
         from meetings m join groups g on g.program_id = m.program_id and g.id = m.group_id order by 1",
    )
    .await;
    assert_eq!(wall_times, ["Card Catalog 13:00", "Night Desk 15:45", "Reading Room 12:00"]);
}

async fn gives_its_figures(db: &PgPool) {
    assert_eq!(
        texts(db, MEETINGS).await,
        [
            "Card Catalog: 4 held, 359 minutes, from day 14",
            "Night Desk: 2 held, 90 minutes, from day 10",
            "Reading Room: 5 held, 296 minutes, from day 8"
        ]
    );
    assert_eq!(texts(db, MISSED).await, ["Night Desk, day 52: not_held conflict", "Night Desk, day 73: cancelled "]);
    assert_eq!(
        texts(db, SHARES).await,
        [
            "Card Catalog: on goal 0.309, on purpose 0.409, informal 0.290 of 0.208",
            "Night Desk: on goal 0.244, on purpose 0.244, informal 0.256 of 0.167",
            "Reading Room: on goal 0.551, on purpose 0.598, informal 0.139 of 0.133",
        ]
    );
    assert_eq!(texts(db, ATTENDANCE).await, ["Card Catalog 0.938", "Night Desk 0.833", "Reading Room 0.933"]);
    assert_eq!(
        texts(db, TRIPS).await,
        [
            "Reading Room, day 42: observation reported",
            "Night Desk, day 59: site_visit cancelled",
            "Card Catalog, day 63: site_visit reported",
            "Reading Room, day 66: observation reported",
            "Reading Room, day 105: observation confirmed",
            "Card Catalog, day 112: site_visit confirmed",
        ]
    );
    assert_eq!(
        texts(db, FEEDBACK).await,
        [
            "Card Catalog: 3 live, 3 acknowledged",
            "Night Desk: 1 live, 1 acknowledged",
            "Reading Room: 7 live, 6 acknowledged"
        ]
    );
    assert_eq!(texts(db, COVERAGE).await, ["Card Catalog 3/4", "Night Desk 1/2", "Reading Room 4/6"]);
    assert_eq!(texts(db, APPROVALS).await, ["median 72 h, 90th 170 h, 11 answered of 13, 10 approved"]);
    assert_eq!(texts(db, GOALS).await, ["attainment 0.75, 5 of 12 with a product"]);
    assert_eq!(texts(db, LEFT).await, ["Simone Varga, withdrawn on day 45, left on day 45, revoked from day 44"]);
}

const MEETINGS: &str = "
    select g.name || ': ' || count(*) || ' held, ' || sum(m.actual_minutes) || ' minutes, from day '
        || min(m.starts_local::date) - min(p.starts_on)
    from meetings m
    join groups g on g.program_id = m.program_id and g.id = m.group_id
    join programs p on p.id = m.program_id
    where m.state = 'held' group by g.name order by g.name";

const MISSED: &str = "
    select g.name || ', day ' || m.starts_local::date - p.starts_on || ': ' || m.state || ' ' || coalesce(m.not_held_reason, '')
    from meetings m
    join groups g on g.program_id = m.program_id and g.id = m.group_id
    join programs p on p.id = m.program_id
    where m.state in ('not_held', 'cancelled') order by m.starts_at";

const SHARES: &str = "
    select g.name
        || ': on goal ' || round(sum(i.actual_minutes) filter (where i.goal_id is not null) / sum(i.actual_minutes)::numeric, 3)
        || ', on purpose ' || round(sum(i.actual_minutes) filter
            (where i.kind in ('goal_work', 'feedback_round', 'trip', 'theme')) / sum(i.actual_minutes)::numeric, 3)
        || ', informal ' || round(sum(i.actual_minutes) filter (where i.kind = 'informal') / sum(i.actual_minutes)::numeric, 3)
        || ' of ' || round(sum(i.planned_minutes) filter (where i.kind = 'informal') / sum(i.planned_minutes)::numeric, 3)
    from agenda_items i
    join meetings m on m.program_id = i.program_id and m.id = i.meeting_id
    join groups g on g.program_id = m.program_id and g.id = m.group_id
    where m.state = 'held' and i.state = 'done' group by g.name order by g.name";

const ATTENDANCE: &str = "
    select g.name || ' ' || round(sum((select count(*) from attendances a where a.meeting_id = m.id))
        / sum((select count(*) from memberships o where o.group_id = m.group_id and o.joined_on <= m.starts_local::date
               and (o.left_on is null or m.starts_local::date < o.left_on)))::numeric, 3)
    from meetings m join groups g on g.program_id = m.program_id and g.id = m.group_id
    where m.state = 'held' group by g.name order by g.name";

const TRIPS: &str = "
    select g.name || ', day ' || t.on_date - p.starts_on || ': ' || t.kind || ' ' || t.state
    from field_trips t
    join groups g on g.program_id = t.program_id and g.id = t.group_id
    join programs p on p.id = t.program_id order by t.on_date";

const FEEDBACK: &str = "
    select g.name || ': ' || count(*) || ' live, ' || count(*) filter (where f.state in ('answered', 'confirmed')) || ' acknowledged'
    from feedback f join groups g on g.program_id = f.program_id and g.id = f.group_id
    where f.state in ('shared', 'answered', 'confirmed') group by g.name order by g.name";

const COVERAGE: &str = "
    select g.name || ' ' || count(*) filter (where exists (
            select from feedback_texts t join feedback f on f.program_id = t.program_id and f.id = t.feedback_id
            where t.element_id = e.id and f.state in ('shared', 'answered', 'confirmed') and f.happened_on >= e.agreed_on))
        || '/' || count(*)
    from elements e join groups g on g.program_id = e.program_id and g.id = e.group_id
    where e.state = 'agreed' group by g.name order by g.name";

const APPROVALS: &str = "
    select 'median ' || percentile_cont(0.5) within group (order by extract(epoch from first_answered_at - first_sent_at) / 3600)
        || ' h, 90th ' || percentile_cont(0.9) within group (order by extract(epoch from first_answered_at - first_sent_at) / 3600)
        || ' h, ' || count(first_answered_at) || ' answered of ' || count(*) || ', '
        || count(*) filter (where state in ('approved', 'revoked')) || ' approved'
    from approval_requests";

const GOALS: &str = "
    select 'attainment ' || round(avg(case state when 'achieved' then 1 when 'partly' then 0.5 end), 2) || ', '
        || count(*) filter (where exists (select from products p where p.goal_id = goals.id)) || ' of ' || count(*)
        || ' with a product'
    from goals";

const LEFT: &str = "
    select n.name || ', ' || t.state || ' on day ' || t.ended_on - p.starts_on || ', left on day ' || m.left_on - p.starts_on
        || ', revoked from day ' || r.revoked_from - p.starts_on
    from participations t
    join people n on n.id = t.person_id
    join programs p on p.id = t.program_id
    join memberships m on m.program_id = t.program_id and m.participation_id = t.id
    join approval_requests r on r.program_id = t.program_id and r.participation_id = t.id
    where t.state <> 'joined'";

async fn texts(db: &PgPool, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(db).await.unwrap()
}

async fn rows_by_table(db: &PgPool) -> BTreeMap<String, i64> {
    let tables = texts(
        db,
        "select tablename::text from pg_tables where schemaname = 'public' and tablename <> '_sqlx_migrations' order by 1",
    )
    .await;
    let mut rows = BTreeMap::new();
    for table in tables {
        let count = sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}")));
        rows.insert(table, count.fetch_one(db).await.unwrap());
    }
    rows
}
