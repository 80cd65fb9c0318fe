//! The pages of a report: for who files it, and for the contact who decides.
pub(super) mod deciding;
pub(super) mod reporting;
