//! Every statement that writes `trip_travel` and `access_needs`.
use super::model::{Key, Needs, Travel, Trip};
use crate::base::{
    error::Result,
    ids::{FieldTripId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// The trip, for one reader.
pub(super) async fn trip(
    db: &mut PgConnection,
    (program_id, id): Key,
    reader: ParticipationId,
) -> Result<Option<Trip>> {
    Ok(sqlx::query_as!(
        Trip,
        r#"select f.group_id as "group_id: GroupId", f.on_date, replace(f.kind, '_', ' ') as "kind!",
                  f.state in ('planned', 'confirmed', 'postponed') as "is_ahead!",
                  f.created_by as "organiser_id: ParticipationId",
                  exists (select from trip_goers w
                          where w.program_id = $1 and w.trip_id = f.id and w.participation_id = $3) as "i_go!"
           from field_trips f where f.program_id = $1 and f.id = $2"#,
        program_id as ProgramId,
        id as FieldTripId,
        reader as ParticipationId
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

/// How those who go get there, if it is written.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn travel(db: &mut PgConnection, (program_id, id): Key) -> Result<Option<Travel>> {
    Ok(sqlx::query_as!(
        Travel,
        r#"select v.words, (v.written_at at time zone z.time_zone)::date as "written_on!"
           from trip_travel v join programs z on z.id = v.program_id
           where v.program_id = $1 and v.trip_id = $2"#,
        program_id as ProgramId,
        id as FieldTripId
    )
    .fetch_optional(db)
    .await?)
}

/// Writes how they get there over what stood there; nothing where there are no words.
pub(super) async fn write_travel(
    db: &mut PgConnection,
    (program_id, id): Key,
    words: &str,
    now: OffsetDateTime,
) -> Result<()> {
    if words.is_empty() {
        sqlx::query!(
            "delete from trip_travel where program_id = $1 and trip_id = $2",
            program_id as ProgramId,
            id as FieldTripId
        )
        .execute(db)
        .await?;
        return Ok(());
    }
    sqlx::query!(
        "insert into trip_travel (program_id, trip_id, words, written_at) values ($1, $2, $3, $4)
         on conflict (program_id, trip_id) do update set words = excluded.words, written_at = excluded.written_at",
        program_id as ProgramId,
        id as FieldTripId,
        words,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What those who go need, as far as it is this reader's to read: their own, and of a trip they planned all of it, as
/// long as it is ahead and its day is not over.
pub(super) async fn needs(
    db: &mut PgConnection,
    (program_id, id): Key,
    reader: ParticipationId,
    today: Date,
) -> Result<Vec<Needs>> {
    Ok(sqlx::query_as!(
        Needs,
        r#"select n.participation_id as "participation_id: ParticipationId", p.name, n.words
           from access_needs n
           join field_trips f on f.program_id = n.program_id and f.id = n.trip_id
           join participations t on t.program_id = n.program_id and t.id = n.participation_id
           join people p on p.id = t.person_id
           where n.program_id = $1 and n.trip_id = $2
             and (n.participation_id = $3
                  or f.created_by = $3 and f.state in ('planned', 'confirmed', 'postponed') and f.on_date >= $4)
           order by p.name, t.id"#,
        program_id as ProgramId,
        id as FieldTripId,
        reader as ParticipationId,
        today
    )
    .fetch_all(db)
    .await?)
}

/// Writes what somebody needs over what stood there; nothing where there are no words.
pub(super) async fn write_needs(
    db: &mut PgConnection,
    (program_id, id): Key,
    of: ParticipationId,
    words: &str,
    now: OffsetDateTime,
) -> Result<()> {
    if words.is_empty() {
        sqlx::query!(
            "delete from access_needs where program_id = $1 and trip_id = $2 and participation_id = $3",
            program_id as ProgramId,
            id as FieldTripId,
            of as ParticipationId
        )
        .execute(db)
        .await?;
        return Ok(());
    }
    sqlx::query!(
        "insert into access_needs (program_id, trip_id, participation_id, words, written_at) values ($1, $2, $3, $4, $5)
         on conflict (program_id, trip_id, participation_id) do update
         set words = excluded.words, written_at = excluded.written_at",
        program_id as ProgramId,
        id as FieldTripId,
        of as ParticipationId,
        words,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The trip is over or called off: what people needed there is nobody's business any more.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn forget(db: &mut PgConnection, (program_id, id): Key) -> Result<()> {
    sqlx::query!(
        "delete from access_needs where program_id = $1 and trip_id = $2",
        program_id as ProgramId,
        id as FieldTripId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The same for all the trips of a group that are called off.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn forget_called_off(db: &mut PgConnection, program_id: ProgramId, group: GroupId) -> Result<()> {
    sqlx::query!(
        "delete from access_needs n
         where n.program_id = $1 and n.trip_id in (select f.id from field_trips f
                                                   where f.program_id = $1 and f.group_id = $2 and f.state = 'cancelled')",
        program_id as ProgramId,
        group as GroupId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Other people go by now: what the others needed goes with them.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn keep_goers(db: &mut PgConnection, (program_id, id): Key) -> Result<()> {
    sqlx::query!(
        "delete from access_needs n
         where n.program_id = $1 and n.trip_id = $2
           and not exists (select from trip_goers w
                           where w.program_id = $1 and w.trip_id = $2 and w.participation_id = n.participation_id)",
        program_id as ProgramId,
        id as FieldTripId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What people needed on trips whose day is over or that are off, and what those needed who belong to the group no more.
/// Whoever is on hold keeps their place, and this with it.
pub(super) async fn forget_past(db: &mut PgConnection, programs: &[ProgramId], now: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "delete from access_needs n using field_trips f, programs z
         where n.program_id = any($2) and f.program_id = any($2) and z.id = any($2)
           and f.program_id = n.program_id and f.id = n.trip_id and z.id = n.program_id
           and (f.state not in ('planned', 'confirmed', 'postponed')
                or f.on_date < ($1 at time zone z.time_zone)::date
                or not exists (select from memberships m
                               join participations t on t.program_id = m.program_id and t.id = m.participation_id
                               where m.program_id = any($2) and t.program_id = any($2)
                                 and m.program_id = n.program_id and m.group_id = f.group_id
                                 and m.participation_id = n.participation_id and m.joined_on is not null
                                 and m.left_on is null and t.state in ('joined', 'on_hold')))",
        now,
        programs as &[ProgramId]
    )
    .execute(db)
    .await?;
    Ok(())
}
