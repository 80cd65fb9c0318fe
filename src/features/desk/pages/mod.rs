//! What the templates of this slice need, ready to be printed.
mod about;
mod overview;

pub(super) use about::AboutPage;
pub(super) use overview::DeskPage;
