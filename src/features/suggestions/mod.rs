//! Suggested groups: the search that forms groups under hard rules and weighs soft ones.
//! No pages yet.
mod model;

pub use model::{
    problem::{ALWAYS, Problem, Seat, Week, Weights},
    search::search,
};
