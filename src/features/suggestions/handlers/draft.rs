//! One suggestion: reading it, moving people, using or dropping it.
use super::super::{
    pages::{DraftPage, Moving},
    service::{self, Moved, Target, Used},
};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::Result,
    ids::{ParticipationId, SuggestionId},
    words,
};
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
use axum_extra::extract::Query;
use serde::Deserialize;

/// Refusals that are told at once; each more is met at the next try.
const TOLD: usize = 12;

#[derive(Deserialize)]
pub(in super::super) struct OfDraft {
    suggestion_id: SuggestionId,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct Paging {
    /// The last group of the page before.
    after: String,
}

/// The number of a group in an address or a form; 0 when it is none.
fn number(raw: &str) -> i32 {
    raw.trim().parse().ok().filter(|number| *number > 0).unwrap_or(0)
}

pub(in super::super) async fn page(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfDraft>,
    Query(paging): Query<Paging>,
) -> Result<Response> {
    show(&app, &by, of.suggestion_id, Moving::on_page(number(&paging.after)), Errors::default()).await
}

async fn show(
    app: &App,
    by: &ProgramCoordinator,
    id: SuggestionId,
    moving: Moving,
    errors: Errors,
) -> Result<Response> {
    let view = service::view(app, by, id, moving.after).await?;
    let cut_off = service::cut_off(&view.draft, app.clock.now());
    let page = DraftPage::new(by.shell(app), by.program(), (&view, cut_off), &moving, errors);
    page::show_form(&page, &page.errors)
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct MoveForm {
    who: String,
    to: String,
    after: String,
}

pub(in super::super) async fn move_somebody(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfDraft>,
    Form(form): Form<MoveForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let who = ParticipationId::parse(&form.who);
    if who.is_none() {
        errors.add("who", "Choose whom to move");
    }
    let to = match form.to.as_str() {
        "new" => Some(Target::New),
        "none" => Some(Target::Nowhere),
        other => Some(number(other)).filter(|number| *number > 0).map(Target::Group),
    };
    if to.is_none() {
        errors.add("to", "Choose where to");
    }
    let after = number(&form.after);
    if let (Some(who), Some(to)) = (who, to) {
        let at = format!("{}/suggestions/{}", by.program().path(), of.suggestion_id);
        match service::move_to(&app, &by, of.suggestion_id, (who, to)).await? {
            Moved::Done(name, number) => {
                let said = match number {
                    Some(number) => format!("{name} is in group {number} now."),
                    None => format!("{name} is in no group now."),
                };
                let here = if after > 0 { format!("{at}?after={after}") } else { at };
                return Ok(flash::go_and_say(&here, &said));
            }
            Moved::Closed => return Ok(flash::go_and_say(&at, CLOSED)),
            Moved::Refused(against) => against.into_iter().for_each(|why| errors.add("to", why)),
        }
    }
    show(&app, &by, of.suggestion_id, Moving { who: form.who, to: form.to, after }, errors).await
}

const CLOSED: &str = "This suggestion is not open any more. Nothing was changed.";

pub(in super::super) async fn use_it(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfDraft>,
) -> Result<Response> {
    let path = by.program().path();
    match service::use_it(&app, &by, of.suggestion_id).await? {
        Used::Done(groups, people) => {
            let groups = words::capital(&words::count(groups, "group is", "groups are"));
            let said = format!("{groups} formed, with {}.", words::count(people, "person", "people"));
            Ok(flash::go_and_say(&format!("{path}/groups"), &said))
        }
        Used::Before => Ok(flash::go_and_say(&format!("{path}/groups"), "The groups of this suggestion are formed.")),
        Used::Closed => Ok(flash::go_and_say(&format!("{path}/suggestions/{}", of.suggestion_id), CLOSED)),
        Used::Refused(against) => {
            let mut errors = Errors::default();
            let more = against.len().saturating_sub(TOLD);
            against.into_iter().take(TOLD).for_each(|why| errors.add("use", why));
            if more > 0 {
                errors.add("use", format!("And {more} more like these"));
            }
            show(&app, &by, of.suggestion_id, Moving::on_page(0), errors).await
        }
    }
}

pub(in super::super) async fn drop_it(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfDraft>,
) -> Result<Response> {
    let said = if service::drop_it(&app, &by, of.suggestion_id).await? { "The suggestion is dropped." } else { CLOSED };
    Ok(flash::go_and_say(&format!("{}/groups", by.program().path()), said))
}
