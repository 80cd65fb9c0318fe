//! Two buttons of an item's page, and the parts that the pages of feedback show.
use super::{
    model::Around,
    pages::{self, ItemPart, ListPart},
    service,
};
use crate::access::GroupMember;
use crate::base::{error::Result, ids::FeedbackId};
use crate::web::{flash, form::Form, state::App};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct OfFeedback {
    feedback_id: FeedbackId,
}

/// Which of the two buttons was pressed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Pressed {
    #[serde(rename = "do")]
    what: String,
}

impl Pressed {
    fn undoes(&self) -> bool {
        self.what == "undo"
    }
}

pub(super) async fn hide(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfFeedback>,
    Form(pressed): Form<Pressed>,
) -> Result<Response> {
    service::hide(&app, &by, of.feedback_id, !pressed.undoes()).await?;
    let words = if pressed.undoes() {
        "It is in your list again."
    } else {
        "Hidden from your list. You find it at the end of this page, under “Hidden”."
    };
    Ok(flash::go_and_say(&format!("{}/feedback", by.group().path()), words))
}

pub(super) async fn group(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfFeedback>,
    Form(pressed): Form<Pressed>,
) -> Result<Response> {
    let around = service::show(&app, &by, of.feedback_id, !pressed.undoes()).await?;
    let words = match (pressed.undoes(), around.is_shown()) {
        (true, _) => "Taken back. The group can no longer read it.",
        (false, true) => "Both of you have said so. The group can read it now.",
        (false, false) => "Said. The group can read it once both of you have.",
    };
    Ok(flash::go_and_say(&format!("{}/feedback/{}", by.group().path(), of.feedback_id), words))
}

/// Who reads an item, and what its reader can set about it, drawn for its page.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn part_of_item(app: &App, by: &GroupMember, around: &Around) -> Result<ItemPart> {
    let group = if around.is_shown() { service::readers(app, by, around).await? } else { String::new() };
    pages::of_item(by, around, group)
}

/// What is shown to the group, what the reader hid and what they reported, drawn for the list of feedback.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn part_of_list(app: &App, by: &GroupMember) -> Result<ListPart> {
    pages::of_list(by, &service::all(app, by).await?)
}
