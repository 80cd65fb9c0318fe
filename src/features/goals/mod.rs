//! Goals, proposing [`elements`](super::elements) under them, and naming what comes out of them ([`products`](super::products)).
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use erase::erase;
pub use model::{GoalState, can_end, personal_goal_is_ready};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};
use handlers::{goals, products, proposing, writing};

/// The address of a goal, and what follows.
macro_rules! goal {
    ($rest:literal) => {
        concat!("/programs/{program_id}/groups/{group_id}/goals/{goal_id}", $rest)
    };
}

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/goals/new",
            Who::Member,
            get(writing::new_page).post(writing::write),
        )
        .at("GET", goal!(""), Who::Member, get(goals::page))
        .at("GET POST", goal!("/edit"), Who::Member, get(writing::edit_page).post(writing::edit))
        .at("POST", goal!("/agree"), Who::Member, post(goals::agree))
        .at("POST", goal!("/take-back"), Who::Member, post(writing::take_back))
        .at("POST", goal!("/date"), Who::Member, post(goals::postpone))
        .at("POST", goal!("/close"), Who::Member, post(goals::close))
        .at("POST", goal!("/elements"), Who::Member, post(proposing::propose))
        .at("POST", goal!("/products"), Who::Member, post(products::add))
        .at("POST", goal!("/products/{product_id}"), Who::Member, post(products::change))
}
