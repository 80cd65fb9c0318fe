//! A trip from its plan to its end: each a guarded statement, `false` when the trip is not
//! where it would have to be.
use super::{super::model::Told, Key};
use crate::base::{
    error::Result,
    ids::{FieldTripId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// The observed person says yes; nobody else can.
pub(in super::super) async fn consent(
    db: &mut PgConnection,
    key: Key,
    observed: ParticipationId,
    now: OffsetDateTime,
) -> Result<bool> {
    crate::change_one!(
        db,
        key as FieldTripId,
        "update field_trips set consented_at = $5
         where program_id = $1 and group_id = $2 and id = $3 and observed_id = $4 and consented_at is null
           and state = 'planned'",
        observed as ParticipationId,
        now
    )
}

/// `planned → confirmed`, for an observation only with consent.
pub(in super::super) async fn confirm(db: &mut PgConnection, key: Key, today: Date) -> Result<bool> {
    crate::change_one!(
        db,
        key as FieldTripId,
        "update field_trips set state = 'confirmed', confirmed_on = coalesce(confirmed_on, $4)
         where program_id = $1 and group_id = $2 and id = $3 and state = 'planned'
           and (kind <> 'observation' or consented_at is not null)",
        today
    )
}

/// When the two talked beforehand, and whether others know.
pub(in super::super) async fn pre_met(db: &mut PgConnection, key: Key, day: Date, told: Told) -> Result<bool> {
    crate::change_one!(
        db,
        key as FieldTripId,
        "update field_trips set pre_met_on = $4, told = $5
         where program_id = $1 and group_id = $2 and id = $3 and kind = 'observation' and $4 <= on_date
           and state in ('planned', 'confirmed', 'completed', 'reported')",
        day,
        told as Told
    )
}

/// `confirmed → completed`: it took place on that day.
pub(in super::super) async fn complete(db: &mut PgConnection, key: Key, day: Date) -> Result<bool> {
    crate::change_one!(
        db,
        key as FieldTripId,
        "update field_trips set state = 'completed', completed_on = $4
         where program_id = $1 and group_id = $2 and id = $3 and state = 'confirmed' and on_date <= $4",
        day
    )
}

/// What is written up: each of the two texts stays as it was where nothing is given, or something stands there.
#[derive(Debug)]
pub(crate) struct WrittenUp<'a> {
    pub(crate) by: ParticipationId,
    pub(crate) learned: &'a str,
    pub(crate) to_try: &'a str,
    pub(crate) debriefed_on: Option<Date>,
    pub(crate) today: Date,
}

/// `completed → reported`, or what is still missing of it; `false` when nothing is.
pub(crate) async fn write_up(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, FieldTripId),
    text: &WrittenUp<'_>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update field_trips
         set state = 'reported', reported_on = coalesce(reported_on, $3), reported_by = coalesce(reported_by, $4),
             learned = case when learned = '' then $5 else learned end,
             to_try = case when to_try = '' then $6 else to_try end, debriefed_on = coalesce($7, debriefed_on)
         where program_id = $1 and id = $2 and state in ('completed', 'reported') and on_date <= $3
           and (learned = '' and $5 <> '' or to_try = '' and $6 <> '')",
        program_id as ProgramId,
        id as FieldTripId,
        text.today,
        text.by as ParticipationId,
        text.learned,
        text.to_try,
        text.debriefed_on
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// When the two talked it over.
pub(in super::super) async fn debrief(db: &mut PgConnection, key: Key, day: Date) -> Result<bool> {
    crate::change_one!(
        db,
        key as FieldTripId,
        "update field_trips set debriefed_on = $4
         where program_id = $1 and group_id = $2 and id = $3 and kind = 'observation'
           and state in ('completed', 'reported') and on_date <= $4",
        day
    )
}

/// Back to planned: it is no longer covered for everybody who goes.
pub(in super::super) async fn unconfirm(db: &mut PgConnection, key: Key) -> Result<bool> {
    crate::change_one!(
        db,
        key as FieldTripId,
        "update field_trips set state = 'planned'
         where program_id = $1 and group_id = $2 and id = $3 and state = 'confirmed'"
    )
}

/// Another day, and back to planned. A yes to be observed stays only where it is given anew.
pub(in super::super) async fn set_date(
    db: &mut PgConnection,
    key: Key,
    on_date: Date,
    consented_at: Option<OffsetDateTime>,
) -> Result<bool> {
    crate::change_one!(
        db,
        key as FieldTripId,
        "update field_trips set on_date = $4, state = 'planned', consented_at = $5
         where program_id = $1 and group_id = $2 and id = $3 and state in ('planned', 'confirmed', 'postponed')",
        on_date,
        consented_at
    )
}

/// Not on its day, and none instead so far.
pub(in super::super) async fn put_off(db: &mut PgConnection, key: Key) -> Result<bool> {
    crate::change_one!(
        db,
        key as FieldTripId,
        "update field_trips set state = 'postponed'
         where program_id = $1 and group_id = $2 and id = $3 and state in ('planned', 'confirmed', 'postponed')"
    )
}

/// Calls it off.
pub(in super::super) async fn cancel(db: &mut PgConnection, key: Key) -> Result<bool> {
    crate::change_one!(
        db,
        key as FieldTripId,
        "update field_trips set state = 'cancelled'
         where program_id = $1 and group_id = $2 and id = $3 and state in ('planned', 'confirmed', 'postponed')"
    )
}

/// Calls off whatever of a group's has not taken place; those who were to go, once for each.
pub(crate) async fn cancel_all(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
) -> Result<Vec<ParticipationId>> {
    Ok(sqlx::query_scalar!(
        r#"with off as (
             update field_trips set state = 'cancelled'
             where program_id = $1 and group_id = $2 and state in ('planned', 'confirmed', 'postponed')
             returning id
           )
           select w.participation_id as "id: ParticipationId" from off
           join trip_goers w on w.program_id = $1 and w.trip_id = off.id
           order by off.id, w.participation_id"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}
