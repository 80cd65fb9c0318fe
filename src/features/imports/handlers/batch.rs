//! One list: what it would do, doing it, undoing it, and what was refused.
use super::super::{
    pages::{BatchPage, UndoPage},
    service::{self, CarriedOut, takes_lists},
};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::{AppError, Result},
    ids::ImportId,
};
use crate::features::programs::domain_words;
use crate::web::{csv_file::CsvFile, flash, page, state::App};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;
use std::time::Duration;
use tokio::task::JoinHandle;

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
    let hindrance = service::hindrance(&app, &by, (of.import_id, &batch)).await?;
    let cut_off = service::cut_off(&batch, app.clock.now());
    page::show(&BatchPage::new(by.shell(&app), by.program(), (of.import_id, &batch), hindrance, cut_off))
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
        let work = tokio::spawn(async move { service::carry_out(&app, &by, id).await });
        match soon(work, id).await {
            Soon::Failed => return Ok(flash::go_and_say(&here, FAILED)),
            Soon::Done(CarriedOut::LimitedSince(domains)) => {
                let said = format!(
                    "Nobody was added yet: since you looked at this list, the program asks supervisors at {} only. \
                     Lines with others are refused now.",
                    domain_words(&domains)
                );
                return Ok(flash::go_and_say(&here, &said));
            }
            Soon::Done(CarriedOut::Done | CarriedOut::Not) | Soon::Later => {}
        }
    }
    Ok(page::go(&here))
}

const FAILED: &str = "That did not work, and nothing was changed. Try again in a minute.";

/// How work on a list stands when its page is shown first.
enum Soon<T> {
    Done(T),
    Failed,
    /// It goes on, and the page shows that.
    Later,
}

async fn soon<T: Send + 'static>(mut work: JoinHandle<Result<T>>, id: ImportId) -> Soon<T> {
    match tokio::time::timeout(WAIT, &mut work).await {
        Ok(Ok(Ok(done))) => Soon::Done(done),
        Ok(Ok(Err(error))) => {
            tracing::error!(%error, import = %id, "work on a list failed");
            Soon::Failed
        }
        Ok(Err(error)) => {
            tracing::error!(%error, import = %id, "work on a list broke off");
            Soon::Failed
        }
        Err(_) => {
            tokio::spawn(async move {
                if let Ok(Err(error)) = work.await {
                    tracing::error!(%error, import = %id, "work on a list failed");
                }
            });
            Soon::Later
        }
    }
}

pub(in super::super) async fn undo_page(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfList>,
) -> Result<Response> {
    let batch = service::find(&app, &by, of.import_id).await?;
    // Its page says why it cannot be undone.
    if service::hindrance(&app, &by, (of.import_id, &batch)).await?.is_some() {
        return Ok(page::go(&format!("{}/imports/{}", by.program().path(), of.import_id)));
    }
    page::show(&UndoPage::new(by.shell(&app), by.program(), of.import_id, &batch))
}

pub(in super::super) async fn undo(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfList>,
) -> Result<Response> {
    let id = of.import_id;
    service::find(&app, &by, id).await?;
    let here = format!("{}/imports/{id}", by.program().path());
    if !service::start_undoing(&app, &by, id).await? {
        // Pressed twice: its page says how it stands.
        return Ok(page::go(&here));
    }
    let work = tokio::spawn(async move { service::undo(&app, &by, id).await });
    Ok(match soon(work, id).await {
        Soon::Failed => flash::go_and_say(&here, FAILED),
        Soon::Done(None) => flash::go_and_say(&here, "Everything is as it was before this list."),
        Soon::Done(Some(_)) => flash::go_and_say(&here, "Nothing was undone. The reason stands below."),
        Soon::Later => page::go(&here),
    })
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
