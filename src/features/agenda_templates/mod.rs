//! What a new agenda starts with: a template, filled with the group's goals, trips and theme of the day, with leads
//! that take turns and with what was put off before. Writes no tables.
mod model;
mod queries;
mod service;

pub use model::{DayTheme, GoalChoice, Led, Material, Template, TripChoice, Turns, drafts, is_untouched, make_room};
pub(crate) use queries::{around, goals, trips};
pub(crate) use service::{About, material};
pub use service::{Beginning, begin, carry_into_next};
