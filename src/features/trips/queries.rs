//! One trip of a group, read. Nothing is written here.
use super::model::{TripKind, TripState, TripView};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{FieldTripId, GroupId, ParticipationId, ProgramId},
    local_time,
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// The day it is for the member's program.
pub(crate) fn today(by: &GroupMember, now: OffsetDateTime) -> Date {
    local_time::day_in(&by.program().time_zone, now)
}

/// A trip of the member's group, as far as its words are theirs to read.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(crate) async fn read(db: &mut PgConnection, by: &GroupMember, id: FieldTripId) -> Result<TripView> {
    let found = find(db, by.program_id(), by.group_id(), id).await?;
    let mut trip = found.ok_or(AppError::NotFound)?;
    trip.keep_to(by.participation_id(), by.joined_on());
    Ok(trip)
}

/// The same, taken for this transaction.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(crate) async fn take(db: &mut PgConnection, by: &GroupMember, id: FieldTripId) -> Result<TripView> {
    sqlx::query_scalar!(
        r#"select id as "id: FieldTripId" from field_trips
           where program_id = $1 and group_id = $2 and id = $3 for update"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        id as FieldTripId
    )
    .fetch_optional(&mut *db)
    .await?;
    read(db, by, id).await
}

async fn find(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    id: FieldTripId,
) -> Result<Option<TripView>> {
    Ok(sqlx::query_as!(
        TripView,
        r#"select f.id as "id: FieldTripId", f.kind as "kind: TripKind", f.state as "state: TripState", f.on_date, f.purpose,
                  f.host_institution, f.host_person, f.host_email, f.questions,
                  f.observer_id as "observer_id: ParticipationId", o.name as "observer_name?",
                  f.observed_id as "observed_id: ParticipationId", d.name as "observed_name?",
                  f.reported_on, f.reported_by as "reported_by: ParticipationId", f.learned, f.to_try,
                  exists (select from return_visits v where v.program_id = $1 and v.return_trip_id = f.id) as "is_return!",
                  (f.worded_at at time zone z.time_zone)::date as "worded_on!", false as "was_before_me!",
                  false as "report_was_before_me!"
           from field_trips f
           join programs z on z.id = f.program_id
           left join participations ot on ot.program_id = f.program_id and ot.id = f.observer_id
           left join people o on o.id = ot.person_id
           left join participations dt on dt.program_id = f.program_id and dt.id = f.observed_id
           left join people d on d.id = dt.person_id
           where f.program_id = $1 and f.group_id = $2 and f.id = $3"#,
        program_id as ProgramId,
        group_id as GroupId,
        id as FieldTripId
    )
    .fetch_optional(db)
    .await?)
}
