//! Who takes part in a program: inviting people, and the list that says where each of them
//! stands, also as a file. Opening a program is here too, because it sends the invitations.
pub mod archive;
mod email;
mod handlers;
mod model;
mod pages;
mod queries;
mod schedule;
mod service;

pub use email::compose;
pub use model::{Approval, Details, Tally, approval_words, tally_words};
pub use queries::{
    HoldChanged, Joining, Part, add_all, enter_all, mark_joined, settle_holds, still_there, take_off_all,
};
pub use schedule::tick;
pub use service::send_invitations;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};
use handlers::{export, inviting, list, opening};

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
            "/programs/{program_id}/people/{participation_id}/remove",
            Who::Coordinator,
            get(inviting::remove_page).post(inviting::remove),
        )
}
