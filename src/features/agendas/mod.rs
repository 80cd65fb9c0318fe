//! The agenda of a meeting: what it starts with, and changing it item by item until the start.
mod model;
mod queries;
mod service;

pub use model::{
    GoalChoice, Material, Template, TripChoice, drafts, is_untouched, lacks_goal_time, make_room, may_run_over,
};
pub use service::{begin, carry_into_next};

use crate::web::routing::Routes;

pub fn routes() -> Routes {
    Routes::default()
}
