//! Reads the request, calls one service function, picks the page.
use super::{
    model::How,
    pages::{ReturnForm, ReturnPage},
    service::{self, Whole},
};
use crate::access::GroupMember;
use crate::base::{error::Result, ids::FieldTripId, words};
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
use time::Date;

#[derive(Deserialize)]
pub(super) struct OfTrip {
    trip_id: FieldTripId,
}

pub(super) async fn show(State(app): State<App>, by: GroupMember, Path(of): Path<OfTrip>) -> Result<Response> {
    let whole = service::read(&app, &by, of.trip_id).await?;
    page::show(&ReturnPage::of(&app, &by, &whole, (None, Errors::default())))
}

pub(super) async fn say(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Form(form): Form<ReturnForm>,
) -> Result<Response> {
    let whole = service::read(&app, &by, of.trip_id).await?;
    let mut errors = Errors::default();
    let said = if whole.is_open() { read(&form, &whole, &mut errors) } else { None };
    if !errors.is_empty() {
        return page::show_form(&ReturnPage::of(&app, &by, &whole, (Some(form), errors.clone())), &errors);
    }
    let to = format!("{}/trips/{}/after", by.group().path(), of.trip_id);
    let Some(said) = said else { return Ok(flash::go_and_say(&to, "There is no return visit to speak of yet.")) };
    let done = service::say(&app, &by, of.trip_id, said).await?;
    Ok(flash::go_and_say(&to, if done { "Noted." } else { "There is no return visit to speak of yet." }))
}

fn read(form: &ReturnForm, whole: &Whole, errors: &mut Errors) -> Option<(How, Option<Date>)> {
    let Some(how) = How::parse(&form.how) else {
        errors.add("how", "Choose how it stands");
        return None;
    };
    let day = match how {
        How::Unneeded => return Some((how, None)),
        How::Planned => errors.date("planned_on", &form.planned_on, "the day it is planned for")?,
        How::Done => errors.date("done_on", &form.done_on, "the day it took place")?,
    };
    let (today, visit) = (whole.today, whole.trip.on_date);
    match how {
        How::Planned if day < today => errors.add("planned_on", "This day is past. Enter a day from today on"),
        How::Done if day > today => errors.add("done_on", "This day is yet to come. Enter a day up to today"),
        How::Done if day < visit => {
            errors.add("done_on", format!("Enter a day from your own visit on, {}", words::day_and_year(visit)));
        }
        _ => {}
    }
    Some((how, Some(day)))
}
