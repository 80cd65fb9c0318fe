//! What the pages about letters need, ready to be shown.
use super::{
    model::{Addressee, Audience, Draft, fingerprint, to_people},
    service::{Delivery, OpenGroup, SentLetter, Whole},
};
use crate::access::InProgram;
use crate::base::{ids::LetterId, local_time, words};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use serde::Deserialize;
use time::OffsetDateTime;

/// What a coordinator types and presses.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LetterForm {
    pub(super) id: String,
    pub(super) audience: String,
    pub(super) groups: Vec<String>,
    pub(super) subject: String,
    pub(super) words: String,
    /// The addressees that a preview showed.
    pub(super) seen: String,
    /// "look", "change" or "send".
    #[serde(rename = "do")]
    pub(super) pressed: String,
}

impl LetterForm {
    pub(super) fn first() -> Self {
        Self { id: LetterId::generate().to_string(), ..Self::default() }
    }
}

struct Choice {
    value: &'static str,
    label: &'static str,
    hint: &'static str,
    chosen: bool,
    /// Some groups are chosen below it.
    opens: bool,
}

struct GroupTick {
    id: String,
    name: String,
    members: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "letters/new.html")]
pub(super) struct FormPage {
    shell: Shell,
    errors: Errors,
    path: String,
    program: String,
    form: LetterForm,
    audiences: Vec<Choice>,
    groups: Vec<GroupTick>,
}

impl FormPage {
    pub(super) fn of(
        shell: Shell,
        program: &InProgram,
        groups: &[OpenGroup],
        (form, errors): (LetterForm, Errors),
    ) -> Self {
        let offered = Audience::ALL.iter().copied().filter(|audience| audience.is_offered(program.state));
        Self {
            shell: shell.with(&errors),
            errors,
            path: program.path(),
            program: program.name.clone(),
            audiences: offered
                .filter(|audience| *audience != Audience::Groups || !groups.is_empty())
                .map(|audience| Choice {
                    value: audience.as_str(),
                    label: audience.label(),
                    hint: audience.hint(),
                    chosen: form.audience == audience.as_str(),
                    opens: audience == Audience::Groups,
                })
                .collect(),
            groups: groups
                .iter()
                .map(|group| GroupTick {
                    id: group.id.to_string(),
                    name: group.name.clone(),
                    members: to_people(usize::try_from(group.members).unwrap_or(0)),
                    chosen: form.groups.contains(&group.id.to_string()),
                })
                .collect(),
            form,
        }
    }
}

/// So many names are shown before it is sent.
const NAMES: usize = 200;

#[derive(Template)]
#[template(path = "letters/preview.html")]
pub(super) struct PreviewPage {
    shell: Shell,
    path: String,
    program: String,
    /// "34 people".
    number: String,
    audience: String,
    names: String,
    id: String,
    value: &'static str,
    groups: Vec<String>,
    subject: String,
    words: String,
    reply_to: String,
    seen: String,
    /// It would have gone to others than were shown.
    changed: bool,
}

impl PreviewPage {
    pub(super) fn of(
        shell: Shell,
        program: &InProgram,
        (draft, groups): (&Draft, &[OpenGroup]),
        (to, changed): (&[Addressee], bool),
    ) -> Self {
        let mut names: Vec<String> = to.iter().take(NAMES).map(|one| one.name.clone()).collect();
        if to.len() > NAMES {
            names.push(format!("{} more", to.len() - NAMES));
        }
        let chosen = groups.iter().filter(|group| draft.groups.contains(&group.id)).map(|group| group.name.clone());
        Self {
            path: program.path(),
            program: program.name.clone(),
            number: to_people(to.len()),
            audience: audience_words(draft.audience, &chosen.collect::<Vec<_>>()),
            names: words::list(&names),
            id: draft.id.to_string(),
            value: draft.audience.as_str(),
            groups: draft.groups.iter().map(ToString::to_string).collect(),
            subject: draft.subject.clone(),
            words: draft.words.clone(),
            reply_to: shell.viewer_name.clone().unwrap_or_default(),
            shell,
            seen: fingerprint(to),
            changed,
        }
    }
}

/// "Reading Room and Card Catalog", "Who has not joined".
fn audience_words(audience: Audience, groups: &[String]) -> String {
    if audience == Audience::Groups && !groups.is_empty() { words::list(groups) } else { audience.label().to_owned() }
}

struct Line {
    href: String,
    subject: String,
    iso: String,
    day: String,
    note: String,
}

#[derive(Template)]
#[template(path = "letters/list.html")]
pub(super) struct ListPage {
    shell: Shell,
    path: String,
    program: String,
    lines: Vec<Line>,
    can_write: bool,
    /// Not the first page.
    later: bool,
    /// The last letter of this page; empty on the last page.
    next: String,
}

fn number(sent: &SentLetter) -> String {
    to_people(usize::try_from(sent.addressees).unwrap_or(0))
}

/// Where its writer was erased, nothing is left to be called by.
fn title(sent: &SentLetter) -> String {
    if sent.subject.is_empty() { "A letter whose words are gone".to_owned() } else { sent.subject.clone() }
}

fn when(program: &InProgram, at: OffsetDateTime) -> (String, String) {
    let day = local_time::day_in(&program.time_zone, at);
    (words::iso_day(day), words::short_day(day))
}

impl ListPage {
    pub(super) fn of(shell: Shell, program: &InProgram, sent: &[SentLetter], (later, more): (bool, bool)) -> Self {
        let line = |one: &SentLetter| {
            let (iso, day) = when(program, one.sent_at);
            let whom = audience_words(one.audience, &one.groups);
            Line {
                href: format!("{}/letters/{}", program.path(), one.id),
                subject: title(one),
                iso,
                day,
                note: format!("{whom}. To {}, by {}", number(one), one.writer),
            }
        };
        Self {
            shell,
            path: program.path(),
            program: program.name.clone(),
            lines: sent.iter().map(line).collect(),
            can_write: program.state.takes_people(),
            later,
            next: sent.last().filter(|_| more).map_or_else(String::new, |last| last.id.to_string()),
        }
    }
}

#[derive(Template)]
#[template(path = "letters/letter.html")]
pub(super) struct LetterPage {
    shell: Shell,
    path: String,
    program: String,
    subject: String,
    standfirst: String,
    audience: String,
    number: String,
    delivered: Vec<String>,
    not_reached: String,
    words: String,
}

impl LetterPage {
    pub(super) fn of(shell: Shell, program: &InProgram, whole: &Whole) -> Self {
        let sent = &whole.sent;
        let at = local_time::to_local(&program.time_zone, sent.sent_at);
        Self {
            shell,
            path: program.path(),
            program: program.name.clone(),
            subject: title(sent),
            standfirst: format!("{} sent it on {}.", sent.writer, words::day_and_time(at)),
            audience: audience_words(sent.audience, &sent.groups),
            number: number(sent),
            delivered: delivered(&whole.delivery),
            not_reached: words::list(&whole.not_reached),
            words: sent.words.clone(),
        }
    }
}

/// "32 delivered", "1 not delivered"; nothing where its emails left from another installation.
fn delivered(of: &Delivery) -> Vec<String> {
    let parts = [
        (of.delivered, "delivered"),
        (of.waiting, "on the way"),
        (of.failed, "not delivered"),
        (of.not_needed, "not sent, because their part had ended or was on hold"),
    ];
    parts.into_iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}")).collect()
}
