//! Reads the request, calls one service function, picks the page.
pub(super) mod account;
pub(super) mod admin;
pub(super) mod mailbox;
pub(super) mod sign_in;
