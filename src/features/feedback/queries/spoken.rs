//! What was said, as one of the two logs it and the other confirms it or not.
use super::super::model::{Draft, Format, Words};
use super::drafts::{columns, put_texts};
use super::{Key, Pair};
use crate::base::{
    error::Result,
    ids::{ElementId, FeedbackId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Logs what was said; `false` when its id is there already.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert_said(
    db: &mut PgConnection,
    key: Key,
    (pair, logged_by): (Pair, ParticipationId),
    draft: &Draft,
    now: OffsetDateTime,
) -> Result<bool> {
    let (meeting_id, trip_id) = columns(draft.occasion);
    let done = sqlx::query!(
        "insert into feedback (program_id, id, group_id, giver_id, receiver_id, mode, logged_by_id, format, happened_on,
                meeting_id, trip_id, not_agreed, state, created_at, shared_at)
         values ($1, $2, $3, $4, $5, 'spoken', $6, $7, $8, $9, $10, $11, 'logged', $12, $12)
         on conflict (program_id, id) do nothing",
        key.program as ProgramId,
        key.id as FeedbackId,
        key.group as GroupId,
        pair.giver as ParticipationId,
        pair.receiver as ParticipationId,
        logged_by as ParticipationId,
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

/// Writes over what this person logged; `false` when the other has said whether it was so, or it is not theirs.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn update_said(
    db: &mut PgConnection,
    key: Key,
    (receiver, logged_by): (ParticipationId, ParticipationId),
    draft: &Draft,
    now: OffsetDateTime,
) -> Result<bool> {
    let (meeting_id, trip_id) = columns(draft.occasion);
    let done = sqlx::query!(
        "update feedback set format = $5, happened_on = $6, meeting_id = $7, trip_id = $8, not_agreed = $9, shared_at = $10
         where program_id = $1 and group_id = $2 and id = $3 and logged_by_id = $4 and state = 'logged'
           and reported_at is null",
        key.program as ProgramId,
        key.group as GroupId,
        key.id as FeedbackId,
        logged_by as ParticipationId,
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
    put_texts(db, key, receiver, &draft.texts).await?;
    Ok(true)
}

/// Takes back what this person logged; `false` when the other has said whether it was so, or it is not theirs.
///
/// # Errors
/// When the database does not answer.
pub async fn remove_said(db: &mut PgConnection, key: Key, logged_by: ParticipationId) -> Result<bool> {
    crate::change_one!(
        db,
        key as FeedbackId,
        "delete from feedback where program_id = $1 and group_id = $2 and id = $3 and logged_by_id = $4 and state = 'logged'
           and reported_at is null",
        logged_by as ParticipationId
    )
}

/// `logged → confirmed`, by the one of the two who did not log it; `false` when these are no longer the words that
/// wait: they were logged at another time.
///
/// # Errors
/// When the database does not answer.
pub async fn confirm_said(
    db: &mut PgConnection,
    key: Key,
    by: ParticipationId,
    logged_at: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<bool> {
    crate::change_one!(
        db,
        key as FeedbackId,
        "update feedback set state = 'confirmed', opened_at = $6
         where program_id = $1 and group_id = $2 and id = $3 and $4 in (giver_id, receiver_id) and logged_by_id <> $4
           and state = 'logged' and shared_at = $5",
        by as ParticipationId,
        logged_at,
        now
    )
}

/// `logged → disputed`, under the same conditions as [`confirm_said`].
///
/// # Errors
/// When the database does not answer.
pub async fn dispute_said(
    db: &mut PgConnection,
    key: Key,
    by: ParticipationId,
    logged_at: OffsetDateTime,
) -> Result<bool> {
    crate::change_one!(
        db,
        key as FeedbackId,
        "update feedback set state = 'disputed'
         where program_id = $1 and group_id = $2 and id = $3 and $4 in (giver_id, receiver_id) and logged_by_id <> $4
           and state = 'logged' and shared_at = $5",
        by as ParticipationId,
        logged_at
    )
}

/// `disputed → confirmed` by the one who logged it, with the words as the other remembers them.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn accept_said(
    db: &mut PgConnection,
    key: Key,
    (receiver, logged_by): (ParticipationId, ParticipationId),
    (texts, not_agreed): (&[(ElementId, Words)], &str),
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "update feedback set state = 'confirmed', opened_at = $5, not_agreed = $6
         where program_id = $1 and group_id = $2 and id = $3 and logged_by_id = $4 and state = 'disputed'
           and reported_at is null",
        key.program as ProgramId,
        key.group as GroupId,
        key.id as FeedbackId,
        logged_by as ParticipationId,
        now,
        not_agreed
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    put_texts(db, key, receiver, texts).await?;
    Ok(true)
}
