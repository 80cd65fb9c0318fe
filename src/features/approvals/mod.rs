//! To be written.
pub mod archive;
use crate::web::routing::Routes;

pub fn routes() -> Routes {
    Routes::default()
}
