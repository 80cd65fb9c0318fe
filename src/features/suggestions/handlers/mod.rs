//! Reads the request, calls one service function, picks the page.
pub(super) mod ask;
pub(super) mod draft;
