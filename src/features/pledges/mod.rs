//! What became of what supervisors promised. At the middle of the program each supervisor who
//! promised something says so by a link, without an account; the peer notes in private what really
//! happened; coordinators see the supervisor's answers, and the peers' only as one sum.
mod email;
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod schedule;
mod service;

pub use email::compose;
pub use erase::erase;
pub use model::{FEWEST_PEERS, FEWEST_PLEDGES, PledgeAnswer, may_show_sum, middle_day};
pub use schedule::tick;

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/pledge-check/{secret}", Who::LinkHolder, get(handlers::enter))
        .at("GET POST", "/pledges/{request_id}", Who::LinkHolder, get(handlers::show).post(handlers::answer))
        .at("GET POST", "/programs/{program_id}/pledges", Who::Peer, get(handlers::own).post(handlers::tick))
        .at("GET", "/programs/{program_id}/buy-in", Who::Coordinator, get(handlers::buy_in))
}
