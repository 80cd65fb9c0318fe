//! What the pages need, ready to be shown.
use super::{
    model::{Pulse, Results, SoFar, last_days},
    queries::Invitation,
    service::{Closed, Overview, Own},
};
use crate::access::InProgram;
use crate::base::{ids::PulseId, local_time, text::first_name, words};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use serde::Deserialize;
use time::{Date, OffsetDateTime};

/// The form of the three questions as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AnswerForm {
    pub(super) worth: String,
    pub(super) safe: String,
    pub(super) recommend: String,
    pub(super) line: String,
}

/// One number to choose.
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

/// One of the three questions.
struct Question {
    name: &'static str,
    legend: String,
    hint: &'static str,
    choices: Vec<Choice>,
}

impl Question {
    fn of(name: &'static str, legend: String, hint: &'static str, (least, most): (i32, i32), typed: &str) -> Self {
        let choices = (least..=most).map(|n| n.to_string()).map(|value| Choice {
            chosen: typed == value,
            label: value.clone(),
            value,
        });
        Self { name, legend, hint, choices: choices.collect() }
    }
}

/// The questions, the line, and what is said before anything is sent.
struct Ask {
    questions: Vec<Question>,
    line: String,
    readers: String,
    until: String,
    errors: Errors,
}

impl Ask {
    fn of(program: &str, (fewest, last_day): (i32, Date), form: &AnswerForm, errors: Errors) -> Self {
        let (worth, would) = ("This is worth my time", format!("I would recommend {program} to a colleague"));
        Self {
            questions: vec![
                Question::of("worth", worth.to_owned(), "1 is not at all, 5 is very much.", (1, 5), &form.worth),
                Question::of(
                    "safe",
                    "I can be honest here".to_owned(),
                    "1 is not at all, 5 is very much.",
                    (1, 5),
                    &form.safe,
                ),
                Question::of(
                    "recommend",
                    would,
                    "0 is not at all likely, 10 is extremely likely.",
                    (0, 10),
                    &form.recommend,
                ),
            ],
            line: form.line.clone(),
            readers: format!(
                "read it after closing, without a name and in no order, if at least {} people write one; otherwise \
                 nobody does. Leave out what would tell who you are.",
                number(fewest)
            ),
            until: words::long_day(last_day),
            errors,
        }
    }
}

fn number(n: i32) -> String {
    words::number(usize::try_from(n).unwrap_or(0))
}

/// By a link, for one who need not sign in.
#[derive(Template)]
#[template(path = "pulse/answer.html")]
pub(super) struct AnswerPage {
    shell: Shell,
    path: String,
    program: String,
    program_path: String,
    first_name: String,
    /// The questions, while they can be answered.
    ask: Option<Ask>,
    answered: bool,
    /// It is closed for good; what came of it stands on the program's page.
    closed: bool,
}

impl AnswerPage {
    pub(super) fn of(
        shell: Shell,
        asked: &Invitation,
        (form, errors): (AnswerForm, Errors),
        now: OffsetDateTime,
    ) -> Self {
        let open = asked.closed_at.is_none()
            && asked.program_state.is_running()
            && local_time::day_in(&asked.zone, now) <= asked.last_day;
        let shell = Shell { institution: Some(asked.institution.clone()), ..shell };
        Self {
            shell: if open && !asked.answered { shell.with(&errors) } else { shell },
            path: super::link::page(asked.id),
            program: asked.program.clone(),
            program_path: format!("/programs/{}", asked.program_id),
            first_name: first_name(&asked.name).to_owned(),
            ask: (open && !asked.answered)
                .then(|| Ask::of(&asked.program, (asked.fewest, asked.last_day), &form, errors)),
            answered: open && asked.answered,
            closed: !open,
        }
    }
    pub(super) const fn takes_answers(&self) -> bool {
        self.ask.is_some()
    }
}

/// One figure as a bar, with its words.
struct Bar {
    label: &'static str,
    figure: String,
    /// Of the bar's whole width.
    percent: i32,
}

struct Shown {
    bars: Vec<Bar>,
    lines: Vec<String>,
    too_few_lines: String,
}

/// What came of one pulse.
struct Outcome {
    id: &'static str,
    title: &'static str,
    /// "Closed on 8 May. Seven of nine answered."
    when: String,
    shown: Option<Shown>,
    too_few: String,
}

impl Outcome {
    fn of((pulse, results): &Closed, zone: &str) -> Self {
        let on = pulse.closed_at.map_or_else(String::new, |at| words::day(local_time::day_in(zone, at)));
        let answered =
            results.as_ref().map_or_else(String::new, |found| format!(" {} answered.", found.response.words()));
        Self {
            id: pulse.kind.as_str(),
            title: pulse.kind.title(),
            when: format!("Closed on {on}.{answered}"),
            shown: results.as_ref().map(|found| Shown::of(found, pulse.fewest)),
            too_few: format!(
                "Fewer than {} of {} answered, so nothing is shown: a few answers could point at somebody.",
                number(pulse.fewest),
                number(pulse.invited)
            ),
        }
    }
}

impl Shown {
    fn of(found: &Results, fewest: i32) -> Self {
        let of_five =
            |label, mean: f64| Bar { label, figure: format!("{mean:.1} of 5"), percent: whole((mean - 1.0) * 25.0) };
        let score = whole(found.recommend);
        let sign = match score {
            0 => "",
            1.. => "+",
            _ => "−",
        };
        Self {
            bars: vec![
                of_five("Worth my time", found.worth),
                of_five("I can be honest here", found.safe),
                Bar {
                    label: "Would recommend, −100 to +100",
                    figure: format!("{sign}{}", score.abs()),
                    percent: whole((found.recommend + 100.0) / 2.0),
                },
            ],
            lines: found.lines.clone().unwrap_or_default(),
            too_few_lines: if found.lines.is_some() {
                String::new()
            } else {
                format!("Fewer than {} people wrote a line, so none is shown.", number(fewest))
            },
        }
    }
}

/// Rounded to a whole number; figures here are between −100 and 100.
fn whole(figure: f64) -> i32 {
    (-100..=100).find(|n| (figure - f64::from(*n)).abs() <= 0.5).unwrap_or(0)
}

fn outcomes(closed: &[Closed], zone: &str) -> Vec<Outcome> {
    closed.iter().map(|one| Outcome::of(one, zone)).collect()
}

/// For those who take part.
#[derive(Template)]
#[template(path = "pulse/own.html")]
pub(super) struct PeerPage {
    shell: Shell,
    path: String,
    program: String,
    ask: Option<Ask>,
    /// What is so where nothing is asked.
    state: String,
    outcomes: Vec<Outcome>,
}

impl PeerPage {
    pub(super) fn of(shell: Shell, program: &InProgram, own: &Own, (form, errors): (AnswerForm, Errors)) -> Self {
        let to_answer = own.invitation.as_ref().filter(|one| !one.answered);
        let ask = own
            .open
            .as_ref()
            .zip(to_answer)
            .map(|(pulse, _)| Ask::of(&program.name, (pulse.fewest, pulse.last_day), &form, errors.clone()));
        let state = match (&own.open, &own.invitation) {
            (None, _) if own.closed.is_empty() => {
                "Half-way and at the end, everybody in a group is asked three questions. None are asked now.".to_owned()
            }
            (None, _) => String::new(),
            (Some(pulse), Some(_)) => format!(
                "You have answered, thank you. It counts once, and nobody can find it, you included. What comes of it \
                 stands here after {}.",
                words::long_day(pulse.last_day)
            ),
            (Some(pulse), None) => format!(
                "Those who were in a group on {} are asked three questions. You were not among them.",
                words::day(local_time::day_in(&program.time_zone, pulse.opened_at))
            ),
        };
        Self {
            shell: if ask.is_some() { shell.with(&errors) } else { shell },
            path: program.path(),
            program: program.name.clone(),
            ask,
            state,
            outcomes: outcomes(&own.closed, &program.time_zone),
        }
    }
    pub(super) const fn takes_answers(&self) -> bool {
        self.ask.is_some()
    }
}

/// The form that opens a pulse.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OpenForm {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) last_day: String,
}

impl OpenForm {
    pub(super) fn first() -> Self {
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
pub(super) struct OverviewPage {
    shell: Shell,
    errors: Errors,
    path: String,
    program: String,
    open: Option<OpenView>,
    form: OpenForm,
    kinds: Vec<Kind>,
    /// Why none can be opened, where one is left to open.
    not_now: String,
    /// "Nine people are asked."
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
            invited: format!("{} are asked", words::capital(&people(pulse.invited))),
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
    pub(super) fn of(
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
                "{} in a group now get an email at once",
                words::capital(&words::count(all.members, "person", "people"))
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
pub(super) struct ClosePage {
    shell: Shell,
    path: String,
    title: &'static str,
    action: String,
    until: String,
    fewest: String,
    is_open: bool,
}

impl ClosePage {
    pub(super) fn of(shell: Shell, program: &InProgram, pulse: &Pulse) -> Self {
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
