//! What other pages show of meetings.
use super::{
    model::{Item, ItemKind, Meeting, MeetingState, hours, roles_in_words},
    queries::{self, GroupKey, Which},
};
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, ProgramId},
    local_time, words,
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// The meeting of a group that comes next, with its agenda.
#[derive(Debug)]
pub struct NextMeeting {
    pub meeting: Meeting,
    pub items: Vec<Item>,
}

/// One line of "agenda at a glance".
#[derive(Debug)]
pub struct Glance {
    /// "12:05", in the meeting's zone.
    pub time: String,
    pub title: String,
    pub minutes: i32,
    /// Time kept for catching up.
    pub kept: bool,
}

impl NextMeeting {
    /// Where its page is.
    #[must_use]
    pub fn path(&self, group_path: &str) -> String {
        format!("{group_path}/meetings/{}", self.meeting.id)
    }
    /// "Monday 4 May".
    #[must_use]
    pub fn day(&self) -> String {
        words::long_day(self.meeting.day())
    }
    /// "12:00–13:00", and in the reader's zone where that is another.
    #[must_use]
    pub fn hours(&self, viewer_zone: &str) -> String {
        hours(&self.meeting, viewer_zone)
    }
    /// "You facilitate, Priya keeps time, Marcus takes notes."; empty when nobody has a role.
    #[must_use]
    pub fn roles(&self, me: ParticipationId) -> String {
        roles_sentence(&self.meeting, me)
    }
    /// The agenda with its running clock.
    #[must_use]
    pub fn glance(&self) -> Vec<Glance> {
        let starts = item_times(&self.meeting, &self.items);
        let line = |(item, time): (&Item, String)| Glance {
            time,
            title: item.title.clone(),
            minutes: item.planned_minutes,
            kept: item.kind == ItemKind::Informal,
        };
        self.items.iter().zip(starts).map(line).collect()
    }
}

/// When each item starts on the meeting's clock.
pub fn item_times(meeting: &Meeting, items: &[Item]) -> Vec<String> {
    let mut at = meeting.starts_at;
    let mut times = Vec::with_capacity(items.len());
    for item in items {
        times.push(words::clock_time(local_time::to_local(&meeting.time_zone, at).time()));
        at += Duration::minutes(i64::from(item.planned_minutes));
    }
    times
}

/// Who does what in a meeting, as `me` reads it.
pub fn roles_sentence(meeting: &Meeting, me: ParticipationId) -> String {
    let people = [
        meeting.facilitator_id.zip(meeting.facilitator_name.as_deref()),
        meeting.timekeeper_id.zip(meeting.timekeeper_name.as_deref()),
        meeting.note_taker_id.zip(meeting.note_taker_name.as_deref()),
    ];
    roles_in_words(people, me, meeting.state == MeetingState::Held)
}

/// The next scheduled meeting of a group, for its members.
pub async fn next_meeting(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    now: OffsetDateTime,
) -> Result<Option<NextMeeting>> {
    let of = GroupKey { program_id, group_id };
    let Some(meeting) = queries::meetings_of(db, of, Which::ScheduledAfter(now)).await?.into_iter().next() else {
        return Ok(None);
    };
    let items = queries::items_of(db, of, meeting.id).await?;
    Ok(Some(NextMeeting { meeting, items }))
}

/// Meetings that have begun and nobody has logged, oldest first, for the group's members.
pub async fn waiting_for_log(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    now: OffsetDateTime,
) -> Result<Vec<Meeting>> {
    queries::meetings_of(db, GroupKey { program_id, group_id }, Which::UnloggedBy(now)).await
}
