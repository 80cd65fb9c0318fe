//! Who would make a good group: the search that keeps hard rules and weighs soft ones, when people in
//! several zones can meet, and what speaks for a group or keeps somebody out, in words. Pure: no
//! database, no pages; the slice of suggestions brings both.
mod model;

pub use model::{
    keywords::{Keyword, keywords},
    obstacles::{Obstacle, Rule, obstacles},
    problem::{ALWAYS, Problem, Seat, Week, Weights},
    reasons::reasons,
    search::{STOP, search},
    seats::{Pair, Somebody, seats},
    week::{Meeting, Window, Zones, joined},
};
