//! Read the request, call one service function, choose the page.
pub(super) mod answer;
pub(super) mod join;
