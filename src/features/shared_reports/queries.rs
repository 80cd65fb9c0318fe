//! Every statement that writes `shared_reports` and `shared_report_yeses`.
use super::model::{Share, Went};
use crate::base::{
    error::Result,
    ids::{FieldTripId, ParticipationId, ProgramId},
};
use crate::features::trips::TripKind;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

pub(super) type Key = (ProgramId, FieldTripId);

/// What is proposed or shared of a trip.
pub(super) async fn share(db: &mut PgConnection, (program_id, trip_id): Key) -> Result<Option<Share>> {
    Ok(sqlx::query_as!(
        Share,
        r#"select s.words, s.proposed_by as "proposed_by: ParticipationId", p.name as proposer, s.proposed_at, s.shared_at
           from shared_reports s
           join participations t on t.program_id = s.program_id and t.id = s.proposed_by
           join people p on p.id = t.person_id
           where s.program_id = $1 and s.trip_id = $2"#,
        program_id as ProgramId,
        trip_id as FieldTripId
    )
    .fetch_optional(db)
    .await?)
}

/// Who went and is an open member of the group, by name.
pub(super) async fn went(db: &mut PgConnection, (program_id, trip_id): Key) -> Result<Vec<Went>> {
    Ok(sqlx::query_as!(
        Went,
        r#"select t.id as "id: ParticipationId", p.name, y.said_at is not null as "has_agreed!"
           from trip_goers w
           join field_trips f on f.program_id = w.program_id and f.id = w.trip_id
           join memberships m on m.program_id = f.program_id and m.group_id = f.group_id
                and m.participation_id = w.participation_id and m.joined_on is not null and m.left_on is null
           join participations t on t.program_id = w.program_id and t.id = w.participation_id and t.state = 'joined'
           join people p on p.id = t.person_id
           left join shared_report_yeses y on y.program_id = w.program_id and y.trip_id = w.trip_id
                and y.participation_id = w.participation_id
           where w.program_id = $1 and w.trip_id = $2
           order by p.name, t.id"#,
        program_id as ProgramId,
        trip_id as FieldTripId
    )
    .fetch_all(db)
    .await?)
}

/// Puts words to those who went, of a visit that is written up and of which the program reads nothing yet. What was
/// agreed to other words is gone.
pub(super) async fn propose(
    db: &mut PgConnection,
    (program_id, trip_id): Key,
    words: &str,
    (by, now): (ParticipationId, OffsetDateTime),
) -> Result<bool> {
    sqlx::query!(
        "delete from shared_report_yeses y using shared_reports s
         where y.program_id = $1 and y.trip_id = $2 and s.program_id = y.program_id and s.trip_id = y.trip_id
           and s.shared_at is null",
        program_id as ProgramId,
        trip_id as FieldTripId
    )
    .execute(&mut *db)
    .await?;
    let done = sqlx::query!(
        "insert into shared_reports (program_id, trip_id, words, proposed_by, proposed_at)
         select program_id, id, $3, $4, $5 from field_trips
         where program_id = $1 and id = $2 and state = 'reported' and kind <> 'observation'
         on conflict (program_id, trip_id) do update
         set words = excluded.words, proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at
         where shared_reports.shared_at is null",
        program_id as ProgramId,
        trip_id as FieldTripId,
        words,
        by as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Somebody who went agrees to the words.
pub(super) async fn agree(
    db: &mut PgConnection,
    (program_id, trip_id): Key,
    (by, now): (ParticipationId, OffsetDateTime),
) -> Result<()> {
    sqlx::query!(
        "insert into shared_report_yeses (program_id, trip_id, participation_id, said_at)
         select program_id, trip_id, participation_id, $4 from trip_goers
         where program_id = $1 and trip_id = $2 and participation_id = $3
         on conflict do nothing",
        program_id as ProgramId,
        trip_id as FieldTripId,
        by as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// From now on the program reads it.
pub(super) async fn share_now(db: &mut PgConnection, (program_id, trip_id): Key, now: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "update shared_reports set shared_at = $3 where program_id = $1 and trip_id = $2 and shared_at is null",
        program_id as ProgramId,
        trip_id as FieldTripId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes it back, whether the program reads it or it was proposed; `false` when there is nothing.
pub(super) async fn take_back(db: &mut PgConnection, (program_id, trip_id): Key) -> Result<bool> {
    let done = sqlx::query!(
        "delete from shared_reports where program_id = $1 and trip_id = $2",
        program_id as ProgramId,
        trip_id as FieldTripId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The same by one of those who went, or who put it into words: whatever became of their part, the group and the
/// program. Others' words are theirs to take back once the program reads them.
pub(super) async fn take_own_back(
    db: &mut PgConnection,
    (program_id, trip_id): Key,
    me: ParticipationId,
) -> Result<bool> {
    let done = sqlx::query!(
        "delete from shared_reports s
         where s.program_id = $1 and s.trip_id = $2
           and (s.proposed_by = $3
                or s.shared_at is not null
                   and exists (select from trip_goers w
                               where w.program_id = $1 and w.trip_id = $2 and w.participation_id = $3))",
        program_id as ProgramId,
        trip_id as FieldTripId,
        me as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What somebody can take back.
#[derive(Debug)]
pub(super) struct OwnReport {
    pub(super) trip_id: FieldTripId,
    pub(super) group_name: String,
    pub(super) kind: TripKind,
    pub(super) on_date: Date,
    pub(super) is_shared: bool,
}

/// All that somebody can take back: what they put into words, and what the program reads of a visit they went on.
pub(super) async fn own(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<Vec<OwnReport>> {
    Ok(sqlx::query_as!(
        OwnReport,
        r#"select s.trip_id as "trip_id: FieldTripId", g.name as group_name, f.kind as "kind: TripKind", f.on_date,
                  s.shared_at is not null as "is_shared!"
           from shared_reports s
           join field_trips f on f.program_id = s.program_id and f.id = s.trip_id
           join groups g on g.program_id = f.program_id and g.id = f.group_id
           where s.program_id = $1
             and (s.proposed_by = $2
                  or s.shared_at is not null
                     and exists (select from trip_goers w
                                 where w.program_id = $1 and w.trip_id = s.trip_id and w.participation_id = $2))
           order by f.on_date desc, s.trip_id desc limit 100"#,
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// A report as the program reads it.
#[derive(Debug)]
pub(super) struct SharedReport {
    pub(super) trip_id: FieldTripId,
    pub(super) group_name: String,
    pub(super) kind: TripKind,
    pub(super) on_date: Date,
    pub(super) words: String,
}

/// What groups share of their visits, the last shared first, from below one of them on.
pub(super) async fn shared(
    db: &mut PgConnection,
    program_id: ProgramId,
    below: Option<FieldTripId>,
    most: i64,
) -> Result<Vec<SharedReport>> {
    Ok(sqlx::query_as!(
        SharedReport,
        r#"select s.trip_id as "trip_id: FieldTripId", g.name as group_name, f.kind as "kind: TripKind", f.on_date, s.words
           from shared_reports s
           join field_trips f on f.program_id = s.program_id and f.id = s.trip_id
           join groups g on g.program_id = f.program_id and g.id = f.group_id
           where s.program_id = $1 and s.shared_at is not null
             and ($2::uuid is null
                  or (s.shared_at, s.trip_id) < (select b.shared_at, b.trip_id from shared_reports b
                                                 where b.program_id = $1 and b.trip_id = $2))
           order by s.shared_at desc, s.trip_id desc limit $3"#,
        program_id as ProgramId,
        below as Option<FieldTripId>,
        most
    )
    .fetch_all(db)
    .await?)
}
