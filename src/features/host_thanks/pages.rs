//! What the page of the thanks needs, ready to be shown.
use super::{
    card::{lost, stands},
    service::Whole,
};
use crate::access::GroupMember;
use crate::base::words;
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
