//! What a program's report is made of: its rows with their dates, the facts as they were on a day, the figures over
//! them, and how the figures are written down.
mod as_of;
mod json;
mod records;
mod report;
mod rewind;
mod rows;

pub use as_of::{Facts, GroupFacts};
pub use json::{for_coordinators, whole};
pub use records::{
    Aimed, AskedSupervisor, Belonged, ClosedPulse, Element, GroupRecords, Item, Met, Part, Promised, Records, Said,
    Went,
};
pub use report::{Approval, BothWays, GroupFigures, PulseFigures, Report, Shared, Told, report};
pub use rewind::rewind;
pub use rows::{Row, rows};
