//! Who takes part, as the archive file holds it.
use crate::{
    access::ParticipationState,
    base::{
        error::Result,
        ids::{ParticipationId, PersonId, ProgramId},
        portable::{Day, Frame, Key, Moment},
    },
    features::programs,
};
use serde::Deserialize;
use sqlx::PgConnection;

/// One person's part in the program.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Participation {
    pub key: Key<ParticipationId>,
    pub person: Key<PersonId>,
    pub state: ParticipationState,
    #[serde(default)]
    pub wants: String,
    #[serde(default)]
    pub offers: String,
    #[serde(default)]
    pub site: String,
    #[serde(default)]
    pub department: String,
    #[serde(default)]
    pub supervisor_name: String,
    #[serde(default)]
    pub supervisor_email: String,
    pub invited_at: Moment,
    pub joined_at: Option<Moment>,
    pub ended_on: Option<Day>,
}

/// Adds who takes part in a program, and notes that they have to do with it.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(db: &mut PgConnection, frame: &Frame, participations: &[Participation]) -> Result<()> {
    for taking_part in participations {
        let person_id = frame.person(&taking_part.person);
        sqlx::query!(
            "insert into participations (program_id, id, person_id, state, wants, offers, site, department,
                supervisor_name, supervisor_email, invited_at, joined_at, ended_on, sort_name)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, (select p.sort_name from people p where p.id = $3))",
            frame.program_id as ProgramId,
            frame.id(&taking_part.key) as ParticipationId,
            person_id as PersonId,
            taking_part.state as ParticipationState,
            taking_part.wants,
            taking_part.offers,
            taking_part.site,
            taking_part.department,
            taking_part.supervisor_name,
            taking_part.supervisor_email,
            frame.moment(taking_part.invited_at),
            taking_part.joined_at.map(|at| frame.moment(at)),
            taking_part.ended_on.map(|day| frame.day(day))
        )
        .execute(&mut *db)
        .await?;
        programs::remember(db, person_id, frame.program_id).await?;
    }
    Ok(())
}
