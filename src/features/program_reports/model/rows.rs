//! The figures as rows of a table: one figure a row, with its stable name.
use super::report::{Report, Told};
use crate::base::words;
use crate::features::progress::figures::Share;
use crate::web::cells::Cell;

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// In plain words.
    pub label: &'static str,
    /// As in the JSON file, with dots: "program.held".
    pub name: String,
    pub value: Cell,
    /// Of a figure that stays a fraction: of how many.
    pub of: Cell,
}

fn row(name: &str, label: &'static str, value: Cell) -> Row {
    Row { label, name: name.to_owned(), value, of: Cell::Empty }
}

fn fraction(name: &str, label: &'static str, share: Share) -> Row {
    Row { label, name: name.to_owned(), value: Cell::from(share.num), of: Cell::from(share.den) }
}

/// What coordinators read, in the order of the page: equal to [`for_coordinators`](super::for_coordinators).
#[must_use]
pub fn rows(report: &Report) -> Vec<Row> {
    let mut rows = vec![
        row("name", "Program", Cell::Text(report.name.clone())),
        row("as_of", "As of", Cell::Text(words::iso_day(report.as_of))),
    ];
    rows.extend(approval(report));
    rows.extend(meetings(report));
    rows.extend(results(report));
    rows.extend(pulse(report.pulse()));
    rows
}

fn approval(report: &Report) -> [Row; 6] {
    let one = &report.approval;
    [
        row("approval.requests", "Requests to supervisors", one.response.den.into()),
        row("approval.decided", "Requests answered", one.response.num.into()),
        row("approval.response_rate", "Answered, as a share of those asked", one.response.value().into()),
        row("approval.approval_rate", "Said yes, as a share of the answers", one.approval.value().into()),
        row("approval.median_h", "Hours until the answer, median", one.median_hours.into()),
        row("approval.p90_h", "Hours until the answer, nine in ten", one.ninetieth_hours.into()),
    ]
}

fn meetings(report: &Report) -> [Row; 10] {
    let one = &report.program;
    [
        row("program.held", "Meetings held", one.held.into()),
        row("program.minutes", "Minutes together", one.minutes.into()),
        row("program.first_meeting_day", "Days from the start to the first meeting", one.first_meeting_day.into()),
        row("program.cadence", "Held, as a share of those due by the rhythm", one.cadence.value().into()),
        row("program.attendance", "Came, as a share of the members", one.attendance.value().into()),
        row("program.on_goal", "Minutes on a goal, as a share", one.on_goal.value().into()),
        row("program.on_purpose", "Minutes on purpose, as a share", one.on_purpose.value().into()),
        row("program.informal_planned", "Informal minutes as planned, as a share", one.informal_planned.value().into()),
        row("program.informal", "Informal minutes as they went, as a share", one.informal.value().into()),
        row("program.drift", "Distance between plan and meeting, 0 to 1", one.drift.into()),
    ]
}

fn results(report: &Report) -> [Row; 6] {
    let one = &report.program;
    let both_ways = one.both_ways().map_or(Cell::Empty, |word| Cell::Text(word.code().to_owned()));
    [
        row("program.feedback", "Items of feedback", one.feedback.into()),
        row("program.reciprocity", "Feedback both ways", both_ways),
        fraction("program.trip_completion", "Field trips that took place", one.trip_completion),
        row(
            "goal_attainment",
            "Closed goals that were reached, a part counting half",
            report.goal_attainment.value().into(),
        ),
        fraction("goals_with_product", "Goals with a product", report.goals_with_product),
        fraction("retention", "Placed people who stayed", report.retention),
    ]
}

fn pulse(told: Option<&Told>) -> [Row; 5] {
    [
        row("pulse.n", "Answers to the last questions", told.map(|told| told.response.num).into()),
        row(
            "pulse.response",
            "Answered, as a share of those invited",
            told.and_then(|told| told.response.value()).into(),
        ),
        row("pulse.worth", "Worth my time, mean of 1 to 5", told.map(|told| told.worth).into()),
        row("pulse.safe", "I can be honest here, mean of 1 to 5", told.map(|told| told.safe).into()),
        row("pulse.recommend", "Would recommend, −100 to 100", told.map(|told| told.recommend).into()),
    ]
}
