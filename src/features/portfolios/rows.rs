//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "portfolio_asks" by "t.feedback_id",
    "portfolio_items" by "t.id",
}
