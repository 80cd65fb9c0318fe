//! What of a trip concerns supervisors. Read only: requests are written by their own slice.
use super::model::{Cover, Means, Trip, fits};
use crate::base::{
    error::Result,
    ids::{FieldTripId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::Date;

/// Where a trip is to be found.
pub(super) type Key = (ProgramId, FieldTripId);

/// The trip, if there is one.
pub(super) async fn trip(db: &mut PgConnection, (program_id, id): Key) -> Result<Option<Trip>> {
    Ok(sqlx::query_as!(
        Trip,
        r#"select f.group_id as "group_id: GroupId", replace(f.kind, '_', ' ') as "kind!", f.on_date,
                  f.state in ('planned', 'confirmed', 'postponed') as "is_ahead!",
                  (f.away and not f.by_video)::int as "days!", f.cost_cents, z.approval_required as needs_approval, z.time_zone
           from field_trips f join programs z on z.id = f.program_id
           where f.program_id = $1 and f.id = $2"#,
        program_id as ProgramId,
        id as FieldTripId
    )
    .fetch_optional(db)
    .await?)
}

/// Takes the trip for this transaction.
pub(super) async fn lock(db: &mut PgConnection, (program_id, id): Key) -> Result<()> {
    sqlx::query_scalar!(
        r#"select id as "id: FieldTripId" from field_trips where program_id = $1 and id = $2 for no key update"#,
        program_id as ProgramId,
        id as FieldTripId
    )
    .fetch_optional(db)
    .await?;
    Ok(())
}

/// Makes two confirmations that concern the same person wait for each other.
pub(super) async fn lock_goers(db: &mut PgConnection, (program_id, id): Key) -> Result<()> {
    sqlx::query!(
        r#"select t.id as "id: ParticipationId" from participations t
           where t.program_id = $1 and t.id in
                 (select w.participation_id from trip_goers w where w.program_id = $1 and w.trip_id = $2)
           order by t.id for no key update"#,
        program_id as ProgramId,
        id as FieldTripId
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// Somebody who goes on a trip, and what stands of their means.
struct CoverRow {
    participation_id: ParticipationId,
    name: String,
    agreed_days: Option<i32>,
    agreed_cents: Option<i32>,
    taken_days: i64,
    taken_cents: i64,
    needed_days: i32,
    needed_cents: i32,
    has_yes: bool,
    waits: bool,
}

fn cover(row: CoverRow) -> Cover {
    let agreed = row.agreed_days.zip(row.agreed_cents);
    let agreed = agreed.map(|(days, cents)| Means { days: days.into(), cents: cents.into() });
    let taken = Means { days: row.taken_days, cents: row.taken_cents };
    let needed = Means { days: row.needed_days.into(), cents: row.needed_cents.into() };
    Cover {
        participation_id: row.participation_id,
        name: row.name,
        misfit: fits(agreed, taken, needed).err(),
        has_yes: row.has_yes,
        waits: row.waits,
    }
}

/// For each who goes: the latest approval in effect on the day of the trip, and the days and costs of their other
/// trips that are confirmed or took place, without those that had a yes of their own. Who left the group does not go
/// any more, whoever is watched at work goes nowhere, and where a program asks no supervisor nothing has to be covered.
pub(super) async fn covers(db: &mut PgConnection, (program_id, id): Key) -> Result<Vec<Cover>> {
    let rows = sqlx::query_as!(
        CoverRow,
        r#"select t.id as "participation_id: ParticipationId", p.name, a.agreed_trip_days as "agreed_days?",
                  a.agreed_budget_cents as "agreed_cents?", u.days as "taken_days!", u.cents as "taken_cents!",
                  (f.away and not f.by_video)::int as "needed_days!", f.cost_cents as needed_cents,
                  exists (select from approval_requests y
                          where y.program_id = $1 and y.trip_id = f.id and y.participation_id = t.id
                            and y.state = 'approved' and f.on_date between y.valid_from and y.valid_until
                            and y.agreed_trip_days >= (f.away and not f.by_video)::int
                            and y.agreed_budget_cents >= f.cost_cents) as "has_yes!",
                  exists (select from approval_requests y
                          where y.program_id = $1 and y.trip_id = f.id and y.participation_id = t.id
                            and y.state in ('pending', 'conditional')) as "waits!"
           from field_trips f
           join programs z on z.id = f.program_id and z.approval_required
           join trip_goers w on w.program_id = f.program_id and w.trip_id = f.id
           join memberships m on m.program_id = f.program_id and m.group_id = f.group_id and m.left_on is null
                and m.participation_id = w.participation_id
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
                 and o.state in ('confirmed', 'completed', 'reported') and o.observed_id is distinct from t.id
                 and (o.state <> 'confirmed'
                      or exists (select from memberships om
                                 where om.program_id = $1 and om.group_id = o.group_id and om.participation_id = t.id
                                   and om.left_on is null))
                 and not exists (select from approval_requests y
                                 where y.program_id = $1 and y.trip_id = o.id and y.participation_id = t.id
                                   and y.state = 'approved' and o.on_date between y.valid_from and y.valid_until
                                   and y.agreed_trip_days >= (o.away and not o.by_video)::int
                                   and y.agreed_budget_cents >= o.cost_cents)) u
           where f.program_id = $1 and f.id = $2 and f.observed_id is distinct from t.id
           order by p.name, t.id"#,
        program_id as ProgramId,
        id as FieldTripId
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(cover).collect())
}

/// Confirmed trips after a day of some programs, to which a supervisor took back a yes: what is on its day took place.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn withdrawn(
    db: &mut PgConnection,
    programs: &[ProgramId],
    today: Date,
) -> Result<Vec<(ProgramId, GroupId, FieldTripId)>> {
    let rows = sqlx::query!(
        r#"select distinct f.program_id as "program_id: ProgramId", f.group_id as "group_id: GroupId", f.id as "id: FieldTripId"
           from approval_requests r
           join field_trips f on f.program_id = r.program_id and f.id = r.trip_id and f.state = 'confirmed' and f.on_date > $2
           where r.program_id = any($1) and r.state = 'revoked' and r.purpose = 'trip'
           order by f.program_id, f.id limit 1000"#,
        programs as &[ProgramId],
        today
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.program_id, row.group_id, row.id)).collect())
}

/// A person whose supervisor was asked about a trip, or said yes to it, as it is no longer.
#[derive(Debug)]
pub(super) struct Overtaken {
    pub(super) request_id: crate::base::ids::ApprovalRequestId,
    pub(super) participation_id: ParticipationId,
}

/// The newest request of each who goes on a trip, if it asked for another day or for less than the trip takes, and
/// waits or was answered with a yes.
pub(super) async fn overtaken(db: &mut PgConnection, (program_id, id): Key) -> Result<Vec<Overtaken>> {
    Ok(sqlx::query_as!(
        Overtaken,
        r#"select r.id as "request_id: crate::base::ids::ApprovalRequestId", r.participation_id as "participation_id: ParticipationId"
           from field_trips f
           join trip_goers w on w.program_id = f.program_id and w.trip_id = f.id
           cross join lateral (
               select n.id, n.participation_id, n.state, n.valid_from, n.asked_trip_days, n.asked_budget_cents
               from approval_requests n
               where n.program_id = $1 and n.trip_id = f.id and n.participation_id = w.participation_id
               order by n.asked_at desc, n.id desc limit 1) r
           where f.program_id = $1 and f.id = $2 and r.state in ('pending', 'conditional', 'approved')
             and (r.valid_from <> f.on_date or r.asked_budget_cents < f.cost_cents
                  or r.asked_trip_days < (f.away and not f.by_video)::int)
           order by r.id"#,
        program_id as ProgramId,
        id as FieldTripId
    )
    .fetch_all(db)
    .await?)
}
