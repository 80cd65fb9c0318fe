//! Joining a program, and the supervisor's answer with what they promise.
//!
//! A peer reads what is asked and writes one sentence; the supervisor gets one email and
//! answers on one page without an account. Opening a link decides nothing; the answer can be
//! changed by the same link until the program ends.
pub mod archive;
mod email;
mod handlers;
mod link;
mod model;
mod pages;
mod queries;
mod service;

pub use email::compose;
pub use model::{
    AnswerWord, PledgeKind, Purpose, ReasonCode, RequestState, Told, in_effect, may_answer, may_ask_again, next_digest,
    standing,
};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};
use handlers::{answer, join};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", "/programs/{program_id}/join", Who::Peer, get(join::show).post(join::join))
        .at("POST", "/programs/{program_id}/join/wishes", Who::Peer, post(join::change_wishes))
        .at("POST", "/programs/{program_id}/join/ask-again", Who::Peer, post(join::ask_again))
        .at("POST", "/programs/{program_id}/join/accept", Who::Peer, post(join::accept))
        .at("GET", "/programs/{program_id}/join/supervisor-sees", Who::Peer, get(join::supervisor_sees))
        .at(
            "POST",
            "/programs/{program_id}/people/{participation_id}/ask-again",
            Who::Coordinator,
            post(join::send_again),
        )
        .at("GET", "/answer/{secret}", Who::LinkHolder, get(answer::enter))
        .at("GET POST", "/answers/{request_id}", Who::LinkHolder, get(answer::show).post(answer::answer))
        .at("POST", "/answers/{request_id}/not-mine", Who::LinkHolder, post(answer::not_mine))
}
