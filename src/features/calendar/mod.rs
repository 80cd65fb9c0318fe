//! A group's dates: setting a meeting, moving it, saying who does what, cancelling it.
mod service;

pub use service::{NewDetails, OVERLAP, Planned, When, schedule};

use crate::web::routing::Routes;

pub fn routes() -> Routes {
    Routes::default()
}
