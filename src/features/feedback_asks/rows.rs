//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "feedback_asks" by "t.id",
    "feedback_ask_elements" by "t.ask_id, t.element_id",
}
