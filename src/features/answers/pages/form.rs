//! What a supervisor typed, to be read by the handlers and shown again by the page.
use super::super::model::usual_end;
use crate::base::words;
use crate::features::approvals::{Request, Terms};
use serde::Deserialize;
use time::Date;

/// The supervisor's answer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct AnswerForm {
    pub(in super::super) answer: String,
    pub(in super::super) pledges: Vec<String>,
    pub(in super::super) own_pledge: String,
    pub(in super::super) hours_month: String,
    /// "work" or "own".
    pub(in super::super) time: String,
    pub(in super::super) trip_days: String,
    pub(in super::super) budget: String,
    pub(in super::super) conditions: String,
    pub(in super::super) reason: String,
    pub(in super::super) revoked_from: String,
    pub(in super::super) reconsider_from: String,
    pub(in super::super) note: String,
    /// What the page had shown.
    pub(in super::super) seen: String,
}

impl AnswerForm {
    /// As a request stands: no answer chosen, what was agreed or else asked in the boxes.
    pub(in super::super) fn of(request: &Request, today: Date) -> Self {
        let terms = request.terms();
        Self {
            hours_month: terms.hours_month.to_string(),
            time: time_word(&terms).to_owned(),
            trip_days: terms.trip_days.to_string(),
            budget: amount(terms.budget_cents),
            conditions: request.conditions.clone(),
            reason: request.reason.map_or_else(String::new, |reason| reason.as_str().to_owned()),
            revoked_from: words::iso_day(usual_end(today)),
            reconsider_from: request.look_again().map_or_else(String::new, words::iso_day),
            note: request.note.clone(),
            seen: request.seen(),
            ..Self::default()
        }
    }
}

const fn time_word(terms: &Terms) -> &'static str {
    if terms.work_time { "work" } else { "own" }
}

/// "80" or "31.20" of an amount in hundredths.
fn amount(cents: i32) -> String {
    if cents % 100 == 0 { (cents / 100).to_string() } else { format!("{}.{:02}", cents / 100, cents % 100) }
}
