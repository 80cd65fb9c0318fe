//! Reads the request, calls one service function, picks the page.
pub(super) mod own;
pub(super) mod removal;
