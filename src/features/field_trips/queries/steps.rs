//! A trip from its plan to its end: each a guarded statement, `false` when the trip is not
//! where it would have to be.
use super::Key;
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
           and state in ('planned', 'postponed')",
        observed as ParticipationId,
        now
    )
}

/// Whether people of this program go only where a supervisor's approval covers it.
pub(in super::super) async fn needs_approval(db: &mut PgConnection, program_id: ProgramId) -> Result<bool> {
    Ok(sqlx::query_scalar!("select approval_required from programs where id = $1", program_id as ProgramId)
        .fetch_one(db)
        .await?)
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

/// Makes two confirmations that concern the same person wait for each other.
pub(in super::super) async fn lock_goers(db: &mut PgConnection, key: Key) -> Result<()> {
    sqlx::query!(
        r#"select t.id as "id: ParticipationId" from participations t
           where t.program_id = $1 and t.id in
                 (select w.participation_id from trip_goers w where w.program_id = $1 and w.trip_id = $2)
           order by t.id for no key update"#,
        key.program as ProgramId,
        key.id as FieldTripId
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// What one person was given, and what their other trips take of it.
#[derive(Debug)]
pub(in super::super) struct MeansOfGoer {
    pub(in super::super) participation_id: ParticipationId,
    pub(in super::super) name: String,
    /// `None` when no approval is in effect on the day of the trip.
    pub(in super::super) agreed_days: Option<i32>,
    pub(in super::super) agreed_cents: Option<i32>,
    pub(in super::super) taken_days: i64,
    pub(in super::super) taken_cents: i64,
}

/// For each who goes: the latest approval in effect on the day of the trip, and the days and costs of their other
/// trips that are confirmed or took place. Whoever is watched at work goes nowhere.
pub(in super::super) async fn means_of_goers(db: &mut PgConnection, key: Key) -> Result<Vec<MeansOfGoer>> {
    Ok(sqlx::query_as!(
        MeansOfGoer,
        r#"select t.id as "participation_id: ParticipationId", p.name, a.agreed_trip_days as "agreed_days?",
                  a.agreed_budget_cents as "agreed_cents?", u.days as "taken_days!", u.cents as "taken_cents!"
           from field_trips f
           join trip_goers w on w.program_id = f.program_id and w.trip_id = f.id
           join participations t on t.program_id = w.program_id and t.id = w.participation_id
           join people p on p.id = t.person_id
           left join lateral (
               select r.agreed_trip_days, r.agreed_budget_cents from approval_requests r
               where r.program_id = $1 and r.participation_id = t.id and r.purpose in ('join', 'reconfirm')
                 and (r.state = 'approved' or (r.state = 'revoked' and r.revoked_from > f.on_date))
                 and f.on_date between r.valid_from and r.valid_until
               order by r.decided_at desc, r.id desc limit 1) a on true
           cross join lateral (
               select count(*) filter (where o.away and not o.by_video) as days,
                      coalesce(sum(o.cost_cents), 0)::bigint as cents
               from trip_goers ow
               join field_trips o on o.program_id = ow.program_id and o.id = ow.trip_id
               where ow.program_id = $1 and ow.participation_id = t.id and o.id <> f.id
                 and o.state in ('confirmed', 'completed', 'reported') and o.observed_id is distinct from t.id) u
           where f.program_id = $1 and f.group_id = $2 and f.id = $3 and f.observed_id is distinct from t.id
           order by p.name, t.id"#,
        key.program as ProgramId,
        key.group as GroupId,
        key.id as FieldTripId
    )
    .fetch_all(db)
    .await?)
}

/// When the two talked beforehand.
pub(in super::super) async fn pre_met(db: &mut PgConnection, key: Key, day: Date) -> Result<bool> {
    crate::change_one!(
        db,
        key as FieldTripId,
        "update field_trips set pre_met_on = $4
         where program_id = $1 and group_id = $2 and id = $3 and kind = 'observation' and $4 <= on_date
           and state in ('planned', 'confirmed', 'completed', 'reported')",
        day
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
