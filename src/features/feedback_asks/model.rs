//! What becomes of an ask. No database, no HTML.
crate::text_enum! {
    /// How an ask ends that nobody answered.
    pub enum End {
        /// Who was asked lets it be.
        NotNow = "not_now",
        /// Who asked takes it back.
        TakenBack = "taken_back",
    }
}
