//! What comes out of goals: tangible results, how far they are, and sharing them: with the group, with the program
//! and with the supervisor, each by a choice of its own. [`goals`](super::goals) has the pages on which products are
//! named and changed.
mod email;
mod erase;
mod handlers;
mod link;
mod model;
mod pages;
mod queries;
pub mod rows;
mod schedule;
mod service;

pub use email::compose;
pub use erase::erase;
pub use model::{Audience, ProductState};
pub(crate) use pages::{Changed, ProductLine};
pub(crate) use queries::{
    NewProduct, ProductChange, ProductRow, ShownProduct, insert_product, of_goal, shown, update_product,
};
pub use schedule::tick;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/programs/{program_id}/products", Who::OwnPart, get(handlers::own))
        .at("POST", "/programs/{program_id}/products/{product_id}/share", Who::OwnPart, post(handlers::share))
        .at("POST", "/programs/{program_id}/products/{product_id}/take-back", Who::OwnPart, post(handlers::take_back))
        .at("POST", "/programs/{program_id}/end-supervisor-links", Who::OwnPart, post(handlers::end_links))
        .at("GET", "/programs/{program_id}/shared-products", Who::Coordinator, get(handlers::shared))
        .at("GET", "/programs/{program_id}/shared-products.csv", Who::Coordinator, get(handlers::file))
        .at("GET", "/shared-with-you/{secret}", Who::LinkHolder, get(handlers::enter))
        .at("GET", "/shared-by-your-report/{request_id}", Who::LinkHolder, get(handlers::shown))
}
