//! To a supervisor: that a report shares a product, and once the program has ended, what is shared. The letters
//! say that something is there, and where; the page says what.
use super::{
    link,
    queries::{self, ShownProduct},
};
use crate::access::ProgramState;
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, ProductId, ProgramId},
    words,
};
use crate::features::approvals::{self, Request};
use crate::mail::{Email, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::{Connection, PgConnection};

/// "… shares a product with you."
#[derive(Debug, Serialize, Deserialize)]
#[expect(clippy::struct_field_names, reason = "a letter holds ids")]
pub(super) struct ProductShown {
    pub(super) program_id: ProgramId,
    pub(super) request_id: ApprovalRequestId,
    pub(super) product_id: ProductId,
}
impl Letter for ProductShown {
    const KIND: &'static str = "product_shown";
}

/// The one summary after the end.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ShownSummary {
    pub(super) program_id: ProgramId,
    pub(super) request_id: ApprovalRequestId,
}
impl Letter for ShownSummary {
    const KIND: &'static str = "shown_summary";
}

/// Writes a letter of this slice. `None`: not one of its kinds; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    match letter.kind.as_str() {
        ProductShown::KIND => Some(one(app, db, letter).await),
        ShownSummary::KIND => Some(summary(app, db, letter).await),
        _ => None,
    }
}

async fn one(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: ProductShown = letter.read()?;
    let mut tx = db.begin().await?;
    let (request, shown) = read(&mut tx, of.program_id, of.request_id).await?;
    if request.program.state == ProgramState::Cancelled || !shown.iter().any(|one| one.id == of.product_id) {
        return Ok(None);
    }
    let href = link::draw(app, &mut tx, &request).await?;
    tx.commit().await?;
    let (peer, first, program) = (&request.peer.name, request.first_name(), &request.program.name);
    let subject = format!("{peer} shares a product with you: {program}");
    let sentences = vec![
        format!("{peer} shares something they made in {program} with you."),
        format!(
            "The page shows what {first} shares with you now, and nothing else. It needs no account. {first} can take \
             anything back."
        ),
    ];
    Ok(Some(email(letter, &request, subject, sentences, href)?))
}

async fn summary(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: ShownSummary = letter.read()?;
    let mut tx = db.begin().await?;
    let (request, shown) = read(&mut tx, of.program_id, of.request_id).await?;
    if request.program.state == ProgramState::Cancelled || shown.is_empty() {
        return Ok(None);
    }
    let href = link::draw(app, &mut tx, &request).await?;
    tx.commit().await?;
    let (peer, first, program) = (&request.peer.name, request.first_name(), &request.program);
    let subject = format!("What {peer} shares with you: {}", program.name);
    let sentences = vec![
        format!("{} ended on {}. You backed {peer}’s place in it.", program.name, words::day(program.ends_on)),
        format!(
            "{peer} shares {} with you. The page shows them and how far they came; it needs no account.",
            words::count(shown.len(), "product", "products")
        ),
        format!("This is the last email about it. {first} can take anything back."),
    ];
    let email = email(letter, &request, subject, sentences, href)?;
    Ok(Some(email.by_day_in(request.program.time_zone)))
}

/// The request, which nobody changes meanwhile, and what its supervisor sees.
async fn read(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ApprovalRequestId,
) -> Result<(Request, Vec<ShownProduct>)> {
    approvals::lock(db, program_id, id).await?;
    let request = approvals::find(db, program_id, id).await?;
    let shown = queries::shown(db, program_id, id).await?;
    Ok((request, shown))
}

fn email(letter: &Leased, request: &Request, subject: String, sentences: Vec<String>, href: String) -> Result<Email> {
    let program = &request.program;
    let note = Note {
        subject,
        preview: "A page without an account shows what is shared with you.".to_owned(),
        greeting: format!("Dear {},", request.supervisor.name),
        sentences,
        href,
        label: "See what is shared".to_owned(),
        foot: format!("Sent for {}, who coordinates {}.", program.coordinator_name(), program.name),
        institution: program.institution.clone(),
    };
    Ok(note.email(letter.id, request.supervisor.clone())?.on_behalf_of(program.coordinator.clone()))
}
