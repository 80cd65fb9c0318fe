//! Who takes part in a program: inviting people, and the list that says where each of them
//! stands, also as a file. Opening a program is here too, because it sends the invitations.
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
pub use model::{Approval, Details, Tally, approval_words, tally_words};
pub(crate) use queries::programs_after;
pub use queries::{
    About, Ending, HoldChanged, Joining, Part, Pause, add_all, end_part, enter_all, lock_part, mark_joined, pause_of,
    save_about, set_pause, settle_holds, still_there, take_off_all,
};
pub use schedule::{settle, tick};
pub use service::send_invitations;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};
use handlers::{correcting, export, inviting, list, opening};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", "/programs/{program_id}/open", Who::Coordinator, get(opening::page).post(opening::open))
        .at("GET", "/programs/{program_id}/people", Who::Coordinator, get(list::page))
        .at("GET", "/programs/{program_id}/people.csv", Who::Coordinator, get(export::people))
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
