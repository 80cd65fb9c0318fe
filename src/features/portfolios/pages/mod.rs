//! What the templates need, ready to show.
mod own;
mod sheet;

pub(super) use own::{AskedPage, OwnPage, Shown};
pub(super) use sheet::{FilePage, LetterPage, PrintPage, SharedPage};
