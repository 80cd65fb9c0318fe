//! The report of a program: for whoever runs the server all of it, for its coordinators the program's figures.
use super::{
    model::{self, ClosedPulse, Records, Report},
    queries,
};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::{AppError, Result},
    ids::ProgramId,
    local_time::day_in,
};
use crate::features::{
    progress::{self, ProgramFacts},
    pulse, warnings,
};
use crate::web::state::App;
use serde_json::{Map, Value, json};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Everything that a program's figures are made of.
///
/// # Errors
/// `NotFound` when there is no such program.
pub async fn records(db: &mut PgConnection, id: ProgramId, now: OffsetDateTime) -> Result<Records> {
    let mut records = queries::records(db, id, now).await?;
    for (pulse, results) in pulse::outcomes(db, id).await? {
        if let Some(at) = pulse.closed_at {
            records.pulses.push(ClosedPulse { closed_on: day_in(&records.time_zone, at), pulse, results });
        }
    }
    Ok(records)
}

/// What asking for a printed report came to.
#[derive(Debug)]
pub enum Printed {
    Done(Value),
    /// The day lies ahead; today is this.
    Ahead(Date),
}

/// All figures of a program, per group too, and its warnings, as they were on a day; without one, today.
///
/// # Errors
/// `NotFound` when there is no such program.
pub async fn print(app: &App, id: ProgramId, as_of: Option<Date>) -> Result<Printed> {
    let mut db = app.db.begin_with("begin isolation level repeatable read read only").await?;
    let records = records(&mut db, id, app.clock.now()).await?;
    let facts = progress::programs(&mut db, &[id]).await?.pop().ok_or(AppError::NotFound)?;
    db.commit().await?;
    let day = as_of.unwrap_or(records.today);
    if day > records.today {
        return Ok(Printed::Ahead(records.today));
    }
    let facts = if day < records.today { model::rewind(facts, &records, day) } else { facts };
    Ok(Printed::Done(model::whole(&model::report(&records, day), warned(&facts, day))))
}

/// What stands on the coordinators' desk, each with its stable word and its numbers. Whole numbers have no point.
fn warned(facts: &ProgramFacts, day: Date) -> Vec<Value> {
    // JSON has one kind of number; 52 reads better than 52.0.
    let number = |value: f64| value.to_string().parse::<i64>().map_or_else(|_| json!(value), |whole| json!(whole));
    let one = |warning: warnings::Warning| {
        let group = facts.groups.iter().find(|group| Some(group.id) == warning.group);
        let numbers: Map<String, Value> =
            warning.numbers.iter().map(|(name, value)| ((*name).to_owned(), number(*value))).collect();
        json!({ "group": group.map(|group| &group.name), "kind": warning.kind.code(), "numbers": numbers })
    };
    warnings::warnings(facts, day).into_iter().map(one).collect()
}

/// The report as coordinators read it, as of today. Pages and files take the program's figures alone from it.
pub(super) async fn for_coordinator(app: &App, by: &ProgramCoordinator) -> Result<Report> {
    let mut db = app.db.begin_with("begin isolation level repeatable read read only").await?;
    let records = records(&mut db, by.program_id(), app.clock.now()).await?;
    db.commit().await?;
    Ok(model::report(&records, records.today))
}
