//! Every statement that writes `observation_notes` and `observation_note_texts`.
use super::model::{Key, Mine, Notes, Observation, OnElement, Typed};
use crate::base::{
    error::Result,
    ids::{ElementId, FieldTripId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// The observation, if this trip is one.
pub(super) async fn observation(db: &mut PgConnection, (program_id, id): Key) -> Result<Option<Observation>> {
    Ok(sqlx::query_as!(
        Observation,
        r#"select f.group_id as "group_id: GroupId", f.state in ('confirmed', 'completed', 'reported') as "stands!",
                  f.on_date, f.starts_time, o.id as "observer_id: ParticipationId", op.name as observer,
                  d.id as "observed_id: ParticipationId", dp.name as observed, z.time_zone
           from field_trips f
           join programs z on z.id = f.program_id
           join participations o on o.program_id = f.program_id and o.id = f.observer_id
           join people op on op.id = o.person_id
           join participations d on d.program_id = f.program_id and d.id = f.observed_id
           join people dp on dp.id = d.person_id
           where f.program_id = $1 and f.id = $2"#,
        program_id as ProgramId,
        id as FieldTripId
    )
    .fetch_optional(db)
    .await?)
}

/// The group of a trip, whatever kind it is; taken for this transaction.
pub(super) async fn lock(db: &mut PgConnection, (program_id, id): Key) -> Result<Option<GroupId>> {
    Ok(sqlx::query_scalar!(
        r#"select group_id as "group_id: GroupId" from field_trips where program_id = $1 and id = $2 for update"#,
        program_id as ProgramId,
        id as FieldTripId
    )
    .fetch_optional(db)
    .await?)
}

/// The group of a trip, whatever kind it is.
pub(super) async fn group_of(db: &mut PgConnection, (program_id, id): Key) -> Result<Option<GroupId>> {
    Ok(sqlx::query_scalar!(
        r#"select group_id as "group_id: GroupId" from field_trips where program_id = $1 and id = $2"#,
        program_id as ProgramId,
        id as FieldTripId
    )
    .fetch_optional(db)
    .await?)
}

/// The notes that somebody took or was handed, whatever became of the group: the last first.
pub(super) async fn mine(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<Vec<Mine>> {
    Ok(sqlx::query_as!(
        Mine,
        r#"select f.id as "trip_id: FieldTripId", f.on_date, o.id as "observer_id: ParticipationId", op.name as observer,
                  dp.name as observed, n.handed_at, n.drop_asked_by as "drop_asked_by: ParticipationId"
           from field_trips f
           join observation_notes n on n.program_id = f.program_id and n.trip_id = f.id
           join participations o on o.program_id = f.program_id and o.id = f.observer_id
           join people op on op.id = o.person_id
           join participations d on d.program_id = f.program_id and d.id = f.observed_id
           join people dp on dp.id = d.person_id
           where f.program_id = $1 and (f.observer_id = $2 or f.observed_id = $2 and n.handed_at is not null)
           order by f.on_date desc, f.id desc limit 100"#,
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// Whether somebody reads the pages of a group now.
pub(super) async fn reads_group(
    db: &mut PgConnection,
    (program_id, group): (ProgramId, GroupId),
    who: ParticipationId,
) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from memberships m
                          join participations t on t.program_id = m.program_id and t.id = m.participation_id
                          where m.program_id = $1 and m.group_id = $2 and m.participation_id = $3
                            and m.joined_on is not null and m.left_on is null
                            and t.state in ('joined', 'on_hold')) as "reads!""#,
        program_id as ProgramId,
        group as GroupId,
        who as ParticipationId
    )
    .fetch_one(db)
    .await?)
}

/// The notes of an observation, if there are any.
pub(super) async fn notes(db: &mut PgConnection, (program_id, id): Key) -> Result<Option<Notes>> {
    Ok(sqlx::query_as!(
        Notes,
        r#"select log, handed_at, drop_asked_by as "drop_asked_by: ParticipationId"
           from observation_notes where program_id = $1 and trip_id = $2"#,
        program_id as ProgramId,
        id as FieldTripId
    )
    .fetch_optional(db)
    .await?)
}

/// What the observation is about with what is noted on each, in the order of proposing; for who came later than an
/// element was shown to the group, only if something is noted on it.
pub(super) async fn elements(
    db: &mut PgConnection,
    (program_id, id): Key,
    shown_since: Option<Date>,
) -> Result<Vec<OnElement>> {
    Ok(sqlx::query_as!(
        OnElement,
        r#"select e.id as "id: ElementId", e.title, coalesce(n.words, '') as "words!"
           from elements e
           join programs z on z.id = e.program_id
           left join trip_elements f on f.program_id = e.program_id and f.element_id = e.id and f.trip_id = $2
           left join observation_note_texts n on n.program_id = e.program_id and n.element_id = e.id and n.trip_id = $2
           where e.program_id = $1
             and (n.element_id is not null
                  or f.element_id is not null
                     and ($3::date is null or (coalesce(e.shown_at, e.proposed_at) at time zone z.time_zone)::date >= $3))
           order by e.proposed_at, e.id"#,
        program_id as ProgramId,
        id as FieldTripId,
        shown_since
    )
    .fetch_all(db)
    .await?)
}

/// Writes notes over those that were there; handed over at once, or not yet.
pub(super) async fn write(
    db: &mut PgConnection,
    (program_id, id): Key,
    typed: &Typed,
    hands_over: bool,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into observation_notes (program_id, trip_id, log, written_at, handed_at) values ($1, $2, $3, $4, $5)
         on conflict (program_id, trip_id) do update
         set log = excluded.log, written_at = excluded.written_at, handed_at = excluded.handed_at",
        program_id as ProgramId,
        id as FieldTripId,
        typed.log,
        now,
        hands_over.then_some(now)
    )
    .execute(&mut *db)
    .await?;
    delete_texts(db, (program_id, id)).await?;
    let (ids, words): (Vec<ElementId>, Vec<String>) = typed.texts.iter().cloned().unzip();
    sqlx::query!(
        "insert into observation_note_texts (program_id, trip_id, element_id, words)
         select $1, $2, n.element_id, n.words from unnest($3::uuid[], $4::text[]) as n (element_id, words)",
        program_id as ProgramId,
        id as FieldTripId,
        &ids as &[ElementId],
        &words
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn delete_texts(db: &mut PgConnection, (program_id, id): Key) -> Result<()> {
    sqlx::query!(
        "delete from observation_note_texts where program_id = $1 and trip_id = $2",
        program_id as ProgramId,
        id as FieldTripId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes the notes, and all that tells of them.
pub(super) async fn delete(db: &mut PgConnection, (program_id, id): Key) -> Result<()> {
    delete_texts(db, (program_id, id)).await?;
    sqlx::query!(
        "delete from observation_notes where program_id = $1 and trip_id = $2",
        program_id as ProgramId,
        id as FieldTripId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes down who would like the notes to be deleted, or that nobody does.
pub(super) async fn ask_to_delete(
    db: &mut PgConnection,
    (program_id, id): Key,
    by: Option<ParticipationId>,
) -> Result<()> {
    sqlx::query!(
        "update observation_notes set drop_asked_by = $3
         where program_id = $1 and trip_id = $2 and handed_at is not null",
        program_id as ProgramId,
        id as FieldTripId,
        by as Option<ParticipationId>
    )
    .execute(db)
    .await?;
    Ok(())
}
