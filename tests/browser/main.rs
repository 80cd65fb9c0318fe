//! Stories in a real browser, as a person goes through them.
mod driver;
#[path = "../journeys/support/mod.rs"]
mod support;
