//! What became of a meeting: who came, where the minutes went, one line to remember, what is next.
mod model;
mod queries;
mod service;

pub use model::{Figures, Log, LogProblem, Mark, Minutes, Row, Segment, SpentItem, TapeRow, TimeSpent, next_after};
pub use service::time_spent;

use crate::web::routing::Routes;

pub fn routes() -> Routes {
    Routes::default()
}
