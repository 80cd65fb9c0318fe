//! Goals, proposing [`elements`](super::elements) under them, and naming what comes out of them ([`products`](super::products)).
pub mod archive;
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

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/goals/new",
            Who::Member,
            get(writing::new_page).post(writing::write),
        )
        .at("GET", "/programs/{program_id}/groups/{group_id}/goals/{goal_id}", Who::Member, get(goals::page))
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/goals/{goal_id}/edit",
            Who::Member,
            get(writing::edit_page).post(writing::edit),
        )
        .at("POST", "/programs/{program_id}/groups/{group_id}/goals/{goal_id}/agree", Who::Member, post(goals::agree))
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/goals/{goal_id}/take-back",
            Who::Member,
            post(writing::take_back),
        )
        .at("POST", "/programs/{program_id}/groups/{group_id}/goals/{goal_id}/date", Who::Member, post(goals::postpone))
        .at("POST", "/programs/{program_id}/groups/{group_id}/goals/{goal_id}/close", Who::Member, post(goals::close))
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/goals/{goal_id}/elements",
            Who::Member,
            post(proposing::propose),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/goals/{goal_id}/products",
            Who::Member,
            post(products::add),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/goals/{goal_id}/products/{product_id}",
            Who::Member,
            post(products::change),
        )
}
