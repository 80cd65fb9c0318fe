//! The page of a trip, and the steps on it.
use super::super::{
    pages::trip::{StepTyped, TripPage},
    service::{self, Confirmed, Written},
};
use super::{OfTrip, path};
use crate::access::GroupMember;
use crate::base::{error::Result, ids::FieldTripId};
use crate::features::trip_approvals;
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

const LATE: &str = "This had changed before you pressed the button. Here is how it stands.";

pub(in super::super) async fn show(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfTrip>,
) -> Result<Response> {
    let whole = service::read(&app, &member, of.trip_id).await?;
    page::show(&TripPage::new(&app, &member, &whole, None, Errors::default()))
}

/// Back to the trip with these words, or its page again with the mistakes.
async fn after(
    app: &App,
    member: &GroupMember,
    trip_id: FieldTripId,
    written: (Written, &str),
    typed: StepTyped,
) -> Result<Response> {
    let to = path(member, trip_id);
    match written {
        (Written::Done, words) => Ok(flash::go_and_say(&to, words)),
        (Written::Late, _) => Ok(flash::go_and_say(&to, LATE)),
        (Written::Refused(errors), _) => again(app, member, trip_id, typed, errors).await,
    }
}

async fn again(
    app: &App,
    member: &GroupMember,
    trip_id: FieldTripId,
    typed: StepTyped,
    errors: Errors,
) -> Result<Response> {
    let whole = service::read(app, member, trip_id).await?;
    page::show_form(&TripPage::new(app, member, &whole, Some(typed), errors.clone()), &errors)
}

pub(in super::super) async fn consent(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfTrip>,
    Form(typed): Form<StepTyped>,
) -> Result<Response> {
    let written = service::consent(&app, &member, of.trip_id, &typed.seen).await?;
    after(&app, &member, of.trip_id, (written, "You said yes."), StepTyped::default()).await
}

pub(in super::super) async fn confirm(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfTrip>,
) -> Result<Response> {
    let to = path(&member, of.trip_id);
    let mut errors = Errors::default();
    match service::confirm(&app, &member, of.trip_id).await? {
        Confirmed::Done => return Ok(flash::go_and_say(&to, "Confirmed. The date stands.")),
        Confirmed::Late => return Ok(flash::go_and_say(&to, LATE)),
        Confirmed::NeedsConsent => errors.add("confirm", "Whoever is observed has to agree first"),
        Confirmed::TooMuch(people) => {
            for words in trip_approvals::too_much(&member, &people) {
                errors.add("confirm", words);
            }
        }
    }
    again(&app, &member, of.trip_id, StepTyped::default(), errors).await
}

pub(in super::super) async fn pre_met(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfTrip>,
    Form(typed): Form<StepTyped>,
) -> Result<Response> {
    let written = service::pre_met(&app, &member, of.trip_id, (&typed.pre_met_on, &typed.told)).await?;
    after(&app, &member, of.trip_id, (written, "Noted: you met beforehand."), typed).await
}

pub(in super::super) async fn took_place(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfTrip>,
    Form(typed): Form<StepTyped>,
) -> Result<Response> {
    let written = service::complete(&app, &member, of.trip_id, &typed.completed_on).await?;
    after(&app, &member, of.trip_id, (written, "Noted: it took place."), typed).await
}

pub(in super::super) async fn debrief(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfTrip>,
    Form(typed): Form<StepTyped>,
) -> Result<Response> {
    let written = service::debrief(&app, &member, of.trip_id, &typed.debriefed_on).await?;
    after(&app, &member, of.trip_id, (written, "Noted: you talked it over."), typed).await
}

pub(in super::super) async fn postpone(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfTrip>,
    Form(typed): Form<StepTyped>,
) -> Result<Response> {
    if !typed.later.is_empty() {
        let written = service::put_off(&app, &member, of.trip_id).await?;
        return after(&app, &member, of.trip_id, (written, "Postponed. It waits for a new day."), typed).await;
    }
    let written = service::set_date(&app, &member, of.trip_id, &typed.on_date).await?;
    after(&app, &member, of.trip_id, (written, "The new day is set. It is a plan again until you confirm it."), typed)
        .await
}

pub(in super::super) async fn cancel(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfTrip>,
) -> Result<Response> {
    let written = service::cancel(&app, &member, of.trip_id).await?;
    after(&app, &member, of.trip_id, (written, "Called off."), StepTyped::default()).await
}
