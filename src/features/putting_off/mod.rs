//! "Not now": coordinators put a thing on their desk off until a day. What one puts off is off for all who
//! coordinate the program, who see by whom and until when.
//!
//! It comes back by itself on the day, and sooner when it gets worse: a warning of another kind about the same group,
//! or more of the same (another missed meeting, one more person who waits).
mod model;
mod queries;
mod service;

pub use model::{Away, Choice, LONGEST_DAYS, PutOff, Sorted, choices, sort_out};
pub use queries::of_programs;
pub(crate) use service::{bring_back, put_off};
