//! Meetings with who came and their agendas, as the archive file holds them.
use crate::base::{
    error::Result,
    ids::{AgendaItemId, FieldTripId, GoalId, GroupId, MeetingId, ParticipationId, ProgramId, ThemeId},
    portable::{Frame, Key, Moment, WallTime},
};
use serde::Deserialize;
use sqlx::PgConnection;
use time::Duration;

crate::text_enum! {
    /// Where people meet.
    pub enum Mode {
        InPerson = "in_person",
        Online = "online",
        Both = "both",
    }
}
crate::text_enum! {
    /// Where a meeting stands.
    pub enum MeetingState {
        Scheduled = "scheduled",
        Held = "held",
        NotHeld = "not_held",
        Cancelled = "cancelled",
    }
}
crate::text_enum! {
    /// Why people did not meet.
    pub enum Missed {
        Conflict = "conflict",
        Illness = "illness",
        Workload = "workload",
        Other = "other",
    }
}
crate::text_enum! {
    /// What an agenda item is for.
    pub enum ItemKind {
        CheckIn = "check_in",
        GoalWork = "goal_work",
        Theme = "theme",
        FeedbackRound = "feedback_round",
        Trip = "trip",
        Informal = "informal",
        Logistics = "logistics",
        WrapUp = "wrap_up",
    }
}
crate::text_enum! {
    /// What became of an agenda item.
    pub enum ItemState {
        Planned = "planned",
        Done = "done",
        Skipped = "skipped",
        Carried = "carried",
        Parked = "parked",
    }
}

/// A date of a group, before and after.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    pub key: Key<MeetingId>,
    pub group: Key<GroupId>,
    /// As the clock shows it in `time_zone`.
    pub starts: WallTime,
    /// Planned length.
    pub minutes: i32,
    pub time_zone: String,
    pub mode: Mode,
    #[serde(default)]
    pub place: String,
    pub state: MeetingState,
    pub not_held_reason: Option<Missed>,
    pub facilitator: Option<Key<ParticipationId>>,
    pub timekeeper: Option<Key<ParticipationId>>,
    pub note_taker: Option<Key<ParticipationId>>,
    #[serde(default)]
    pub overrun_confirmed: bool,
    #[serde(default)]
    pub note: String,
    pub created_by: Key<ParticipationId>,
    pub created_at: Moment,
    pub logged_by: Option<Key<ParticipationId>>,
    pub logged_at: Option<Moment>,
    /// Who came, if it was held.
    #[serde(default)]
    pub present: Vec<Key<ParticipationId>>,
    /// In their order.
    #[serde(default)]
    pub items: Vec<Item>,
}

/// One line of an agenda, before and after.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub key: Key<AgendaItemId>,
    pub kind: ItemKind,
    pub title: String,
    pub planned_minutes: i32,
    pub goal: Option<Key<GoalId>>,
    pub trip: Option<Key<FieldTripId>>,
    pub theme: Option<Key<ThemeId>>,
    pub lead: Option<Key<ParticipationId>>,
    pub state: ItemState,
    pub actual_minutes: Option<i32>,
}

impl Meeting {
    /// The minutes planned on its agenda.
    pub fn planned_minutes(&self) -> i32 {
        self.items.iter().map(|item| item.planned_minutes).sum()
    }

    /// How long a held meeting took: what its items took together. `None` when it was not held.
    pub fn actual_minutes(&self) -> Option<i32> {
        (self.state == MeetingState::Held).then(|| self.items.iter().filter_map(|item| item.actual_minutes).sum())
    }
}

/// Adds meetings with who came and their agendas.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(db: &mut PgConnection, frame: &Frame, meetings: &[Meeting]) -> Result<()> {
    for meeting in meetings {
        insert_meeting(db, frame, meeting).await?;
        sqlx::query!(
            "insert into attendances (program_id, meeting_id, participation_id) select $1, $2, unnest($3::uuid[])",
            frame.program_id as ProgramId,
            frame.id(&meeting.key) as MeetingId,
            &frame.ids(&meeting.present) as &[ParticipationId]
        )
        .execute(&mut *db)
        .await?;
        for (position, item) in (1_i32..).zip(&meeting.items) {
            insert_item(db, frame, meeting, (position, item)).await?;
        }
    }
    Ok(())
}

async fn insert_meeting(db: &mut PgConnection, frame: &Frame, meeting: &Meeting) -> Result<()> {
    let (starts_local, starts_at) = frame.wall(meeting.starts, &meeting.time_zone);
    sqlx::query!(
        "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, place, state,
            not_held_reason, facilitator_id, timekeeper_id, note_taker_id, overrun_confirmed, note, created_by,
            created_at, logged_by, logged_at, actual_minutes)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
        frame.program_id as ProgramId,
        frame.id(&meeting.key) as MeetingId,
        frame.id(&meeting.group) as GroupId,
        starts_at,
        starts_at + Duration::minutes(meeting.minutes.into()),
        starts_local,
        meeting.time_zone,
        meeting.mode as Mode,
        meeting.place,
        meeting.state as MeetingState,
        meeting.not_held_reason as Option<Missed>,
        frame.id_of(meeting.facilitator.as_ref()) as Option<ParticipationId>,
        frame.id_of(meeting.timekeeper.as_ref()) as Option<ParticipationId>,
        frame.id_of(meeting.note_taker.as_ref()) as Option<ParticipationId>,
        meeting.overrun_confirmed,
        meeting.note,
        frame.id(&meeting.created_by) as ParticipationId,
        frame.moment(meeting.created_at),
        frame.id_of(meeting.logged_by.as_ref()) as Option<ParticipationId>,
        meeting.logged_at.map(|at| frame.moment(at)),
        meeting.actual_minutes()
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn insert_item(
    db: &mut PgConnection,
    frame: &Frame,
    meeting: &Meeting,
    (position, item): (i32, &Item),
) -> Result<()> {
    sqlx::query!(
        "insert into agenda_items (program_id, id, group_id, meeting_id, position, kind, title, planned_minutes, goal_id,
            trip_id, theme_id, lead_id, state, actual_minutes, worded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        frame.program_id as ProgramId,
        frame.id(&item.key) as AgendaItemId,
        frame.id(&meeting.group) as GroupId,
        frame.id(&meeting.key) as MeetingId,
        position,
        item.kind as ItemKind,
        item.title,
        item.planned_minutes,
        frame.id_of(item.goal.as_ref()) as Option<GoalId>,
        frame.id_of(item.trip.as_ref()) as Option<FieldTripId>,
        frame.id_of(item.theme.as_ref()) as Option<ThemeId>,
        frame.id_of(item.lead.as_ref()) as Option<ParticipationId>,
        item.state as ItemState,
        item.actual_minutes,
        frame.moment(meeting.created_at)
    )
    .execute(db)
    .await?;
    Ok(())
}
