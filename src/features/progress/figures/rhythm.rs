//! Whether a group keeps its rhythm.
use super::{Share, held};
use crate::features::progress::model::{ActionFacts, MeetingFacts, MeetingState};
use time::{Date, Duration};

/// Held ÷ max(1, ⌊active days ÷ rhythm⌋). A program's is the sum of its groups'.
pub fn cadence<'a>(meetings: impl IntoIterator<Item = &'a MeetingFacts>, active_days: i64, rhythm_days: i64) -> Share {
    let due = (active_days / rhythm_days.max(1)).max(1);
    Share { num: held(meetings), den: i32::try_from(due).unwrap_or(i32::MAX) }
}

/// Done ÷ due in the last two periods, `(t − 2c, t]`; what was done later than `t` was not done then.
pub fn actions<'a>(actions: impl IntoIterator<Item = &'a ActionFacts>, rhythm_days: i64, t: Date) -> Share {
    let after = t - Duration::days(2 * rhythm_days);
    actions
        .into_iter()
        .filter(|action| action.due_on > after && action.due_on <= t)
        .map(|action| Share { num: i32::from(action.done_on.is_some_and(|day| day <= t)), den: 1 })
        .sum()
}

/// 0 to 100: `100 (0.5 m + 0.3 a + 0.2 f)`.
///
/// Periods of one rhythm `c` go back from `t`: `h_k` is 1 if a meeting was held in
/// `(t − (k+1)c, t − kc]`, and `m = (3 h_0 + 2 h_1 + h_2) ÷ 6`. `a` is the actions done of those
/// due; when none were due it is left out and the other weights share its part. `f` is 1 if a
/// meeting is scheduled within `(t, t + 1.5 c]`.
pub fn momentum(meetings: &[MeetingFacts], actions: Share, rhythm_days: i64, t: Date) -> f64 {
    let met_in = |period: i64| {
        let (after, until) = (t - Duration::days((period + 1) * rhythm_days), t - Duration::days(period * rhythm_days));
        let met = |m: &MeetingFacts| m.state == MeetingState::Held && m.day > after && m.day <= until;
        if meetings.iter().any(met) { 1.0 } else { 0.0 }
    };
    let m = (3.0 * met_in(0) + 2.0 * met_in(1) + met_in(2)) / 6.0;
    let ahead = |m: &MeetingFacts| {
        let days = (m.day - t).whole_days();
        m.state == MeetingState::Scheduled && days > 0 && days * 2 <= rhythm_days * 3
    };
    let f = if meetings.iter().any(ahead) { 1.0 } else { 0.0 };
    let (acted, weight) = actions.value().map_or((0.0, 0.7), |a| (0.3 * a, 1.0));
    100.0 * (0.5 * m + acted + 0.2 * f) / weight
}
