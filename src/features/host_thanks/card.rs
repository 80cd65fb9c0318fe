//! How the thanks stand, in words: on their own page, and on the page after a visit.
use super::service::Whole;
use crate::access::GroupMember;
use crate::base::{local_time, text::first_name, words};

/// Who thanked the host, when and how; nothing where nobody has.
pub(super) fn stands(by: &GroupMember, whole: &Whole) -> String {
    let Some(thanks) = &whole.thanks else { return String::new() };
    let who = if thanks.by == by.participation_id() { "You" } else { first_name(&thanks.by_name) };
    let how = if thanks.by_email { " by email" } else { "" };
    format!("{who} thanked them{how} on {}.", words::day(local_time::day_in(&by.program().time_zone, thanks.at)))
}

/// The mail server's words stand where the reader reads the address too: they may name it.
pub(super) fn lost(whole: &Whole) -> String {
    match &whole.lost {
        None => String::new(),
        Some(_) if whole.trip.was_before_me => "The email did not reach them.".to_owned(),
        Some(why) => format!("The email did not reach them. The mail server said: {why}"),
    }
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
