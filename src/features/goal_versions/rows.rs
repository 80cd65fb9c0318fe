//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "goal_agreements" by "t.goal_id, t.participation_id",
    "goal_versions" by "t.id",
    "goal_version_answers" by "t.version_id, t.participation_id",
}
