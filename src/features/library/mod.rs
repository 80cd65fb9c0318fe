//! What ships with the program to begin from: goals to adapt, elements by what somebody does, questions to
//! borrow for a visit. Nobody has to face an empty box. No tables.
mod model;

pub use model::{EXAMPLES, Example, KINDS, Kind, example};
