//! Proposing elements.
use super::super::{
    pages::Typed,
    service::{self, Proposal, Proposed},
};
use super::{OfGoal, goal_path, goals::show};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{ElementId, ParticipationId},
    text::first_name,
};
use crate::web::{
    flash,
    form::{Errors, Form},
    state::App,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct ElementForm {
    id: String,
    element: String,
    about: String,
}

pub(in super::super) async fn propose(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfGoal>,
    Form(form): Form<ElementForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let id = ElementId::parse(&form.id).ok_or(AppError::Unreadable("a form without its id"))?;
    let title = errors.required_line("element", &form.element, 120, "what feedback may be about");
    if errors.is_empty() {
        let path = goal_path(&by, of.goal_id);
        let proposal = Proposal { id, about: ParticipationId::parse(&form.about), title };
        match service::propose(&app, &by, of.goal_id, &proposal).await? {
            Proposed::Agreed => return Ok(flash::go_and_say(&path, "It is agreed: it is about you.")),
            Proposed::Waits(name) => {
                let words = format!("Proposed. It waits for {}.", first_name(&name));
                return Ok(flash::go_and_say(&path, &words));
            }
            Proposed::Before => return Ok(flash::go_and_say(&path, "Proposed.")),
            Proposed::Closed => return Ok(flash::go_and_say(&path, "This goal is closed.")),
            Proposed::Full(name) => {
                errors.add("element", format!("There are six about {} already: retire one first", first_name(&name)));
            }
            Proposed::There => errors.add("element", "This stands there already"),
            Proposed::Stranger => errors.add("about", "Choose somebody of your group"),
        }
    }
    let typed = Typed { element: form.element, about: form.about, ..Typed::default() };
    show(&app, &by, of.goal_id, typed, errors).await
}
