//! To be written.
pub mod archive;
mod queries;

pub use queries::{Joining, mark_joined};

use crate::web::routing::Routes;

pub fn routes() -> Routes {
    Routes::default()
}
