//! How a group is doing, in a word.
use super::{
    figures,
    model::{GroupFacts, MeetingState},
    thresholds::{STALLED_BELOW, STEADY_FROM, UNLOGGED_DAYS},
};
use time::{Date, Duration};

/// In the order in which groups need somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Stalled,
    GoingQuiet,
    Steady,
    /// Younger than one rhythm: too early for a word.
    JustStarted,
}

impl Standing {
    pub const fn words(self) -> &'static str {
        match self {
            Self::Stalled => "Stalled",
            Self::GoingQuiet => "Going quiet",
            Self::Steady => "Steady",
            Self::JustStarted => "Just started",
        }
    }
    /// The shape beside the word: disc, ring or diamond.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Stalled => "stop",
            Self::GoingQuiet => "quiet",
            Self::Steady | Self::JustStarted => "ok",
        }
    }
}

/// The word for a group as of a day, from its momentum.
pub fn standing(group: &GroupFacts, rhythm_days: i64, today: Date) -> Standing {
    let age = group.began_on.map_or(0, |began| (today - began).whole_days());
    if age < rhythm_days {
        return Standing::JustStarted;
    }
    let momentum = momentum(group, rhythm_days, today);
    if momentum < STALLED_BELOW {
        Standing::Stalled
    } else if momentum < STEADY_FROM {
        Standing::GoingQuiet
    } else {
        Standing::Steady
    }
}

/// [`standing`] as it was on an earlier day. What was not cancelled since then was still ahead, whether or not it has
/// taken place by now.
pub fn standing_then(group: &GroupFacts, rhythm_days: i64, day: Date) -> Standing {
    let mut then = group.clone();
    for meeting in &mut then.meetings {
        if meeting.day > day && meeting.state != MeetingState::Cancelled {
            meeting.state = MeetingState::Scheduled;
        }
    }
    standing(&then, rhythm_days, day)
}

/// [`figures::momentum`] of a group. A group whose meeting is today, or has
/// just been and waits for its log, is seen as of the evening before that meeting: it has not
/// gone quiet because nobody has written the log yet.
pub fn momentum(group: &GroupFacts, rhythm_days: i64, today: Date) -> f64 {
    let oldest = today - Duration::days(UNLOGGED_DAYS);
    let waits = group
        .meetings
        .iter()
        .find(|meeting| meeting.state == MeetingState::Scheduled && meeting.day >= oldest && meeting.day <= today);
    let seen_on = waits.map_or(today, |meeting| meeting.day - Duration::days(1));
    let acted = figures::actions(&group.actions, rhythm_days, seen_on);
    figures::momentum(&group.meetings, acted, rhythm_days, seen_on)
}
