//! Reads the request, calls one service function, picks the page.
pub(super) mod correcting;
pub(super) mod inviting;
pub(super) mod opening;
