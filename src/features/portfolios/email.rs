//! To the giver of feedback: that its receiver would like to show it. Never the words.
use super::queries;
use crate::base::{
    error::Result,
    ids::{FeedbackId, ProgramId},
    text, words,
};
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// "… would like to show feedback of yours."
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PortfolioAsked {
    pub(super) program_id: ProgramId,
    pub(super) feedback_id: FeedbackId,
}
impl Letter for PortfolioAsked {
    const KIND: &'static str = "portfolio_asked";
}

/// Writes the letter of this slice. `None`: not its kind; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind == PortfolioAsked::KIND { Some(asked(app, db, letter).await) } else { None }
}

async fn asked(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: PortfolioAsked = letter.read()?;
    let Some(facts) = queries::ask_facts(db, of.program_id, of.feedback_id).await? else { return Ok(None) };
    let first = text::first_name(&facts.receiver);
    let note = Note {
        subject: format!("{} would like to show feedback of yours", facts.receiver),
        preview: "It goes into a portfolio only if you agree.".to_owned(),
        greeting: format!("Dear {},", text::first_name(&facts.giver)),
        sentences: vec![
            format!(
                "{} would like to put feedback that you gave about the {} into a portfolio from {}: a page that {first} \
                 prints, or shows to others by a link, with your name.",
                facts.receiver,
                words::day(facts.happened_on),
                facts.program
            ),
            "Say yes or no. Without a yes it stays between the two of you, and you can take a yes back at any time."
                .to_owned(),
        ],
        href: format!("{}/programs/{}/portfolio/asked", app.base_url, of.program_id),
        label: "Say yes or no".to_owned(),
        foot: format!("You take part, or took part, in {}.", facts.program),
        institution: facts.institution,
    };
    Ok(Some(note.email(letter.id, Mailbox::new(&facts.giver, &facts.giver_email))?))
}
