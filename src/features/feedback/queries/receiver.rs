//! What the receiver writes.
use super::super::model::answer::{Answer, View};
use super::Key;
use crate::base::{
    error::Result,
    ids::{ElementId, FeedbackId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Opens an item; `false` when it was opened before, taken back, or is not this person's.
pub(in super::super) async fn open(
    db: &mut PgConnection,
    key: Key,
    receiver: ParticipationId,
    now: OffsetDateTime,
) -> Result<bool> {
    crate::change_one!(db, key as FeedbackId, "update feedback set opened_at = $5
         where program_id = $1 and group_id = $2 and id = $3 and receiver_id = $4 and state = 'shared' and opened_at is null", receiver as ParticipationId,
        now)
}

/// Takes an item that its receiver has not opened for this transaction; `false` when it is none.
pub(in super::super) async fn still_unopened(
    db: &mut PgConnection,
    key: Key,
    receiver: ParticipationId,
) -> Result<bool> {
    let there = sqlx::query_scalar!(
        r#"select id as "id: FeedbackId" from feedback
           where program_id = $1 and group_id = $2 and id = $3 and receiver_id = $4 and state = 'shared'
             and opened_at is null
           for update"#,
        key.program as ProgramId,
        key.group as GroupId,
        key.id as FeedbackId,
        receiver as ParticipationId
    )
    .fetch_optional(db)
    .await?;
    Ok(there.is_some())
}

/// Keeps how the receiver saw each element.
pub(in super::super) async fn save_views(db: &mut PgConnection, key: Key, views: &[View]) -> Result<()> {
    let ids: Vec<ElementId> = views.iter().map(|view| view.element_id).collect();
    let words: Vec<String> = views.iter().map(|view| view.words.clone()).collect();
    sqlx::query!(
        "update feedback_texts t set self_view = v.words
         from unnest($3::uuid[], $4::text[]) as v (element_id, words)
         where t.program_id = $1 and t.feedback_id = $2 and t.element_id = v.element_id",
        key.program as ProgramId,
        key.id as FeedbackId,
        &ids as &[ElementId],
        &words
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `shared → answered`, once, after it was opened; of what was said `confirmed → answered`.
pub(in super::super) async fn answer(
    db: &mut PgConnection,
    key: Key,
    receiver: ParticipationId,
    now: OffsetDateTime,
) -> Result<bool> {
    crate::change_one!(
        db,
        key as FeedbackId,
        "update feedback set state = 'answered', answered_at = $5
         where program_id = $1 and group_id = $2 and id = $3 and receiver_id = $4 and state in ('shared', 'confirmed')
           and opened_at is not null",
        receiver as ParticipationId,
        now
    )
}

/// Keeps the answer to each element.
pub(in super::super) async fn save_answers(db: &mut PgConnection, key: Key, answers: &[Answer]) -> Result<()> {
    let ids: Vec<ElementId> = answers.iter().map(|answer| answer.element_id).collect();
    let replies: Vec<String> = answers.iter().map(|answer| answer.reply.as_str().to_owned()).collect();
    let words: Vec<String> = answers.iter().map(|answer| answer.words.clone()).collect();
    sqlx::query!(
        "update feedback_texts t set answer = a.reply, answer_words = a.words
         from unnest($3::uuid[], $4::text[], $5::text[]) as a (element_id, reply, words)
         where t.program_id = $1 and t.feedback_id = $2 and t.element_id = a.element_id",
        key.program as ProgramId,
        key.id as FeedbackId,
        &ids as &[ElementId],
        &replies,
        &words
    )
    .execute(db)
    .await?;
    Ok(())
}
