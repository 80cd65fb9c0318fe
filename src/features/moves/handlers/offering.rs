//! A coordinator offers members of a group a place in another, and takes offers back.
use super::super::{
    pages::OfferPage,
    service::{self, Offered, Wanted},
};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::Result,
    ids::{GroupId, MoveId, ParticipationId},
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
use serde::Deserialize;

/// The most characters of the line to the person.
const LONGEST_LINE: usize = 300;

#[derive(Deserialize)]
pub(in super::super) struct OfGroup {
    group_id: GroupId,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct OfferForm {
    members: Vec<String>,
    to: String,
    line: String,
}

fn groups_path(by: &ProgramCoordinator) -> String {
    format!("{}/groups", by.program().path())
}

pub(in super::super) async fn page(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfGroup>,
) -> Result<Response> {
    show(&app, &by, of.group_id, OfferForm::default(), Errors::default()).await
}

async fn show(app: &App, by: &ProgramCoordinator, id: GroupId, form: OfferForm, errors: Errors) -> Result<Response> {
    let seen = service::seen(app, by, id).await?;
    let typed = (form.members, form.to, form.line);
    let shown = OfferPage::of((by.shell(app), errors), by.program(), &seen, typed, app.clock.now());
    page::show_form(&shown, &shown.errors)
}

pub(in super::super) async fn offer(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfGroup>,
    Form(form): Form<OfferForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let mut people: Vec<ParticipationId> = form.members.iter().filter_map(|id| ParticipationId::parse(id)).collect();
    people.sort();
    people.dedup();
    if people.is_empty() {
        errors.add("members", "Choose to whom you offer the move");
    }
    let to = GroupId::parse(&form.to);
    if to.is_none() {
        errors.add("to", "Choose a group");
    }
    let line = errors.line("line", &form.line, LONGEST_LINE);
    if let (true, Some(to)) = (errors.is_empty(), to) {
        match service::offer(&app, &by, of.group_id, &Wanted { people, to, line }).await? {
            Offered::Done { names, to } => {
                let each = if names.len() == 1 { "They are" } else { "Each is" };
                let said = format!(
                    "A place in {to} is offered to {}. {each} asked by email, and decide.",
                    words::list(&names)
                );
                return Ok(flash::go_and_say(&groups_path(&by), &said));
            }
            Offered::NoSuchTarget => errors.add("to", "This group is closed: choose another"),
            Offered::Waiting(names) => {
                errors.add("members", format!("An open offer waits for an answer already: {}", words::list(&names)));
            }
            Offered::NotHere => errors.add("members", "Somebody you chose is no longer in this group"),
            Offered::Refused(refusals) => {
                for refusal in refusals {
                    errors.add("members", refusal.words());
                }
            }
            Offered::NotNow => errors.add("members", "Moves can be offered while the program and the group run"),
        }
    }
    show(&app, &by, of.group_id, form, errors).await
}

#[derive(Deserialize)]
pub(in super::super) struct OfMove {
    move_id: MoveId,
}

pub(in super::super) async fn withdraw(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfMove>,
) -> Result<Response> {
    let (was_open, offer) = service::withdraw(&app, &by, of.move_id).await?;
    let said = if was_open {
        format!("The offer is taken back. {} stays in {}.", offer.name, offer.from_name)
    } else {
        format!("Nothing changed. {}: {}.", offer.name, offer.words(app.clock.now(), &by.program().time_zone))
    };
    Ok(flash::go_and_say(&groups_path(&by), &said))
}
