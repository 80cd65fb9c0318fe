//! A program's page: for its coordinators what needs them, from facts alone; for peers and the
//! contact person what the program is.
mod handlers;
mod pages;
mod parts;
mod queries;
mod sentence;
mod service;

pub use crate::features::warnings::{Action, Kind, Thing, Urgency, Warning, on_the_desk, things, warnings};
pub use parts::{Counted, Part, Split, split};
pub use sentence::{Piece, Sentence, sentence};

use crate::features::progress::ProgramFacts;
use crate::features::putting_off::{PutOff, sort_out};
use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

/// What stands on a program's desk, without what is put off; the most urgent first.
#[must_use]
pub fn waiting(program: &ProgramFacts, put_off: &[PutOff], today: time::Date) -> Vec<Thing> {
    sort_out(program.id, things(program, today), put_off, today).here
}

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/programs/{program_id}", Who::Program, get(handlers::program))
        .at("GET", "/programs/{program_id}/parts/{part}", Who::Coordinator, get(handlers::part))
        .at("POST", "/programs/{program_id}/put-off", Who::Coordinator, post(handlers::put_off))
        .at("POST", "/programs/{program_id}/bring-back", Who::Coordinator, post(handlers::bring_back))
}
