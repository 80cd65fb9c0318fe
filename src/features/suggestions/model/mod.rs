//! The search, what it is given, and what is said about what it found. No database, no HTML.
pub(super) mod keywords;
pub(super) mod obstacles;
pub(super) mod problem;
pub(super) mod reasons;
pub(super) mod search;
pub(super) mod seats;
pub(super) mod week;

crate::text_enum! {
    /// Where a suggestion stands.
    pub enum DraftState {
        /// Being worked out.
        Working = "working",
        /// To be read and changed.
        Ready = "ready",
        /// Its groups are formed.
        Used = "used",
        /// Replaced by another, or not wanted.
        Dropped = "dropped",
    }
}
