//! Every statement that writes `item_times`. Who writes holds the meeting, so that two phones come one after the other.
use super::model::ItemTime;
use crate::base::{
    error::Result,
    ids::{AgendaItemId, MeetingId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// When the items of a meeting began and ended, in the order in which they began.
///
/// # Errors
/// When the database does not answer.
pub async fn times_of(db: &mut PgConnection, program_id: ProgramId, meeting_id: MeetingId) -> Result<Vec<ItemTime>> {
    Ok(sqlx::query_as!(
        ItemTime,
        r#"select item_id as "item_id: AgendaItemId", started_at, ended_at, skipped from item_times
           where program_id = $1 and meeting_id = $2 order by started_at, item_id"#,
        program_id as ProgramId,
        meeting_id as MeetingId
    )
    .fetch_all(db)
    .await?)
}

/// An item begins.
pub(super) async fn begin(
    db: &mut PgConnection,
    program_id: ProgramId,
    meeting_id: MeetingId,
    (item_id, at): (AgendaItemId, OffsetDateTime),
) -> Result<()> {
    sqlx::query!(
        "insert into item_times (program_id, item_id, meeting_id, started_at) values ($1, $2, $3, $4)
         on conflict do nothing",
        program_id as ProgramId,
        item_id as AgendaItemId,
        meeting_id as MeetingId,
        at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An item that runs is over, or skipped: since when it ran; `None` when it was over before.
pub(super) async fn end(
    db: &mut PgConnection,
    program_id: ProgramId,
    meeting_id: MeetingId,
    (item_id, skipped): (AgendaItemId, bool),
    at: OffsetDateTime,
) -> Result<Option<OffsetDateTime>> {
    Ok(sqlx::query_scalar!(
        "update item_times set ended_at = greatest($5, started_at), skipped = $4
         where program_id = $1 and meeting_id = $2 and item_id = $3 and ended_at is null returning started_at",
        program_id as ProgramId,
        meeting_id as MeetingId,
        item_id as AgendaItemId,
        skipped,
        at
    )
    .fetch_optional(db)
    .await?)
}

/// An item that was over runs on, as if nobody had pressed; what began after it has not begun.
pub(super) async fn go_back(
    db: &mut PgConnection,
    program_id: ProgramId,
    meeting_id: MeetingId,
    item_id: AgendaItemId,
) -> Result<()> {
    sqlx::query!(
        "delete from item_times where program_id = $1 and meeting_id = $2 and ended_at is null",
        program_id as ProgramId,
        meeting_id as MeetingId
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update item_times set ended_at = null, skipped = false
         where program_id = $1 and meeting_id = $2 and item_id = $3",
        program_id as ProgramId,
        meeting_id as MeetingId,
        item_id as AgendaItemId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets when the items of a meeting ran: once it is logged, which holds their minutes, and when it moves.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(db: &mut PgConnection, program_id: ProgramId, meeting_id: MeetingId) -> Result<()> {
    sqlx::query!(
        "delete from item_times where program_id = $1 and meeting_id = $2",
        program_id as ProgramId,
        meeting_id as MeetingId
    )
    .execute(db)
    .await?;
    Ok(())
}
