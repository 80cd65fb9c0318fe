//! Where a suggestion stands. No database, no HTML.
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
