//! Field trips, with who goes and what an observation looks at, as the archive file holds them.
use super::model::{Told, TripKind, TripState};
use crate::base::{
    error::Result,
    ids::{ElementId, FieldTripId, GoalId, GroupId, ParticipationId, ProgramId},
    portable::{Day, Frame, Key, Moment, TimeOfDay},
};
use serde::Deserialize;
use sqlx::PgConnection;

/// A group, or some of it, goes to see.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trip {
    pub key: Key<FieldTripId>,
    pub group: Key<GroupId>,
    pub kind: TripKind,
    pub by_video: bool,
    /// To another institution: it takes a trip day.
    pub away: bool,
    pub purpose: String,
    pub goal: Option<Key<GoalId>>,
    pub on_date: Day,
    pub starts_time: Option<TimeOfDay>,
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub host_institution: String,
    #[serde(default)]
    pub host_person: String,
    #[serde(default)]
    pub host_email: String,
    /// One on each line.
    #[serde(default)]
    pub questions: String,
    /// Hundredths of the program's currency, per person.
    pub cost_cents: i32,
    /// Absent where it is not settled.
    pub work_time: Option<bool>,
    pub observer: Option<Key<ParticipationId>>,
    pub observed: Option<Key<ParticipationId>>,
    pub consented_at: Option<Moment>,
    pub pre_met_on: Option<Day>,
    pub told: Option<Told>,
    pub debriefed_on: Option<Day>,
    pub state: TripState,
    pub created_by: Key<ParticipationId>,
    pub created_at: Moment,
    /// Stays when a confirmed trip is cancelled.
    pub confirmed_on: Option<Day>,
    pub completed_on: Option<Day>,
    pub reported_on: Option<Day>,
    pub reported_by: Option<Key<ParticipationId>>,
    #[serde(default)]
    pub learned: String,
    #[serde(default)]
    pub to_try: String,
    pub goers: Vec<Key<ParticipationId>>,
    /// What the observer looks at: agreed elements of the observed person.
    #[serde(default)]
    pub focus: Vec<Key<ElementId>>,
}

/// Adds field trips with who goes and their focus.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(db: &mut PgConnection, frame: &Frame, trips: &[Trip]) -> Result<()> {
    for trip in trips {
        insert_trip(db, frame, trip).await?;
        sqlx::query!(
            "insert into trip_goers (program_id, trip_id, participation_id) select $1, $2, unnest($3::uuid[])",
            frame.program_id as ProgramId,
            frame.id(&trip.key) as FieldTripId,
            &frame.ids(&trip.goers) as &[ParticipationId]
        )
        .execute(&mut *db)
        .await?;
        sqlx::query!(
            "insert into trip_elements (program_id, trip_id, element_id) select $1, $2, unnest($3::uuid[])",
            frame.program_id as ProgramId,
            frame.id(&trip.key) as FieldTripId,
            &frame.ids(&trip.focus) as &[ElementId]
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

async fn insert_trip(db: &mut PgConnection, frame: &Frame, trip: &Trip) -> Result<()> {
    sqlx::query!(
        "insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, goal_id, on_date, starts_time,
            place, host_institution, host_person, host_email, questions, cost_cents, observer_id, observed_id,
            consented_at, pre_met_on, debriefed_on, state, created_by, created_at, confirmed_on, completed_on,
            reported_on, learned, worded_at, reported_by, to_try, told, work_time)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
            $23, $24, $25, $26, $27, $28, $24, $29, $30, $31, $32)",
        frame.program_id as ProgramId,
        frame.id(&trip.key) as FieldTripId,
        frame.id(&trip.group) as GroupId,
        trip.kind as TripKind,
        trip.by_video,
        trip.away,
        trip.purpose,
        frame.id_of(trip.goal.as_ref()) as Option<GoalId>,
        frame.day(trip.on_date),
        trip.starts_time.map(|time| time.0),
        trip.place,
        trip.host_institution,
        trip.host_person,
        trip.host_email,
        trip.questions,
        trip.cost_cents,
        frame.id_of(trip.observer.as_ref()) as Option<ParticipationId>,
        frame.id_of(trip.observed.as_ref()) as Option<ParticipationId>,
        trip.consented_at.map(|at| frame.moment(at)),
        trip.pre_met_on.map(|day| frame.day(day)),
        trip.debriefed_on.map(|day| frame.day(day)),
        trip.state as TripState,
        frame.id(&trip.created_by) as ParticipationId,
        frame.moment(trip.created_at),
        trip.confirmed_on.map(|day| frame.day(day)),
        trip.completed_on.map(|day| frame.day(day)),
        trip.reported_on.map(|day| frame.day(day)),
        trip.learned,
        frame.id_of(trip.reported_by.as_ref()) as Option<ParticipationId>,
        trip.to_try,
        trip.told as Option<Told>,
        trip.work_time
    )
    .execute(db)
    .await?;
    Ok(())
}
