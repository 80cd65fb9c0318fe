//! Who takes part in a program: adding people by pasting lines, inviting them, and the list that
//! says where each of them stands. Opening a program is here too, because it sends the invitations.
pub mod archive;
mod email;
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
mod schedule;
mod service;

pub use email::compose;
pub use erase::erase;
pub use model::{Approval, MOST_LINES, NewPerson, Tally, added_words, approval_words, read_lines, tally_words};
pub(crate) use queries::programs_after;
pub use queries::{
    About, Ending, HoldChanged, Joining, Pause, end_part, lock_part, mark_joined, pause_of, save_about, set_pause,
    settle_holds,
};
pub use schedule::{settle, tick};
pub(crate) use service::{Added, add_in};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};
use handlers::{adding, correcting, inviting, list, opening};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", "/programs/{program_id}/open", Who::Coordinator, get(opening::page).post(opening::open))
        .at("GET", "/programs/{program_id}/people", Who::Coordinator, get(list::page))
        .at("GET POST", "/programs/{program_id}/people/add", Who::Coordinator, get(adding::page).post(adding::add))
        .at(
            "POST",
            "/programs/{program_id}/people/{participation_id}/invite",
            Who::Coordinator,
            post(inviting::invite_again),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/people/{participation_id}/correct",
            Who::Coordinator,
            get(correcting::page).post(correcting::correct),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/people/{participation_id}/remove",
            Who::Coordinator,
            get(inviting::remove_page).post(inviting::remove),
        )
}
