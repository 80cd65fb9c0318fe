//! What one person has to do with one program, and with one of its groups: one query.
use super::model::{ParticipationState, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::{GroupId, ParticipationId, PersonId, ProgramId},
    local_time,
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// The program at hand, as every page of it needs it.
#[derive(Debug, Clone)]
pub struct InProgram {
    pub id: ProgramId,
    pub name: String,
    pub institution: String,
    pub state: ProgramState,
    /// IANA name; all its dates are meant in this zone.
    pub time_zone: String,
    pub starts_on: Date,
    pub ends_on: Date,
    pub rhythm_days: i32,
    pub meeting_minutes: i32,
    pub informal_minutes: i32,
    /// Three letters, as ISO 4217 has them.
    pub currency: String,
    pub launched_on: Option<Date>,
    /// Its last day is past.
    pub is_over: bool,
}

impl InProgram {
    /// People can be added and can ask their supervisors: while its state lets them, and until its last day.
    pub const fn takes_people(&self) -> bool {
        self.state.takes_people() && !self.is_over
    }
    /// People can be added: in a draft, to be invited when it opens.
    pub fn takes_lists(&self) -> bool {
        self.state == ProgramState::Draft || self.takes_people()
    }
    /// Where its page is.
    pub fn path(&self) -> String {
        format!("/programs/{}", self.id)
    }
}

/// The group at hand.
#[derive(Debug, Clone)]
pub struct InGroup {
    pub id: GroupId,
    pub program_id: ProgramId,
    pub name: String,
    pub focus: String,
    /// IANA name of the zone its meetings are planned in.
    pub time_zone: String,
    /// How long its meetings usually are.
    pub meeting_minutes: i32,
}

impl InGroup {
    /// Where its page is.
    pub fn path(&self) -> String {
        format!("/programs/{}/groups/{}", self.program_id, self.id)
    }
}

pub(super) struct Scope {
    pub(super) program: InProgram,
    pub(super) coordinates: bool,
    pub(super) is_contact: bool,
    pub(super) participation: Option<(ParticipationId, ParticipationState)>,
    pub(super) group: Option<InGroup>,
    /// Since when the person belongs to the group, if they do.
    pub(super) belongs_since: Option<Date>,
}

impl Scope {
    pub(super) fn is_inside(&self) -> bool {
        self.coordinates || self.is_contact || self.participation.is_some()
    }

    /// `NotFound` when there is no such program.
    pub(super) async fn read(
        db: &mut PgConnection,
        person_id: PersonId,
        program_id: ProgramId,
        group_id: Option<GroupId>,
        now: OffsetDateTime,
    ) -> Result<Self> {
        let row = sqlx::query!(
            r#"select p.name, p.institution, p.state as "state: ProgramState", p.time_zone, p.starts_on, p.ends_on,
                      p.rhythm_days, p.meeting_minutes, p.informal_minutes, p.currency, p.launched_on,
                      (p.contact_id = $2 or p.second_contact_id is not distinct from $2) as "is_contact!",
                      (c.person_id is not null) as "coordinates!",
                      t.id as "participation_id?: ParticipationId", t.state as "participation_state?: ParticipationState",
                      g.name as "group_name?", g.focus as "group_focus?", g.home_time_zone as "group_zone?",
                      g.meeting_minutes as "group_minutes?",
                      m.joined_on as "belongs_since?"
               from programs p
               left join coordinators c on c.program_id = p.id and c.person_id = $2
               left join participations t on t.program_id = p.id and t.person_id = $2
               left join groups g on g.program_id = p.id and g.id = $3
               left join memberships m on m.program_id = p.id and m.group_id = $3 and m.participation_id = t.id
                    and m.joined_on is not null and m.left_on is null
               where p.id = $1"#,
            program_id as ProgramId,
            person_id as PersonId,
            group_id as Option<GroupId>
        )
        .fetch_optional(db)
        .await?
        .ok_or(AppError::NotFound)?;
        let group = match (group_id, row.group_name, row.group_focus, row.group_zone, row.group_minutes) {
            (Some(id), Some(name), Some(focus), Some(time_zone), Some(meeting_minutes)) => {
                Some(InGroup { id, program_id, name, focus, time_zone, meeting_minutes })
            }
            _ => None,
        };
        Ok(Self {
            program: InProgram {
                is_over: local_time::day_in(&row.time_zone, now) > row.ends_on,
                id: program_id,
                name: row.name,
                institution: row.institution,
                state: row.state,
                time_zone: row.time_zone,
                starts_on: row.starts_on,
                ends_on: row.ends_on,
                rhythm_days: row.rhythm_days,
                meeting_minutes: row.meeting_minutes,
                informal_minutes: row.informal_minutes,
                currency: row.currency,
                launched_on: row.launched_on,
            },
            coordinates: row.coordinates,
            is_contact: row.is_contact,
            participation: row.participation_id.zip(row.participation_state),
            group,
            belongs_since: row.belongs_since,
        })
    }
}
