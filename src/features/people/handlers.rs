//! Reads the request, calls one service function, picks the page.
pub(super) mod adding;
pub(super) mod correcting;
pub(super) mod inviting;
pub(super) mod list;
pub(super) mod opening;
