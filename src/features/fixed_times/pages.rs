//! What the template needs.
use super::service::View;
use crate::access::GroupMember;
use crate::base::words;
use crate::features::meetings::zone_words;
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use serde::Deserialize;
use time::{Date, Duration, PrimitiveDateTime, Weekday};

/// Both times as they were typed.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(default)]
pub(super) struct TimesForm {
    /// Numbers of weekdays, Monday is 1.
    pub(super) weekday: Vec<String>,
    pub(super) time: Vec<String>,
}

impl TimesForm {
    pub(super) fn first(view: &View) -> Self {
        let times = view.times.iter().flatten();
        Self {
            weekday: times.clone().map(|time| time.weekday.number_from_monday().to_string()).collect(),
            time: times.map(|time| words::clock_time(time.at)).collect(),
        }
    }
}

/// One of the two, to be typed.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) legend: &'static str,
    pub(super) weekday: String,
    pub(super) time: String,
}

/// The two times, and what follows from them.
#[derive(Template)]
#[template(path = "fixed_times/times.html")]
pub(super) struct TimesPage {
    pub(super) shell: Shell,
    pub(super) group_path: String,
    pub(super) group_name: String,
    pub(super) zone: String,
    pub(super) rows: Vec<Row>,
    /// Number and name of each day.
    pub(super) weekdays: Vec<(String, String)>,
    /// "Tuesday 4 May, 07:30".
    pub(super) ahead: Vec<String>,
    pub(super) errors: Errors,
}

impl TimesPage {
    pub(super) fn of(shell: Shell, by: &GroupMember, view: &View, (form, errors): (&TimesForm, Errors)) -> Self {
        let cell = |column: &[String], row: usize| column.get(row).cloned().unwrap_or_default();
        let row = |(row, legend)| Row {
            number: row + 1,
            legend,
            weekday: cell(&form.weekday, row),
            time: cell(&form.time, row),
        };
        Self {
            shell: shell.with(&errors),
            group_path: by.group().path(),
            group_name: by.group().name.clone(),
            zone: zone_words(&by.group().time_zone),
            rows: ["One time", "The time after"].into_iter().enumerate().map(row).collect(),
            weekdays: weekdays(),
            ahead: view.ahead.iter().map(|at| day_and_time(*at)).collect(),
            errors,
        }
    }
}

fn day_and_time(at: PrimitiveDateTime) -> String {
    format!("{}, {}", words::long_day(at.date()), words::clock_time(at.time()))
}

/// From Monday on, by the words that dates are written with.
fn weekdays() -> Vec<(String, String)> {
    let monday = Date::MIN.next_occurrence(Weekday::Monday);
    (0..7_u8)
        .map(|days| {
            let day = words::long_day(monday + Duration::days(i64::from(days)));
            ((days + 1).to_string(), day.split(' ').next().unwrap_or_default().to_owned())
        })
        .collect()
}
