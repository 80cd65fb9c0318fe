//! Reads the request, calls one service function, picks the page.
pub(super) mod correcting;
pub(super) mod export;
pub(super) mod inviting;
pub(super) mod list;
pub(super) mod opening;
