//! Whom a group talks with on a visit: people with their role, what each of them is asked, and what they answered.
//! The words a plan has for "what you want to ask" stay the visit's; here each question gets room for an answer.
mod card;
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

pub(crate) use card::InterviewsCard;
pub(crate) use service::card;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

/// The address of the people and questions of a trip, and what follows.
macro_rules! interviews {
    ($rest:literal) => {
        concat!("/programs/{program_id}/groups/{group_id}/trips/{trip_id}/interviews", $rest)
    };
}

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", interviews!(""), Who::Member, get(handlers::show).post(handlers::add))
        .at("POST", interviews!("/answers"), Who::Member, post(handlers::answer))
        .at("POST", interviews!("/questions"), Who::Member, post(handlers::ask))
        .at("POST", interviews!("/questions/{question_id}/remove"), Who::Member, post(handlers::drop_question))
        .at("POST", interviews!("/people/{interviewee_id}"), Who::Member, post(handlers::change))
        .at("POST", interviews!("/people/{interviewee_id}/remove"), Who::Member, post(handlers::remove))
}
