//! What a meeting is, and the rules about meetings that need no database.
mod items;
mod roles;

pub use items::{Draft, Item, ItemKind, ItemState, LONGEST_ITEM, Outcome};
pub use roles::{Roles, Turn, roles_in_words, suggest_roles};

use crate::base::{
    ids::{MeetingId, ParticipationId},
    local_time, words,
};
use crate::features::groups::OpenMember;
use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime};

crate::text_enum! {
    /// `scheduled → held | not_held | cancelled`.
    pub enum MeetingState {
        Scheduled = "scheduled",
        Held = "held",
        NotHeld = "not_held",
        Cancelled = "cancelled",
    }
}

crate::text_enum! {
    /// How people come together.
    pub enum Mode {
        InPerson = "in_person",
        Online = "online",
        Both = "both",
    }
}

impl Mode {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::InPerson => "In person",
            Self::Online => "Online",
            Self::Both => "In person and online",
        }
    }
}

crate::text_enum! {
    /// Why a meeting did not take place.
    pub enum NotHeldReason {
        Conflict = "conflict",
        Illness = "illness",
        Workload = "workload",
        Other = "other",
    }
}

impl NotHeldReason {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Conflict => "The time did not work",
            Self::Illness => "Someone was ill",
            Self::Workload => "Too much other work",
            Self::Other => "Something else",
        }
    }
}

/// How many days after a meeting its log can be changed.
const LOG_DAYS: i64 = 14;

/// A meeting, with the names that belong to its roles.
#[derive(Debug, Clone)]
pub struct Meeting {
    pub id: MeetingId,
    pub starts_at: OffsetDateTime,
    pub ends_at: OffsetDateTime,
    /// IANA name of the zone it was agreed in.
    pub time_zone: String,
    pub mode: Mode,
    pub place: String,
    pub state: MeetingState,
    pub not_held_reason: Option<NotHeldReason>,
    pub facilitator_id: Option<ParticipationId>,
    pub facilitator_name: Option<String>,
    pub timekeeper_id: Option<ParticipationId>,
    pub timekeeper_name: Option<String>,
    pub note_taker_id: Option<ParticipationId>,
    pub note_taker_name: Option<String>,
    pub overrun_confirmed: bool,
    pub note: String,
    pub created_at: OffsetDateTime,
    /// Once held.
    pub actual_minutes: Option<i32>,
    /// How many came.
    pub present: i64,
}

/// Why a meeting cannot be logged now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotLoggable {
    StillToCome,
    Cancelled,
    /// It was logged, and the days for changes are over.
    OnlyToRead,
    /// Who asks was no member that day.
    BeforeYouJoined,
}

impl NotLoggable {
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::StillToCome => "This meeting is still to come. You can log it once it has begun",
            Self::Cancelled => "This meeting was cancelled. If you met after all, log it as a meeting that took place",
            Self::OnlyToRead => "A log can be changed for 14 days after the meeting. This one can only be read now",
            Self::BeforeYouJoined => "This was before you joined. Those who were in the group that day can log it",
        }
    }
}

impl Meeting {
    /// Its planned length.
    #[must_use]
    pub fn minutes(&self) -> i32 {
        i32::try_from((self.ends_at - self.starts_at).whole_minutes()).unwrap_or(i32::MAX)
    }
    /// When it starts on the clocks of its zone.
    #[must_use]
    pub fn starts_local(&self) -> PrimitiveDateTime {
        local_time::to_local(&self.time_zone, self.starts_at)
    }
    /// Its date, in its zone.
    #[must_use]
    pub fn day(&self) -> Date {
        self.starts_local().date()
    }
    #[must_use]
    pub const fn roles(&self) -> Roles {
        Roles { facilitator: self.facilitator_id, timekeeper: self.timekeeper_id, note_taker: self.note_taker_id }
    }
    /// Agenda, time, place and roles freeze at the start.
    #[must_use]
    pub fn can_change(&self, now: OffsetDateTime) -> bool {
        self.state == MeetingState::Scheduled && now < self.starts_at
    }
    /// Before the start; one that was entered afterwards by mistake, until it is logged.
    #[must_use]
    pub fn can_be_cancelled(&self, now: OffsetDateTime) -> bool {
        self.state == MeetingState::Scheduled && (now < self.starts_at || self.created_at >= self.starts_at)
    }
    /// It has begun and nobody has said how it went.
    #[must_use]
    pub fn waits_for_log(&self, now: OffsetDateTime) -> bool {
        self.state == MeetingState::Scheduled && now >= self.starts_at
    }
    /// The last day on which a log can be changed.
    #[must_use]
    pub fn changeable_until(&self) -> Date {
        self.day().saturating_add(Duration::days(LOG_DAYS))
    }
    /// Whether it can be logged, or its log changed.
    ///
    /// # Errors
    /// [`NotLoggable`]
    pub fn loggable(&self, now: OffsetDateTime) -> Result<(), NotLoggable> {
        let today = local_time::day_in(&self.time_zone, now);
        match self.state {
            MeetingState::Cancelled => Err(NotLoggable::Cancelled),
            _ if now < self.starts_at => Err(NotLoggable::StillToCome),
            MeetingState::Held | MeetingState::NotHeld if today > self.changeable_until() => {
                Err(NotLoggable::OnlyToRead)
            }
            _ => Ok(()),
        }
    }
}

/// "Chicago time" for the zone America/Chicago.
#[must_use]
pub fn zone_words(zone: &str) -> String {
    format!("{} time", zone.rsplit('/').next().unwrap_or(zone).replace('_', " "))
}

/// When a meeting is, said to somebody who lives by another zone too: "12:00–13:00", and
/// "12:00–13:00 Chicago time, which is 19:00–20:00 on your clock in Berlin".
#[must_use]
pub fn hours(meeting: &Meeting, viewer_zone: &str) -> String {
    hours_from_to(&meeting.time_zone, (meeting.starts_at, meeting.ends_at), viewer_zone)
}

/// The same of any time that is meant in a zone, from its start to its end.
#[must_use]
pub fn hours_from_to(zone: &str, (from, to): (OffsetDateTime, OffsetDateTime), viewer_zone: &str) -> String {
    let span = |zone: &str| {
        let (from, to) = (local_time::to_local(zone, from), local_time::to_local(zone, to));
        (from, format!("{}–{}", words::clock_time(from.time()), words::clock_time(to.time())))
    };
    let ((here, ours), (there, yours)) = (span(zone), span(viewer_zone));
    if here == there {
        return ours;
    }
    let day = if here.date() == there.date() { String::new() } else { format!("{}, ", words::long_day(there.date())) };
    let city = viewer_zone.rsplit('/').next().unwrap_or(viewer_zone).replace('_', " ");
    format!("{ours} {}, which is {day}{yours} on your clock in {city}", zone_words(zone))
}

/// "Priya, Marcus and you": those who can read what the group writes, as `me` reads it.
#[must_use]
pub fn readers(members: &[OpenMember], me: ParticipationId) -> String {
    let others = members.iter().filter(|member| member.participation_id != me);
    let mut names: Vec<String> = others.map(|member| member.first_name().to_owned()).collect();
    names.push("you".to_owned());
    words::capital(&words::list(&names))
}
