//! To be written.
use crate::web::routing::Routes;

pub fn routes() -> Routes {
    Routes::default()
}
