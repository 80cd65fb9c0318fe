//! Reads the request, calls one service function, picks the page.
pub(super) mod answering;
pub(super) mod offering;
