//! Figures over facts. Each is a pure function; each has its formula beside it.
//!
//! A share with nothing to divide by is [`Share`] 0 of 0 and has no value; pages show "–".
//! Figures of a program are pooled: give these functions the meetings of all its groups.
use super::model::{ActionFacts, Given, ItemKind, KindMinutes, MeetingFacts, MeetingState, TripFacts};
use crate::base::ids::ParticipationId;
use crate::features::field_trips::TripState;
use time::{Date, Duration};

/// A part of a whole, kept as the two numbers so that it can be pooled and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, sqlx::Type)]
#[sqlx(type_name = "record")]
pub struct Share {
    pub num: i32,
    pub den: i32,
}

impl Share {
    /// `num ÷ den`, or none of nothing.
    pub fn value(self) -> Option<f64> {
        (self.den != 0).then(|| f64::from(self.num) / f64::from(self.den))
    }
    /// Whole percent, rounded; 0 of nothing.
    pub const fn percent(self) -> i32 {
        if self.den > 0 { (self.num * 200 + self.den) / (self.den * 2) } else { 0 }
    }
    /// "21 of 24", or "–" of nothing.
    pub fn words(self) -> String {
        if self.den == 0 { "–".to_owned() } else { format!("{} of {}", self.num, self.den) }
    }
}

impl std::iter::Sum for Share {
    fn sum<I: Iterator<Item = Self>>(shares: I) -> Self {
        shares.fold(Self::default(), |sum, one| Self { num: sum.num + one.num, den: sum.den + one.den })
    }
}

/// Held meetings.
pub fn held<'a>(meetings: impl IntoIterator<Item = &'a MeetingFacts>) -> i32 {
    meetings.into_iter().filter(|meeting| meeting.state == MeetingState::Held).map(|_| 1).sum()
}

/// Σ actual minutes of held meetings.
pub fn minutes<'a>(meetings: impl IntoIterator<Item = &'a MeetingFacts>) -> i32 {
    meetings.into_iter().filter(|meeting| meeting.state == MeetingState::Held).map(|meeting| meeting.minutes).sum()
}

/// Days from the program's start to the first held meeting.
pub fn first_meeting_day<'a>(
    meetings: impl IntoIterator<Item = &'a MeetingFacts>,
    program_starts_on: Date,
) -> Option<i64> {
    meetings
        .into_iter()
        .filter(|meeting| meeting.state == MeetingState::Held)
        .map(|meeting| (meeting.day - program_starts_on).whole_days())
        .min()
}

/// Held ÷ max(1, ⌊active days ÷ rhythm⌋). A program's is the sum of its groups'.
pub fn cadence<'a>(meetings: impl IntoIterator<Item = &'a MeetingFacts>, active_days: i64, rhythm_days: i64) -> Share {
    let due = (active_days / rhythm_days.max(1)).max(1);
    Share { num: held(meetings), den: i32::try_from(due).unwrap_or(i32::MAX) }
}

/// Σ present ÷ Σ open members on the day, over held meetings.
pub fn attendance<'a>(meetings: impl IntoIterator<Item = &'a MeetingFacts>) -> Share {
    meetings
        .into_iter()
        .filter(|meeting| meeting.state == MeetingState::Held)
        .map(|meeting| Share { num: meeting.present, den: meeting.members_then })
        .sum()
}

fn of_held<'a>(meetings: impl IntoIterator<Item = &'a MeetingFacts>) -> impl Iterator<Item = KindMinutes> {
    meetings.into_iter().filter(|meeting| meeting.state == MeetingState::Held).flat_map(|m| m.agenda.iter().copied())
}

/// Σ minutes of done items with a goal ÷ Σ minutes of done items.
pub fn on_goal<'a>(meetings: impl IntoIterator<Item = &'a MeetingFacts>) -> Share {
    of_held(meetings).map(|row| Share { num: row.with_goal, den: row.actual }).sum()
}

/// The same for goal work, feedback rounds, trips and themes.
pub fn on_purpose<'a>(meetings: impl IntoIterator<Item = &'a MeetingFacts>) -> Share {
    of_held(meetings)
        .map(|row| Share { num: if row.kind.is_on_purpose() { row.actual } else { 0 }, den: row.actual })
        .sum()
}

/// Σ planned informal minutes ÷ Σ planned minutes, over held meetings that had an agenda.
pub fn informal_planned<'a>(meetings: impl IntoIterator<Item = &'a MeetingFacts>) -> Share {
    of_held(meetings).map(|row| part_of(row.kind, ItemKind::Informal, row.planned)).sum()
}

/// The same with the minutes as they went.
pub fn informal<'a>(meetings: impl IntoIterator<Item = &'a MeetingFacts>) -> Share {
    of_held(meetings).map(|row| part_of(row.kind, ItemKind::Informal, row.actual)).sum()
}

fn part_of(kind: ItemKind, wanted: ItemKind, minutes: i32) -> Share {
    Share { num: if kind == wanted { minutes } else { 0 }, den: minutes }
}

/// How far the minutes went from the plan: ½ Σ over kinds |planned share − actual share|,
/// over held meetings that had an agenda. 0 is as planned, 1 is all otherwise.
pub fn drift<'a>(meetings: impl IntoIterator<Item = &'a MeetingFacts>) -> Option<f64> {
    let rows: Vec<KindMinutes> = of_held(meetings).collect();
    let mut sum = 0.0;
    for kind in ItemKind::ALL {
        let planned: Share = rows.iter().map(|row| part_of(row.kind, *kind, row.planned)).sum();
        let actual: Share = rows.iter().map(|row| part_of(row.kind, *kind, row.actual)).sum();
        sum += (planned.value()? - actual.value()?).abs();
    }
    Some(sum / 2.0)
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

/// How even feedback goes both ways: `Σ 2·min(w_ij, w_ji) ÷ Σ (w_ij + w_ji)` over pairs of these
/// members. Of a group, never of a person.
pub fn reciprocity(given: &[Given], members: &[ParticipationId]) -> Share {
    let times = |from: ParticipationId, to: ParticipationId| -> i32 {
        given.iter().filter(|one| one.from == from && one.to == to).map(|one| one.times).sum()
    };
    let mut sum = Share::default();
    for (at, one) in members.iter().enumerate() {
        for other in members.iter().skip(at + 1) {
            let (there, back) = (times(*one, *other), times(*other, *one));
            sum.num += 2 * there.min(back);
            sum.den += there + back;
        }
    }
    sum
}

/// (Completed + reported) ÷ (once confirmed, and the date has passed or it was cancelled).
pub fn trip_completion<'a>(trips: impl IntoIterator<Item = &'a TripFacts>, today: Date) -> Share {
    trips
        .into_iter()
        .filter(|trip| trip.was_confirmed && (trip.day < today || trip.state == TripState::Cancelled))
        .map(|trip| Share { num: i32::from(trip.state.took_place()), den: 1 })
        .sum()
}

/// How many would recommend it: the percentage of scores of 9 and 10 minus that of scores of 0 to 6, from −100 to 100.
pub fn recommend(scores: impl IntoIterator<Item = i32>) -> Option<f64> {
    let (mut all, mut sum) = (0_i32, 0_i32);
    for score in scores {
        all += 1;
        sum += match score {
            9.. => 1,
            7 | 8 => 0,
            _ => -1,
        };
    }
    (all > 0).then(|| 100.0 * f64::from(sum) / f64::from(all))
}

/// Σ scores ÷ how many there are: "worth my time" and "I can be honest here", each from 1 to 5.
pub fn mean(scores: impl IntoIterator<Item = i32>) -> Option<f64> {
    scores.into_iter().map(|score| Share { num: score, den: 1 }).sum::<Share>().value()
}

/// Answers ÷ invited, of one pulse.
pub const fn response(answers: i32, invited: i32) -> Share {
    Share { num: answers, den: invited }
}
