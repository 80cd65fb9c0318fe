//! What an element may be. No database, no HTML.
crate::text_enum! {
    /// `proposed → agreed → retired`; a proposal that is declined is deleted.
    pub enum ElementState {
        Proposed = "proposed",
        Agreed = "agreed",
        Retired = "retired",
    }
}

/// The most elements about one person under one goal, proposals included.
pub const MOST_ELEMENTS: usize = 6;

/// Whether two titles say the same, but for case and spaces.
pub(crate) fn same_title(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(one) == plain(other)
}
