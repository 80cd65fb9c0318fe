//! What a member of a group has to choose from when they plan or write: agreed goals and elements, as far
//! as they may read them. Reads, and writes no table of its own.
mod model;
mod queries;

pub(crate) use model::{ElementChoice, GoalChoice};
pub(crate) use queries::{agreed_elements, agreed_goals};
