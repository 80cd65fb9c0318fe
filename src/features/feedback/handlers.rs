//! Reads the request, calls one service function, picks the page.
pub(super) mod receive;
pub(super) mod write;

use super::{
    model::Standing,
    pages::{
        given::{GivenPage, ThroughPage},
        list::ListPage,
        received::{OpenPage, ReadPage},
    },
    service::{self, Item},
};
use crate::access::GroupMember;
use crate::base::{error::Result, ids::FeedbackId};
use crate::features::feedback_asks;
use crate::web::{form::Errors, page, state::App};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

/// The item named in the URL.
#[derive(Deserialize)]
pub(super) struct OfFeedback {
    feedback_id: FeedbackId,
}

fn list_path(member: &GroupMember) -> String {
    format!("{}/feedback", member.group().path())
}

fn path(member: &GroupMember, id: FeedbackId) -> String {
    format!("{}/{id}", list_path(member))
}

pub(super) async fn mine(State(app): State<App>, member: GroupMember) -> Result<Response> {
    let listed = service::mine(&app, &member).await?;
    let asks = feedback_asks::part_of_list(&app, &member).await?;
    page::show(&ListPage::new(&app, &member, &listed, asks))
}

/// Changes nothing, whoever opens it: opening for real is a post.
pub(super) async fn show(State(app): State<App>, member: GroupMember, Path(of): Path<OfFeedback>) -> Result<Response> {
    let item = service::read(&app, &member, of.feedback_id).await?;
    show_item(&app, &member, &item)
}

fn show_item(app: &App, member: &GroupMember, item: &Item) -> Result<Response> {
    let fine = Errors::default();
    match item.standing {
        Standing::Draft => page::show(&ThroughPage::new(app, member, item, fine)),
        Standing::Unopened => page::show(&OpenPage::new(app, member, item, None, fine)),
        Standing::Given => page::show(&GivenPage::new(app, member, item)),
        Standing::Settled if item.feedback.giver_id == member.participation_id() => {
            page::show(&GivenPage::new(app, member, item))
        }
        Standing::ToAnswer | Standing::Settled => page::show(&ReadPage::new(app, member, item, None, fine)),
    }
}
