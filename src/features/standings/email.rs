//! Asks a peer to correct the address of their supervisor, or to ask again.
use super::model::Wish;
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, ProgramId},
};
use crate::features::approvals::{self, Request};
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

/// "Please ask again for a supervisor's yes."
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct AskAgain {
    pub(super) program_id: ProgramId,
    pub(super) request_id: ApprovalRequestId,
}

impl Letter for AskAgain {
    const KIND: &'static str = "ask_again";
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

/// Writes a letter of this slice; `None` when it is of another, `Some(Ok(None))` when it is no
/// longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    match letter.kind.as_str() {
        CorrectAddress::KIND => Some(write(app, db, letter, Wish::CorrectAddress).await),
        AskAgain::KIND => Some(write(app, db, letter, Wish::AskAgain).await),
        _ => None,
    }
}

async fn write(app: &App, db: &mut PgConnection, letter: &Leased, wish: Wish) -> Result<Option<Email>> {
    let (program_id, request_id) = match wish {
        Wish::CorrectAddress => letter.read().map(|of: CorrectAddress| (of.program_id, of.request_id))?,
        Wish::AskAgain => letter.read().map(|of: AskAgain| (of.program_id, of.request_id))?,
    };
    let request = approvals::find(db, program_id, request_id).await?;
    if !wish.still_fits(&request, app.clock.now()) {
        return Ok(None);
    }
    let href = format!("{}/programs/{program_id}/join#ask", app.base_url);
    let words = match wish {
        Wish::CorrectAddress => to_correct(&request, href),
        Wish::AskAgain => to_ask_again(&request, href),
    };
    let (text, html) = (Text { w: &words }, Html { w: &words });
    let email = Email::render(letter.id, request.peer.clone(), words.subject.as_str(), &text, &html)?;
    Ok(Some(email.on_behalf_of(request.program.coordinator.clone())))
}

fn to_correct(request: &Request, href: String) -> Words {
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

fn to_ask_again(request: &Request, href: String) -> Words {
    let program = &request.program;
    Words {
        subject: format!("Please ask a supervisor again: {}", program.name),
        greeting: format!("Dear {},", request.first_name()),
        heading: "Please ask a supervisor again".to_owned(),
        preview: format!("{} needs a supervisor’s yes for your place.", program.name),
        sentences: vec![
            format!("Your place in {} needs a supervisor’s yes that holds until it ends.", program.name),
            "Only you can ask for it. Ask the same supervisor or another one on your page; as soon as one says yes, you \
             go on where you were."
                .to_owned(),
        ],
        facts: vec![("Asked last", request.supervisor.name.clone())],
        button: "Ask again",
        href,
        institution: program.institution.clone(),
        sent_for: format!("Sent for {}, who coordinates {}.", program.coordinator_name(), program.name),
    }
}
