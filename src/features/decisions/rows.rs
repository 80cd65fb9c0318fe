//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "program_decisions" by "t.component",
}
