//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "agreement_versions" by "t.id",
    "agreement_answers" by "t.version_id, t.participation_id",
    "agreement_clauses" by "t.version_id, t.position",
}
