//! All of one's own, as a file and as a page.
use super::super::{
    model,
    pages::{self, DataPage},
    service,
};
use crate::access::Viewer;
use crate::base::error::{AppError, Result};
use crate::web::{page, state::App};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use time::format_description::well_known::Rfc3339;

pub(in super::super) async fn json(State(app): State<App>, viewer: Viewer) -> Result<Response> {
    let sections = service::everything(&app, &viewer).await?;
    let made_at = app.clock.now().format(&Rfc3339).map_err(AppError::internal)?;
    let document = model::document(sections, &made_at);
    let text = serde_json::to_string_pretty(&document).map_err(AppError::internal)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"see-also-own-data.json\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}

pub(in super::super) async fn html(State(app): State<App>, viewer: Viewer) -> Result<Response> {
    let sections = service::everything(&app, &viewer).await?;
    let (parts, nothing) = pages::parts(sections, viewer.time_zone());
    let places = pages::places(service::places(&app, &viewer).await?);
    page::show(&DataPage { shell: viewer.shell(&app), parts, nothing, places })
}
