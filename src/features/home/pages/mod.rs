//! What the templates of this slice need, ready to be printed.
mod cards;
mod ended;
mod home;
mod steps;

pub(super) use home::HomePage;

use crate::web::page::Shell;
use askama::Template;

/// For whoever is not signed in.
#[derive(Template)]
#[template(path = "home/welcome.html")]
pub(super) struct WelcomePage {
    pub(super) shell: Shell,
}
