//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "groups" by "t.id",
    "memberships" by "t.id",
}
