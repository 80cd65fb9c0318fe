//! Whether feedback can be given, is given, and goes both ways. Counts of the group, never of a person.
use super::{Says, Seen, to_group};
use crate::base::ids::ParticipationId;
use crate::base::words;
use crate::features::progress::{
    Given,
    figures::{self, Share},
    thresholds::{BALANCE_FROM_ITEMS, BALANCE_FROM_MEMBERS, BALANCED_FROM, ELEMENT_DAYS, GROUP_FIRST_DAYS},
};
use crate::features::warnings::{Kind, Warning};
use time::{Date, Duration};

pub(super) fn no_element(seen: Seen<'_>) -> Option<Warning> {
    let group = seen.group;
    let first = group.goals.iter().map(|goal| goal.agreed_on).min()?;
    let since = first + Duration::days(ELEMENT_DAYS - GROUP_FIRST_DAYS);
    if seen.today < since || group.goals.iter().any(|goal| goal.elements > 0) {
        return None;
    }
    let says = Says {
        title: format!("{} has agreed on nothing for feedback", group.name),
        text: format!("Its first goal was agreed on {}.", words::day(first)),
        behind: "Nothing is agreed for feedback.".to_owned(),
    };
    let told = "You have goals, and nothing is agreed yet that feedback may be about.";
    let warning = seen.told_early(Kind::NoElement, since, says, to_group(told, "", "Look at your goals"));
    Some(warning.with(vec![("first_goal_day", seen.term.day_number(first))]))
}

pub(super) fn no_feedback(seen: Seen<'_>) -> Option<Warning> {
    let since = seen.term.middle() - Duration::days(GROUP_FIRST_DAYS);
    if seen.today < since || seen.group.feedback_items() > 0 {
        return None;
    }
    let since = since.max(seen.group.began_on.unwrap_or(since));
    let says = Says {
        title: format!("No feedback yet in {}", seen.group.name),
        text: "The program is half over.".to_owned(),
        behind: "No feedback yet, half-way.".to_owned(),
    };
    let told = "The program is about half over, and nobody here has given feedback yet.";
    let told = to_group(told, "feedback/new", "Give feedback");
    let warning = seen.told_early(Kind::NoFeedback, since, says, told);
    Some(warning.with(vec![("middle_day", seen.term.day_number(seen.term.middle()))]))
}

pub(super) fn one_sided(seen: Seen<'_>) -> Option<Warning> {
    let group = seen.group;
    if group.members.len() < BALANCE_FROM_MEMBERS {
        return None;
    }
    let members: Vec<_> = group.members.iter().map(|member| member.id).collect();
    let share = figures::reciprocity(&group.feedback, &members);
    if !goes_one_way(share) {
        return None;
    }
    let value = share.value()?;
    let since = one_way_since(&group.feedback, &members).unwrap_or(seen.today);
    let says = Says {
        title: format!("Feedback in {} goes one way", group.name),
        text: "Some give, and hear little back.".to_owned(),
        behind: "Feedback goes one way.".to_owned(),
    };
    let told = to_group(
        "Feedback among you goes mostly one way: some give, and hear little back.",
        "feedback/new",
        "Give feedback",
    );
    let warning = seen.told(Kind::OneSided, since, says, told);
    Some(warning.with(vec![("reciprocity", (value * 1000.0).round() / 1000.0)]).with_degree(100 - share.percent()))
}

/// Enough went between those who are still here, and mostly one way.
fn goes_one_way(share: Share) -> bool {
    share.den >= BALANCE_FROM_ITEMS && share.value().is_some_and(|value| value < BALANCED_FROM)
}

/// The earliest day from which it goes one way without a break, by what was known on each day.
fn one_way_since(given: &[Given], members: &[ParticipationId]) -> Option<Date> {
    let mut days: Vec<Date> = given.iter().map(|one| one.known_on).collect();
    days.sort_unstable();
    days.dedup();
    let on = |day: Date| -> Share {
        let known: Vec<Given> = given.iter().filter(|one| one.known_on <= day).copied().collect();
        figures::reciprocity(&known, members)
    };
    days.into_iter().rev().take_while(|day| goes_one_way(on(*day))).last()
}
