//! What a program came to, in figures: for its leadership on one or two sheets, for spreadsheets, and for whoever runs
//! the server with every group's. (What somebody reports to the contact person is with [`reports`](super::reports).)
//!
//! The report for the leadership holds figures of the whole program only, as sums: nobody, no group and no supervisor is
//! named or ranked in it. `docs/report.md` lists the figures, how each is made, and who reads it.
//!
//! Reading takes the program's rows with their dates once, and makes of them the facts as they were on a day
//! (`model::as_of`), so that a report can be had as of any day; [`figures`](super::progress::figures) holds the formulas.
//! The coordinator's page has its own, smaller reading, which is quick with hundreds of groups.
mod handlers;
pub mod model;
mod pages;
mod queries;
mod service;

pub use service::{Printed, print, records};

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/programs/{program_id}/report", Who::Coordinator, get(handlers::show))
        .at("GET", "/programs/{program_id}/report.json", Who::Coordinator, get(handlers::as_json))
        .at("GET", "/programs/{program_id}/report.csv", Who::Coordinator, get(handlers::as_csv))
        .at("GET", "/programs/{program_id}/report.xlsx", Who::Coordinator, get(handlers::as_workbook))
}
