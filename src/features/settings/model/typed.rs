//! What was typed, as it was typed, on whatever page: strings with defaults.
use super::Step;
use crate::base::{
    ids::{ProgramId, ThemeId},
    words,
};
use crate::features::programs::Settings;
use crate::mail::Mailbox;
use serde::Deserialize;

/// Everything that the pages of a program's settings carry from one to the next.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// The id that the new program is to have, made when the first page was drawn.
    pub id: String,
    /// The page that was sent.
    pub step: String,
    /// The button that was pressed.
    pub go: String,
    /// "yes" when the page was opened from "check your answers", and leads back there.
    pub checking: String,
    pub name: String,
    pub institution: String,
    pub theme: String,
    pub purpose: String,
    pub starts_on: String,
    pub ends_on: String,
    pub time_zone: String,
    pub rhythm_days: String,
    pub meeting_minutes: String,
    pub informal_minutes: String,
    pub group_min: String,
    pub group_target: String,
    pub group_max: String,
    pub hours_month: String,
    pub work_time: String,
    pub trip_days: String,
    pub budget: String,
    pub currency: String,
    pub approval_required: String,
    pub answer_days: String,
    pub smallest_shown: String,
    /// Separated by commas, spaces or lines.
    pub supervisor_domains: String,
    pub contact_name: String,
    pub contact_email: String,
    pub second_name: String,
    pub second_email: String,
    pub theme_id: Vec<String>,
    pub theme_starts: Vec<String>,
    pub theme_ends: Vec<String>,
    pub theme_title: Vec<String>,
    pub theme_question: Vec<String>,
}

/// Where a button on a page of a new program leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// On, once this page is good.
    On,
    Back,
    /// To this page, and from there back to "check your answers".
    Change(Step),
    /// The same page with more rows.
    More,
    Create,
}

/// One row of the themes, as typed.
#[derive(Debug, Clone)]
pub struct ThemeRow {
    /// Counted from 0; names its fields.
    pub at: usize,
    pub id: ThemeId,
    pub starts: String,
    pub ends: String,
    pub title: String,
    pub question: String,
}

impl ThemeRow {
    pub(super) fn is_empty(&self) -> bool {
        [&self.starts, &self.ends, &self.title, &self.question].iter().all(|text| text.trim().is_empty())
    }
}

/// More themes than this fit into no program.
const MOST_THEMES: usize = 24;

impl Typed {
    /// A new program, with sensible defaults and its creator as the contact person.
    #[must_use]
    pub fn fresh(creator: &Mailbox, time_zone: &str) -> Self {
        let text = str::to_owned;
        Self {
            id: ProgramId::generate().to_string(),
            step: text(Step::What.as_str()),
            time_zone: text(time_zone),
            rhythm_days: text("28"),
            meeting_minutes: text("60"),
            informal_minutes: text("10"),
            group_min: text("2"),
            group_target: text("4"),
            group_max: text("6"),
            hours_month: text("4"),
            work_time: text("yes"),
            trip_days: text("1"),
            budget: text("0"),
            currency: text("USD"),
            approval_required: text("yes"),
            answer_days: text("21"),
            smallest_shown: text("5"),
            contact_name: creator.name.clone(),
            contact_email: creator.email.clone(),
            ..Self::default()
        }
    }

    /// A program that is there, as its pages show it.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let Settings { what, when, meetings, asks, answers, contacts, themes } = settings;
        let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let second = contacts.second.as_ref();
        Self {
            name: what.name.clone(),
            institution: what.institution.clone(),
            theme: what.theme.clone(),
            purpose: what.purpose.clone(),
            starts_on: words::iso_day(when.starts_on),
            ends_on: words::iso_day(when.ends_on),
            time_zone: when.time_zone.clone(),
            rhythm_days: meetings.rhythm_days.to_string(),
            meeting_minutes: meetings.meeting_minutes.to_string(),
            informal_minutes: meetings.informal_minutes.to_string(),
            group_min: meetings.groups.min.to_string(),
            group_target: meetings.groups.target.to_string(),
            group_max: meetings.groups.max.to_string(),
            hours_month: asks.hours_month.to_string(),
            work_time: yes_no(asks.work_time),
            trip_days: asks.trip_days.to_string(),
            budget: amount(asks.budget_cents),
            currency: asks.currency.clone(),
            approval_required: yes_no(answers.approval_required),
            answer_days: answers.answer_days.to_string(),
            smallest_shown: answers.smallest_shown.to_string(),
            supervisor_domains: answers.domains.join(", "),
            contact_name: contacts.first.name.clone(),
            contact_email: contacts.first.email.clone(),
            second_name: second.map_or_else(String::new, |second| second.name.clone()),
            second_email: second.map_or_else(String::new, |second| second.email.clone()),
            theme_id: themes.iter().map(|theme| theme.id.to_string()).collect(),
            theme_starts: themes.iter().map(|theme| words::iso_day(theme.starts_on)).collect(),
            theme_ends: themes.iter().map(|theme| words::iso_day(theme.ends_on)).collect(),
            theme_title: themes.iter().map(|theme| theme.title.clone()).collect(),
            theme_question: themes.iter().map(|theme| theme.question.clone()).collect(),
            ..Self::default()
        }
    }

    /// The page that was sent; the first when it says none.
    #[must_use]
    pub fn step(&self) -> Step {
        Step::parse(&self.step).unwrap_or(Step::What)
    }

    /// Where the button leads that was pressed; on, when none was (the Enter key).
    #[must_use]
    pub fn go(&self) -> Go {
        match self.go.as_str() {
            "back" => Go::Back,
            "more" => Go::More,
            "create" => Go::Create,
            other => other.strip_prefix("change-").and_then(Step::parse).map_or(Go::On, Go::Change),
        }
    }

    /// The rows of the themes that were sent.
    #[must_use]
    pub fn theme_rows(&self) -> Vec<ThemeRow> {
        let rows = self.theme_title.len().max(self.theme_starts.len()).min(MOST_THEMES);
        let text = |column: &[String], at: usize| column.get(at).cloned().unwrap_or_default();
        (0..rows)
            .map(|at| ThemeRow {
                at,
                id: self.theme_id.get(at).and_then(|id| ThemeId::parse(id)).unwrap_or_else(ThemeId::generate),
                starts: text(&self.theme_starts, at),
                ends: text(&self.theme_ends, at),
                title: text(&self.theme_title, at),
                question: text(&self.theme_question, at),
            })
            .collect()
    }

    /// The rows that were sent, and empty ones after the last that is filled: three with `more`, else as
    /// many as make at least three rows in all.
    #[must_use]
    pub fn theme_rows_to_fill(&self, more: bool) -> Vec<ThemeRow> {
        let mut rows = self.theme_rows();
        let empty = String::new;
        let wanted = if more { rows.len() + 3 } else { rows.len().max(3) };
        while rows.len() < wanted.min(MOST_THEMES) {
            let (starts, ends, title, question) = (empty(), empty(), empty(), empty());
            rows.push(ThemeRow { at: rows.len(), id: ThemeId::generate(), starts, ends, title, question });
        }
        rows
    }

    /// Name and value of every field that is not asked on this page: it carries them on, hidden.
    #[must_use]
    pub fn carried(&self, shown: Option<Step>) -> Vec<(&'static str, &str)> {
        let mut fields = self.single_fields();
        for (name, column) in [
            ("theme_id", &self.theme_id),
            ("theme_starts", &self.theme_starts),
            ("theme_ends", &self.theme_ends),
            ("theme_title", &self.theme_title),
            ("theme_question", &self.theme_question),
        ] {
            fields.extend(column.iter().take(MOST_THEMES).map(|value| (Step::Themes, name, value.as_str())));
        }
        let hidden = fields.into_iter().filter(|(step, _, _)| Some(*step) != shown);
        hidden.map(|(_, name, value)| (name, value)).collect()
    }

    fn single_fields(&self) -> Vec<(Step, &'static str, &str)> {
        vec![
            (Step::What, "name", &self.name),
            (Step::What, "institution", &self.institution),
            (Step::What, "theme", &self.theme),
            (Step::What, "purpose", &self.purpose),
            (Step::When, "starts_on", &self.starts_on),
            (Step::When, "ends_on", &self.ends_on),
            (Step::When, "time_zone", &self.time_zone),
            (Step::Meetings, "rhythm_days", &self.rhythm_days),
            (Step::Meetings, "meeting_minutes", &self.meeting_minutes),
            (Step::Meetings, "informal_minutes", &self.informal_minutes),
            (Step::Meetings, "group_min", &self.group_min),
            (Step::Meetings, "group_target", &self.group_target),
            (Step::Meetings, "group_max", &self.group_max),
            (Step::Asks, "hours_month", &self.hours_month),
            (Step::Asks, "work_time", &self.work_time),
            (Step::Asks, "trip_days", &self.trip_days),
            (Step::Asks, "budget", &self.budget),
            (Step::Asks, "currency", &self.currency),
            (Step::Answers, "approval_required", &self.approval_required),
            (Step::Answers, "answer_days", &self.answer_days),
            (Step::Answers, "smallest_shown", &self.smallest_shown),
            (Step::Answers, "supervisor_domains", &self.supervisor_domains),
            (Step::Contacts, "contact_name", &self.contact_name),
            (Step::Contacts, "contact_email", &self.contact_email),
            (Step::Contacts, "second_name", &self.second_name),
            (Step::Contacts, "second_email", &self.second_email),
        ]
    }
}

fn amount(cents: i32) -> String {
    if cents % 100 == 0 { (cents / 100).to_string() } else { format!("{}.{:02}", cents / 100, cents % 100) }
}
