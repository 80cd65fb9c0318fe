//! Asks a peer to correct the address of their supervisor.
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, ProgramId},
};
use crate::features::approvals::{self, Request, RequestState};
use crate::mail::Email;
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// "Is this your supervisor's address?"
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CorrectAddress {
    pub(super) program_id: ProgramId,
    pub(super) request_id: ApprovalRequestId,
}

impl Letter for CorrectAddress {
    const KIND: &'static str = "correct_address";
}

/// What both forms of the email say, as the emails about answers do.
struct Words {
    subject: String,
    greeting: String,
    heading: String,
    preview: String,
    sentences: Vec<String>,
    facts: Vec<(&'static str, String)>,
    button: &'static str,
    href: String,
    institution: String,
    sent_for: String,
}

#[derive(Template)]
#[template(path = "emails/answer_told.txt")]
struct Text<'a> {
    w: &'a Words,
}

#[derive(Template)]
#[template(path = "emails/answer_told.html")]
struct Html<'a> {
    w: &'a Words,
}

/// Writes the letter of this slice; `None` when it is of another, `Some(Ok(None))` when it is no
/// longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind == CorrectAddress::KIND { Some(write(app, db, letter).await) } else { None }
}

async fn write(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: CorrectAddress = letter.read()?;
    let request = approvals::find(db, of.program_id, of.request_id).await?;
    let waits = matches!(request.standing(app.clock.now()), RequestState::Pending | RequestState::Expired);
    let open = request.participation_state.is_open() && request.program.state.takes_people();
    if !waits || !request.is_latest || !open {
        return Ok(None);
    }
    let words = words_of(&request, format!("{}/programs/{}/join#ask", app.base_url, of.program_id));
    let (text, html) = (Text { w: &words }, Html { w: &words });
    let email = Email::render(letter.id, request.peer.clone(), words.subject.as_str(), &text, &html)?;
    Ok(Some(email.on_behalf_of(request.program.coordinator.clone())))
}

fn words_of(request: &Request, href: String) -> Words {
    let (supervisor, program) = (&request.supervisor.name, &request.program);
    Words {
        subject: format!("Is this {supervisor}’s address? {}", program.name),
        greeting: format!("Dear {},", request.first_name()),
        heading: format!("Please check {supervisor}’s address"),
        preview: "Nobody can answer an email that does not arrive.".to_owned(),
        sentences: vec![
            format!("It looks as if the email that asks {supervisor} to back your place does not reach them."),
            "Please check the address with them, and correct it on your page. A new email goes out at once, and the link \
             in the earlier one stops working."
                .to_owned(),
        ],
        facts: vec![("The address you gave", request.supervisor.email.clone())],
        button: "Check and correct it",
        href,
        institution: program.institution.clone(),
        sent_for: format!("Sent for {}, who coordinates {}.", program.coordinator_name(), program.name),
    }
}
