//! Reads the request, calls one service function, picks the page.
use super::{
    pages::AfterPage,
    service::{self, Typed, Written},
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
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct OfTrip {
    trip_id: FieldTripId,
}

pub(super) async fn show(State(app): State<App>, by: GroupMember, Path(of): Path<OfTrip>) -> Result<Response> {
    let whole = service::read(&app, &by, of.trip_id).await?;
    page::show(&AfterPage::of(&app, &by, &whole, (Typed::default(), Errors::default())))
}

pub(super) async fn report(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let trip = format!("{}/trips/{}", by.group().path(), of.trip_id);
    match service::report(&app, &by, of.trip_id, &typed).await? {
        Written::Done => {
            let whole = service::read(&app, &by, of.trip_id).await?;
            // The two of an observation go on to talk it over; after a visit the same page leads on.
            let to = if whole.trip.is_observation() { trip } else { format!("{trip}/after") };
            Ok(flash::go_and_say(&to, "Written up."))
        }
        Written::Late => {
            let whole = service::read(&app, &by, of.trip_id).await?;
            if typed.kept(&whole.trip, by.participation_id()).is_empty() {
                let said = "This had changed before you pressed the button. Here is how it stands.";
                return Ok(flash::go_and_say(&trip, said));
            }
            let again = AfterPage::of(&app, &by, &whole, (typed, Errors::default()));
            page::show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Written::Refused(errors) => {
            let whole = service::read(&app, &by, of.trip_id).await?;
            page::show_form(&AfterPage::of(&app, &by, &whole, (typed, errors.clone())), &errors)
        }
    }
}
