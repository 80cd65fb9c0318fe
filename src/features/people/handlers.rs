//! Reads the request, calls one service function, picks the page.
pub(super) mod export;
pub(super) mod list;
