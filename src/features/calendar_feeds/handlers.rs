//! Reads the request, calls one service function, picks the page.
use super::{pages::CalendarPage, service};
use crate::access::Viewer;
use crate::base::error::Result;
use crate::web::{flash, page, state::App};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

pub(super) async fn page(State(app): State<App>, viewer: Viewer) -> Result<Response> {
    let until = service::in_force(&app, &viewer).await?;
    page::show(&CalendarPage::new(&app, &viewer, String::new(), until))
}

pub(super) async fn make(State(app): State<App>, viewer: Viewer) -> Result<Response> {
    let address = service::make(&app, &viewer).await?;
    let until = service::in_force(&app, &viewer).await?;
    page::show(&CalendarPage::new(&app, &viewer, address, until))
}

pub(super) async fn end(State(app): State<App>, viewer: Viewer) -> Result<Response> {
    service::end(&app, &viewer).await?;
    Ok(flash::go_and_say("/account/calendar", "The address has ended. Calendars that asked there hear nothing more."))
}

/// The calendar itself. A calendar that has it already is told that nothing changed.
pub(super) async fn feed(State(app): State<App>, Path(secret): Path<String>, headers: HeaderMap) -> Result<Response> {
    let (text, tag) = service::feed(&app, &secret).await?;
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| {
        known.to_str().is_ok_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag))
    });
    // Kept by the calendar that asked, and asked for again each time.
    let kept = [(header::ETAG, tag), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    Ok((kept, [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response())
}
