//! Reads the request, calls one service function, picks the page.
pub(super) mod receive;

use super::{
    model::Standing,
    pages::{
        given::GivenPage,
        received::{OpenPage, ReadPage},
        shown::ShownPage,
    },
    service::{self, Item},
};
use crate::access::GroupMember;
use crate::base::{error::Result, ids::FeedbackId};
use crate::features::showing;
use crate::web::{form::Errors, page, state::App};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

/// The item named in the URL.
#[derive(Deserialize)]
pub struct OfFeedback {
    pub feedback_id: FeedbackId,
}

/// Where a member's own list is.
#[must_use]
pub fn list_path(member: &GroupMember) -> String {
    format!("{}/feedback", member.group().path())
}

/// Where an item is.
#[must_use]
pub fn path(member: &GroupMember, id: FeedbackId) -> String {
    format!("{}/{id}", list_path(member))
}

/// Changes nothing, whoever opens it: opening for real is a post.
pub(super) async fn show(State(app): State<App>, member: GroupMember, Path(of): Path<OfFeedback>) -> Result<Response> {
    let item = service::read(&app, &member, of.feedback_id).await?;
    show_item(&app, &member, &item).await
}

async fn show_item(app: &App, member: &GroupMember, item: &Item) -> Result<Response> {
    let fine = Errors::default();
    let Some(around) = item.around.as_ref().filter(|_| item.standing != Standing::Draft) else {
        return Ok(page::go(&format!("{}/draft", path(member, item.feedback.id))));
    };
    let part = showing::part_of_item(app, member, around).await?;
    match item.standing {
        Standing::Draft => Ok(page::go(&format!("{}/draft", path(member, item.feedback.id)))),
        Standing::Logged | Standing::ToConfirm | Standing::Disputed => {
            Ok(page::go(&format!("{}/said", path(member, item.feedback.id))))
        }
        Standing::Unopened => page::show(&OpenPage::new(app, member, item, None, fine)),
        Standing::Given => page::show(&GivenPage::new(app, member, item, part)),
        Standing::Shown => page::show(&ShownPage::new(app, member, item, part)),
        Standing::Settled if item.feedback.giver_id == member.participation_id() => {
            page::show(&GivenPage::new(app, member, item, part))
        }
        Standing::ToAnswer | Standing::Settled => page::show(&ReadPage::new(app, member, item, None, fine).with(part)),
    }
}
