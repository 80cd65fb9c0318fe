//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "second_wordings" by "t.feedback_id",
    "second_wording_texts" by "t.feedback_id, t.element_id",
}
