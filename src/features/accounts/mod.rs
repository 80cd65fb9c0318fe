//! People, how they sign in, and who gives which right.
pub mod archive;
mod queries;

pub use queries::{find_or_add, has_account, password_link};

use crate::web::routing::Routes;

pub fn routes() -> Routes {
    Routes::default()
}
