//! The page on which the address is made and ended.
use crate::access::Viewer;
use crate::base::{local_time, words};
use crate::web::{page::Shell, state::App};
use askama::Template;
use time::OffsetDateTime;

#[derive(Template)]
#[template(path = "calendar_feeds/calendar.html")]
pub(super) struct CalendarPage {
    shell: Shell,
    /// The address, shown once; empty otherwise.
    address: String,
    /// The same for programs that subscribe by being opened.
    webcal: String,
    /// The last day of the address that there is; empty where there is none.
    until: String,
}

impl CalendarPage {
    pub(super) fn new(app: &App, viewer: &Viewer, address: String, until: Option<OffsetDateTime>) -> Self {
        let day = |at| words::day_and_year(local_time::day_in(viewer.time_zone(), at));
        let after_the_scheme = address.split_once("://").map(|(_, rest)| format!("webcal://{rest}"));
        Self {
            shell: viewer.shell(app),
            webcal: after_the_scheme.unwrap_or_default(),
            address,
            until: until.map(day).unwrap_or_default(),
        }
    }
}
