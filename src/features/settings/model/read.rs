//! Settings, read from what was typed. Every reader notes all mistakes of its page.
use super::{Step, Typed};
use crate::base::{local_time, text, words};
use crate::features::programs::{Asks, Contacts, Groups, Meetings, Settings, SupervisorAnswers, Theme, What, When};
use crate::mail::Mailbox;
use crate::web::form::Errors;

/// One page of settings, read and found good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    What(What),
    When(When),
    Meetings(Meetings),
    Asks(Asks),
    Answers(SupervisorAnswers),
    Contacts(Contacts),
    Themes(Vec<Theme>),
}

impl Change {
    /// What one page says; a theme must lie within `dates`, where they are known.
    ///
    /// # Errors
    /// Everything wrong on that page.
    pub fn read(step: Step, typed: &Typed, dates: Option<&When>) -> Result<Self, Errors> {
        Ok(match step {
            Step::What => Self::What(checked(typed, What::read)?),
            Step::When => Self::When(When::read(typed)?),
            Step::Meetings => Self::Meetings(checked(typed, Meetings::read)?),
            Step::Asks => Self::Asks(checked(typed, Asks::read)?),
            Step::Answers => Self::Answers(checked(typed, SupervisorAnswers::read)?),
            Step::Contacts => Self::Contacts(checked(typed, Contacts::read)?),
            Step::Themes => Self::Themes(read_themes(typed, dates)?),
        })
    }

    /// What one page of a new program says.
    ///
    /// # Errors
    /// Everything wrong on that page.
    pub fn read_new(step: Step, typed: &Typed) -> Result<Self, Errors> {
        Self::read(step, typed, When::read(typed).ok().as_ref())
    }
}

impl Settings {
    /// What all pages together say.
    ///
    /// # Errors
    /// The first page with mistakes, and everything wrong on it.
    pub fn read(typed: &Typed) -> Result<Self, (Step, Errors)> {
        let at = |step: Step| move |errors: Errors| (step, errors);
        let what = checked(typed, What::read).map_err(at(Step::What))?;
        let when = When::read(typed).map_err(at(Step::When))?;
        Ok(Self {
            what,
            meetings: checked(typed, Meetings::read).map_err(at(Step::Meetings))?,
            asks: checked(typed, Asks::read).map_err(at(Step::Asks))?,
            answers: checked(typed, SupervisorAnswers::read).map_err(at(Step::Answers))?,
            contacts: checked(typed, Contacts::read).map_err(at(Step::Contacts))?,
            themes: read_themes(typed, Some(&when)).map_err(at(Step::Themes))?,
            when,
        })
    }
}

fn checked<T>(typed: &Typed, read: fn(&Typed, &mut Errors) -> T) -> Result<T, Errors> {
    let mut errors = Errors::default();
    let value = read(typed, &mut errors);
    if errors.is_empty() { Ok(value) } else { Err(errors) }
}

impl What {
    fn read(typed: &Typed, errors: &mut Errors) -> Self {
        Self {
            name: errors.required_line("name", &typed.name, 120, "a name for the program"),
            institution: errors.required_line("institution", &typed.institution, 160, "the institution"),
            theme: errors.required_line("theme", &typed.theme, 160, "what the program is about"),
            purpose: errors.required_paragraphs("purpose", &typed.purpose, 2000, "what people gain by it"),
        }
    }
}

impl When {
    fn read(typed: &Typed) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let starts_on = errors.date("starts_on", &typed.starts_on, "the first day");
        let ends_on = errors.date("ends_on", &typed.ends_on, "the last day");
        if let (Some(starts_on), Some(ends_on)) = (starts_on, ends_on)
            && ends_on <= starts_on
        {
            errors.add("ends_on", "The last day must come after the first");
        }
        let time_zone = typed.time_zone.trim().to_owned();
        if !local_time::zone_exists(&time_zone) {
            errors.add("time_zone", "Choose a time zone from the list");
        }
        match (starts_on, ends_on) {
            (Some(starts_on), Some(ends_on)) if errors.is_empty() => Ok(Self { starts_on, ends_on, time_zone }),
            _ => Err(errors),
        }
    }
}

impl Meetings {
    fn read(typed: &Typed, errors: &mut Errors) -> Self {
        let rhythm_days = errors.whole_number("rhythm_days", &typed.rhythm_days, 1..=180, "Days between meetings");
        let meeting_minutes =
            errors.whole_number("meeting_minutes", &typed.meeting_minutes, 15..=480, "Minutes of a meeting");
        let informal_minutes =
            errors.whole_number("informal_minutes", &typed.informal_minutes, 0..=480, "Minutes to catch up");
        if informal_minutes > meeting_minutes && errors.of("meeting_minutes").is_none() {
            errors.add("informal_minutes", "Catching up cannot take longer than the meeting");
        }
        Self { rhythm_days, meeting_minutes, informal_minutes, groups: Groups::read(typed, errors) }
    }
}

impl Groups {
    fn read(typed: &Typed, errors: &mut Errors) -> Self {
        let min = errors.whole_number("group_min", &typed.group_min, 2..=12, "The smallest group");
        let target = errors.whole_number("group_target", &typed.group_target, 2..=12, "The usual group");
        let max = errors.whole_number("group_max", &typed.group_max, 2..=12, "The largest group");
        let numbers = ["group_min", "group_target", "group_max"].iter().all(|field| errors.of(field).is_none());
        if numbers && max < min {
            errors.add("group_max", "The largest group cannot be smaller than the smallest");
        } else if numbers && !(min..=max).contains(&target) {
            errors.add("group_target", format!("The usual group lies between the two others, from {min} to {max}"));
        }
        Self { min, target, max }
    }
}

impl Asks {
    fn read(typed: &Typed, errors: &mut Errors) -> Self {
        let currency = typed.currency.trim().to_uppercase();
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            errors.add("currency", "Enter three letters such as USD or EUR");
        }
        Self {
            hours_month: errors.whole_number("hours_month", &typed.hours_month, 0..=80, "Hours a month"),
            work_time: yes_or_no(errors, "work_time", &typed.work_time, "whether it is work time"),
            trip_days: errors.whole_number("trip_days", &typed.trip_days, 0..=60, "Days away"),
            budget_cents: errors.money("budget", &typed.budget, "The budget"),
            currency,
        }
    }
}

impl SupervisorAnswers {
    fn read(typed: &Typed, errors: &mut Errors) -> Self {
        let asked = "whether supervisors have to agree";
        Self {
            approval_required: yes_or_no(errors, "approval_required", &typed.approval_required, asked),
            answer_days: errors.whole_number("answer_days", &typed.answer_days, 3..=90, "Days to answer"),
            smallest_shown: errors.whole_number("smallest_shown", &typed.smallest_shown, 3..=100, "This"),
            domains: read_domains(errors, &typed.supervisor_domains),
        }
    }
}

/// More domains than this no program names.
const MOST_DOMAINS: usize = 20;

/// Domains in small letters, each once, in the order in which they were typed.
fn read_domains(errors: &mut Errors, raw: &str) -> Vec<String> {
    let mut domains: Vec<String> = Vec::new();
    for typed in raw.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|typed| !typed.is_empty()) {
        let domain = text::fold_email(typed.trim_start_matches('@'));
        if !domain.contains('.') || text::email(&format!("somebody@{domain}")).is_none() {
            errors.add("supervisor_domains", format!("“{typed}” is no domain. Write it as example.org"));
            break;
        }
        if !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    if domains.len() > MOST_DOMAINS {
        errors.add("supervisor_domains", format!("Name at most {MOST_DOMAINS} domains"));
    }
    domains
}

impl Contacts {
    fn read(typed: &Typed, errors: &mut Errors) -> Self {
        let first = Mailbox {
            name: errors.required_line("contact_name", &typed.contact_name, 120, "the contact person’s name"),
            email: errors.email("contact_email", &typed.contact_email, "the contact person’s email"),
        };
        if typed.second_name.trim().is_empty() && typed.second_email.trim().is_empty() {
            return Self { first, second: None };
        }
        let second = Mailbox {
            name: errors.required_line("second_name", &typed.second_name, 120, "the second contact’s name"),
            email: errors.email("second_email", &typed.second_email, "the second contact’s email"),
        };
        if !second.email.is_empty() && same_address(&second.email, &first.email) {
            errors.add("second_email", "The second contact must be another person");
        }
        Self { first, second: Some(second) }
    }
}

fn yes_or_no(errors: &mut Errors, field: &str, raw: &str, what: &str) -> bool {
    if !matches!(raw, "yes" | "no") {
        errors.add(field, format!("Say {what}"));
    }
    raw == "yes"
}

/// Rows that are empty but for their hidden id are no themes.
fn read_themes(typed: &Typed, when: Option<&When>) -> Result<Vec<Theme>, Errors> {
    let mut errors = Errors::default();
    let mut themes = Vec::new();
    for row in typed.theme_rows().iter().filter(|row| !row.is_empty()) {
        let field = |name: &str| format!("theme_{name}-{}", row.at);
        let title = errors.required_line(&field("title"), &row.title, 120, "a title for this theme");
        let question = errors.required_line(&field("question"), &row.question, 300, "a question for this theme");
        let starts_on = errors.date(&field("starts"), &row.starts, "the first day of this theme");
        let ends_on = errors.date(&field("ends"), &row.ends, "the last day of this theme");
        let (Some(starts_on), Some(ends_on)) = (starts_on, ends_on) else { continue };
        if ends_on < starts_on {
            errors.add(&field("ends"), "A theme cannot end before it starts");
        }
        let theme = Theme { id: row.id, starts_on, ends_on, title, question };
        if let Some(when) = when
            && !theme.lies_within(when)
        {
            errors.add(&field("starts"), outside(when));
        }
        // A day has one theme: agendas offer the theme of the day.
        let on_one_day = |other: &&Theme| other.starts_on <= theme.ends_on && theme.starts_on <= other.ends_on;
        if let Some(other) = themes.iter().find(on_one_day) {
            let dates = words::from_to(other.starts_on, other.ends_on);
            errors.add(
                &field("starts"),
                format!("“{}” is on some of these days: {dates}. Each day has one theme", other.title),
            );
        }
        themes.push(theme);
    }
    themes.sort_by_key(|theme| (theme.starts_on, theme.ends_on, theme.id));
    if errors.is_empty() { Ok(themes) } else { Err(errors) }
}

/// What to say of a theme that is not within the program.
fn outside(when: &When) -> String {
    format!("A theme lies within the program, {}", words::from_to(when.starts_on, when.ends_on))
}

/// Whether two addresses are one person's.
fn same_address(one: &str, other: &str) -> bool {
    text::fold_email(one) == text::fold_email(other)
}
