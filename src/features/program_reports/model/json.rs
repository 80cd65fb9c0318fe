//! The figures as JSON: the names are stable, and `docs/report.md` lists them. Figures are not rounded.
use super::report::{Approval, GroupFigures, PulseFigures, Report, Shared, Told};
use crate::base::words;
use crate::features::progress::figures::Share;
use serde_json::{Map, Value, json};

/// What the file says it is.
const FORMAT: &str = "see-also-report-1";

/// A part of a whole that keeps its two numbers, {0, 0} of nothing.
pub(super) fn fraction(share: Share) -> Value {
    json!({ "num": share.num, "den": share.den })
}

/// Everything, per group too: for whoever runs the server. `warnings` are those of the same day.
#[must_use]
pub fn whole(report: &Report, warnings: Vec<Value>) -> Value {
    let groups: Map<String, Value> = report.groups.iter().map(|group| (group.name.clone(), of_group(group))).collect();
    let mut all = head(report);
    all.insert("approval".to_owned(), approval(&report.approval));
    all.insert("groups".to_owned(), Value::Object(groups));
    all.insert("program".to_owned(), Value::Object(shared(&report.program)));
    tail(report, &mut all);
    all.insert("warnings".to_owned(), Value::Array(warnings));
    Value::Object(all)
}

/// Program figures only, as far as coordinators read them.
#[must_use]
pub fn for_coordinators(report: &Report) -> Value {
    let mut all = head(report);
    all.insert("approval".to_owned(), approval(&report.approval));
    all.insert("program".to_owned(), Value::Object(told_to_coordinators(&report.program)));
    tail(report, &mut all);
    Value::Object(all)
}

fn head(report: &Report) -> Map<String, Value> {
    let mut head = Map::new();
    head.insert("format".to_owned(), json!(FORMAT));
    head.insert("id".to_owned(), json!(report.id));
    head.insert("name".to_owned(), json!(report.name));
    head.insert("as_of".to_owned(), json!(words::iso_day(report.as_of)));
    head
}

fn tail(report: &Report, all: &mut Map<String, Value>) {
    all.insert("pulse".to_owned(), told(report.pulse()));
    all.insert("pulses".to_owned(), report.pulses.iter().map(pulse).collect());
    all.insert("retention".to_owned(), fraction(report.retention));
    all.insert("goal_attainment".to_owned(), json!(report.goal_attainment.value()));
    all.insert("goals_with_product".to_owned(), fraction(report.goals_with_product));
}

fn approval(approval: &Approval) -> Value {
    json!({
        "median_h": approval.median_hours,
        "p90_h": approval.ninetieth_hours,
        "decided": approval.response.num,
        "requests": approval.response.den,
        "response_rate": approval.response.value(),
        "approval_rate": approval.approval.value(),
    })
}

fn of_group(group: &GroupFigures) -> Value {
    let mut all = shared(&group.shared);
    all.insert("momentum".to_owned(), json!(group.momentum));
    Value::Object(all)
}

fn shared(one: &Shared) -> Map<String, Value> {
    let mut all = told_to_coordinators(one);
    all.insert("coverage".to_owned(), fraction(one.coverage));
    all.insert("ack_rate".to_owned(), fraction(one.acknowledged));
    all.insert("obs_cycle".to_owned(), fraction(one.observation_cycle));
    all.insert("actions".to_owned(), fraction(one.actions));
    all.insert("reciprocity".to_owned(), json!(one.reciprocity.value()));
    all
}

/// Without what only groups read; of reciprocity a word.
fn told_to_coordinators(one: &Shared) -> Map<String, Value> {
    let figures = [
        ("held", json!(one.held)),
        ("minutes", json!(one.minutes)),
        ("on_goal", json!(one.on_goal.value())),
        ("on_purpose", json!(one.on_purpose.value())),
        ("informal", json!(one.informal.value())),
        ("informal_planned", json!(one.informal_planned.value())),
        ("drift", json!(one.drift)),
        ("attendance", json!(one.attendance.value())),
        ("first_meeting_day", json!(one.first_meeting_day)),
        ("trip_completion", fraction(one.trip_completion)),
        ("cadence", json!(one.cadence.value())),
        ("reciprocity", json!(one.both_ways().map(super::BothWays::code))),
        ("feedback", json!(one.feedback)),
    ];
    figures.into_iter().map(|(name, figure)| (name.to_owned(), figure)).collect()
}

fn told(told: Option<&Told>) -> Value {
    json!({
        "n": told.map(|told| told.response.num),
        "response": told.and_then(|told| told.response.value()),
        "worth": told.map(|told| told.worth),
        "safe": told.map(|told| told.safe),
        "recommend": told.map(|told| told.recommend),
    })
}

fn pulse(pulse: &PulseFigures) -> Value {
    let mut all = told(pulse.told.as_ref());
    if let Value::Object(all) = &mut all {
        all.insert("kind".to_owned(), json!(pulse.kind));
        all.insert("closed_on".to_owned(), json!(words::iso_day(pulse.closed_on)));
    }
    all
}
