//! The pulse: at the middle and at the end of a program, everybody in a group is asked three questions and for one
//! line. Results are for the whole program, after closing, and only from enough answers.
//!
//! Who answered what must be found by nobody, so this is what is written when somebody answers, and no more:
//!
//! - their invitation's mark, so that they do not answer twice, and their answer, in one transaction;
//! - with it, all answers there are, anew and in random order under new random ids
//!   (`queries`): the rows' order, place and transaction tell of no answer which mark it came with,
//!   in the database, and in a backup that was made while the pulse was open.
//!
//! No history, no time, no email, and nothing that was sent is recalled or let go because somebody answered: what
//! became of letters would tell. Closing rewrites answers and invitations once more and takes the marks away.
//!
//! That leaves whoever watches the database itself while it is open, or reads what its server has not yet cleared from
//! its files; the page about who sees what says so.
//!
//! While it is open, coordinators read how many were invited, and of the answers only whether there are enough for
//! results: with the number itself, somebody who looks before and after talking to Priya would know that she answered;
//! and none, or all, would be said of everybody by name. See [`so_far`].
//!
//! Who was invited may answer by their link until it closes, even if they are on hold by then, or have left.
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
pub use model::{
    Answer, FEWEST_EVER, Pulse, PulseKind, Results, SoFar, fewest, last_days, reminder_at, results, so_far,
};
pub use schedule::tick;
pub use service::outcomes;

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/pulse/{secret}", Who::LinkHolder, get(handlers::linked::enter))
        .at(
            "GET POST",
            "/pulse-answers/{invitation_id}",
            Who::LinkHolder,
            get(handlers::linked::show).post(handlers::linked::answer),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/pulse",
            Who::Peer,
            get(handlers::peers::show).post(handlers::peers::answer),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/pulses",
            Who::Coordinator,
            get(handlers::coordinators::show).post(handlers::coordinators::open),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/pulses/{pulse_id}/close",
            Who::Coordinator,
            get(handlers::coordinators::close_page).post(handlers::coordinators::close),
        )
}
