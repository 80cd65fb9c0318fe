//! To be written.
pub mod archive;
mod queries;

pub use queries::{launch, remember};

use crate::web::routing::Routes;

pub fn routes() -> Routes {
    Routes::default()
}
