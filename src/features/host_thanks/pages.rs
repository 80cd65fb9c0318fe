//! What the page of the thanks needs, ready to be shown; and what the page after a visit says of them.
use super::service::Whole;
use crate::access::GroupMember;
use crate::base::{local_time, text::first_name, words};
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;
use serde::Deserialize;

/// What a member types to the host.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ThanksForm {
    pub(super) message: String,
    /// "send", or "otherwise".
    #[serde(rename = "do")]
    pub(super) pressed: String,
}

#[derive(Template)]
#[template(path = "host_thanks/thanks.html")]
pub(super) struct ThanksPage {
    shell: Shell,
    errors: Errors,
    trip_path: String,
    title: String,
    /// How it stands, where somebody has thanked them.
    stands: String,
    lost: String,
    to: String,
    message: String,
    /// What one sent oneself, to read again.
    sent: Vec<String>,
    can_send: bool,
    can_tick: bool,
    why_not: &'static str,
}

impl ThanksPage {
    pub(super) fn of(
        app: &App,
        by: &GroupMember,
        whole: &Whole,
        (typed, errors): (Option<ThanksForm>, Errors),
    ) -> Self {
        let trip = &whole.trip;
        let mine = whole.thanks.as_ref().filter(|thanks| thanks.by == by.participation_id());
        let host = [trip.host_person.as_str(), trip.host_email.as_str()];
        Self {
            shell: by.shell(app).with(&errors),
            errors,
            trip_path: format!("{}/trips/{}", by.group().path(), trip.id),
            title: trip.title(),
            stands: stands(by, whole),
            lost: lost(whole),
            to: host.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
            message: typed.map_or_else(|| draft(whole), |typed| typed.message),
            sent: mine.map(|thanks| lines(&thanks.message)).unwrap_or_default(),
            can_send: whole.can_send(),
            can_tick: whole.is_open() && !whole.can_send(),
            why_not: if trip.is_observation() {
                "An observation has no host."
            } else if !trip.state.took_place() {
                "You can thank the host once you have said that it took place."
            } else {
                ""
            },
        }
    }
}

/// Who thanked the host, when and how; nothing where nobody has.
fn stands(by: &GroupMember, whole: &Whole) -> String {
    let Some(thanks) = &whole.thanks else { return String::new() };
    let who = if thanks.by == by.participation_id() { "You" } else { first_name(&thanks.by_name) };
    let how = if thanks.by_email { " by email" } else { "" };
    format!("{who} thanked them{how} on {}.", words::day(local_time::day_in(&by.program().time_zone, thanks.at)))
}

/// The mail server's words stand where the reader reads the address too: they may name it.
fn lost(whole: &Whole) -> String {
    match &whole.lost {
        None => String::new(),
        Some(_) if whole.trip.was_before_me => "The email did not reach them.".to_owned(),
        Some(why) => format!("The email did not reach them. The mail server said: {why}"),
    }
}

/// Words to begin from: nothing of what the group wrote.
fn draft(whole: &Whole) -> String {
    let whom = if whole.trip.host_person.is_empty() { "colleague" } else { &whole.trip.host_person };
    format!(
        "Dear {whom},\n\nthank you for having us on {}, and for your time. What we saw and heard goes home with us.\n\n{}",
        words::long_day(whole.trip.on_date),
        whole.my_name
    )
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What the page after a visit says.
#[derive(Debug, Default)]
pub(crate) struct ThanksCard {
    pub(crate) done: bool,
    pub(crate) line: String,
    /// What the way to the page is called; nothing where there is none.
    pub(crate) label: &'static str,
}

impl ThanksCard {
    pub(super) fn of(by: &GroupMember, whole: &Whole) -> Self {
        let lost = lost(whole);
        Self {
            done: whole.thanks.is_some() && lost.is_empty(),
            line: match (&whole.thanks, lost.is_empty()) {
                (None, _) => "Nobody has thanked them yet.".to_owned(),
                (Some(_), true) => stands(by, whole),
                (Some(_), false) => lost,
            },
            label: if whole.is_open() { "Thank the host" } else { "" },
        }
    }
}
