//! What makes groups good, and the search for good ones. No database, no HTML.
pub(super) mod problem;
pub(super) mod search;
