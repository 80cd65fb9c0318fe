//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "shared_reports" by "t.trip_id",
    "shared_report_yeses" by "t.trip_id, t.participation_id",
}
