//! Looking back. Each member of a group writes lines alone: what worked, what did not, what to try next. Once all have
//! said that they are done, or two weeks after the first, any of them shows the lines to all: of those who are done, to
//! those who are done. A line is shared with the program by its author alone, who may take it back at any time.
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use erase::erase;
pub use model::{DAYS_TO_WRITE, Member, Stage, reads, stage};
pub(crate) use queries::{SharedLine, looked_back, shared, shared_line};
pub use service::Waiting;
pub(crate) use service::{A_PAGE, Line, line, waiting};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

/// The address of a group's retrospective, and what follows.
macro_rules! in_group {
    ($rest:literal) => {
        concat!("/programs/{program_id}/groups/{group_id}/retrospective", $rest)
    };
}

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", in_group!(""), Who::Member, get(handlers::show).post(handlers::write))
        .at("POST", in_group!("/done"), Who::Member, post(handlers::done))
        .at("POST", in_group!("/reveal"), Who::Member, post(handlers::reveal))
        .at("GET", "/programs/{program_id}/retrospective", Who::OwnPart, get(handlers::own))
        .at("POST", "/programs/{program_id}/retrospective/{line_id}/share", Who::OwnPart, post(handlers::share))
        .at("POST", "/programs/{program_id}/retrospective/{line_id}/take-back", Who::OwnPart, post(handlers::take_back))
        .at("POST", "/programs/{program_id}/retrospective/{line_id}/remove", Who::OwnPart, post(handlers::remove))
}
