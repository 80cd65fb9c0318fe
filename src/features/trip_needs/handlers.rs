//! Reads the request, calls one service function, picks the page.
use super::{
    pages::{Typed, WayPage},
    service::{self, Done},
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

/// The most characters of either box.
const LONGEST: usize = 600;
const LATE: &str = "This had changed before you pressed the button. Here is how it stands.";

#[derive(Deserialize)]
pub(super) struct OfTrip {
    trip_id: FieldTripId,
}

fn path(by: &GroupMember, id: FieldTripId) -> String {
    format!("{}/trips/{id}/travel", by.group().path())
}

pub(super) async fn show(State(app): State<App>, by: GroupMember, Path(of): Path<OfTrip>) -> Result<Response> {
    let whole = service::read(&app, &by, of.trip_id).await?;
    page::show(&WayPage::of(&app, &by, of.trip_id, &whole, (None, Errors::default())))
}

async fn again(app: &App, by: &GroupMember, id: FieldTripId, typed: Typed, errors: Errors) -> Result<Response> {
    let whole = service::read(app, by, id).await?;
    page::show_form(&WayPage::of(app, by, id, &whole, (Some(typed), errors.clone())), &errors)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TravelForm {
    travel: String,
}

pub(super) async fn write_travel(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Form(form): Form<TravelForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let words = errors.paragraphs("travel", &form.travel, LONGEST);
    if !errors.is_empty() {
        return again(&app, &by, of.trip_id, Typed { travel: Some(form.travel), needs: None }, errors).await;
    }
    let said = match service::write_travel(&app, &by, of.trip_id, &words).await? {
        Done::Saved if words.is_empty() => "Taken out.",
        Done::Saved => "Saved. Your group can read it.",
        Done::Late => LATE,
    };
    Ok(flash::go_and_say(&path(&by, of.trip_id), said))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NeedsForm {
    needs: String,
}

pub(super) async fn write_needs(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Form(form): Form<NeedsForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let words = errors.paragraphs("needs", &form.needs, LONGEST);
    if !errors.is_empty() {
        return again(&app, &by, of.trip_id, Typed { travel: None, needs: Some(form.needs) }, errors).await;
    }
    let said = match service::write_needs(&app, &by, of.trip_id, &words).await? {
        Done::Saved if words.is_empty() => "Taken out. Nobody reads anything about you here.",
        Done::Saved => "Saved.",
        Done::Late => LATE,
    };
    Ok(flash::go_and_say(&path(&by, of.trip_id), said))
}
