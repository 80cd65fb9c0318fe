//! Reads the request, calls one service function.
use super::service;
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::MeetingId,
};
use crate::web::{flash, form::Form, state::App};
use axum::{extract::State, response::Response};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct DeclineForm {
    meeting: String,
}

pub(super) async fn decline(
    State(app): State<App>,
    by: GroupMember,
    Form(form): Form<DeclineForm>,
) -> Result<Response> {
    let meeting = MeetingId::parse(&form.meeting).ok_or(AppError::Unreadable("a form without its meeting"))?;
    service::decline(&app, &by, meeting).await?;
    Ok(flash::go_and_say(&format!("{}/meetings", by.group().path()), "Not this time, then."))
}
