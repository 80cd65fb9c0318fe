//! One's own page about a trip and one's supervisor. GET changes nothing.
use super::{
    pages::{AskForm, SupervisorPage},
    service::{self, Asked, Words},
};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, FieldTripId},
};
use crate::features::joining::Accepted;
use crate::mail::Mailbox;
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

/// The most characters of the words to the supervisor.
const LONGEST: usize = 600;

#[derive(Deserialize)]
pub(super) struct OfTrip {
    trip_id: FieldTripId,
}

fn path(by: &GroupMember, id: FieldTripId) -> String {
    format!("{}/trips/{id}/supervisor", by.group().path())
}

pub(super) async fn show(State(app): State<App>, by: GroupMember, Path(of): Path<OfTrip>) -> Result<Response> {
    let whole = service::read(&app, &by, of.trip_id).await?;
    page::show(&SupervisorPage::of(&app, &by, of.trip_id, &whole, (None, Errors::default())))
}

pub(super) async fn ask(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Form(form): Form<AskForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let name = errors.required_line("supervisor_name", &form.supervisor_name, 120, "your supervisor’s name");
    let email = errors.email("supervisor_email", &form.supervisor_email, "your supervisor’s email address");
    let text = errors.required_paragraphs("words", &form.words, LONGEST, "a sentence to your supervisor");
    if errors.is_empty() {
        // A form of ours always has an id; without it, sending twice is only caught by "one open request".
        let id = ApprovalRequestId::parse(&form.id).unwrap_or_else(ApprovalRequestId::generate);
        let said = format!("{name} is asked. You get an email with the answer.");
        let words = Words { id, supervisor: Mailbox::new(name, email), text };
        match service::ask(&app, &by, of.trip_id, words).await? {
            Asked::Now | Asked::Before => return Ok(flash::go_and_say(&path(&by, of.trip_id), &said)),
            Asked::NotNeeded => {
                let said = "Nobody was asked: this had changed before you pressed the button. Here is how it stands.";
                return Ok(flash::go_and_say(&path(&by, of.trip_id), said));
            }
            Asked::Forbidden(why) => errors.add("supervisor_email", why),
        }
    }
    let whole = service::read(&app, &by, of.trip_id).await?;
    page::show_form(&SupervisorPage::of(&app, &by, of.trip_id, &whole, (Some(form), errors.clone())), &errors)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DecideForm {
    seen: String,
}

pub(super) async fn accept(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Form(form): Form<DecideForm>,
) -> Result<Response> {
    let said = match service::decide(&app, &by, of.trip_id, &form.seen, true).await? {
        Accepted::Now => "Accepted. Your supervisor’s yes counts.",
        Accepted::Before => "Your supervisor’s yes counts.",
        Accepted::Changed => "The answer has changed since you read it. Read it again.",
    };
    Ok(flash::go_and_say(&path(&by, of.trip_id), said))
}

pub(super) async fn refuse(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Form(form): Form<DecideForm>,
) -> Result<Response> {
    let said = match service::decide(&app, &by, of.trip_id, &form.seen, false).await? {
        Accepted::Now => "Noted. Your supervisor is told that you do not take the condition.",
        Accepted::Before => "This request is over, and nothing changed.",
        Accepted::Changed => "The answer has changed since you read it. Read it again.",
    };
    Ok(flash::go_and_say(&path(&by, of.trip_id), said))
}
