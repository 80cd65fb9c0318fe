//! The page of a goal; agreeing and closing it.
use super::super::{
    model::GoalState,
    pages::{self, Typed},
    service::{self, Agreed, Closed},
};
use super::{OfGoal, goal_path};
use crate::access::GroupMember;
use crate::base::{error::Result, ids::GoalId, local_time::day_in};
use crate::features::goal_versions::check_target;
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

/// What was chosen from the library, to be proposed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct Chosen {
    element: String,
}

pub(in super::super) async fn page(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfGoal>,
    Query(chosen): Query<Chosen>,
) -> Result<Response> {
    let typed = Typed { element: chosen.element, ..Typed::default() };
    show(&app, &by, of.goal_id, typed, Errors::default()).await
}

/// The page of a goal, perhaps with one of its forms to look at again.
pub(super) async fn show(app: &App, by: &GroupMember, id: GoalId, typed: Typed, errors: Errors) -> Result<Response> {
    let whole = service::read(app, by, id).await?;
    let page = pages::goal_page(by, &whole, by.shell(app), (typed, errors));
    page::show_form(&page, &page.errors)
}

/// The mark of the words that were read.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct AgreeForm {
    mark: String,
}

pub(in super::super) async fn agree(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfGoal>,
    Form(form): Form<AgreeForm>,
) -> Result<Response> {
    let words = match service::agree(&app, &by, of.goal_id, &form.mark).await? {
        Agreed::Now => "The goal is agreed.",
        Agreed::NewWords => "The new words hold now. What the goal said before stays to be read.",
        Agreed::Noted => "Your yes is noted.",
        Agreed::NeedsElements => {
            let mut errors = Errors::default();
            errors.add("element", "Name one to six things that feedback may be about first");
            return show(&app, &by, of.goal_id, Typed::default(), errors).await;
        }
        Agreed::Reworded => "The words have changed since you read them. Read them again before you agree.",
        Agreed::Closed => "This goal is closed.",
    };
    Ok(flash::go_and_say(&goal_path(&by, of.goal_id), words))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct CloseForm {
    how: String,
    reflection: String,
}

pub(in super::super) async fn close(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfGoal>,
    Form(form): Form<CloseForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let how = GoalState::parse(&form.how).filter(|state| !state.is_open());
    if how.is_none() {
        errors.add("how", "Choose how it went");
    }
    let reflection = if how == Some(GoalState::Dropped) {
        errors.line("reflection", &form.reflection, 300)
    } else {
        errors.required_line("reflection", &form.reflection, 300, "one line about it")
    };
    if let Some(how) = how.filter(|_| errors.is_empty()) {
        let path = goal_path(&by, of.goal_id);
        match service::close(&app, &by, of.goal_id, how, &reflection).await? {
            Closed::Done => return Ok(flash::go_and_say(&path, "The goal is closed.")),
            Closed::Before => return Ok(flash::go_and_say(&path, "The goal was closed before.")),
            Closed::NotAgreed => errors.add("how", "It was never agreed, so it can only be dropped"),
        }
    }
    let typed = Typed { how: form.how, reflection: form.reflection, ..Typed::default() };
    show(&app, &by, of.goal_id, typed, errors).await
}

/// Another date for a goal whose date has passed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct DateForm {
    target_on: String,
}

pub(in super::super) async fn postpone(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfGoal>,
    Form(form): Form<DateForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let to = errors.date("target_on", &form.target_on, "the day by which you want to reach it");
    if let Some(to) = to {
        check_target(to, day_in(&by.program().time_zone, app.clock.now()), &by, &mut errors);
        if errors.is_empty() {
            let said = if service::postpone(&app, &by, of.goal_id, to).await? {
                "It has more time now."
            } else {
                "Its date has not passed, or it is closed."
            };
            return Ok(flash::go_and_say(&goal_path(&by, of.goal_id), said));
        }
    }
    let typed = Typed { target_on: form.target_on, ..Typed::default() };
    show(&app, &by, of.goal_id, typed, errors).await
}
