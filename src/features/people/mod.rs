//! Who takes part in a program: the table, who is on hold, and the list that says where each of
//! them stands, also as a file.
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod schedule;
mod service;

pub use erase::erase;
pub use model::{Approval, Details, Tally, approval_words, tally_words};
pub(crate) use pages::PersonRow;
pub use queries::{
    About, Ending, HoldChanged, Joining, Part, Pause, add_all, end_part, enter_all, lock_part, mark_joined, pause_of,
    save_about, set_pause, settle_holds, still_there, take_off_all,
};
pub(crate) use queries::{
    Facts, Someone, facts, find, invite_all, invite_one, programs_after, replace_person, take_off, waiting,
};
pub use schedule::{settle, tick};
pub(crate) use service::{OnePerson, listed_as};

use crate::web::routing::{Routes, Who};
use axum::routing::get;
use handlers::{export, list};

pub fn routes() -> Routes {
    Routes::default().at("GET", "/programs/{program_id}/people", Who::Coordinator, get(list::page)).at(
        "GET",
        "/programs/{program_id}/people.csv",
        Who::Coordinator,
        get(export::people),
    )
}
