//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "coffee_declines" by "t.group_id",
}
