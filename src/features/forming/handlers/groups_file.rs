//! The groups and their members as a file.
use super::super::service;
use crate::access::ProgramCoordinator;
use crate::base::{error::Result, words};
use crate::web::{csv_file::CsvFile, state::App};
use axum::{extract::State, response::Response};

pub(in super::super) async fn download(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let mut file = CsvFile::with(&["Group", "Focus", "Name", "Email", "In it since"])?;
    for member in service::with_members(&app, &by).await? {
        let planned = member.name.as_ref().map_or("", |_| "planned").to_owned();
        file.row(&[
            member.group,
            member.focus,
            member.name.unwrap_or_default(),
            member.email.unwrap_or_default(),
            member.since.map_or(planned, words::iso_day),
        ])?;
    }
    file.download(&format!("{} groups", by.program().name))
}
