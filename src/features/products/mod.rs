//! What comes out of goals: tangible results, how far they are, and sharing them with the program.
//! [`goals`](super::goals) has the pages on which products are named and changed.
pub mod archive;
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

pub use erase::erase;
pub use model::ProductState;
pub(crate) use queries::{NewProduct, ProductChange, ProductRow, insert_product, of_goal, update_product};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/programs/{program_id}/products", Who::Peer, get(handlers::own))
        .at("POST", "/programs/{program_id}/products/{product_id}/share", Who::Peer, post(handlers::share))
        .at("POST", "/programs/{program_id}/products/{product_id}/take-back", Who::Peer, post(handlers::take_back))
        .at("GET", "/programs/{program_id}/shared-products", Who::Coordinator, get(handlers::shared))
        .at("GET", "/programs/{program_id}/shared-products.csv", Who::Coordinator, get(handlers::file))
}
