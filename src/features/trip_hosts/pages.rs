//! What the pages about hosts need, ready to be shown.
use super::{
    model::{Asked, HostWord, Stance, seen, stance},
    service::{HostsPage, ToAsk},
};
use crate::access::GroupMember;
use crate::base::{ids::FieldTripId, local_time, text, words};
use crate::features::groups::readers;
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;
use serde::Deserialize;
use time::Date;

/// What the page of a trip shows about its host: how they stand, and what they wrote, to who may read it.
#[derive(Debug, Default)]
pub(crate) struct HostCard {
    /// Nothing to show where it is empty.
    pub(crate) stands: String,
    /// "Ask the host", where the reader can.
    pub(crate) ask: &'static str,
    /// A day they offer, in words and as a form sends it.
    pub(crate) offers: Option<(String, String)>,
    /// What they wrote, under what it is about.
    pub(crate) said: Vec<(&'static str, Vec<String>)>,
    /// Answered before the reader came.
    pub(crate) was_before_me: bool,
}

impl HostCard {
    /// For a member, of a trip planned for a day; `can_ask` where the host has an address that the member reads.
    pub(crate) fn of(by: &GroupMember, asked: Option<&Asked>, on_date: Date, can_ask: bool) -> Self {
        let now = stance(asked, on_date);
        let answer = asked.and_then(|asked| asked.answer.as_ref());
        let reads = answer.filter(|answer| local_time::day_in(&by.program().time_zone, answer.at) >= by.joined_on());
        let mut card = Self {
            ask: match (can_ask, now) {
                (false, _) => "",
                (true, Stance::NotAsked) => "Ask the host",
                (true, _) => "Ask again",
            },
            was_before_me: answer.is_some() && reads.is_none(),
            ..Self::default()
        };
        if now == Stance::NotAsked && !can_ask {
            return card;
        }
        card.stands = match now {
            Stance::NotAsked => "Not asked yet. They can answer by a link in an email, without an account.".to_owned(),
            Stance::Waits => "Asked, and has not answered yet.".to_owned(),
            _ if card.was_before_me => {
                "Answered before you came. Those who belonged then read what they said.".to_owned()
            }
            Stance::Agreed => format!("{} suits them.", words::long_day(on_date)),
            Stance::Offers(_) => format!("{} does not suit them; another day would.", words::long_day(on_date)),
            Stance::OfAnotherDay(day) => {
                format!("They answered about {}. Ask about the new day.", words::long_day(day))
            }
        };
        let Some(answer) = reads else { return card };
        if let Stance::Offers(day) = now {
            card.offers = Some((words::long_day(day), words::iso_day(day)));
        }
        let parts = [
            ("About the day", &answer.day_line),
            ("What they would like in return", &answer.in_return),
            ("What they ask you", &answer.questions),
        ];
        card.said =
            parts.into_iter().filter(|(_, said)| !said.is_empty()).map(|(on, said)| (on, lines(said))).collect();
        card
    }
}

/// Text as it was typed, line by line.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What a member types to the host.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AskForm {
    pub(super) message: String,
    /// How often the host had been asked when the page was shown.
    pub(super) times: String,
}

/// The page on which a member asks the host.
#[derive(Template)]
#[template(path = "trip_hosts/ask.html")]
pub(super) struct AskPage {
    shell: Shell,
    errors: Errors,
    trip_path: String,
    group_name: String,
    group_path: String,
    to: String,
    when: String,
    message: String,
    times: String,
    asked_before: bool,
    can_ask: bool,
    why_not: &'static str,
    answer_readers: String,
}

impl AskPage {
    pub(super) fn of(
        app: &App,
        by: &GroupMember,
        id: FieldTripId,
        whole: &ToAsk,
        (typed, errors): (Option<AskForm>, Errors),
    ) -> Self {
        let visit = &whole.visit;
        let times = whole.asked.as_ref().map_or(0, |asked| asked.times);
        let group_path = by.group().path();
        let typed = typed.unwrap_or_else(|| AskForm {
            message: if whole.can_ask() { visit.draft(&whole.my_name) } else { String::new() },
            times: times.to_string(),
        });
        let host = [visit.host_person.as_str(), visit.host_email.as_str()];
        Self {
            shell: by.shell(app).with(&errors),
            errors,
            trip_path: format!("{group_path}/trips/{id}"),
            group_name: by.group().name.clone(),
            group_path,
            to: host.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
            when: visit.when(),
            message: typed.message,
            times: typed.times,
            asked_before: times > 0,
            can_ask: whole.can_ask(),
            why_not: if whole.was_before_me {
                "This was planned before you came. One of the others can ask the host."
            } else if !whole.is_open {
                "The day is over, or it was called off. There is nothing to ask any more."
            } else {
                "The plan has no email of the host. Put it there first."
            },
            answer_readers: readers(by, &whole.members, None),
        }
    }
}

/// What a host's form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct HostForm {
    pub(super) answer: String,
    pub(super) offered_on: String,
    pub(super) day_line: String,
    pub(super) in_return: String,
    pub(super) questions: String,
    pub(super) seen: String,
}

/// What the host's page knows besides the database.
pub(super) struct HostFrame {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    /// What was typed, when the page is shown again.
    pub(super) typed: Option<HostForm>,
    pub(super) overtaken: bool,
}

/// The host's page.
#[derive(Template)]
#[template(path = "trip_hosts/host.html")]
pub(super) struct HostPage {
    shell: Shell,
    errors: Errors,
    action: String,
    who: String,
    /// Who reads the answer.
    group: String,
    program: String,
    when: String,
    day: String,
    by_video: bool,
    typed: HostForm,
    said: Vec<(&'static str, Vec<String>)>,
    answered: bool,
    overtaken: bool,
    is_open: bool,
    is_off: bool,
    last: String,
    seen: String,
}

impl HostPage {
    pub(super) fn of(whole: &HostsPage, action: String, frame: HostFrame) -> Self {
        let HostFrame { mut shell, errors, typed, overtaken } = frame;
        let visit = &whole.visit;
        shell.institution = Some(visit.institution.clone());
        let answer = whole.asked.answer.as_ref();
        let typed = typed.unwrap_or_else(|| {
            answer.map_or_else(HostForm::default, |answer| HostForm {
                answer: answer.word.as_str().to_owned(),
                offered_on: answer.offered_on.map(words::iso_day).unwrap_or_default(),
                day_line: answer.day_line.clone(),
                in_return: answer.in_return.clone(),
                questions: answer.questions.clone(),
                seen: String::new(),
            })
        });
        let who = whole.asker.clone().unwrap_or_else(|| "A group".to_owned());
        Self {
            shell: shell.with(&errors),
            errors,
            action,
            group: whole.asker.as_deref().map_or_else(
                || "The group that asked".to_owned(),
                |name| format!("{} and the others in the group", text::first_name(name)),
            ),
            who,
            program: visit.program.clone(),
            when: visit.when(),
            day: words::long_day(visit.on_date),
            by_video: visit.by_video,
            typed,
            said: said(whole),
            answered: answer.is_some(),
            overtaken,
            is_open: whole.is_open,
            is_off: visit.is_off,
            last: words::day_and_year(visit.ends_on),
            seen: seen(visit, &whole.asked),
        }
    }
}

/// What the host answered, for themselves to read again.
fn said(whole: &HostsPage) -> Vec<(&'static str, Vec<String>)> {
    let Some(answer) = &whole.asked.answer else { return Vec::new() };
    let day = match answer.offered_on {
        Some(offered) if answer.word == HostWord::OtherDay => {
            format!("{} would suit you, not {}", words::long_day(offered), words::day(answer.about_day))
        }
        _ => format!("{} suits you", words::long_day(answer.about_day)),
    };
    let parts = [
        ("The day", &day),
        ("About the day", &answer.day_line),
        ("In return", &answer.in_return),
        ("Your questions", &answer.questions),
    ];
    parts.into_iter().filter(|(_, said)| !said.is_empty()).map(|(on, said)| (on, lines(said))).collect()
}
