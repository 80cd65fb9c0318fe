//! Databases of known sizes: the demo, a program of fifty groups, and as many others as a size has. Rows are made by
//! number, so that each finds its relations without a join; foreign keys are not asked while they are made.
use super::{Fallible, Size};
use sqlx::{Connection, Executor, PgConnection, postgres::PgConnectOptions};

/// The id of the nth thing of a kind, in the shape of version 7.
const KEY: &str = "create function pg_temp.k(kind int, n bigint) returns uuid language sql immutable as
    $$ select ('0190' || lpad(to_hex(kind), 4, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$";

/// `$first`, `$last`: numbers of programs; `$people`: in each, four a group; `$base`: where their people's numbers begin.
const ROWS: &[&str] = &[
    "insert into programs select (jsonb_populate_record(r, jsonb_build_object(
        'id', pg_temp.k(1, p), 'name', 'Program ' || lpad(p::text, 5, '0'), 'state', 'active'))).*
     from programs r, generate_series($first, $last) p where r.name not like 'Program %'",
    "insert into people (id, name, email, email_folded, time_zone, created_at, sort_name)
     select pg_temp.k(2, n), 'Person ' || lpad(n::text, 9, '0'), 'p' || n || '@larkspur.example', 'p' || n || '@larkspur.example',
            'America/Chicago', now() - interval '200 days', 'person ' || lpad(n::text, 9, '0')
     from generate_series($base, $base + ($last - $first + 1) * $people - 1) n",
    "insert into participations (program_id, id, person_id, state, supervisor_name, supervisor_email, department, invited_at,
        joined_at, sort_name)
     select pg_temp.k(1, $first + (n - $base) / $people), pg_temp.k(3, n), pg_temp.k(2, n), 'joined', 'Beatrix Lindqvist',
            'beatrix@larkspur.example', 'Maps', now() - interval '140 days', now() - interval '139 days',
            'person ' || lpad(n::text, 9, '0')
     from generate_series($base, $base + ($last - $first + 1) * $people - 1) n",
    "insert into person_programs (person_id, program_id)
     select person_id, program_id from participations on conflict do nothing",
    "insert into approval_requests (program_id, id, participation_id, purpose, supervisor_name, supervisor_email,
        supervisor_email_folded, asked_hours_month, asked_work_time, asked_trip_days, asked_budget_cents, agreed_hours_month,
        agreed_work_time, agreed_trip_days, agreed_budget_cents, valid_from, valid_until, own_words, state, asked_at,
        first_sent_at, first_answered_at, decided_at, expires_at)
     select pg_temp.k(1, $first + (n - $base) / $people), pg_temp.k(4, n), pg_temp.k(3, n), 'join', 'Beatrix Lindqvist',
            'beatrix@larkspur.example', 'beatrix@larkspur.example', 4, true, 1, 8000, 4, true, 1, 8000,
            current_date - 100, current_date + 100, 'I want to learn.', 'approved', now() - interval '139 days',
            now() - interval '139 days', now() - interval '136 days', now() - interval '136 days', now() - interval '118 days'
     from generate_series($base, $base + ($last - $first + 1) * $people - 1) n",
    "insert into groups (program_id, id, name, focus, home_time_zone, meeting_minutes, created_at)
     select pg_temp.k(1, $first + (g * 4 - $base) / $people), pg_temp.k(5, g), 'Group ' || lpad(g::text, 10, '0'), 'Instruction',
            'America/Chicago', 60, now() - interval '110 days'
     from generate_series($base / 4, ($base + ($last - $first + 1) * $people) / 4 - 1) g",
    "insert into memberships (program_id, id, group_id, participation_id, joined_on)
     select pg_temp.k(1, $first + (n - $base) / $people), pg_temp.k(6, n), pg_temp.k(5, n / 4), pg_temp.k(3, n), current_date - 98
     from generate_series($base, $base + ($last - $first + 1) * $people - 1) n",
    "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, state, created_by,
        created_at, logged_by, logged_at, actual_minutes)
     select pg_temp.k(1, $first + (g * 4 - $base) / $people), pg_temp.k(7, g * 20 + t), pg_temp.k(5, g), at, at + interval '1 hour',
            at at time zone 'America/Chicago', 'America/Chicago', 'online', case when t < 17 then 'held' else 'scheduled' end,
            pg_temp.k(3, g * 4), at - interval '10 days', case when t < 17 then pg_temp.k(3, g * 4) end,
            case when t < 17 then at + interval '2 hours' end, case when t < 17 then 55 end
     from generate_series($base / 4, ($base + ($last - $first + 1) * $people) / 4 - 1) g, generate_series(0, 19) t,
          lateral (select date_trunc('day', now()) - interval '86 days' + t * interval '5 days' + interval '15 hours' as at) d",
    "insert into attendances (program_id, meeting_id, participation_id)
     select pg_temp.k(1, $first + (g * 4 - $base) / $people), pg_temp.k(7, g * 20 + t), pg_temp.k(3, g * 4 + j)
     from generate_series($base / 4, ($base + ($last - $first + 1) * $people) / 4 - 1) g, generate_series(0, 16) t,
          generate_series(0, 3) j where (t + j) % 4 > 1",
    "insert into agenda_items (program_id, id, group_id, meeting_id, position, kind, title, planned_minutes, state,
        actual_minutes, worded_at)
     select pg_temp.k(1, $first + (g * 4 - $base) / $people), pg_temp.k(8, (g * 20 + t) * 2 + i), pg_temp.k(5, g),
            pg_temp.k(7, g * 20 + t), i + 1, (array['theme', 'informal'])[i + 1], 'Item', 25,
            case when t < 17 then 'done' else 'planned' end, case when t < 17 then 25 end, now() - interval '90 days'
     from generate_series($base / 4, ($base + ($last - $first + 1) * $people) / 4 - 1) g, generate_series(0, 19) t,
          generate_series(0, 1) i",
    "insert into goals (program_id, id, group_id, title, statement, target_on, state, created_by, created_at, agreed_on, worded_at)
     select pg_temp.k(1, $first + (g * 4 - $base) / $people), pg_temp.k(9, g), pg_temp.k(5, g), 'A goal', 'A goal', current_date + 30,
            'agreed', pg_temp.k(3, g * 4), now() - interval '90 days', current_date - 90, now() - interval '90 days'
     from generate_series($base / 4, ($base + ($last - $first + 1) * $people) / 4 - 1) g",
    "insert into feedback (program_id, id, group_id, giver_id, receiver_id, mode, format, happened_on, state, created_at,
        shared_at, kept_by)
     select pg_temp.k(1, $first + (g * 4 - $base) / $people), pg_temp.k(10, g * 60 + u), pg_temp.k(5, g), pg_temp.k(3, g * 4 + u % 4),
            pg_temp.k(3, g * 4 + (u + 1 + (u / 4) % 3) % 4), 'written', 'free', current_date - 1 - u, 'shared',
            now() - u * interval '1 day', now() - u * interval '1 day', pg_temp.k(3, g * 4 + u % 4)
     from generate_series($base / 4, ($base + ($last - $first + 1) * $people) / 4 - 1) g, generate_series(0, 59) u",
];

/// The program of fifty groups: its number, and where its people's numbers begin.
const DESK: (i64, i64) = (99_999, 900_000_000);

/// Imogen of the demo coordinates the program of fifty groups.
const COORDINATED: &[&str] = &[
    "insert into coordinators (program_id, person_id, since)
     select pg_temp.k(1, 99999), id, now() - interval '150 days' from people where email_folded like 'icastellane@%'",
    "insert into person_programs (person_id, program_id)
     select id, pg_temp.k(1, 99999) from people where email_folded like 'icastellane@%'",
    "insert into elements (program_id, id, group_id, goal_id, about_id, title, state, proposed_by, proposed_at, agreed_on)
     select m.program_id, ('0190000b' || substr(m.participation_id::text, 9))::uuid, m.group_id, o.id, m.participation_id, 'Pace',
            'agreed', m.participation_id, now() - interval '80 days', current_date - 80
     from memberships m join goals o on o.program_id = m.program_id and o.group_id = m.group_id
     where m.program_id = pg_temp.k(1, 99999)",
];

/// Fills a database that holds the demo.
pub(super) async fn fill(options: &PgConnectOptions, size: &Size) -> Fallible<()> {
    let mut db = PgConnection::connect_with(options).await?;
    db.execute("set session_replication_role = replica; set maintenance_work_mem = '512MB'; set work_mem = '64MB'")
        .await?;
    db.execute(KEY).await?;
    rows(&mut db, (DESK.0, DESK.0), 200, DESK.1).await?;
    for sql in COORDINATED {
        db.execute(*sql).await?;
    }
    if size.programs > 0 {
        rows(&mut db, (1, size.programs), size.people, 1_000_000).await?;
    }
    db.execute("vacuum analyze").await?;
    db.execute("checkpoint").await?;
    Ok(db.close().await?)
}

async fn rows(db: &mut PgConnection, (first, last): (i64, i64), people: i64, base: i64) -> Fallible<()> {
    for sql in ROWS {
        let sql = sql
            .replace("$first", &first.to_string())
            .replace("$last", &last.to_string())
            .replace("$people", &people.to_string())
            .replace("$base", &format!("{base}::bigint"));
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut *db).await?;
    }
    Ok(())
}

/// The id of the nth thing of a kind: 1 programs, 2 people, 3 participations, 5 groups, 11 elements by their person.
pub(super) fn key(kind: u16, n: u64) -> String {
    format!("0190{kind:04x}-0000-7000-8000-{n:012x}")
}
