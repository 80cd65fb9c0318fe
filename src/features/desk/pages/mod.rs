//! What the templates of this slice need, ready to be printed.
mod about;
mod overview;
mod part;

pub(super) use about::AboutPage;
pub(super) use overview::{DeskPage, Typed, View};
pub(super) use part::PartPage;
