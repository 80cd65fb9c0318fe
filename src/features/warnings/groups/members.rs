//! Enough people, and what they agreed on.
use super::{Says, Seen, to_group};
use crate::base::words;
use crate::features::progress::thresholds::AGREEMENT_BY_MEETING;
use crate::features::warnings::{Action, Kind, Warning, counted, newest};

/// Only a coordinator can send somebody new.
pub(super) fn too_small(seen: Seen<'_>) -> Option<Warning> {
    let Seen { group, today, .. } = seen;
    if !group.is_too_small() {
        return None;
    }
    let members = group.members.len();
    let left = if members == 0 { "nobody left".to_owned() } else { words::count(members, "member", "members") };
    let says = Says {
        title: format!("{} has {left}", group.name),
        text: format!("Groups here have at least {}.{}", words::number(group.least), group.resting_words()),
        behind: format!("It has {}.", words::count(members, "member", "members")),
    };
    let since = group.last_left_on.or(group.began_on).unwrap_or(today);
    let warning = seen
        .finding(Kind::TooSmall, since, says)
        .with(vec![("members", counted(members)), ("least", counted(group.least))])
        .with_degree(newest(since, group.least.saturating_sub(members)));
    Some(Warning { action: Action::open(format!("{}/small", group.path()), "See what can be done"), ..warning })
}

pub(super) fn lost_somebody(seen: Seen<'_>) -> Option<Warning> {
    let Seen { group, today, term } = seen;
    let left = group.last_left_on.filter(|left| *left <= today)?;
    let last_met = group.last_met(today);
    // Somebody looked at it since then, and decided that it goes on.
    let decided = group.kept_small.is_some_and(|kept| kept.holds(group.members.len(), Some(left)));
    if decided || last_met.is_some_and(|met| met >= left) {
        return None;
    }
    let says = Says {
        title: format!("{} lost a member on {}", group.name, words::day(left)),
        text: "It has not met since.".to_owned(),
        behind: format!("It lost a member on {}.", words::day(left)),
    };
    let told = "Somebody has left since you last met. Meet, and settle how you go on.";
    let mut numbers = vec![("left_day", term.day_number(left))];
    numbers.extend(last_met.map(|met| ("last_met_day", term.day_number(met))));
    let warning = seen.told(Kind::LostMember, left, says, to_group(told, "meetings/new", "Plan a meeting"));
    Some(warning.with(numbers).with_degree(left.to_julian_day()))
}

pub(super) fn no_agreement(seen: Seen<'_>) -> Option<Warning> {
    let Seen { group, today, term } = seen;
    let due = group.agreement_was_due(today)?;
    let since =
        group.held(today).nth(AGREEMENT_BY_MEETING - 1).map_or(due, crate::features::progress::MeetingFacts::known_on);
    let met = group.held(today).count();
    let says = Says {
        title: format!("{} has no agreement in force", group.name),
        text: format!("It has met {}.", words::times(met)),
        behind: "No agreement is in force.".to_owned(),
    };
    let told = format!("You have met {}, and no agreement is in force yet.", words::times(met));
    let warning = seen.told(Kind::NoAgreement, since, says, to_group(told, "agreement", "Say how you work together"));
    Some(warning.with(vec![("second_meeting_day", term.day_number(due)), ("held", counted(met))]))
}
