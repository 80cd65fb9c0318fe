//! "Your week": one email on Monday at eight in the morning, where the reader lives, to everybody who coordinates a
//! program that runs: what changed since last Monday, what is planned, what stands on the desk. Facts and counts;
//! nobody is named with what they did. It is gathered when it is sent, and stops where other nudges do.
mod email;
mod model;
mod queries;
mod schedule;

pub use email::compose;
pub use model::{Week, due, is_late, may_be_due, week};
pub use schedule::tick;
