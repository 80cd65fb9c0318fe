//! The report as a page, and as files with the same figures.
use super::{model, pages::ReportPage, service};
use crate::access::ProgramCoordinator;
use crate::base::error::{AppError, Result};
use crate::web::{csv_file::CsvFile, page, state::App, xlsx_file::XlsxFile};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

/// Headings, and how wide their columns are.
const HEADINGS: [(&str, u32); 4] = [("Figure", 52), ("Name", 28), ("Value", 14), ("Of", 10)];

pub(super) async fn show(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let report = service::for_coordinator(&app, &by).await?;
    page::show(&ReportPage::of(by.shell(&app), by.program(), &report))
}

pub(super) async fn as_json(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let report = service::for_coordinator(&app, &by).await?;
    let text = serde_json::to_string_pretty(&model::for_coordinators(&report)).map_err(AppError::internal)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"report.json\""),
    ];
    Ok((headers, text).into_response())
}

pub(super) async fn as_csv(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let report = service::for_coordinator(&app, &by).await?;
    let mut file = CsvFile::with(&HEADINGS.map(|(heading, _)| heading))?;
    for row in model::rows(&report) {
        file.cells(&[row.label.into(), row.name.as_str().into(), row.value, row.of])?;
    }
    file.download(&format!("{} report", report.name))
}

pub(super) async fn as_workbook(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let report = service::for_coordinator(&app, &by).await?;
    let mut file = XlsxFile::with("Report", &HEADINGS)?;
    for row in model::rows(&report) {
        file.row(&[row.label.into(), row.name.as_str().into(), row.value, row.of])?;
    }
    file.download(&format!("{} report", report.name))
}
