//! Reads the request, calls one service function, picks the page.
pub(super) mod asking;
pub(super) mod linked;
