//! A second wording beside the first, which stays: what the giver of written feedback would say now, or how
//! the other remembers what was said. The table, the form, and both side by side; which of the two it is, and
//! what follows, is for [`revisions`](super::revisions) and [`spoken_feedback`](super::spoken_feedback).
mod erase;
mod model;
mod pages;
mod queries;
pub mod rows;

pub use erase::erase;
pub use model::{Second, Wording};
pub(crate) use model::{as_of, first_words, read, typed_of};
pub(crate) use pages::{Around, Both, SecondPage};
pub(crate) use queries::{Of, answer, find, insert, remove};
