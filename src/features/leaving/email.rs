//! To those who may decide about a removal, and to the person who was taken off.
use super::{
    model::RemovalState,
    queries::{self, ProgramFacts, Removal},
};
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId, RemovalId},
    text,
};
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// "Imogen proposes that … no longer takes part."
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RemovalProposed {
    pub(super) program_id: ProgramId,
    pub(super) removal_id: RemovalId,
    pub(super) to: PersonId,
}

impl Letter for RemovalProposed {
    const KIND: &'static str = "removal_proposed";
}

/// "Your part in … has ended."
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Removed {
    pub(super) program_id: ProgramId,
    pub(super) removal_id: RemovalId,
}

impl Letter for Removed {
    const KIND: &'static str = "removed";
}

/// Writes a letter of this slice. `None`: not one of its kinds; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    let written = match letter.kind.as_str() {
        RemovalProposed::KIND => proposed(app, db, letter).await,
        Removed::KIND => removed(db, letter).await,
        _ => return None,
    };
    Some(written)
}

async fn proposed(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let letter: RemovalProposed = leased.read()?;
    let Some(removal) = queries::find(db, letter.program_id, letter.removal_id).await? else {
        return Ok(None);
    };
    let deciders = queries::deciders(db, letter.program_id, removal.participation_id, removal.proposed_by).await?;
    let to = deciders.into_iter().find(|decider| decider.person_id == letter.to);
    let (Some(to), RemovalState::Proposed) = (to, removal.state) else {
        return Ok(None);
    };
    let program = queries::program_facts(db, letter.program_id).await?;
    let Removal { name, proposed_by_name, .. } = &removal;
    let words = Note {
        subject: format!("{proposed_by_name} proposes that {name} no longer takes part in {}", program.name),
        preview: "It takes a second person, and you can be that person.".to_owned(),
        greeting: format!("Dear {},", text::first_name(&to.name)),
        sentences: vec![
            format!("{proposed_by_name} proposes that {name} no longer takes part in {}.", program.name),
            "It takes a second person to confirm it, a coordinator or a contact person. Until then nothing changes, \
             and the person is not told."
                .to_owned(),
        ],
        href: format!("{}/programs/{}/removals/{}", app.base_url, letter.program_id, removal.id),
        label: "Read and decide".to_owned(),
        foot: format!("You get this because you look after {} at {}.", program.name, program.institution),
        institution: program.institution,
    };
    Ok(Some(words.email(leased.id, Mailbox::new(&to.name, &to.email))?))
}

async fn removed(db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let letter: Removed = leased.read()?;
    let removal = queries::find(db, letter.program_id, letter.removal_id).await?;
    let Some(removal) = removal.filter(|removal| removal.state == RemovalState::Confirmed) else {
        return Ok(None);
    };
    let program = queries::program_facts(db, letter.program_id).await?;
    let ProgramFacts { name, contact_name, contact_email, institution } = &program;
    let words = Note {
        subject: format!("Your part in {name} has ended"),
        institution: institution.clone(),
        preview: "Two people who look after the program decided so.".to_owned(),
        greeting: format!("Dear {},", text::first_name(&removal.name)),
        sentences: vec![
            format!(
                "Two people who look after {name} have decided that you no longer take part. We are sorry that it ends this way."
            ),
            "Others in the program read only that you are no longer in it. Your account stays yours.".to_owned(),
            format!(
                "If you want to talk about it, write to {contact_name}, the program’s contact person: {contact_email}."
            ),
        ],
        href: format!("mailto:{contact_email}"),
        label: format!("Write to {contact_name}"),
        foot: format!("Sent by {name} at {institution}."),
    };
    Ok(Some(words.email(leased.id, Mailbox::new(&removal.name, &removal.email))?))
}
