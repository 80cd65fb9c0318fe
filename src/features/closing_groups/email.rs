//! To those who belonged to a group on the day it was closed.
use super::queries;
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, PersonId, ProgramId},
    local_time, text, words,
};
use crate::features::approvals;
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// "… is closed."
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct GroupClosed {
    pub(super) program_id: ProgramId,
    pub(super) group_id: GroupId,
    pub(super) to: ParticipationId,
    /// The coordinator, to whom replies go.
    pub(super) by: PersonId,
    /// How many meetings were called off with it.
    pub(super) called_off: usize,
    /// How many trips that the reader was to go on.
    #[serde(default)]
    pub(super) trips: usize,
}

impl Letter for GroupClosed {
    const KIND: &'static str = "group_closed";
}

/// Writes the letter of this slice. `None`: not its kind; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind != GroupClosed::KIND {
        return None;
    }
    Some(closed(app, db, letter).await)
}

async fn closed(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let of: GroupClosed = leased.read()?;
    let Some(facts) = queries::letter_facts(db, of.program_id, of.group_id, of.to, of.by).await? else {
        return Ok(None);
    };
    let called_off = match of.called_off {
        0 => String::new(),
        1 => " The meeting that was planned does not take place.".to_owned(),
        n => format!(" The {} meetings that were planned do not take place.", words::number(n)),
    };
    let today = local_time::day_in(&facts.time_zone, app.clock.now());
    let yes = approvals::holding(db, of.program_id, of.to, None, today).await?;
    let backed = if yes.is_some() { ", and your supervisor’s yes stays as it is" } else { "" };
    let trips = match of.trips {
        0 => String::new(),
        1 => " The trip you were to go on is cancelled.".to_owned(),
        n => format!(" The {} trips you were to go on are cancelled.", words::number(n)),
    };
    let closed_on = words::day(facts.closed_on);
    let words = Note {
        subject: format!("{} is closed", facts.group),
        preview: "You still take part, and can be placed in another group.".to_owned(),
        greeting: format!("Dear {},", text::first_name(&facts.name)),
        sentences: vec![
            format!("{} has closed {} on {closed_on}.{called_off}{trips}", facts.by_name, facts.group),
            format!(
                "You still take part in {}{backed}. When you are placed in another group, you are told by email.",
                facts.program
            ),
            "Your own goals and products, and the feedback you gave and received, stay yours: you find them in what is held about you.".to_owned(),
        ],
        href: format!("{}/account/data.html", app.base_url),
        label: "See what is yours".to_owned(),
        foot: format!("{} coordinates {}, and reads what you reply to this email.", facts.by_name, facts.program),
        institution: facts.institution,
    };
    let to = Mailbox::new(&facts.name, &facts.email);
    let email = words.email(leased.id, to)?;
    Ok(Some(email.on_behalf_of(Mailbox::new(&facts.by_name, &facts.by_email))))
}
