//! Finding a time: a member proposes two to six times, everybody says for each yes, if need be or no,
//! on the page or by their own link in an email, and one of the times becomes the meeting.
//!
//! While a group looks for a time there is no meeting yet, only a poll, in tables of its own; choosing a time
//! makes the meeting as if it had been set on its page ([`calendar::schedule`](super::calendar::schedule)), and
//! ends the poll. Whether somebody has answered and what fits best are derived from the answers; only those of
//! open members count.
mod email;
mod erase;
mod handlers;
mod link;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use email::compose;
pub use erase::erase;
pub use model::{
    Fit, Poll, PollSlot, PollState, Said, Standing,
    suggest::{Frame, Free, Member, suggest},
};
pub(crate) use service::{OpenPoll, open_poll};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/when/{secret}", Who::LinkHolder, get(handlers::linked::enter))
        .at(
            "GET POST",
            "/polls/{poll_ask_id}",
            Who::LinkHolder,
            get(handlers::linked::show).post(handlers::linked::answer),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/polls/new",
            Who::Member,
            get(handlers::new_page).post(handlers::start),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/polls/{poll_id}",
            Who::Member,
            get(handlers::poll_page).post(handlers::answer),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/polls/{poll_id}/choose",
            Who::Member,
            post(handlers::choose),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/polls/{poll_id}/cancel",
            Who::Member,
            post(handlers::cancel),
        )
}
