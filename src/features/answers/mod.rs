//! A supervisor's answer: one page, by a link in an email, without an account.
//!
//! Opening a link decides nothing; the answer can be changed by the same link until the program
//! ends.
mod handlers;
mod link;
mod model;
mod pages;
mod service;

pub use model::{AnswerWord, may_answer};
pub(crate) use pages::{AnswerSheet, Fact, Sample, what_it_takes};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/answer/{secret}", Who::LinkHolder, get(handlers::enter))
        .at("GET POST", "/answers/{request_id}", Who::LinkHolder, get(handlers::show).post(handlers::answer))
        .at("POST", "/answers/{request_id}/not-mine", Who::LinkHolder, post(handlers::not_mine))
}
