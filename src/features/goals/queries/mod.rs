//! Every statement that writes `goals`, `goal_agreements` and `elements`.
mod elements;
mod goals;

pub(super) use elements::*;
pub(super) use goals::*;
