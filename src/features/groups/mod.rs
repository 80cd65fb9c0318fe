//! To be written.
pub mod archive;
mod queries;

pub use queries::{OpenMember, open_members};

use crate::web::routing::Routes;

pub fn routes() -> Routes {
    Routes::default()
}
