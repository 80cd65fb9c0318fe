//! What somebody takes along from a program to show to others: goals they reached, what they made, where they went,
//! and feedback whose giver agreed. The owner ticks what goes in, prints it, saves it as a file, or shares it by a
//! link that ends. And the letter that says that they took part.
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
pub use model::{Answer, Attendance, Journey, Lifetime, hours_in_words, trip_days};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};
use handlers::{asks, shared, sheet};

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/portfolio",
            Who::OwnPart,
            get(handlers::own_page).post(handlers::choose),
        )
        .at("GET", "/programs/{program_id}/portfolio/print", Who::OwnPart, get(sheet::to_print))
        .at("GET", "/programs/{program_id}/portfolio/file.html", Who::OwnPart, get(sheet::html_file))
        .at("GET", "/programs/{program_id}/portfolio/file.json", Who::OwnPart, get(sheet::json_file))
        .at("POST", "/programs/{program_id}/portfolio/share", Who::OwnPart, post(shared::make_link))
        .at("POST", "/programs/{program_id}/portfolio/end-link", Who::OwnPart, post(shared::end_link))
        .at("GET", "/programs/{program_id}/portfolio/asked", Who::OwnPart, get(asks::page))
        .at("POST", "/programs/{program_id}/portfolio/ask/{feedback_id}", Who::OwnPart, post(asks::ask))
        .at("POST", "/programs/{program_id}/portfolio/answer/{feedback_id}", Who::OwnPart, post(asks::answer))
        .at("GET", "/programs/{program_id}/letter", Who::OwnPart, get(sheet::letter))
        .at("GET", "/portfolio/{secret}", Who::LinkHolder, get(shared::enter))
        .at("GET", "/portfolios/{participation_id}", Who::LinkHolder, get(shared::page))
}
