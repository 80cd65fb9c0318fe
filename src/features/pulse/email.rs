//! The letters of a pulse: it opens, it closes tomorrow, it is closed. Each goes to everybody who was invited and still
//! takes part, and none of them looks at who has answered: what became of a letter is kept, and would tell.
use super::{
    link,
    queries::{self, Invitation, Which},
};
use crate::access::ParticipationState;
use crate::base::{
    error::Result,
    ids::{ProgramId, PulseInvitationId},
    text, words,
};
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// Whom a letter is to.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct To {
    pub(super) program_id: ProgramId,
    pub(super) invitation_id: PulseInvitationId,
}

/// At once.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct PulseOpened(pub(super) To);
impl Letter for PulseOpened {
    const KIND: &'static str = "pulse_opened";
}

/// The day before it closes.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct PulseReminder(pub(super) To);
impl Letter for PulseReminder {
    const KIND: &'static str = "pulse_reminder";
}

/// Once it is closed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct PulseClosed(pub(super) To);
impl Letter for PulseClosed {
    const KIND: &'static str = "pulse_closed";
}

/// Each goes out once.
pub(super) fn key<L: Letter>(to: To) -> String {
    format!("{}:{}", L::KIND, to.invitation_id)
}

/// Writes a letter of this slice. `None`: not one of its kinds; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    Some(match letter.kind.as_str() {
        PulseOpened::KIND => asks(app, db, letter, false).await,
        PulseReminder::KIND => asks(app, db, letter, true).await,
        PulseClosed::KIND => closed(app, db, letter).await,
        _ => return None,
    })
}

/// The reader, while they take part.
async fn reader(db: &mut PgConnection, leased: &Leased) -> Result<Option<Invitation>> {
    // The three hold the same.
    let PulseOpened(of) = leased.read()?;
    let found = queries::invitation(db, of.program_id, Which::One(of.invitation_id)).await?;
    Ok(found.filter(|to| to.state == ParticipationState::Joined))
}

async fn asks(app: &App, db: &mut PgConnection, leased: &Leased, reminds: bool) -> Result<Option<Email>> {
    let Some(to) = reader(db, leased).await?.filter(|to| to.takes_answers(app.clock.now())) else {
        return Ok(None);
    };
    let until = words::long_day(to.last_day);
    let (subject, first) = if reminds {
        (
            format!("If you have not: three questions about {}", to.program),
            format!(
                "The three questions about {} can be answered until {until}. If you have answered, there is nothing to do: this \
                 reminder goes to everybody who was asked, so that it says nothing about who has.",
                to.program
            ),
        )
    } else {
        (
            format!("Three questions about {}", to.program),
            format!("How is {} for you? Three questions and, if you like, one line. It takes two minutes.", to.program),
        )
    };
    let note = Note {
        subject,
        preview: format!("Two minutes, until {until}. No need to sign in."),
        greeting: format!("Dear {},", text::first_name(&to.name)),
        sentences: vec![
            first,
            format!(
                "Your answer is kept without your name, your group and the time, so that nobody can tell it is yours. Results \
                 are for the whole program, after it closes, from {} answers upward. You answer once, and cannot change \
                 it afterwards.",
                words::number(usize::try_from(to.fewest).unwrap_or(0))
            ),
        ],
        href: link::draw(app, db, &to).await?,
        label: "Answer three questions".to_owned(),
        foot: format!("You get this because you take part in {}. The link is for you alone.", to.program),
        institution: to.institution,
    };
    let email = note.email(leased.id, Mailbox::new(&to.name, &to.email))?;
    Ok(Some(if reminds { email.by_day_in(to.own_zone) } else { email }))
}

async fn closed(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let Some(to) = reader(db, leased).await?.filter(|to| to.closed_at.is_some()) else { return Ok(None) };
    let note = Note {
        subject: format!("The three questions about {} are closed", to.program),
        preview: "What came of them stands on a page of the program.".to_owned(),
        greeting: format!("Dear {},", text::first_name(&to.name)),
        sentences: vec![
            format!("The three questions about {} are closed. Thank you, if you answered them.", to.program),
            format!(
                "What came of them, for the whole program, stands on its page, if at least {} answered.",
                words::number(usize::try_from(to.fewest).unwrap_or(0))
            ),
        ],
        href: format!("{}/programs/{}/pulse", app.base_url, to.program_id),
        label: "See what came of them".to_owned(),
        foot: format!("You get this once, because you were asked. You take part in {}.", to.program),
        institution: to.institution,
    };
    Ok(Some(note.email(leased.id, Mailbox::new(&to.name, &to.email))?.by_day_in(to.own_zone)))
}
