//! "Marcus asks you for feedback": from whom and by when, never on what.
use super::queries::{self, Waiting};
use crate::base::{
    error::Result,
    ids::{FeedbackAskId, GroupId, ParticipationId, ProgramId},
    text, words,
};
use crate::features::groups;
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// To the one who is asked, at once.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FeedbackAsked {
    pub(super) program_id: ProgramId,
    pub(super) group_id: GroupId,
    pub(super) ask_id: FeedbackAskId,
    /// Who is asked.
    pub(super) to: ParticipationId,
}

impl Letter for FeedbackAsked {
    const KIND: &'static str = "feedback_asked";
}

/// Writes the letter of this slice. `None`: not its kind; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind != FeedbackAsked::KIND {
        return None;
    }
    Some(asked(app, db, letter).await)
}

async fn asked(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let of: FeedbackAsked = leased.read()?;
    let waiting = queries::waiting(db, of.program_id, of.group_id, of.to).await?;
    let Some(ask) = waiting.into_iter().find(|one| one.id == of.ask_id) else { return Ok(None) };
    let place = groups::names(db, of.program_id, of.group_id).await?;
    let asker = text::first_name(&ask.asker_name);
    let by = ask.due_on.map_or_else(String::new, |day| format!(" by {}", words::day(day)));
    let note = Note {
        subject: format!("{asker} asks you for feedback"),
        preview: "On what, you read on the page. You can also say that it does not fit now.".to_owned(),
        greeting: format!("Dear {},", text::first_name(&ask.giver_name)),
        sentences: vec![
            format!("{asker} would like your feedback{by}. On what, you read on the page."),
            "A few lines on one thing you saw are enough. You can also say that it does not fit now.".to_owned(),
        ],
        href: format!("{}{}", app.base_url, write_path(&of, &ask)),
        label: format!("Write to {asker}"),
        foot: format!("You get this because you belong to {} with {asker}.", place.group),
        institution: place.institution,
    };
    Ok(Some(note.email(leased.id, Mailbox::new(&ask.giver_name, &ask.giver_email))?))
}

fn write_path(of: &FeedbackAsked, ask: &Waiting) -> String {
    format!("/programs/{}/groups/{}/feedback/new?to={}", of.program_id, of.group_id, ask.asker_id)
}
