//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "item_times" by "t.item_id",
}
