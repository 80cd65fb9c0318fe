//! Where everyone arrives: the one thing that is next, then the rest, then how things stand.
//! Reads, and writes nothing.
mod handlers;
mod model;
mod pages;
mod queries;
mod service;
mod tasks;

pub use model::{
    Backing, Draft, End, Goal, Meeting, Mine, MyGroup, Part, Past, Poll, Product, Proposed, Received, Trip,
};
pub use tasks::{Rank, Task, Waiting, tasks};

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default().at("GET", "/", Who::Anyone, get(handlers::home))
}
