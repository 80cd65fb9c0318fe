//! One list: what it would do, doing it, undoing it, and what was refused.
use super::super::{
    model::ImportState,
    pages::{BatchPage, UndoPage},
    service::{self, Undone, takes_lists},
};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::{AppError, Result},
    ids::ImportId,
};
use crate::web::{csv_file::CsvFile, flash, page, state::App};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;
use std::time::Duration;

#[derive(Deserialize)]
pub(in super::super) struct OfList {
    import_id: ImportId,
}

/// A short list is done before anybody looks; longer ones show that they are worked on.
const WAIT: Duration = Duration::from_millis(700);

pub(in super::super) async fn page(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfList>,
) -> Result<Response> {
    let batch = service::find(&app, &by, of.import_id).await?;
    let cut_off = service::cut_off(&batch, app.clock.now());
    page::show(&BatchPage::new(by.shell(&app), by.program(), of.import_id, &batch, cut_off))
}

pub(in super::super) async fn confirm(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfList>,
) -> Result<Response> {
    let id = of.import_id;
    service::find(&app, &by, id).await?;
    if !takes_lists(by.program().state) {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    let here = format!("{}/imports/{id}", by.program().path());
    if service::start(&app, &by, id).await? {
        let mut work = tokio::spawn(async move {
            if let Err(error) = service::carry_out(&app, &by, id).await {
                tracing::error!(%error, import = %id, "a list was not carried out");
                return false;
            }
            true
        });
        if let Ok(Ok(false)) = tokio::time::timeout(WAIT, &mut work).await {
            return Ok(flash::go_and_say(&here, "That did not work, and nothing was changed. Try again in a minute."));
        }
    }
    Ok(page::go(&here))
}

pub(in super::super) async fn undo_page(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfList>,
) -> Result<Response> {
    let batch = service::find(&app, &by, of.import_id).await?;
    if batch.state != ImportState::Confirmed {
        return Ok(page::go(&format!("{}/imports/{}", by.program().path(), of.import_id)));
    }
    page::show(&UndoPage::new(by.shell(&app), by.program(), of.import_id, &batch))
}

pub(in super::super) async fn undo(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfList>,
) -> Result<Response> {
    let said = match service::undo(&app, &by, of.import_id).await? {
        Undone::Done { .. } => "Everything is as it was before this list.",
        Undone::TooLate => "Nothing was undone: somebody in this list has acted since. Take people off one by one.",
        Undone::Followed => "Nothing was undone: a later list stands on this one. Undo the later one first.",
        Undone::NothingToUndo => "There is nothing to undo here.",
    };
    Ok(flash::go_and_say(&format!("{}/imports/{}", by.program().path(), of.import_id), said))
}

pub(in super::super) async fn refused(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfList>,
) -> Result<Response> {
    let batch = service::find(&app, &by, of.import_id).await?;
    let header = &batch.refused.header;
    let mut headings: Vec<&str> = header.iter().map(String::as_str).collect();
    headings.push("What to do");
    let mut file = CsvFile::with(&headings)?;
    for refusal in &batch.refused.rows {
        // Cells beyond the headings come after the reason, so that it stays in its column.
        let cell = |at: usize| refusal.cells.get(at).cloned().unwrap_or_default();
        let mut cells: Vec<String> = (0..header.len()).map(cell).collect();
        cells.push(refusal.message());
        cells.extend(refusal.cells.iter().skip(header.len()).cloned());
        file.row(&cells)?;
    }
    file.download("refused lines")
}
