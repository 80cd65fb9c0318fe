//! Reads the request, calls one service function, picks the page.
pub(super) mod download;
pub(super) mod erasing;
