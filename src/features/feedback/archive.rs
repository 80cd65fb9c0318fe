//! Feedback with its texts and answers, as the archive file holds it.
use super::model::{FeedbackState, Format, Reply};
use crate::base::{
    error::{AppError, Result},
    ids::{ElementId, FeedbackId, FieldTripId, GroupId, MeetingId, ParticipationId, ProgramId},
    portable::{Day, Frame, Key, Moment},
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

crate::text_enum! {
    /// How it was given.
    pub enum Mode {
        Written = "written",
        Spoken = "spoken",
    }
}
/// What one peer said to another.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feedback {
    pub key: Key<FeedbackId>,
    pub group: Key<GroupId>,
    pub giver: Key<ParticipationId>,
    pub receiver: Key<ParticipationId>,
    pub mode: Mode,
    /// Of what was said: its giver, where the file does not say.
    pub logged_by: Option<Key<ParticipationId>>,
    pub format: Format,
    pub happened_on: Day,
    pub meeting: Option<Key<MeetingId>>,
    pub trip: Option<Key<FieldTripId>>,
    #[serde(default)]
    pub not_agreed: String,
    pub state: FeedbackState,
    pub created_at: Moment,
    pub shared_at: Option<Moment>,
    pub opened_at: Option<Moment>,
    pub answered_at: Option<Moment>,
    pub texts: Vec<Text>,
}

/// What was said about one element.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub element: Key<ElementId>,
    pub words: Words,
    #[serde(default)]
    pub self_view: String,
    pub answer: Option<Reply>,
    #[serde(default)]
    pub answer_words: String,
}

/// The parts of a text, as its format names them; a part may be left out.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub situation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub behaviour: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub impact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep: Option<String>,
    #[serde(rename = "try", skip_serializing_if = "Option::is_none")]
    pub attempt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plus: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delta: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Words {
    /// Whether there are any, and only in parts that the format has.
    pub fn fit(&self, format: Format) -> bool {
        let sbi = [&self.situation, &self.behaviour, &self.impact];
        let keep_try = [&self.keep, &self.attempt];
        let plus_delta = [&self.plus, &self.delta];
        let free = [&self.text];
        let (own, others): (&[_], [&[_]; 3]) = match format {
            Format::Sbi => (&sbi, [&keep_try, &plus_delta, &free]),
            Format::KeepTry => (&keep_try, [&sbi, &plus_delta, &free]),
            Format::PlusDelta => (&plus_delta, [&sbi, &keep_try, &free]),
            Format::Free => (&free, [&sbi, &keep_try, &plus_delta]),
        };
        let said = |part: &&Option<String>| part.as_ref().is_some_and(|words| !words.trim().is_empty());
        own.iter().any(said) && others.iter().all(|parts| parts.iter().all(|part| part.is_none()))
    }
}

/// Adds feedback with its texts.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(db: &mut PgConnection, frame: &Frame, all: &[Feedback]) -> Result<()> {
    for feedback in all {
        insert_one(db, frame, feedback).await?;
        for text in &feedback.texts {
            sqlx::query!(
                "insert into feedback_texts (program_id, feedback_id, receiver_id, element_id, words, self_view, answer,
                    answer_words)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)",
                frame.program_id as ProgramId,
                frame.id(&feedback.key) as FeedbackId,
                frame.id(&feedback.receiver) as ParticipationId,
                frame.id(&text.element) as ElementId,
                serde_json::to_value(&text.words).map_err(AppError::internal)?,
                text.self_view,
                text.answer as Option<Reply>,
                text.answer_words
            )
            .execute(&mut *db)
            .await?;
        }
    }
    Ok(())
}

async fn insert_one(db: &mut PgConnection, frame: &Frame, feedback: &Feedback) -> Result<()> {
    let logged_by =
        matches!(feedback.mode, Mode::Spoken).then(|| feedback.logged_by.as_ref().unwrap_or(&feedback.giver));
    sqlx::query!(
        "insert into feedback (program_id, id, group_id, giver_id, receiver_id, mode, format, happened_on, meeting_id,
            trip_id, not_agreed, state, created_at, shared_at, opened_at, answered_at, logged_by_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        frame.program_id as ProgramId,
        frame.id(&feedback.key) as FeedbackId,
        frame.id(&feedback.group) as GroupId,
        frame.id(&feedback.giver) as ParticipationId,
        frame.id(&feedback.receiver) as ParticipationId,
        feedback.mode as Mode,
        feedback.format as Format,
        frame.day(feedback.happened_on),
        frame.id_of(feedback.meeting.as_ref()) as Option<MeetingId>,
        frame.id_of(feedback.trip.as_ref()) as Option<FieldTripId>,
        feedback.not_agreed,
        feedback.state as FeedbackState,
        frame.moment(feedback.created_at),
        feedback.shared_at.map(|at| frame.moment(at)),
        feedback.opened_at.map(|at| frame.moment(at)),
        feedback.answered_at.map(|at| frame.moment(at)),
        logged_by.map(|key| frame.id(key)) as Option<ParticipationId>
    )
    .execute(db)
    .await?;
    Ok(())
}
