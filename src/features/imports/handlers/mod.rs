//! Reads the request, calls one service function, picks the page.
pub(super) mod batch;
pub(super) mod groups_file;
pub(super) mod upload;
