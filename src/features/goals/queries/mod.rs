//! Every statement that writes `goals`, `goal_agreements`, `elements` and `products`.
mod elements;
mod goals;
mod products;

pub(super) use elements::*;
pub(super) use goals::*;
pub(super) use products::*;
