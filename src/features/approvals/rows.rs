//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "approval_requests" by "t.id",
    "pledges" by "t.id",
}
