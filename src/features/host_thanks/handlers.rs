//! Reads the request, calls one service function, picks the page.
use super::{
    pages::{ThanksForm, ThanksPage},
    service::{self, Outcome},
};
use crate::access::GroupMember;
use crate::base::{error::Result, ids::FieldTripId};
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

#[derive(Deserialize)]
pub(super) struct OfTrip {
    trip_id: FieldTripId,
}

pub(super) async fn show(State(app): State<App>, by: GroupMember, Path(of): Path<OfTrip>) -> Result<Response> {
    let whole = service::read(&app, &by, of.trip_id).await?;
    page::show(&ThanksPage::of(&app, &by, &whole, (None, Errors::default())))
}

pub(super) async fn thank(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Form(form): Form<ThanksForm>,
) -> Result<Response> {
    let sends = form.pressed != "otherwise";
    let mut errors = Errors::default();
    let message = if sends {
        errors.required_paragraphs("message", &form.message, 2_000, "what you want to say to the host")
    } else {
        String::new()
    };
    if !errors.is_empty() {
        let whole = service::read(&app, &by, of.trip_id).await?;
        return page::show_form(&ThanksPage::of(&app, &by, &whole, (Some(form), errors.clone())), &errors);
    }
    let outcome = service::thank(&app, &by, of.trip_id, sends.then_some(message.as_str())).await?;
    let said = match outcome {
        Outcome::Sent => "Sent to the host. Their answer comes to you.",
        Outcome::Noted => "Noted: the host was thanked.",
        Outcome::Late => "Nothing was sent by this button. Here is how it stands.",
    };
    Ok(flash::go_and_say(&format!("{}/trips/{}/thanks", by.group().path(), of.trip_id), said))
}
