//! Every statement that writes `second_wordings` and `second_wording_texts`.
use super::model::{Second, Wording};
use crate::base::{
    error::Result,
    ids::{ElementId, FeedbackId, ParticipationId, ProgramId},
};
use crate::features::feedback::{Answer, Format, Reply, Text, Words};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The feedback it stands beside.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_field_names, reason = "they are called as the columns are")]
pub(crate) struct Of {
    pub(crate) program_id: ProgramId,
    pub(crate) feedback_id: FeedbackId,
    pub(crate) receiver_id: ParticipationId,
}

/// Puts it beside the first; `false` when there is one already.
pub(crate) async fn insert(db: &mut PgConnection, of: Of, wording: &Wording, now: OffsetDateTime) -> Result<bool> {
    let done = sqlx::query!(
        "insert into second_wordings (program_id, feedback_id, receiver_id, not_agreed, written_at)
         values ($1, $2, $3, $4, $5)
         on conflict (program_id, feedback_id) do nothing",
        of.program_id as ProgramId,
        of.feedback_id as FeedbackId,
        of.receiver_id as ParticipationId,
        wording.not_agreed,
        now
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let ids: Vec<ElementId> = wording.texts.iter().map(|(id, _)| *id).collect();
    let words: Vec<serde_json::Value> = wording.texts.iter().map(|(_, words)| words.to_value()).collect();
    sqlx::query!(
        "insert into second_wording_texts (program_id, feedback_id, receiver_id, element_id, words)
         select $1, $2, $3, t.element_id, t.words from unnest($4::uuid[], $5::jsonb[]) as t (element_id, words)",
        of.program_id as ProgramId,
        of.feedback_id as FeedbackId,
        of.receiver_id as ParticipationId,
        &ids as &[ElementId],
        &words
    )
    .execute(db)
    .await?;
    Ok(true)
}

/// The second wording, its texts in the order in which the elements were proposed.
pub(crate) async fn find(db: &mut PgConnection, of: Of, format: Format) -> Result<Option<Second>> {
    let Some(row) = sqlx::query!(
        "select not_agreed, written_at, answered_at from second_wordings where program_id = $1 and feedback_id = $2",
        of.program_id as ProgramId,
        of.feedback_id as FeedbackId
    )
    .fetch_optional(&mut *db)
    .await?
    else {
        return Ok(None);
    };
    let texts = sqlx::query!(
        r#"select t.element_id as "element_id: ElementId", e.title, e.agreed_on, t.words, t.answer as "answer: Reply",
                  t.answer_words
           from second_wording_texts t join elements e on e.program_id = t.program_id and e.id = t.element_id
           where t.program_id = $1 and t.feedback_id = $2
           order by e.proposed_at, e.id"#,
        of.program_id as ProgramId,
        of.feedback_id as FeedbackId
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(|text| Text {
        element_id: text.element_id,
        title: text.title,
        agreed_on: text.agreed_on,
        words: Words::read(format, &text.words),
        self_view: String::new(),
        answer: text.answer,
        answer_words: text.answer_words,
    })
    .collect();
    Ok(Some(Second { not_agreed: row.not_agreed, written_at: row.written_at, answered_at: row.answered_at, texts }))
}

/// Keeps the receiver's answers, once; `false` when there are some already.
pub(crate) async fn answer(db: &mut PgConnection, of: Of, answers: &[Answer], now: OffsetDateTime) -> Result<bool> {
    let done = sqlx::query!(
        "update second_wordings set answered_at = $4
         where program_id = $1 and feedback_id = $2 and receiver_id = $3 and answered_at is null",
        of.program_id as ProgramId,
        of.feedback_id as FeedbackId,
        of.receiver_id as ParticipationId,
        now
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let ids: Vec<ElementId> = answers.iter().map(|answer| answer.element_id).collect();
    let replies: Vec<String> = answers.iter().map(|answer| answer.reply.as_str().to_owned()).collect();
    let words: Vec<String> = answers.iter().map(|answer| answer.words.clone()).collect();
    sqlx::query!(
        "update second_wording_texts t set answer = a.reply, answer_words = a.words
         from unnest($3::uuid[], $4::text[], $5::text[]) as a (element_id, reply, words)
         where t.program_id = $1 and t.feedback_id = $2 and t.element_id = a.element_id",
        of.program_id as ProgramId,
        of.feedback_id as FeedbackId,
        &ids as &[ElementId],
        &replies,
        &words
    )
    .execute(db)
    .await?;
    Ok(true)
}

/// Takes it away, because it became the first.
pub(crate) async fn remove(db: &mut PgConnection, of: Of) -> Result<()> {
    sqlx::query!(
        "delete from second_wordings where program_id = $1 and feedback_id = $2",
        of.program_id as ProgramId,
        of.feedback_id as FeedbackId
    )
    .execute(db)
    .await?;
    Ok(())
}
