//! How groups are doing: the facts of a program (when, how long, how many; never what was said),
//! the figures over them, the word for a group, and its date slip. Reads every table, writes none.
pub mod figures;
mod model;
mod queries;
mod slip;
mod standing;
pub mod thresholds;

pub use model::{
    ActionFacts, Asked, ElementFacts, Given, GoalFacts, GoalOutcome, GroupFacts, ItemKind, KindMinutes, LiveFacts,
    MeetingFacts, MeetingState, MemberFacts, ObservationFacts, PersonFacts, PlacedFacts, ProgramFacts, RequestFacts,
    Resting, Term, TripFacts,
};
pub use queries::{Which, groups, programs};
pub use slip::{Month, Slip, Week, Weeks, frame, slip};
pub use standing::{Standing, momentum, standing, standing_then};
