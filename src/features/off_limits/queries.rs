//! Every statement that writes `off_limits`, and the list of one person.
use crate::base::{
    error::Result,
    ids::{GroupId, OffLimitsId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// An area to stay away from.
#[derive(Debug)]
pub(super) struct Area {
    pub(super) id: OffLimitsId,
    pub(super) words: String,
}

pub(super) async fn areas(db: &mut PgConnection, program_id: ProgramId, of: ParticipationId) -> Result<Vec<Area>> {
    Ok(sqlx::query_as!(
        Area,
        r#"select id as "id: OffLimitsId", words from off_limits
           where program_id = $1 and participation_id = $2 order by set_at, id"#,
        program_id as ProgramId,
        of as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// What one person wants left alone, in the order in which they said it.
pub(crate) async fn of_person(
    db: &mut PgConnection,
    program_id: ProgramId,
    of: ParticipationId,
) -> Result<Vec<String>> {
    Ok(areas(db, program_id, of).await?.into_iter().map(|area| area.words).collect())
}

/// What each open member of a group wants left alone.
pub(crate) async fn of_group(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
) -> Result<Vec<(ParticipationId, String)>> {
    let rows = sqlx::query!(
        r#"select o.participation_id as "participation_id: ParticipationId", o.words
           from off_limits o
           join memberships m on m.program_id = o.program_id and m.participation_id = o.participation_id
           where o.program_id = $1 and m.group_id = $2 and m.joined_on is not null and m.left_on is null
           order by o.set_at, o.id"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.participation_id, row.words)).collect())
}

/// Changes nothing when an area with this id is there already.
pub(super) async fn insert(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, OffLimitsId),
    of: ParticipationId,
    words: &str,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into off_limits (program_id, id, participation_id, words, set_at) values ($1, $2, $3, $4, $5)
         on conflict (program_id, id) do nothing",
        program_id as ProgramId,
        id as OffLimitsId,
        of as ParticipationId,
        words,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `false` when this person has no such area.
pub(super) async fn delete(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, OffLimitsId),
    of: ParticipationId,
) -> Result<bool> {
    let done = sqlx::query!(
        "delete from off_limits where program_id = $1 and id = $2 and participation_id = $3",
        program_id as ProgramId,
        id as OffLimitsId,
        of as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
