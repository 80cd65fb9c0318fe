//! What the pages of a program's settings need.
use super::model::{Step, Typed};
use crate::access::{InProgram, ProgramState};
use crate::base::{local_time, words};
use crate::features::programs::{Coordinator, Settings, closing_from, domain_words};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use time::Date;

impl Step {
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::What => "What the program is",
            Self::When => "When it runs",
            Self::Meetings => "Meetings and groups",
            Self::Asks => "What you ask of people",
            Self::Answers => "Supervisors and answers",
            Self::Contacts => "People to turn to",
            Self::Themes => "Themes along the way",
        }
    }

    const fn lede(self) -> &'static str {
        match self {
            Self::What => "Everybody you invite reads this first, and so do their supervisors.",
            Self::When => "From the first day groups may meet to the last.",
            Self::Meetings => "How often groups meet, for how long, and how many people make one.",
            Self::Asks => "What each person needs to take part. Their supervisor is asked for exactly this.",
            Self::Answers => "How supervisors say yes, and what keeps answers unrecognisable.",
            Self::Contacts => "For whoever would rather not write to you.",
            Self::Themes => "A question for a stretch of the program gives groups something to meet about.",
        }
    }
}

/// A theme's row, with the names of its fields in `Errors`.
pub(super) struct ThemeFields {
    pub(super) number: usize,
    pub(super) id: String,
    pub(super) at: usize,
    pub(super) starts: String,
    pub(super) ends: String,
    pub(super) title: String,
    pub(super) question: String,
}

/// How a page of settings is framed: as part of a new program, or alone.
pub(super) enum Around {
    /// `checking`: it leads back to "check your answers".
    New { checking: bool },
    /// With the program it belongs to.
    Stored(InProgram),
}

#[derive(Template)]
#[template(path = "settings/step.html")]
pub(super) struct StepPage {
    shell: Shell,
    errors: Errors,
    step: Step,
    title: &'static str,
    lede: &'static str,
    f: Typed,
    rows: Vec<ThemeFields>,
    zones: Vec<String>,
    /// The fields of the other pages of a new program.
    carried: Vec<(&'static str, String)>,
    action: String,
    crumb: Option<(String, String)>,
    count: String,
    /// The program has begun, so its start, its zone and some more stay.
    launched: bool,
    opened: bool,
    is_new: bool,
    checking: bool,
}

impl StepPage {
    pub(super) fn new(shell: Shell, step: Step, typed: Typed, around: Around, more_rows: bool) -> Self {
        let state = match &around {
            Around::New { .. } => ProgramState::Draft,
            Around::Stored(program) => program.state,
        };
        let (is_new, checking) = match around {
            Around::New { checking } => (true, checking),
            Around::Stored(_) => (false, false),
        };
        let (action, crumb) = match around {
            Around::New { .. } => ("/programs/new".to_owned(), None),
            Around::Stored(program) => {
                let settings = format!("{}/settings", program.path());
                (format!("{settings}/{}", step.as_str()), Some((settings, format!("Settings of {}", program.name))))
            }
        };
        let carried = if is_new { typed.carried(Some(step)) } else { Vec::new() };
        Self {
            shell,
            errors: Errors::default(),
            step,
            title: step.title(),
            lede: step.lede(),
            rows: if step == Step::Themes { theme_fields(&typed, more_rows) } else { Vec::new() },
            zones: if step == Step::When { zones(&typed.time_zone) } else { Vec::new() },
            carried: carried.into_iter().map(|(name, value)| (name, value.to_owned())).collect(),
            action,
            crumb,
            count: if is_new { format!("Step {} of {}", step.number(), Step::ALL.len()) } else { String::new() },
            launched: state.was_launched(),
            opened: state != ProgramState::Draft,
            is_new,
            checking,
            f: typed,
        }
    }

    /// The same, told what is wrong.
    pub(super) fn with(mut self, errors: Errors) -> Self {
        self.shell = self.shell.with(&errors);
        self.errors = errors;
        self
    }

    pub(super) const fn errors(&self) -> &Errors {
        &self.errors
    }
}

fn theme_fields(typed: &Typed, more: bool) -> Vec<ThemeFields> {
    let rows = typed.theme_rows_to_fill(more).into_iter();
    rows.map(|row| ThemeFields {
        number: row.at + 1,
        id: row.id.to_string(),
        at: row.at,
        starts: row.starts,
        ends: row.ends,
        title: row.title,
        question: row.question,
    })
    .collect()
}

/// The zones to choose from; one that exists and is not among them stays choosable where it is in use.
fn zones(chosen: &str) -> Vec<String> {
    let mut zones = local_time::zone_names();
    if local_time::zone_exists(chosen) && !zones.iter().any(|zone| zone == chosen) {
        zones.insert(0, chosen.to_owned());
    }
    zones
}

/// One page of settings, in words.
pub(super) struct Section {
    pub(super) step: &'static str,
    pub(super) title: &'static str,
    pub(super) rows: Vec<(String, String)>,
}

pub(super) fn sections(settings: &Settings) -> Vec<Section> {
    Step::ALL
        .iter()
        .map(|step| Section { step: step.as_str(), title: step.title(), rows: in_words(*step, settings) })
        .collect()
}

fn in_words(step: Step, settings: &Settings) -> Vec<(String, String)> {
    let row = |label: &str, value: String| (label.to_owned(), value);
    let Settings { what, when, meetings, asks, answers, contacts, .. } = settings;
    match step {
        Step::What => vec![
            row("Name", what.name.clone()),
            row("Institution", what.institution.clone()),
            row("Theme", what.theme.clone()),
            row("Purpose", what.purpose.clone()),
        ],
        Step::When => {
            vec![row("Dates", words::from_to(when.starts_on, when.ends_on)), row("Time zone", when.time_zone.clone())]
        }
        Step::Meetings => vec![
            row("Meetings", format!("Every {}, {} minutes", days(meetings.rhythm_days), meetings.meeting_minutes)),
            row("Catching up", format!("{} minutes of each meeting", meetings.informal_minutes)),
            row("Groups", group_words(settings)),
        ],
        Step::Asks => vec![
            row("Time", format!("{} a month, {}", hours(asks.hours_month), time_words(asks.work_time))),
            row("Days away", days(asks.trip_days)),
            row("Budget", format!("{} for each person", words::money(asks.budget_cents, &asks.currency))),
        ],
        Step::Answers => vec![
            row("A supervisor’s yes", if answers.approval_required { "Needed" } else { "Not needed" }.to_owned()),
            row("Time to answer", days(answers.answer_days)),
            row("Supervisors’ addresses", address_words(&answers.domains)),
            row("Answers shown", format!("From {} upward", answers.smallest_shown)),
        ],
        Step::Contacts => vec![
            row("Contact person", format!("{}, {}", contacts.first.name, contacts.first.email)),
            row(
                "Second contact",
                contacts
                    .second
                    .as_ref()
                    .map_or_else(|| "Nobody yet".to_owned(), |who| format!("{}, {}", who.name, who.email)),
            ),
        ],
        Step::Themes => theme_words(settings),
    }
}

fn address_words(domains: &[String]) -> String {
    if domains.is_empty() { "Any".to_owned() } else { format!("At {} only", domain_words(domains)) }
}

fn group_words(settings: &Settings) -> String {
    let groups = settings.meetings.groups;
    if groups.min == groups.max {
        return format!("{} people", groups.target);
    }
    format!("{} people, at least {}, at most {}", groups.target, groups.min, groups.max)
}

fn theme_words(settings: &Settings) -> Vec<(String, String)> {
    if settings.themes.is_empty() {
        return vec![("Themes".to_owned(), "None yet".to_owned())];
    }
    let themes = settings.themes.iter();
    themes
        .map(|theme| {
            let dates = words::from_to(theme.starts_on, theme.ends_on);
            (dates, format!("{}\n{}", theme.title, theme.question))
        })
        .collect()
}

fn days(n: i32) -> String {
    if n == 1 { "1 day".to_owned() } else { format!("{n} days") }
}

fn hours(n: i32) -> String {
    if n == 1 { "1 hour".to_owned() } else { format!("{n} hours") }
}

const fn time_words(work_time: bool) -> &'static str {
    if work_time { "in work time" } else { "outside work time" }
}

#[derive(Template)]
#[template(path = "settings/check.html")]
pub(super) struct CheckPage {
    pub(super) shell: Shell,
    pub(super) name: String,
    pub(super) sections: Vec<Section>,
    pub(super) id: String,
    pub(super) carried: Vec<(&'static str, String)>,
}

impl CheckPage {
    pub(super) fn new(shell: Shell, typed: &Typed, settings: &Settings) -> Self {
        let carried = typed.carried(None).into_iter();
        Self {
            shell,
            name: settings.what.name.clone(),
            sections: sections(settings),
            id: typed.id.clone(),
            carried: carried.map(|(name, value)| (name, value.to_owned())).collect(),
        }
    }
}

/// A coordinator in the list.
pub(super) struct CoordinatorRow {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) since: String,
}

impl CoordinatorRow {
    pub(super) fn of(coordinator: &Coordinator, time_zone: &str) -> Self {
        let since = words::day_and_year(local_time::day_in(time_zone, coordinator.since));
        Self { name: coordinator.name.clone(), email: coordinator.email.clone(), since }
    }
}

/// Name and email of a coordinator to be, as typed.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct CoordinatorForm {
    pub(super) name: String,
    pub(super) email: String,
}

#[derive(Template)]
#[template(path = "settings/settings.html")]
pub(super) struct SettingsPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) path: String,
    pub(super) name: String,
    pub(super) standing: String,
    pub(super) is_draft: bool,
    /// Settings can be changed, coordinators added, the program cancelled.
    pub(super) lives: bool,
    /// Empty once it has begun, or never comes.
    pub(super) closing_from: String,
    /// Closing has begun: after the last day it can be ended.
    pub(super) is_closing: bool,
    /// Its groups have begun, so it has something to look back on.
    pub(super) has_begun: bool,
    /// It closes or has ended: the next one can be started from it.
    pub(super) has_next: bool,
    pub(super) sections: Vec<Section>,
    pub(super) coordinators: Vec<CoordinatorRow>,
    pub(super) typed: CoordinatorForm,
}

/// How far the program is, as one sentence.
pub(super) fn standing(state: ProgramState, ends_on: Date) -> String {
    match state {
        ProgramState::Draft => "A draft. Only its coordinators can see it.".to_owned(),
        ProgramState::Open => "Open. People join, supervisors answer, and you form groups.".to_owned(),
        ProgramState::Active => format!("The groups meet until {}.", words::day_and_year(ends_on)),
        ProgramState::Closing => format!("Closing. It ends on {}.", words::day_and_year(ends_on)),
        ProgramState::Archived => "Ended. It can be read, and nothing changes any more.".to_owned(),
        ProgramState::Cancelled => "Cancelled. Nothing changes any more.".to_owned(),
    }
}

/// "22 May 2026", the day on which closing begins.
pub(super) fn closing_day(ends_on: Date) -> String {
    words::day_and_year(closing_from(ends_on))
}

#[derive(Template)]
#[template(path = "settings/end.html")]
pub(super) struct EndPage {
    pub(super) shell: Shell,
    pub(super) path: String,
    pub(super) name: String,
    pub(super) last_day: String,
    /// Closing has begun, and the last day is past.
    pub(super) is_past: bool,
    /// And all five are decided.
    pub(super) may_end: bool,
    /// "Feedback and what people made"; empty once all five are decided.
    pub(super) undecided: String,
}

#[derive(Template)]
#[template(path = "settings/cancel.html")]
pub(super) struct CancelPage {
    pub(super) shell: Shell,
    pub(super) path: String,
    pub(super) name: String,
    pub(super) was_launched: bool,
}
