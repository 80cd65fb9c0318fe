//! What the giver writes.
use super::super::model::{Draft, Format, Occasion, Words};
use super::{Key, Pair};
use crate::base::{
    error::Result,
    ids::{ElementId, FeedbackId, GroupId, ParticipationId, ProgramId},
};
use serde_json::Value;
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

/// What a draft holds.
#[derive(Debug, Clone, Copy)]
pub enum Writing<'a> {
    /// As typed so far, in this format, whatever it is.
    AsTyped(Format, &'a Value),
    /// Read through: it could be shared.
    Checked(&'a Draft),
}

/// Which window keeps a draft. A draft is written over by the window that kept it last, and by one that
/// opened it since.
#[derive(Debug, Clone, Copy, Default)]
pub struct Window {
    pub id: Uuid,
    /// How often the draft had been kept when this window opened it.
    pub after: i32,
}

/// Adds a draft or writes over it. `false`: another window kept it meanwhile, or it is no draft of this
/// giver's to that receiver any more; nothing was written.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn put_draft(
    db: &mut PgConnection,
    key: Key,
    pair: Pair,
    (writing, window): (Writing<'_>, Window),
    now: OffsetDateTime,
) -> Result<bool> {
    let (format, typed, draft) = match writing {
        Writing::AsTyped(format, typed) => (format, Some(typed), None),
        Writing::Checked(draft) => (draft.format, None, Some(draft)),
    };
    let (meeting_id, trip_id) = draft.map_or((None, None), |draft| columns(draft.occasion));
    let done = sqlx::query!(
        "insert into feedback (program_id, id, group_id, giver_id, receiver_id, mode, format, happened_on, meeting_id, trip_id,
                not_agreed, typed, state, created_at, kept_by, kept_at, kept_times)
         values ($1, $2, $3, $4, $5, 'written', $6, $7, $8, $9, $10, $11, 'draft', $12, $13, $12, 1)
         on conflict (program_id, id) do update
         set format = $6, happened_on = $7, meeting_id = $8, trip_id = $9, not_agreed = $10, typed = $11, kept_by = $13,
             kept_at = $12, kept_times = feedback.kept_times + 1
         where feedback.group_id = $3 and feedback.giver_id = $4 and feedback.receiver_id = $5 and feedback.state = 'draft'
           and (feedback.kept_by = $13 or feedback.kept_times = $14)",
        key.program as ProgramId,
        key.id as FeedbackId,
        key.group as GroupId,
        pair.giver as ParticipationId,
        pair.receiver as ParticipationId,
        format as Format,
        draft.map(|draft| draft.happened_on),
        meeting_id,
        trip_id,
        draft.map_or("", |draft| draft.not_agreed.as_str()),
        typed,
        now,
        window.id,
        window.after
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    if let Some(draft) = draft {
        put_texts(db, key, pair.receiver, &draft.texts).await?;
    }
    Ok(true)
}

/// A draft as it was typed, and how often it was kept. `typed` is `None` once it is read through.
#[derive(Debug)]
pub struct KeptDraft {
    pub typed: Option<Value>,
    pub kept_times: i32,
}

/// A draft of this giver's.
///
/// # Errors
/// When the database does not answer.
pub async fn kept_draft(db: &mut PgConnection, key: Key, giver: ParticipationId) -> Result<Option<KeptDraft>> {
    Ok(sqlx::query_as!(
        KeptDraft,
        "select typed, kept_times from feedback
         where program_id = $1 and group_id = $2 and id = $3 and giver_id = $4 and state = 'draft'",
        key.program as ProgramId,
        key.group as GroupId,
        key.id as FeedbackId,
        giver as ParticipationId
    )
    .fetch_optional(db)
    .await?)
}

/// Keeps what the receiver noted for themselves on an element that stays.
pub(super) async fn put_texts(
    db: &mut PgConnection,
    key: Key,
    receiver: ParticipationId,
    texts: &[(ElementId, Words)],
) -> Result<()> {
    let ids: Vec<ElementId> = texts.iter().map(|(id, _)| *id).collect();
    let words: Vec<Value> = texts.iter().map(|(_, words)| words.to_value()).collect();
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

/// `draft → shared`, once it is read through as it stands.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn share_draft(db: &mut PgConnection, key: Key, giver: ParticipationId, now: OffsetDateTime) -> Result<bool> {
    crate::change_one!(
        db,
        key as FeedbackId,
        "update feedback set state = 'shared', shared_at = $5, kept_by = null, kept_at = null
         where program_id = $1 and group_id = $2 and id = $3 and giver_id = $4 and state = 'draft' and typed is null",
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
         where program_id = $1 and group_id = $2 and id = $3 and giver_id = $4 and state = 'shared' and opened_at is null
           and reported_at is null", giver as ParticipationId)
}
