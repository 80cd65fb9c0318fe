//! "Priya revised what they wrote to you": from whom, never what.
use crate::base::{
    error::Result,
    ids::{FeedbackId, GroupId, ProgramId},
    text,
};
use crate::features::{
    feedback::{self, Key},
    groups,
};
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// To the receiver, once.
#[derive(Debug, Serialize, Deserialize)]
#[expect(clippy::struct_field_names, reason = "they are called as the columns are")]
pub(super) struct FeedbackRevised {
    pub(super) program_id: ProgramId,
    pub(super) group_id: GroupId,
    pub(super) feedback_id: FeedbackId,
}

impl Letter for FeedbackRevised {
    const KIND: &'static str = "feedback_revised";
}

/// Writes the letter of this slice. `None`: not its kind; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind != FeedbackRevised::KIND {
        return None;
    }
    Some(revised(app, db, letter).await)
}

async fn revised(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let of: FeedbackRevised = leased.read()?;
    let key = Key { program: of.program_id, group: of.group_id, id: of.feedback_id };
    let is_revised = |item: &feedback::Feedback| item.logged_by.is_none() && item.reworded_at.is_some();
    let Some(item) = feedback::find(db, key).await?.filter(is_revised) else { return Ok(None) };
    let members = groups::open_members(db, key.program, key.group).await?;
    // Who has left the group could not open the page.
    let Some(reader) = members.iter().find(|member| member.participation_id == item.receiver_id) else {
        return Ok(None);
    };
    let place = groups::names(db, key.program, key.group).await?;
    let giver = text::first_name(&item.giver_name);
    let note = Note {
        subject: format!("{giver} put their feedback to you in other words"),
        preview: "The first words stay beside the new ones. Only the two of you can read them.".to_owned(),
        greeting: format!("Dear {},", reader.first_name()),
        sentences: vec![
            format!("After your answer, {giver} revised what they wrote to you."),
            "Both stand side by side on the page. You may answer once more, and need not.".to_owned(),
        ],
        href: format!("{}/programs/{}/groups/{}/feedback/{}/revision", app.base_url, key.program, key.group, key.id),
        label: "Read both".to_owned(),
        foot: format!("You get this because you belong to {} with {giver}.", place.group),
        institution: place.institution,
    };
    let email = note.email(leased.id, Mailbox::new(&reader.name, &reader.email))?;
    let from = members.iter().find(|member| member.participation_id == item.giver_id);
    Ok(Some(email.on_behalf_of(from.map(|one| Mailbox::new(&one.name, &one.email)))))
}
