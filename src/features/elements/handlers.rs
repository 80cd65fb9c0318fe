//! Reads the request, calls one service function, and goes back to the goal.
use super::service::{self, Answered};
use crate::access::GroupMember;
use crate::base::{error::Result, ids::ElementId};
use crate::web::{flash, state::App};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct OfElement {
    element_id: ElementId,
}

fn goal_path(by: &GroupMember, answered: &Answered) -> String {
    format!("{}/goals/{}", by.group().path(), answered.goal_id)
}

pub(super) async fn agree(State(app): State<App>, by: GroupMember, Path(of): Path<OfElement>) -> Result<Response> {
    let answered = service::agree_element(&app, &by, of.element_id).await?;
    let words = if answered.done {
        format!("Agreed: feedback to you may be about “{}”.", answered.title)
    } else {
        format!("“{}” was settled before.", answered.title)
    };
    Ok(flash::go_and_say(&goal_path(&by, &answered), &words))
}

pub(super) async fn decline(State(app): State<App>, by: GroupMember, Path(of): Path<OfElement>) -> Result<Response> {
    let answered = service::decline_element(&app, &by, of.element_id).await?;
    let words = if answered.done {
        "Declined. It is gone, and nobody is told.".to_owned()
    } else {
        format!("“{}” was settled before.", answered.title)
    };
    Ok(flash::go_and_say(&goal_path(&by, &answered), &words))
}

pub(super) async fn retire(State(app): State<App>, by: GroupMember, Path(of): Path<OfElement>) -> Result<Response> {
    let answered = service::retire_element(&app, &by, of.element_id).await?;
    let words = if answered.done {
        format!("Retired: new feedback to you is not about “{}” any more.", answered.title)
    } else {
        format!("“{}” is not in force.", answered.title)
    };
    Ok(flash::go_and_say(&goal_path(&by, &answered), &words))
}

pub(super) async fn show(State(app): State<App>, by: GroupMember, Path(of): Path<OfElement>) -> Result<Response> {
    let answered = service::show_element(&app, &by, of.element_id).await?;
    let words = if answered.done {
        format!("Everyone in your group now sees that feedback to you may be about “{}”.", answered.title)
    } else {
        format!("“{}” is not in force.", answered.title)
    };
    Ok(flash::go_and_say(&goal_path(&by, &answered), &words))
}
