//! Every statement that writes `return_visits`.
use super::model::{How, Said};
use crate::base::{
    error::Result,
    ids::{FieldTripId, ProgramId},
};
use crate::features::trips::TripState;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

pub(super) type Key = (ProgramId, FieldTripId);

/// What was said of the return visit of a trip.
pub(super) async fn said(db: &mut PgConnection, (program_id, trip_id): Key) -> Result<Option<Said>> {
    let row = sqlx::query!(
        r#"select r.how as "how: How", r.on_date, t.id as "trip_id?: FieldTripId", t.on_date as "trip_on?",
                  t.state as "trip_state?: TripState"
           from return_visits r
           left join field_trips t on t.program_id = r.program_id and t.id = r.return_trip_id
           where r.program_id = $1 and r.trip_id = $2"#,
        program_id as ProgramId,
        trip_id as FieldTripId
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let trip = row.trip_id.zip(row.trip_on).zip(row.trip_state).map(|((id, on), state)| (id, on, state));
        Said { how: row.how, on_date: row.on_date, trip }
    }))
}

/// Writes down what is said now: of a trip that took place, none before, and none of a return visit.
pub(super) async fn say(
    db: &mut PgConnection,
    (program_id, trip_id): Key,
    (how, on_date): (How, Option<Date>),
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into return_visits (program_id, trip_id, how, on_date, said_at)
         select f.program_id, f.id, $3, $4, $5 from field_trips f
         where f.program_id = $1 and f.id = $2 and f.state in ('completed', 'reported')
           and f.kind in ('site_visit', 'interview', 'shadowing')
           and not exists (select from return_visits b where b.program_id = f.program_id and b.return_trip_id = f.id)
         on conflict (program_id, trip_id) do update
         set how = excluded.how, on_date = excluded.on_date, return_trip_id = null, said_at = excluded.said_at",
        program_id as ProgramId,
        trip_id as FieldTripId,
        how as How,
        on_date,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// It is planned as a trip of the same group.
pub(super) async fn plan_as(
    db: &mut PgConnection,
    (program_id, trip_id): Key,
    return_trip: FieldTripId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into return_visits (program_id, trip_id, how, return_trip_id, said_at)
         select f.program_id, f.id, 'planned', t.id, $4
         from field_trips f join field_trips t on t.program_id = f.program_id and t.group_id = f.group_id
         where f.program_id = $1 and f.id = $2 and t.id = $3 and f.state in ('completed', 'reported')
           and f.kind in ('site_visit', 'interview', 'shadowing')
           and not exists (select from return_visits b where b.program_id = f.program_id and b.return_trip_id = f.id)
         on conflict (program_id, trip_id) do update
         set how = 'planned', on_date = null, return_trip_id = excluded.return_trip_id, said_at = excluded.said_at",
        program_id as ProgramId,
        trip_id as FieldTripId,
        return_trip as FieldTripId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
