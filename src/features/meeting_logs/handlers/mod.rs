//! Reads the request, calls the service, chooses the page.
mod list;
mod log;
mod not_held;

pub(super) use list::list;
pub(super) use log::{log_page, save_log};
pub(super) use not_held::{not_held_page, save_not_held};

use super::pages::NotNowPage;
use crate::base::{error::Result, words};
use crate::features::meetings::{AtMeeting, Meeting, NotLoggable};
use crate::web::{page, state::App};
use axum::{http::StatusCode, response::Response};

/// Why not now: 200 for who only looked, 422 for who tried.
fn not_now(app: &App, at: &AtMeeting, meeting: &Meeting, (status, why): (StatusCode, NotLoggable)) -> Result<Response> {
    let page = NotNowPage {
        shell: at.by.shell(app),
        group_path: at.by.group().path(),
        group_name: at.by.group().name.clone(),
        path: at.path(),
        day: words::long_day(meeting.day()),
        why: why.message(),
    };
    page::show_with(status, &page)
}
