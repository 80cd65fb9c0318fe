//! The search, what it is given, and what is said about what it found. No database, no HTML.
pub(super) mod keywords;
pub(super) mod obstacles;
pub(super) mod problem;
pub(super) mod reasons;
pub(super) mod search;
pub(super) mod seats;
pub(super) mod week;
