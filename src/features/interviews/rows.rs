//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "interviewees" by "t.id",
    "interview_questions" by "t.id",
}
