//! The form for a list: pasted, or a file.
use super::super::{pages::AddPage, service};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::error::{AppError, Result};
use crate::web::{
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{FromRequest, Multipart, Request, State, multipart::MultipartError},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// What was sent.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Sent {
    lines: String,
    #[serde(skip)]
    file: Vec<u8>,
}

pub(in super::super) async fn page(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    if !by.program().takes_lists() {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    show(&app, &by, Errors::default(), String::new())
}

fn show(app: &App, by: &ProgramCoordinator, errors: Errors, lines: String) -> Result<Response> {
    let shown = AddPage {
        shell: by.shell(app).with(&errors),
        path: by.program().path(),
        program_name: by.program().name.clone(),
        is_draft: by.program().state == ProgramState::Draft,
        lines,
        errors,
    };
    page::show_form(&shown, &shown.errors)
}

pub(in super::super) async fn send(
    State(app): State<App>,
    by: ProgramCoordinator,
    request: Request,
) -> Result<Response> {
    if !by.program().takes_lists() {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    let kind = request.headers().get(header::CONTENT_TYPE).map(|kind| kind.as_bytes().to_ascii_lowercase());
    let sent = if kind.is_some_and(|kind| kind.starts_with(b"multipart/form-data")) {
        match read_parts(request, &app).await {
            Ok(sent) => sent,
            // The size is said by the page for it.
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                return Ok(StatusCode::PAYLOAD_TOO_LARGE.into_response());
            }
            Err(_) => return Err(AppError::Unreadable("not a form of ours")),
        }
    } else {
        Form::<Sent>::from_request(request, &app).await?.0
    };
    let mut errors = Errors::default();
    if !sent.file.is_empty() && !sent.lines.trim().is_empty() {
        errors.add("lines", "Send the pasted lines or the file, not both at once");
        return show(&app, &by, errors, sent.lines);
    }
    let (field, bytes) =
        if sent.file.is_empty() { ("lines", sent.lines.clone().into_bytes()) } else { ("file", sent.file) };
    match service::preview(&app, &by, bytes).await? {
        Ok(id) => Ok(page::go(&format!("{}/imports/{id}", by.program().path()))),
        Err(problem) => {
            errors.add(field, problem);
            show(&app, &by, errors, sent.lines)
        }
    }
}

async fn read_parts(request: Request, app: &App) -> std::result::Result<Sent, MultipartError> {
    let mut sent = Sent::default();
    let Ok(mut parts) = Multipart::from_request(request, app).await else {
        return Ok(sent);
    };
    while let Some(part) = parts.next_field().await? {
        match part.name() {
            Some("lines") => sent.lines = String::from_utf8_lossy(&part.bytes().await?).into_owned(),
            Some("file") => sent.file = part.bytes().await?.to_vec(),
            _ => {}
        }
    }
    Ok(sent)
}
