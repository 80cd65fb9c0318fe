//! What has happened in a group, written straight into the tables: for stories about pages that
//! read it, so that they need no other page.
use crate::support::{
    TestApp,
    world::{Peer, World},
};
use see_also::base::local_time::{nearest_instant, parse_date};
use sqlx::{Executor, PgPool};
use time::{Date, Duration, Time};
use uuid::Uuid;

/// Stands in everything that only a group, or only one person, may read.
pub const MARKER: &str = "Zwischenruf";

/// Kind, planned, actual (0 while it is not held).
pub type Item = (&'static str, i32, i32);

pub struct Meeting<'a> {
    pub group: see_also::base::ids::GroupId,
    pub day: &'a str,
    pub state: &'a str,
    pub came: &'a [Peer],
    pub facilitator: Peer,
    pub note_taker: Peer,
    pub items: &'a [Item],
    pub goal: Option<Uuid>,
}

fn date(day: &str) -> Date {
    parse_date(day).unwrap()
}

/// At noon in Chicago, for an hour, in a place that is nobody else's business.
pub async fn meeting(db: &PgPool, world: &World, meeting: Meeting<'_>) -> Uuid {
    let id = Uuid::now_v7();
    let noon = Time::from_hms(12, 0, 0).unwrap();
    let starts = nearest_instant("America/Chicago", date(meeting.day), noon);
    let held = meeting.state == "held";
    let minutes: i32 = meeting.items.iter().map(|item| item.2).sum();
    sqlx::query(
        "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, place, state,
            not_held_reason, facilitator_id, note_taker_id, note, created_by, created_at, logged_by, logged_at, actual_minutes)
         values ($1, $2, $3, $4, $5, $6, 'America/Chicago', 'in_person', $7, $8, case when $8 = 'not_held' then 'conflict' end,
            $9, $10, $11, $9, '2026-01-12T12:00Z', case when $12 then $9 end, case when $12 then $5 end,
            case when $12 then $13 end)",
    )
    .bind(world.program)
    .bind(id)
    .bind(meeting.group)
    .bind(starts)
    .bind(starts + Duration::hours(1))
    .bind(time::PrimitiveDateTime::new(date(meeting.day), noon))
    .bind(format!("Lab {MARKER}"))
    .bind(meeting.state)
    .bind(meeting.facilitator.participation)
    .bind(meeting.note_taker.participation)
    .bind(format!("A note, {MARKER}"))
    .bind(held)
    .bind(minutes.max(1))
    .execute(db)
    .await
    .unwrap();
    for peer in meeting.came {
        sqlx::query("insert into attendances (program_id, meeting_id, participation_id) values ($1, $2, $3)")
            .bind(world.program)
            .bind(id)
            .bind(peer.participation)
            .execute(db)
            .await
            .unwrap();
    }
    for (position, (kind, planned, actual)) in meeting.items.iter().enumerate() {
        let goal = meeting.goal.filter(|_| *kind == "goal_work");
        sqlx::query(
            "insert into agenda_items (program_id, id, group_id, meeting_id, position, kind, title, planned_minutes, goal_id,
                state, actual_minutes, worded_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '2026-01-20T12:00Z')",
        )
        .bind(world.program)
        .bind(Uuid::now_v7())
        .bind(meeting.group)
        .bind(id)
        .bind(i32::try_from(position).unwrap())
        .bind(kind)
        .bind(format!("Agenda {kind} {MARKER}"))
        .bind(planned)
        .bind(goal)
        .bind(if held { "done" } else { "planned" })
        .bind(held.then_some(*actual))
        .execute(db)
        .await
        .unwrap();
    }
    id
}

/// One peer watches another.
pub async fn observation(db: &PgPool, world: &World, by: Peer, whom: Peer, day: &str, state: &str) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, on_date, place, questions, learned,
            observer_id, observed_id, consented_at, state, created_by, created_at, worded_at, confirmed_on, completed_on, reported_on)
         values ($1, $2, $3, 'observation', false, false, $4, $5, $4, $4, $4, $6, $7,
            case when $8 <> 'planned' then timestamptz '2026-02-01T12:00Z' end, $8, $6, '2026-01-20T12:00Z', '2026-01-20T12:00Z',
            case when $8 <> 'planned' then date '2026-02-01' end, case when $8 in ('completed', 'reported') then $5 end,
            case when $8 = 'reported' then $5 end)",
    )
    .bind(world.program)
    .bind(id)
    .bind(world.reading_room)
    .bind(format!("To see how it is done, {MARKER}"))
    .bind(date(day))
    .bind(by.participation)
    .bind(whom.participation)
    .bind(state)
    .execute(db)
    .await
    .unwrap();
    id
}

/// Written feedback on one element of the receiver.
pub async fn feedback(db: &PgPool, world: &World, from: Peer, to: Peer, element: Uuid, state: &str) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into feedback (program_id, id, group_id, giver_id, receiver_id, mode, format, happened_on, not_agreed, state,
            created_at, shared_at, opened_at, answered_at)
         values ($1, $2, $3, $4, $5, 'written', 'free', '2026-04-13', $6, $7, '2026-04-13T18:00Z',
            case when $7 <> 'draft' then timestamptz '2026-04-13T19:00Z' end,
            case when $7 = 'answered' then timestamptz '2026-04-14T19:00Z' end,
            case when $7 = 'answered' then timestamptz '2026-04-14T19:00Z' end)",
    )
    .bind(world.program)
    .bind(id)
    .bind(world.reading_room)
    .bind(from.participation)
    .bind(to.participation)
    .bind(MARKER)
    .bind(state)
    .execute(db)
    .await
    .unwrap();
    sqlx::query(
        "insert into feedback_texts (program_id, feedback_id, receiver_id, element_id, words) values ($1, $2, $3, $4, $5)",
    )
    .bind(world.program)
    .bind(id)
    .bind(to.participation)
    .bind(element)
    .bind(serde_json::json!({ "text": MARKER }))
    .execute(db)
    .await
    .unwrap();
    id
}

/// A goal of the reading room's own, in this state.
pub async fn group_goal(db: &PgPool, world: &World, state: &str) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into goals (program_id, id, group_id, title, statement, target_on, state, created_by, created_at, worded_at, agreed_on)
         values ($1, $2, $3, $4, $5, '2026-05-15', $6, $7, '2026-01-20T12:00Z', '2026-01-20T12:00Z',
            case when $6 <> 'draft' then date '2026-01-20' end)",
    )
    .bind(world.program)
    .bind(id)
    .bind(world.reading_room)
    .bind(format!("One one-shot each, {MARKER}"))
    .bind(format!("By 15 May each of us has taught one one-shot anew, {MARKER}"))
    .bind(state)
    .bind(world.priya.participation)
    .execute(db)
    .await
    .unwrap();
    id
}

/// Three meetings of the reading room, one missed, the next planned with an agenda; two more groups' worth
/// of words stay where they belong.
pub async fn half_a_spring(app: &TestApp, world: &World) -> Uuid {
    let db = &app.app.db;
    let goal = group_goal(db, world, "agreed").await;
    let all = [world.priya, world.marcus, world.hana];
    let held = [("check_in", 10, 12), ("goal_work", 35, 30), ("informal", 10, 14), ("wrap_up", 5, 4)];
    for (day, facilitator, came) in [
        ("2026-02-09", world.priya, &all[..]),
        ("2026-03-02", world.marcus, &all[..]),
        ("2026-04-13", world.priya, &all[..2]),
    ] {
        let one = Meeting {
            group: world.reading_room,
            day,
            state: "held",
            came,
            facilitator,
            note_taker: world.marcus,
            items: &held,
            goal: Some(goal),
        };
        meeting(db, world, one).await;
    }
    for (day, state, items) in [
        ("2026-03-23", "not_held", &[][..]),
        ("2026-05-04", "scheduled", &[("goal_work", 40, 0), ("informal", 20, 0)][..]),
    ] {
        let one = Meeting {
            group: world.reading_room,
            day,
            state,
            came: &[],
            facilitator: world.hana,
            note_taker: world.marcus,
            items,
            goal: Some(goal),
        };
        meeting(db, world, one).await;
    }
    goal
}

/// Puts the marker wherever a title is written without one.
pub async fn mark_titles(db: &PgPool) {
    for table in ["goals", "elements", "products"] {
        db.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
            "update {table} set title = title || ' {MARKER}' where title not like '%{MARKER}%'"
        ))))
        .await
        .unwrap();
    }
}
