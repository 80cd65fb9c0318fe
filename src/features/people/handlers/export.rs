//! The list of people as a file.
use super::super::{model::approval_words, service};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{error::Result, local_time, words};
use crate::features::accounts;
use crate::web::{csv_file::CsvFile, state::App};
use axum::{extract::State, response::Response};

pub(in super::super) async fn people(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let mut file = CsvFile::with(&[
        "Name",
        "Email",
        "Title",
        "Department",
        "Site",
        "State",
        "Invited",
        "Joined",
        "Supervisor",
        "Supervisor's yes",
        "Group",
    ])?;
    let zone = &by.program().time_zone;
    let draft = by.program().state == ProgramState::Draft;
    let now = app.clock.now();
    let day = |at| words::iso_day(local_time::day_in(zone, at));
    let mut after = None;
    loop {
        let people = service::read_for_file(&app, &by, after).await?;
        for listed in &people.listed {
            let answer = listed.approval().map_or_else(
                || if people.counts.approval_required { "Not asked yet" } else { "Not needed" }.to_owned(),
                |approval| approval_words(&approval, now, zone).1,
            );
            file.row(&[
                listed.name.clone(),
                if accounts::is_former(&listed.email) { String::new() } else { listed.email.clone() },
                listed.title.clone(),
                listed.department.clone(),
                listed.site.clone(),
                if draft { "added".to_owned() } else { listed.state.as_str().replace('_', " ") },
                if draft { String::new() } else { day(listed.invited_at) },
                listed.joined_at.map(day).unwrap_or_default(),
                listed.supervisor_name.clone(),
                answer,
                listed.group_name.clone().filter(|_| listed.placed).unwrap_or_default(),
            ])?;
        }
        after = people.listed.last().filter(|_| people.more).map(|listed| listed.id);
        if after.is_none() {
            return file.download(&format!("{} people", by.program().name));
        }
    }
}
