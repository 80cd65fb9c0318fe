//! The pages of coordinators.
use super::{
    number,
    outcomes::{Outcome, outcomes},
};
use crate::access::InProgram;
use crate::base::{ids::PulseId, words};
use crate::features::pulse::{
    model::{Pulse, SoFar, last_days},
    service::Overview,
};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use serde::Deserialize;
use time::Date;

/// The form that opens a pulse.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::features::pulse) struct OpenForm {
    pub(in crate::features::pulse) id: String,
    pub(in crate::features::pulse) kind: String,
    pub(in crate::features::pulse) last_day: String,
}

impl OpenForm {
    pub(in crate::features::pulse) fn first() -> Self {
        Self { id: PulseId::generate().to_string(), ..Self::default() }
    }
}

struct Kind {
    value: &'static str,
    label: &'static str,
    chosen: bool,
}

/// For coordinators.
#[derive(Template)]
#[template(path = "pulse/overview.html")]
pub(in crate::features::pulse) struct OverviewPage {
    shell: Shell,
    errors: Errors,
    path: String,
    program: String,
    open: Option<OpenView>,
    form: OpenForm,
    kinds: Vec<Kind>,
    /// Why none can be opened, where one is left to open.
    not_now: String,
    /// "Nine people are in a group now".
    whom: String,
    fewest: String,
    days: String,
    outcomes: Vec<Outcome>,
}

/// The pulse that is open.
struct OpenView {
    title: &'static str,
    invited: String,
    so_far: String,
    until: String,
    close: String,
}

impl OpenView {
    fn of((pulse, so_far): &(Pulse, SoFar), path: &str) -> Self {
        let fewest = number(pulse.fewest);
        Self {
            title: pulse.kind.title(),
            invited: words::capital(&people(pulse.invited)),
            so_far: match so_far {
                SoFar::Few => format!("Fewer than {fewest}: not yet enough for results"),
                SoFar::Enough => format!("{} or more: enough for results", words::capital(&fewest)),
                SoFar::Untold => "Said after it closes: with so few asked, it would tell of everybody".to_owned(),
            },
            until: words::long_day(pulse.last_day),
            close: format!("{path}/pulses/{}/close", pulse.id),
        }
    }
}

fn people(n: i32) -> String {
    words::count(usize::try_from(n).unwrap_or(0), "person", "people")
}

impl OverviewPage {
    pub(in crate::features::pulse) fn of(
        shell: Shell,
        program: &InProgram,
        all: &Overview,
        (form, errors): (OpenForm, Errors),
        today: Date,
    ) -> Self {
        let path = program.path();
        let (may, only) = (last_days(today), all.to_open.len() == 1);
        let enough = i32::try_from(all.members).is_ok_and(|n| n >= all.fewest);
        let fewest = number(all.fewest);
        let not_now = if all.open.is_some() {
            String::new()
        } else if !all.is_running {
            "Questions are asked while the program runs.".to_owned()
        } else if all.to_open.is_empty() {
            "Both were asked.".to_owned()
        } else if enough {
            String::new()
        } else {
            format!(
                "Results need {fewest} answers, and {} in a group now: nothing could ever be shown.",
                if all.members == 1 {
                    "one person is".to_owned()
                } else {
                    format!("{} people are", words::number(all.members))
                }
            )
        };
        let kinds = all.to_open.iter().filter(|_| not_now.is_empty()).map(|kind| Kind {
            value: kind.as_str(),
            label: kind.title(),
            chosen: only || form.kind == kind.as_str(),
        });
        Self {
            shell: shell.with(&errors),
            kinds: kinds.collect(),
            open: all.open.as_ref().map(|open| OpenView::of(open, &path)),
            program: program.name.clone(),
            whom: format!(
                "{} {} in a group now",
                words::capital(&words::count(all.members, "person", "people")),
                if all.members == 1 { "is" } else { "are" }
            ),
            days: format!("From {} to {}.", words::day(*may.start()), words::day_and_year(*may.end())),
            outcomes: outcomes(&all.closed, &program.time_zone),
            errors,
            path,
            form,
            not_now,
            fewest,
        }
    }
}

/// Before a pulse is closed early.
#[derive(Template)]
#[template(path = "pulse/close.html")]
pub(in crate::features::pulse) struct ClosePage {
    shell: Shell,
    path: String,
    title: &'static str,
    action: String,
    until: String,
    fewest: String,
    is_open: bool,
}

impl ClosePage {
    pub(in crate::features::pulse) fn of(shell: Shell, program: &InProgram, pulse: &Pulse) -> Self {
        let path = program.path();
        Self {
            shell,
            title: pulse.kind.title(),
            action: format!("{path}/pulses/{}/close", pulse.id),
            path,
            until: words::long_day(pulse.last_day),
            fewest: number(pulse.fewest),
            is_open: pulse.is_open(),
        }
    }
}
