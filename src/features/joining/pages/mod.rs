//! What the templates need, ready to be shown.
mod forms;
mod join;
mod place;

pub(super) use forms::{AskForm, JoinForm};
pub(super) use join::JoinPage;
pub(super) use place::{PlaceFrame, PlacePage};
