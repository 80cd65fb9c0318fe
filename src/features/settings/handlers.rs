//! Reads the request, calls one service function, picks the page.
pub(super) mod create;
pub(super) mod lifecycle;
pub(super) mod settings;
