//! Reads the request, calls one service function, picks the page.
pub(super) mod batch;
pub(super) mod upload;
