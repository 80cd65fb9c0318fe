//! Planning a trip, and changing the plan.
use super::super::{
    model::{
        TripKind, TripState,
        plan::{Choices, Typed},
    },
    pages::{
        choose::{KindPage, PersonPage},
        plan::PlanPage,
    },
    service::{self, Planned},
};
use super::{OfTrip, path};
use crate::access::GroupMember;
use crate::base::{error::Result, ids::FieldTripId};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;

/// Changing a plan writes all its words anew.
const WRITTEN_BEFORE: &str = "This was planned before you came. Ask one of the others to change the plan.";

/// What the links of the first pages settle.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct Chosen {
    kind: String,
    observed: String,
    /// A visit whose host comes to see the group in return.
    returns: String,
}

pub(in super::super) async fn new(
    State(app): State<App>,
    member: GroupMember,
    Query(chosen): Query<Chosen>,
) -> Result<Response> {
    let typed = Typed {
        id: FieldTripId::generate().to_string(),
        kind: chosen.kind,
        observed: chosen.observed,
        ..match FieldTripId::parse(&chosen.returns) {
            Some(visit) => PlanPage::in_return(&service::read(&app, &member, visit).await?.trip),
            None => Typed::default(),
        }
    };
    let choices = service::choices(&app, &member).await?;
    show(&app, &member, &choices, typed, &Errors::default())
}

pub(in super::super) async fn create(
    State(app): State<App>,
    member: GroupMember,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    // Without a readable id the form is not one of ours; a new one then does no harm.
    let id = FieldTripId::parse(&typed.id).unwrap_or_else(FieldTripId::generate);
    let to = path(&member, id);
    Ok(match service::plan(&app, &member, id, &typed).await? {
        Planned::Done | Planned::Before | Planned::WrittenBefore => {
            flash::go_and_say(&to, "Planned. The next step stands on top.")
        }
        Planned::Refused(errors, choices) => show(&app, &member, &choices, typed, &errors)?,
    })
}

/// The kind first, of an observation then the person, then the form.
fn show(app: &App, member: &GroupMember, choices: &Choices, typed: Typed, errors: &Errors) -> Result<Response> {
    let Some(kind) = TripKind::parse(&typed.kind) else {
        return page::show_form(&KindPage::new(app, member, errors.clone()), errors);
    };
    if kind == TripKind::Observation && choices.member(&typed.observed).is_none() {
        return page::show_form(&PersonPage::new(app, member, choices, errors.clone()), errors);
    }
    page::show_form(&PlanPage::new(app, member, choices, typed, errors.clone()), errors)
}

pub(in super::super) async fn edit(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfTrip>,
) -> Result<Response> {
    let whole = service::read(&app, &member, of.trip_id).await?;
    if whole.trip.state != TripState::Planned {
        return Ok(flash::go_and_say(
            &path(&member, of.trip_id),
            "Only a plan can be changed. Choose a new day first.",
        ));
    }
    if !whole.can_be_rewritten() {
        return Ok(flash::go_and_say(&path(&member, of.trip_id), WRITTEN_BEFORE));
    }
    let choices = service::choices(&app, &member).await?;
    let typed = PlanPage::typed_of(&whole);
    page::show(&PlanPage::new(&app, &member, &choices, typed, Errors::default()).changing(&whole.trip))
}

pub(in super::super) async fn change(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfTrip>,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let to = path(&member, of.trip_id);
    Ok(match service::change(&app, &member, of.trip_id, &typed).await? {
        Planned::Done => flash::go_and_say(&to, "Changed."),
        Planned::WrittenBefore => flash::go_and_say(&to, WRITTEN_BEFORE),
        Planned::Before => flash::go_and_say(&to, "Only a plan can be changed. Choose a new day first."),
        Planned::Refused(errors, choices) => {
            let whole = service::read(&app, &member, of.trip_id).await?;
            let typed = PlanPage::settled(typed, &whole.trip, &errors);
            let page = PlanPage::new(&app, &member, &choices, typed, errors.clone()).changing(&whole.trip);
            page::show_form(&page, &errors)?
        }
    })
}
