//! What the facts of a group say, when they say something is missing.
use super::{Action, Urgency, Warning};
use crate::base::words;
use crate::features::field_trips::TripState;
use crate::features::progress::{
    GroupFacts, MeetingFacts, MeetingState, ProgramFacts, Standing, figures, standing,
    thresholds::{
        BALANCE_FROM_ITEMS, BALANCE_FROM_MEMBERS, BALANCED_FROM, ELEMENT_DAYS, GROUP_FIRST_DAYS, HELD_BY_DAY,
        INFORMAL_OVER, LAST_MEETINGS, MISSES_IN_A_ROW, ON_GOAL_LEAST, REPLACED_WITHIN_DAYS, SCHEDULED_BY_DAY,
        TRIP_DAYS, UNLOGGED_DAYS,
    },
};
use time::{Date, Duration};

/// One finding: as a thing of its own, and as a sentence behind a more urgent one.
struct Finding {
    urgency: Urgency,
    title: String,
    detail: String,
    behind: String,
    action: Option<Action>,
}

/// At most one warning per group, with its findings in order of urgency.
pub(super) fn warnings(program: &ProgramFacts, today: Date) -> Vec<Warning> {
    program.groups.iter().filter_map(|group| warning(program, group, today)).collect()
}

fn warning(program: &ProgramFacts, group: &GroupFacts, today: Date) -> Option<Warning> {
    let mut findings: Vec<Finding> = [
        // First: without enough people, the rest is hard to mend.
        too_small(group),
        quiet(program, group, today),
        lost_somebody(group, today),
        unlogged(group, today),
        trip_unconfirmed(group, today),
        time_went_elsewhere(group, today),
        no_element(group, today),
        no_feedback(program, group, today),
        one_sided(group),
        no_agreement(group, today),
    ]
    .into_iter()
    .flatten()
    .collect();
    findings.sort_by_key(|finding| finding.urgency);
    let mut findings = findings.into_iter();
    let first = findings.next()?;
    let behind: Vec<String> = findings.map(|finding| finding.behind).collect();
    let text =
        std::iter::once(first.detail).chain(behind).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    Some(Warning {
        urgency: first.urgency,
        title: first.title,
        text,
        action: first.action.unwrap_or_else(|| Action::open(group.path(), "Look closer")),
    })
}

/// Stalled, two misses in a row, no first date, or no first meeting.
fn quiet(program: &ProgramFacts, group: &GroupFacts, today: Date) -> Option<Finding> {
    let age = (today - group.began_on?).whole_days();
    let name = &group.name;
    let missed = misses_in_a_row(group, today);
    let stalled = standing(group, program.rhythm_days, today) == Standing::Stalled;
    let gone_by = format!("The last {} dates came and went.", words::number(missed.max(MISSES_IN_A_ROW)));
    let detail = if missed >= MISSES_IN_A_ROW { gone_by } else { String::new() };
    if let Some(last) = group.last_met(today) {
        return (stalled || missed >= MISSES_IN_A_ROW).then(|| Finding {
            urgency: Urgency::Stopped,
            title: format!("{name} has not met since {}", words::day(last)),
            behind: format!("It has not met since {}.", words::day(last)),
            detail: if detail.is_empty() && group.next_meeting(today).is_none() {
                "No date stands for the next meeting.".to_owned()
            } else {
                detail
            },
            action: None,
        });
    }
    let next = group.next_meeting(today);
    if age >= HELD_BY_DAY {
        let next_is = next.map(|meeting| format!("Its first meeting is planned for {}.", words::day(meeting.day)));
        return Some(Finding {
            urgency: Urgency::Stopped,
            title: format!("{name} has not met yet"),
            behind: "It has not met yet.".to_owned(),
            detail: next_is
                .unwrap_or_else(|| format!("It began {age} days ago, and no date stands. {detail}").trim().to_owned()),
            action: None,
        });
    }
    (age >= SCHEDULED_BY_DAY && next.is_none() && !group.meetings.iter().any(|m| m.waits_for_its_log(today))).then(
        || Finding {
            urgency: Urgency::Waiting,
            title: format!("{name} has no first date"),
            behind: "It has no first date.".to_owned(),
            detail: format!("It began {age} days ago. A first date is often all that is missing."),
            action: None,
        },
    )
}

/// How many of the newest meetings in a row did not take place and were not moved.
pub(super) fn misses_in_a_row(group: &GroupFacts, today: Date) -> usize {
    group
        .meetings
        .iter()
        .rev()
        .filter(|meeting| meeting.day <= today && meeting.state != MeetingState::Scheduled)
        .map(|meeting| missed(group, meeting, today))
        .take_while(|outcome| *outcome != Some(false))
        .filter(|outcome| *outcome == Some(true))
        .count()
}

/// None for a cancelled meeting that was moved, or may still be.
fn missed(group: &GroupFacts, meeting: &MeetingFacts, today: Date) -> Option<bool> {
    match meeting.state {
        MeetingState::Held | MeetingState::Scheduled => Some(false),
        MeetingState::NotHeld => Some(true),
        MeetingState::Cancelled => {
            let until = meeting.day + Duration::days(REPLACED_WITHIN_DAYS);
            let replaces = |other: &MeetingFacts| {
                matches!(other.state, MeetingState::Held | MeetingState::Scheduled)
                    && other.day >= meeting.day
                    && other.day <= until
            };
            (today >= until && !group.meetings.iter().any(replaces)).then_some(true)
        }
    }
}

fn too_small(group: &GroupFacts) -> Option<Finding> {
    let members = group.members.len();
    group.is_too_small().then(|| Finding {
        urgency: Urgency::Stopped,
        title: format!(
            "{} has {}",
            group.name,
            if members == 0 { "nobody left".to_owned() } else { words::count(members, "member", "members") }
        ),
        detail: format!("Groups here have at least {}.{}", words::number(group.least), group.resting_words()),
        behind: format!("It has {}.", words::count(members, "member", "members")),
        action: Some(Action::open(format!("{}/small", group.path()), "See what can be done")),
    })
}

fn lost_somebody(group: &GroupFacts, today: Date) -> Option<Finding> {
    let left = group.last_left_on.filter(|left| *left <= today)?;
    let met_since = group.last_met(today).is_some_and(|met| met >= left);
    // Somebody looked at it since then, and decided that it goes on.
    let decided = group.kept_small.is_some_and(|kept| kept.holds(group.members.len(), Some(left)));
    (!met_since && !decided).then(|| Finding {
        urgency: Urgency::Waiting,
        title: format!("{} lost a member on {}", group.name, words::day(left)),
        detail: "It has not met since.".to_owned(),
        behind: format!("It lost a member on {}.", words::day(left)),
        action: None,
    })
}

fn unlogged(group: &GroupFacts, today: Date) -> Option<Finding> {
    let oldest = group
        .meetings
        .iter()
        .find(|meeting| meeting.waits_for_its_log(today) && (today - meeting.day).whole_days() > UNLOGGED_DAYS)?;
    Some(Finding {
        urgency: Urgency::Soon,
        title: format!("{} has not said how {} went", group.name, words::day(oldest.day)),
        detail: "The meeting has no log, so nobody knows whether it was held.".to_owned(),
        behind: format!("Its meeting on {} has no log.", words::day(oldest.day)),
        action: None,
    })
}

fn trip_unconfirmed(group: &GroupFacts, today: Date) -> Option<Finding> {
    let near = today + Duration::days(TRIP_DAYS);
    let trip = group.trips.iter().find(|trip| {
        let waits = trip.host_waits || trip.supervisor_waits;
        let open = trip.state == TripState::Planned || (trip.state == TripState::Confirmed && waits);
        open && trip.day >= today && trip.day <= near
    })?;
    let what = format!("{} on {}", trip.kind.with_article(), words::day(trip.day));
    if trip.host_waits {
        return Some(Finding {
            urgency: Urgency::Soon,
            title: format!("{} plans {what}, and the host has not answered", group.name),
            detail: "The host was asked and has not said yet whether the day suits them.".to_owned(),
            behind: format!("It plans {what}, whose host has not answered."),
            action: None,
        });
    }
    if trip.supervisor_waits {
        return Some(Finding {
            urgency: Urgency::Soon,
            title: format!("{} plans {what}, and a supervisor has not answered", group.name),
            detail: "It goes beyond what was approved for somebody, whose supervisor was asked for a yes to it."
                .to_owned(),
            behind: format!("It plans {what}, about which a supervisor has not answered."),
            action: None,
        });
    }
    Some(Finding {
        urgency: Urgency::Soon,
        title: format!("{} plans {what}, not confirmed", group.name),
        detail: "Somebody has still to say yes to it.".to_owned(),
        behind: format!("It plans {what}, which is not confirmed."),
        action: None,
    })
}

/// The last meetings had little time for the goal, or far more informal time than planned.
fn time_went_elsewhere(group: &GroupFacts, today: Date) -> Option<Finding> {
    let last: Vec<&MeetingFacts> = group.held(today).rev().take(LAST_MEETINGS).collect();
    if last.len() < LAST_MEETINGS {
        return None;
    }
    let on_goal = figures::on_goal(last.iter().copied());
    let (planned, informal) =
        (figures::informal_planned(last.iter().copied()), figures::informal(last.iter().copied()));
    let little = on_goal.value().is_some_and(|share| share < ON_GOAL_LEAST);
    let over = informal.value().zip(planned.value()).is_some_and(|(is, was)| is - was > INFORMAL_OVER);
    if !little && !over {
        return None;
    }
    let goal = format!("{} % of the last two meetings went to a goal", on_goal.percent());
    let catching_up = format!(
        "catching up took {} % of the last two meetings, with {} % planned",
        informal.percent(),
        planned.percent()
    );
    let words = match (little, over) {
        (true, true) => format!("{goal}, and {catching_up}"),
        (true, false) => goal,
        _ => catching_up,
    };
    let sentence = format!("{}.", words::capital(&words));
    Some(Finding {
        urgency: Urgency::Look,
        title: format!("{} spends its time elsewhere", group.name),
        detail: sentence.clone(),
        behind: sentence,
        action: None,
    })
}

fn no_element(group: &GroupFacts, today: Date) -> Option<Finding> {
    let first = group.goals.iter().map(|goal| goal.agreed_on).min()?;
    let none = group.goals.iter().all(|goal| goal.elements == 0);
    (none && (today - first).whole_days() >= ELEMENT_DAYS).then(|| Finding {
        urgency: Urgency::Look,
        title: format!("{} has agreed on nothing for feedback", group.name),
        detail: format!("Its first goal was agreed on {}.", words::day(first)),
        behind: "Nothing is agreed for feedback.".to_owned(),
        action: None,
    })
}

fn no_feedback(program: &ProgramFacts, group: &GroupFacts, today: Date) -> Option<Finding> {
    (today >= program.middle() && group.feedback_items() == 0).then(|| Finding {
        urgency: Urgency::Look,
        title: format!("No feedback yet in {}", group.name),
        detail: "The program is half over.".to_owned(),
        behind: "No feedback yet, half-way.".to_owned(),
        action: None,
    })
}

fn one_sided(group: &GroupFacts) -> Option<Finding> {
    if group.members.len() < BALANCE_FROM_MEMBERS || group.feedback_items() < BALANCE_FROM_ITEMS {
        return None;
    }
    let members: Vec<_> = group.members.iter().map(|member| member.id).collect();
    let share = figures::reciprocity(&group.feedback, &members).value()?;
    (share < BALANCED_FROM).then(|| Finding {
        urgency: Urgency::Look,
        title: format!("Feedback in {} goes one way", group.name),
        detail: "Some give, and hear little back.".to_owned(),
        behind: "Feedback goes one way.".to_owned(),
        action: None,
    })
}

/// The group reads it on its own page from that meeting on, and can act first.
fn no_agreement(group: &GroupFacts, today: Date) -> Option<Finding> {
    let due = group.agreement_was_due(today)?;
    (today >= due + Duration::days(GROUP_FIRST_DAYS)).then(|| Finding {
        urgency: Urgency::Look,
        title: format!("{} has no agreement in force", group.name),
        detail: format!("It has met {}.", words::times(group.held(today).count())),
        behind: "No agreement is in force.".to_owned(),
        action: None,
    })
}
