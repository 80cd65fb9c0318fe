//! What the meetings of a group, or of all groups, come to.
use super::Share;
use crate::features::progress::model::{ItemKind, KindMinutes, MeetingFacts, MeetingState};
use time::Date;

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
