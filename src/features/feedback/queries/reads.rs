//! Items and what stands in them.
use super::super::model::{Feedback, FeedbackState, Format, Occasion, Reply, Text, Words};
use super::Key;
use crate::base::{
    error::Result,
    ids::{ElementId, FeedbackId, GroupId, ParticipationId, ProgramId},
};
use crate::features::field_trips::TripKind;
use sqlx::PgConnection;

/// An item of the group. Whether the reader may know of it is for the caller to ask.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &mut PgConnection, key: Key) -> Result<Option<Feedback>> {
    let row = sqlx::query!(
        r#"select f.giver_id as "giver_id: ParticipationId", g.name as giver_name,
                  f.receiver_id as "receiver_id: ParticipationId", r.name as receiver_name,
                  f.state as "state: FeedbackState", f.format as "format: Format", f.happened_on, f.meeting_id, f.trip_id,
                  t.kind as "trip_kind?: TripKind", f.not_agreed, f.shared_at, f.opened_at, f.answered_at, f.kept_at, f.is_live,
                  f.logged_by_id as "logged_by: ParticipationId", w.written_at as "reworded_at?"
           from feedback f
           join participations gt on gt.program_id = f.program_id and gt.id = f.giver_id
           join people g on g.id = gt.person_id
           join participations rt on rt.program_id = f.program_id and rt.id = f.receiver_id
           join people r on r.id = rt.person_id
           left join field_trips t on t.program_id = f.program_id and t.id = f.trip_id
           left join second_wordings w on w.program_id = f.program_id and w.feedback_id = f.id
           where f.program_id = $1 and f.group_id = $2 and f.id = $3"#,
        key.program as ProgramId,
        key.group as GroupId,
        key.id as FeedbackId
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Feedback {
        id: key.id,
        giver_id: row.giver_id,
        giver_name: row.giver_name,
        receiver_id: row.receiver_id,
        receiver_name: row.receiver_name,
        state: row.state,
        format: row.format,
        happened_on: row.happened_on,
        occasion: Occasion::of(row.meeting_id, row.trip_id),
        trip_kind: row.trip_kind,
        not_agreed: row.not_agreed,
        logged_by: row.logged_by,
        shared_at: row.shared_at,
        opened_at: row.opened_at,
        answered_at: row.answered_at,
        reworded_at: row.reworded_at,
        is_live: row.is_live,
        kept_at: row.kept_at,
    }))
}

/// Takes the item for this transaction; `false` when there is none.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(db: &mut PgConnection, key: Key) -> Result<bool> {
    let there = sqlx::query_scalar!(
        r#"select id as "id: FeedbackId" from feedback
           where program_id = $1 and group_id = $2 and id = $3 for update"#,
        key.program as ProgramId,
        key.group as GroupId,
        key.id as FeedbackId
    )
    .fetch_optional(db)
    .await?;
    Ok(there.is_some())
}

/// What stands on each element of an item, in the order the elements were proposed.
pub(in super::super) async fn texts(db: &mut PgConnection, key: Key, format: Format) -> Result<Vec<Text>> {
    let rows = sqlx::query!(
        r#"select t.element_id as "element_id: ElementId", e.title, e.agreed_on, t.words, t.self_view,
                  t.answer as "answer: Reply", t.answer_words
           from feedback_texts t
           join elements e on e.program_id = t.program_id and e.id = t.element_id
           where t.program_id = $1 and t.feedback_id = $2
           order by e.proposed_at, e.id"#,
        key.program as ProgramId,
        key.id as FeedbackId
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Text {
            element_id: row.element_id,
            title: row.title,
            agreed_on: row.agreed_on,
            words: Words::read(format, &row.words),
            self_view: row.self_view,
            answer: row.answer,
            answer_words: row.answer_words,
        })
        .collect())
}
