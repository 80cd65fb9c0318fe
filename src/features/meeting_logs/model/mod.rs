//! What is said about a meeting afterwards, and what it says of a group's time.
mod log;
mod time_spent;

pub(super) use log::TOO_LONG;
pub use log::{Eligible, Log, LogProblem, next_after};
pub use time_spent::{Figures, Mark, Minutes, Row, Segment, SpentItem, TapeRow, TimeSpent};
