//! Reads the request, calls one service function, picks the page.
use super::{pages::ListPage, service};
use crate::access::GroupMember;
use crate::base::error::Result;
use crate::features::{feedback_asks, showing};
use crate::web::{page, state::App};
use axum::{extract::State, response::Response};

pub(super) async fn mine(State(app): State<App>, member: GroupMember) -> Result<Response> {
    let listed = service::mine(&app, &member).await?;
    let asks = feedback_asks::part_of_list(&app, &member).await?;
    let others = showing::part_of_list(&app, &member).await?;
    page::show(&ListPage::new(&app, &member, &listed, (asks, others)))
}
