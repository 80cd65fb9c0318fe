//! What the giver writes.
use super::super::model::{Draft, Format, Occasion, Words};
use super::{Key, Pair};
use crate::base::{
    error::Result,
    ids::{ElementId, FeedbackId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) const fn columns(occasion: Occasion) -> (Option<Uuid>, Option<Uuid>) {
    match occasion {
        Occasion::Meeting(id) => (Some(id), None),
        Occasion::Trip(id) => (None, Some(id)),
        Occasion::Elsewhere => (None, None),
    }
}

/// Adds a draft; `false` when its id is there already.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert_draft(
    db: &mut PgConnection,
    key: Key,
    pair: Pair,
    draft: &Draft,
    now: OffsetDateTime,
) -> Result<bool> {
    let (meeting_id, trip_id) = columns(draft.occasion);
    let done = sqlx::query!(
        "insert into feedback (program_id, id, group_id, giver_id, receiver_id, mode, format, happened_on, meeting_id, trip_id,
                not_agreed, state, created_at)
         values ($1, $2, $3, $4, $5, 'written', $6, $7, $8, $9, $10, 'draft', $11)
         on conflict (program_id, id) do nothing",
        key.program as ProgramId,
        key.id as FeedbackId,
        key.group as GroupId,
        pair.giver as ParticipationId,
        pair.receiver as ParticipationId,
        draft.format as Format,
        draft.happened_on,
        meeting_id,
        trip_id,
        draft.not_agreed,
        now
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    put_texts(db, key, pair.receiver, &draft.texts).await?;
    Ok(true)
}

/// Writes over a draft of this giver's; `false` when it is no draft of theirs any more.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn update_draft(db: &mut PgConnection, key: Key, pair: Pair, draft: &Draft) -> Result<bool> {
    let (meeting_id, trip_id) = columns(draft.occasion);
    let done = sqlx::query!(
        "update feedback set format = $5, happened_on = $6, meeting_id = $7, trip_id = $8, not_agreed = $9
         where program_id = $1 and group_id = $2 and id = $3 and giver_id = $4 and state = 'draft'",
        key.program as ProgramId,
        key.group as GroupId,
        key.id as FeedbackId,
        pair.giver as ParticipationId,
        draft.format as Format,
        draft.happened_on,
        meeting_id,
        trip_id,
        draft.not_agreed
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    put_texts(db, key, pair.receiver, &draft.texts).await?;
    Ok(true)
}

/// Keeps what the receiver noted for themselves on an element that stays.
pub(super) async fn put_texts(
    db: &mut PgConnection,
    key: Key,
    receiver: ParticipationId,
    texts: &[(ElementId, Words)],
) -> Result<()> {
    let ids: Vec<ElementId> = texts.iter().map(|(id, _)| *id).collect();
    let words: Vec<serde_json::Value> = texts.iter().map(|(_, words)| words.to_value()).collect();
    sqlx::query!(
        "delete from feedback_texts where program_id = $1 and feedback_id = $2 and element_id <> all ($3)",
        key.program as ProgramId,
        key.id as FeedbackId,
        &ids as &[ElementId]
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into feedback_texts (program_id, feedback_id, receiver_id, element_id, words)
         select $1, $2, $3, t.element_id, t.words from unnest($4::uuid[], $5::jsonb[]) as t (element_id, words)
         on conflict (program_id, feedback_id, element_id) do update set words = excluded.words",
        key.program as ProgramId,
        key.id as FeedbackId,
        receiver as ParticipationId,
        &ids as &[ElementId],
        &words
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Throws a draft away, with its texts.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn discard_draft(db: &mut PgConnection, key: Key, giver: ParticipationId) -> Result<bool> {
    crate::change_one!(
        db,
        key as FeedbackId,
        "delete from feedback where program_id = $1 and group_id = $2 and id = $3 and giver_id = $4 and state = 'draft'",
        giver as ParticipationId
    )
}

/// `draft → shared`.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn share_draft(db: &mut PgConnection, key: Key, giver: ParticipationId, now: OffsetDateTime) -> Result<bool> {
    crate::change_one!(
        db,
        key as FeedbackId,
        "update feedback set state = 'shared', shared_at = $5
         where program_id = $1 and group_id = $2 and id = $3 and giver_id = $4 and state = 'draft'",
        giver as ParticipationId,
        now
    )
}

/// `shared → draft`, as long as nobody opened it. Of this and an opening at the same moment
/// exactly one finds its row.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn take_back(db: &mut PgConnection, key: Key, giver: ParticipationId) -> Result<bool> {
    crate::change_one!(db, key as FeedbackId, "update feedback set state = 'draft', shared_at = null
         where program_id = $1 and group_id = $2 and id = $3 and giver_id = $4 and state = 'shared' and opened_at is null", giver as ParticipationId)
}
