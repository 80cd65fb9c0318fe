//! What the facts of a group say, when they say something is missing.
mod feedback;
mod meetings;
mod members;
mod trips;

use super::{Action, Kind, ToGroup, Warning};
use crate::features::progress::{GroupFacts, Term};
use time::{Date, Duration};

/// Everything that the facts of a group warn of, whether the coordinator reads of it yet or only the group.
pub fn of_group(term: Term, group: &GroupFacts, today: Date) -> Vec<Warning> {
    let seen = Seen { term, group, today };
    let rest = [
        meetings::off_goal(seen),
        meetings::informal_over(seen),
        feedback::no_element(seen),
        feedback::no_feedback(seen),
        feedback::one_sided(seen),
        members::no_agreement(seen),
    ];
    let rest = rest.into_iter().flatten();
    [
        // First: without enough people, the rest is hard to mend.
        members::too_small(seen),
        meetings::no_meeting(seen),
        meetings::no_date(seen),
        meetings::two_misses(seen),
        meetings::stalled(seen),
        members::lost_somebody(seen),
        meetings::unlogged(seen),
    ]
    .into_iter()
    .flatten()
    .chain(trips::waits(seen))
    .chain(rest)
    // After its end nothing is asked of a group any more, except to say how its last meetings went.
    .filter(|warning| warning.since <= today && (today <= term.ends_on || warning.kind == Kind::Unlogged))
    .collect()
}

/// A group of a program on a day.
#[derive(Clone, Copy)]
struct Seen<'a> {
    term: Term,
    group: &'a GroupFacts,
    today: Date,
}

/// What a finding says to coordinators: as a thing of its own, and as a sentence behind a more urgent one.
struct Says {
    title: String,
    text: String,
    behind: String,
}

impl Seen<'_> {
    /// Two can meet, plan and write; one alone cannot.
    fn can_act(self) -> bool {
        self.group.members.len() >= 2
    }

    /// How many days it has gone on; none before its first day.
    fn age(self) -> Option<i64> {
        self.group.began_on.map(|began| (self.today - began).whole_days())
    }

    fn since_beginning(self, days: i64) -> Date {
        self.group.began_on.unwrap_or(self.today) + Duration::days(days)
    }

    /// On the desk at once.
    fn finding(self, kind: Kind, since: Date, says: Says) -> Warning {
        let action = Action::open(self.group.path(), "Look closer");
        let warning = Warning::at_once(kind, since, says.title, says.text, action);
        Warning { group: Some(self.group.id), behind: says.behind, ..warning }
    }

    /// First the group's, from the day on which it holds.
    fn told(self, kind: Kind, since: Date, says: Says, words: ToGroup) -> Warning {
        self.finding(kind, since, says).first_to_the_group(self.can_act(), words)
    }

    /// First the group's, from a day so early that it can still be mended before it counts.
    fn told_early(self, kind: Kind, since: Date, says: Says, words: ToGroup) -> Warning {
        self.finding(kind, since, says).before_its_day(words)
    }
}

fn to_group(words: impl Into<String>, to: impl Into<String>, label: &'static str) -> ToGroup {
    ToGroup { words: words.into(), to: to.into(), label }
}
