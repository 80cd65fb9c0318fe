//! Whether a group meets, and what its meetings are for.
use super::{Says, Seen, to_group};
use crate::base::words;
use crate::features::progress::{
    GroupFacts, MeetingFacts, MeetingState, Standing, figures, momentum, standing, standing_then,
    thresholds::{
        GROUP_FIRST_DAYS, HELD_BY_DAY, INFORMAL_OVER, LAST_MEETINGS, MISSES_IN_A_ROW, ON_GOAL_LEAST,
        REPLACED_WITHIN_DAYS, SCHEDULED_BY_DAY, UNLOGGED_DAYS,
    },
};
use crate::features::warnings::{Kind, ToGroup, Warning, counted, newest};
use time::{Date, Duration};

const PLAN: &str = "Plan a meeting";

/// None was held by its day. The group is told in time to hold one.
pub(super) fn no_meeting(seen: Seen<'_>) -> Option<Warning> {
    let Seen { group, today, .. } = seen;
    let age = seen.age().filter(|age| *age >= HELD_BY_DAY - GROUP_FIRST_DAYS)?;
    if group.last_met(today).is_some() {
        return None;
    }
    let next = group.next_meeting(today);
    let text = next.map_or_else(
        || format!("It began {age} days ago, and no date stands."),
        |meeting| format!("Its first meeting is planned for {}.", words::day(meeting.day)),
    );
    let says =
        Says { title: format!("{} has not met yet", group.name), text, behind: "It has not met yet.".to_owned() };
    let since = seen.since_beginning(HELD_BY_DAY - GROUP_FIRST_DAYS);
    let told = format!("You began {age} days ago, and have not met yet.");
    Some(seen.told_early(Kind::NoMeeting, since, says, plan(seen, told)).with(vec![("age_days", days(age))]))
}

/// Where the next meeting is planned; or, where a date stands, that meeting.
fn plan(seen: Seen<'_>, told: String) -> ToGroup {
    match seen.group.next_meeting(seen.today) {
        Some(next) => to_group(told, format!("meetings/{}", next.id), "See the next meeting"),
        None => to_group(told, "meetings/new", PLAN),
    }
}

pub(super) fn no_date(seen: Seen<'_>) -> Option<Warning> {
    let Seen { group, today, .. } = seen;
    let from = SCHEDULED_BY_DAY - GROUP_FIRST_DAYS;
    // Later, that it has not met says more.
    let age = seen.age().filter(|age| (from..HELD_BY_DAY).contains(age))?;
    let waits = group.meetings.iter().any(|meeting| meeting.waits_for_its_log(today));
    if group.last_met(today).is_some() || group.next_meeting(today).is_some() || waits {
        return None;
    }
    let says = Says {
        title: format!("{} has no first date", group.name),
        text: format!("It began {age} days ago. A first date is often all that is missing."),
        behind: "It has no first date.".to_owned(),
    };
    let told = format!("You began {age} days ago, and no meeting is planned yet. Any of you can set the first date.");
    let told = to_group(told, "meetings/new", PLAN);
    let since = seen.since_beginning(from);
    Some(seen.told_early(Kind::NoDate, since, says, told).with(vec![("age_days", days(age))]))
}

pub(super) fn two_misses(seen: Seen<'_>) -> Option<Warning> {
    let Seen { group, today, term } = seen;
    let misses = misses_in_a_row(group, today);
    let (latest, before) = misses.first().zip(misses.get(MISSES_IN_A_ROW - 1))?;
    // What made it two in a row: the later one of the first two.
    let since = misses.iter().rev().nth(MISSES_IN_A_ROW - 1).map_or(today, |miss| miss.known_on);
    let gone = format!("The last {} dates came and went.", words::number(misses.len()));
    let last = group.last_met(today);
    let title = last.map_or_else(
        || format!("{} has not met yet", group.name),
        |last| format!("{} has not met since {}", group.name, words::day(last)),
    );
    let behind = last.map_or_else(|| gone.clone(), |last| format!("It has not met since {}.", words::day(last)));
    let told = format!("Your last {} dates came and went. Find one that holds.", words::number(misses.len()));
    let says = Says { title, text: gone, behind };
    let warning =
        seen.told(Kind::TwoMisses, since, says, plan(seen, told)).with_degree(newest(latest.day, misses.len()));
    Some(warning.with(vec![
        ("first_day", term.day_number(before.day)),
        ("second_day", term.day_number(latest.day)),
        ("momentum", momentum_of(seen)),
    ]))
}

/// To one decimal.
fn momentum_of(seen: Seen<'_>) -> f64 {
    (momentum(seen.group, seen.term.rhythm_days, seen.today) * 10.0).round() / 10.0
}

/// Its momentum is gone, and neither missed dates nor its first days say so already.
pub(super) fn stalled(seen: Seen<'_>) -> Option<Warning> {
    let Seen { group, today, term } = seen;
    let stalled_on = |day: Date| standing_then(group, term.rhythm_days, day) == Standing::Stalled;
    let said = no_meeting(seen).is_some() || no_date(seen).is_some() || two_misses(seen).is_some();
    if said || standing(group, term.rhythm_days, today) != Standing::Stalled {
        return None;
    }
    // As far back as it matters.
    let before = (1..=GROUP_FIRST_DAYS).take_while(|back| stalled_on(today - Duration::days(*back))).count();
    let since = today - Duration::days(i64::try_from(before).unwrap_or(0));
    let last = group.last_met(today);
    let next = group.next_meeting(today);
    let says = Says {
        title: last.map_or_else(
            || format!("{} has not met yet", group.name),
            |last| format!("{} has not met since {}", group.name, words::day(last)),
        ),
        text: next.map_or_else(
            || "No date stands for the next meeting.".to_owned(),
            |meeting| format!("The next meeting is planned for {}.", words::day(meeting.day)),
        ),
        behind: last.map_or_else(
            || "It has not met yet.".to_owned(),
            |last| format!("It has not met since {}.", words::day(last)),
        ),
    };
    let told = last.map_or_else(
        || "You have not met yet.".to_owned(),
        |last| format!("You have not met since {}.", words::day(last)),
    );
    let warning = seen.told(Kind::Stalled, since, says, plan(seen, told));
    // Having met in between makes it another case; then, the less is left the worse.
    let met = last.or(group.began_on).unwrap_or(term.starts_on);
    let gone = (100.0 - momentum_of(seen)).round().clamp(0.0, 100.0);
    let gone = (0..=100_usize).rev().find(|n| counted(*n) <= gone).unwrap_or(0);
    Some(warning.with(vec![("momentum", momentum_of(seen))]).with_degree(newest(met, gone)))
}

/// A meeting that did not take place, and the day from which that is known.
struct Miss {
    day: Date,
    known_on: Date,
}

/// The newest meetings in a row that did not take place and were not moved, the newest first.
fn misses_in_a_row(group: &GroupFacts, today: Date) -> Vec<Miss> {
    group
        .meetings
        .iter()
        .rev()
        .filter(|meeting| meeting.day <= today && meeting.state != MeetingState::Scheduled)
        .map(|meeting| missed(group, meeting, today))
        .take_while(|outcome| !matches!(outcome, Outcome::Held))
        .filter_map(|outcome| match outcome {
            Outcome::Missed(miss) => Some(miss),
            Outcome::Held | Outcome::Moved => None,
        })
        .collect()
}

enum Outcome {
    Held,
    /// Or may still be.
    Moved,
    Missed(Miss),
}

fn missed(group: &GroupFacts, meeting: &MeetingFacts, today: Date) -> Outcome {
    match meeting.state {
        MeetingState::Held | MeetingState::Scheduled => Outcome::Held,
        MeetingState::NotHeld => Outcome::Missed(Miss { day: meeting.day, known_on: meeting.known_on() }),
        MeetingState::Cancelled => {
            let until = meeting.day + Duration::days(REPLACED_WITHIN_DAYS);
            let replaces = |other: &MeetingFacts| {
                matches!(other.state, MeetingState::Held | MeetingState::Scheduled)
                    && other.day >= meeting.day
                    && other.day <= until
            };
            if today >= until && !group.meetings.iter().any(replaces) {
                Outcome::Missed(Miss { day: meeting.day, known_on: until })
            } else {
                Outcome::Moved
            }
        }
    }
}

/// The group reads of it while there is still time to write the log.
pub(super) fn unlogged(seen: Seen<'_>) -> Option<Warning> {
    let Seen { group, today, term } = seen;
    let late = |more: i64| {
        let of = group.meetings.iter().filter(move |meeting| meeting.waits_for_its_log(today));
        of.filter(move |meeting| (today - meeting.day).whole_days() > more)
    };
    let oldest = late(UNLOGGED_DAYS - GROUP_FIRST_DAYS).next()?;
    let on = words::day(oldest.day);
    let says = Says {
        title: format!("{} has not said how {on} went", group.name),
        text: "The meeting has no log, so nobody knows whether it was held.".to_owned(),
        behind: format!("Its meeting on {on} has no log."),
    };
    let since = oldest.day + Duration::days(UNLOGGED_DAYS - GROUP_FIRST_DAYS + 1);
    let told = format!("Nobody has said yet how the meeting on {on} went.");
    let told = to_group(told, format!("meetings/{}/log", oldest.id), "Say how it went");
    let of_newest = late(UNLOGGED_DAYS).next_back().map_or(0, |one| newest(one.day, late(UNLOGGED_DAYS).count()));
    let warning = seen.told_early(Kind::Unlogged, since, says, told);
    Some(warning.with(vec![("day", term.day_number(oldest.day))]).with_degree(of_newest))
}

/// The last held meetings, if there are enough of them.
fn last_meetings(seen: Seen<'_>) -> Option<Vec<&MeetingFacts>> {
    let last: Vec<&MeetingFacts> = seen.group.held(seen.today).rev().take(LAST_MEETINGS).collect();
    (last.len() == LAST_MEETINGS).then_some(last)
}

/// From when the log of the latest is there.
fn known(last: &[&MeetingFacts], today: Date) -> Date {
    last.iter().map(|meeting| meeting.known_on()).max().unwrap_or(today)
}

pub(super) fn off_goal(seen: Seen<'_>) -> Option<Warning> {
    let last = last_meetings(seen)?;
    let share = figures::on_goal(last.iter().copied());
    share.value().filter(|value| *value < ON_GOAL_LEAST)?;
    let percent = share.percent();
    let sentence = format!("{percent} % of the last two meetings went to a goal.");
    let says = Says {
        title: format!("{} spends little time on its goals", seen.group.name),
        text: sentence.clone(),
        behind: sentence,
    };
    let told = format!("{percent} % of your last two meetings went to a goal. Plan time for one in the next.");
    let warning = seen.told(Kind::OffGoal, known(&last, seen.today), says, plan(seen, told));
    Some(warning.with(vec![("on_goal", f64::from(percent))]).with_degree(100 - percent))
}

pub(super) fn informal_over(seen: Seen<'_>) -> Option<Warning> {
    let last = last_meetings(seen)?;
    let was = figures::informal_planned(last.iter().copied());
    let is = figures::informal(last.iter().copied());
    let over = is.value().zip(was.value()).map(|(is, was)| is - was).filter(|over| *over > INFORMAL_OVER)?;
    let sentence =
        format!("Catching up took {} % of the last two meetings, with {} % planned.", is.percent(), was.percent());
    let says = Says {
        title: format!("{} catches up for longer than planned", seen.group.name),
        text: sentence.clone(),
        behind: sentence,
    };
    let told = format!(
        "Catching up took {} % of your last two meetings, with {} % planned. Plan more time for it, or a meeting of \
         its own.",
        is.percent(),
        was.percent()
    );
    let points = (over * 100.0).round();
    let warning = seen.told(Kind::InformalOver, known(&last, seen.today), says, plan(seen, told));
    Some(warning.with(vec![("points", points)]).with_degree(is.percent() - was.percent()))
}

/// Days as one of the numbers of a warning.
fn days(n: i64) -> f64 {
    f64::from(i32::try_from(n).unwrap_or(i32::MAX))
}
