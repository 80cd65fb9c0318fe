//! What went both ways between the members, in sentences: who gave to whom and how often, never
//! what was said, and never a score of anyone.
use super::model::Called;
use crate::base::{ids::ParticipationId, words};
use crate::features::progress::{Given, figures::Share};
use time::{Date, Duration};

/// The open members and how they are called.
#[derive(Debug, Clone, Copy)]
pub struct Between<'a> {
    pub members: &'a [ParticipationId],
    pub called: &'a Called,
}

impl Between<'_> {
    fn others(&self, one: ParticipationId) -> impl Iterator<Item = ParticipationId> {
        self.members.iter().copied().filter(move |other| *other != one)
    }
}

/// Feedback older than this is said with its month: it is time for some again.
const LONG_AGO: Duration = Duration::days(42);

/// Feedback between open members, as of a day, and how many of the agreed elements have had any.
pub fn feedback_words(between: Between<'_>, given: &[Given], elements: Share, today: Date) -> Option<String> {
    if between.members.len() < 2 {
        return None;
    }
    let inside = |one: &&Given| between.members.contains(&one.from) && between.members.contains(&one.to);
    let given: Vec<&Given> = given.iter().filter(inside).collect();
    let total: i32 = given.iter().map(|one| one.times).sum();
    let gave = |from, to| given.iter().any(|one| one.from == from && one.to == to);
    let all = between.members.iter().all(|one| between.others(*one).all(|other| gave(*one, other)));
    let times = words::times(usize::try_from(total).unwrap_or(0));
    let mut text = match (total, all, between.members.len()) {
        (0, ..) => return Some("No feedback has gone between you yet.".to_owned()),
        (_, true, 2) => format!("Each of you has given feedback to the other, {times} in all."),
        (_, true, 3) => {
            format!("Each of you has given feedback to both of the others and received it from both, {times} in all.")
        }
        (_, true, _) => {
            format!("Each of you has given feedback to all of the others and received it from all, {times} in all.")
        }
        _ => format!("{} {}", received(between, &given, today), ways(between, &given)),
    };
    if let Some(covered) = element_words(elements) {
        text.push(' ');
        text.push_str(&covered);
    }
    Some(text)
}

/// "Hana has had feedback twice, Marcus not since March and you not yet." Who gave how often, each sees alone.
fn received(between: Between<'_>, given: &[&Given], today: Date) -> String {
    let had = |member: &ParticipationId| {
        let to_them = given.iter().filter(|one| one.to == *member);
        let last = to_them.clone().map(|one| one.last_on).max();
        (to_them.map(|one| one.times).sum::<i32>(), last)
    };
    let mut members: Vec<_> = between.members.iter().map(|member| (*member, had(member))).collect();
    let is_recent = |last: Option<Date>| last.is_some_and(|day| today - day <= LONG_AGO);
    members.sort_by_key(|(_, (times, last))| (!is_recent(*last), last.is_none(), -times));
    let clauses = members.iter().enumerate().map(|(place, (member, (times, last)))| {
        let name = between.called.name(*member);
        let has = between.called.verb(*member, "have", "has");
        let times = words::times(usize::try_from(*times).unwrap_or(0));
        match (last, is_recent(*last), place) {
            (Some(_), true, 0) => format!("{name} {has} had feedback {times}"),
            (Some(day), false, 0) => format!("{name} {has} had no feedback since {}", words::month_of(*day)),
            (Some(_), true, _) => format!("{name} {times}"),
            (Some(day), false, _) => format!("{name} not since {}", words::month_of(*day)),
            (None, ..) => format!("{name} not yet"),
        }
    });
    words::capital(&format!("{}.", words::list(&clauses.collect::<Vec<_>>())))
}

/// "It has gone both ways between Priya and you."
fn ways(between: Between<'_>, given: &[&Given]) -> String {
    let gave = |from, to| given.iter().any(|one| one.from == from && one.to == to);
    let mut both = Vec::new();
    for (place, one) in between.members.iter().enumerate() {
        for other in between.members.iter().skip(place + 1).filter(|other| gave(*one, **other) && gave(**other, *one)) {
            both.push(format!("between {} and {}", between.called.name(*one), between.called.name(*other)));
        }
    }
    let n = between.members.len();
    match both.len() {
        0 => "Nowhere has it gone both ways yet.".to_owned(),
        1 | 2 => format!("It has gone both ways {}.", words::list(&both)),
        many => format!(
            "It has gone both ways in {} of your {} pairs.",
            words::number(many),
            words::number(n * (n - 1) / 2)
        ),
    }
}

fn element_words(elements: Share) -> Option<String> {
    let (had, all) = (usize::try_from(elements.num).ok()?, usize::try_from(elements.den).ok()?);
    Some(match (had, all) {
        (_, 0) => return None,
        (0, 1) => "What you agreed on has had no words yet.".to_owned(),
        (1, 1) => "What you agreed on has had words.".to_owned(),
        (0, n) => format!("None of your {} agreed elements has had words yet.", words::number(n)),
        (2, 2) => "Both of your agreed elements have had words.".to_owned(),
        (h, n) if h == n => format!("All {} agreed elements have had words.", words::number(n)),
        (h, n) => format!(
            "{} of your {} agreed elements {} had words.",
            words::capital(&words::number(h)),
            words::number(n),
            if h == 1 { "has" } else { "have" }
        ),
    })
}

/// One observation that took place or is to.
#[derive(Debug, Clone, Copy)]
pub struct Observed {
    pub by: ParticipationId,
    pub whom: ParticipationId,
    pub on: Date,
    pub took_place: bool,
}

/// "Priya watched Marcus, you watched Priya, and on 27 April Marcus watches you."
pub fn observation_words(between: Between<'_>, observations: &[Observed]) -> Option<String> {
    let called = between.called;
    let mut clauses: Vec<String> = Vec::new();
    for one in observations.iter().filter(|one| one.took_place) {
        clauses.push(format!("{} watched {}", called.name(one.by), called.name(one.whom)));
    }
    for one in observations.iter().filter(|one| !one.took_place) {
        let watches = called.verb(one.by, "watch", "watches");
        clauses.push(format!("on {} {} {watches} {}", words::day(one.on), called.name(one.by), called.name(one.whom)));
    }
    if clauses.is_empty() {
        return None;
    }
    let comma = if clauses.len() > 1 { ", and " } else { "" };
    let last = clauses.pop()?;
    let text = words::capital(&format!("{}{comma}{last}.", clauses.join(", ")));
    let both = |member: &ParticipationId| {
        observations.iter().any(|one| one.by == *member) && observations.iter().any(|one| one.whom == *member)
    };
    let closes = between.members.len() > 1 && between.members.iter().all(both);
    let ahead = observations.iter().any(|one| !one.took_place);
    Some(match (closes, ahead) {
        (true, true) => format!("{text} Then the circle is closed."),
        (true, false) => format!("{text} The circle is closed."),
        _ => text,
    })
}

/// How often each member had the two roles that are work.
#[derive(Debug, Clone, Copy, sqlx::Type)]
#[sqlx(type_name = "record")]
pub struct Turns {
    pub member: ParticipationId,
    pub facilitated: i32,
    pub took_notes: i32,
}

/// "Each of you has facilitated. Notes are next with Marcus." None before the first meeting.
pub fn turn_words(between: Between<'_>, turns: &[Turns]) -> Option<String> {
    if turns.len() < 2 || turns.iter().all(|one| one.facilitated == 0) {
        return None;
    }
    let called = between.called;
    let who: Vec<ParticipationId> = turns.iter().filter(|one| one.facilitated > 0).map(|one| one.member).collect();
    let facilitated = if who.len() == turns.len() {
        if turns.len() == 2 { "Both of you have facilitated." } else { "Each of you has facilitated." }.to_owned()
    } else {
        let names: Vec<String> = who.iter().map(|id| called.name(*id)).collect();
        let have = if let [one] = who.as_slice() { called.verb(*one, "have", "has") } else { "have" };
        format!("{} {have} facilitated so far.", words::capital(&words::list(&names)))
    };
    let least = turns.iter().min_by_key(|one| one.took_notes)?;
    let most = turns.iter().map(|one| one.took_notes).max()?;
    Some(if most - least.took_notes >= 2 {
        format!("{facilitated} The next turn to take notes is with {}.", called.name(least.member))
    } else {
        facilitated
    })
}
