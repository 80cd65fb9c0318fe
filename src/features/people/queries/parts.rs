//! What changes in a person's part: what they say of themselves, pauses, and how it ends.
use crate::access::ParticipationState;
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::Date;

/// What a person says of themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    pub wants: String,
    pub offers: String,
    pub title: String,
    pub department: String,
    pub site: String,
}

/// Keeps what a person says of themselves.
///
/// # Errors
/// When the database does not answer.
pub async fn save_about(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ParticipationId,
    about: &About,
) -> Result<()> {
    sqlx::query!(
        "update participations set wants = $3, offers = $4, title = $5, department = $6, site = $7
         where program_id = $1 and id = $2",
        program_id as ProgramId,
        id as ParticipationId,
        about.wants,
        about.offers,
        about.title,
        about.department,
        about.site
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How far somebody's part is, kept from change until the transaction ends; `None` when there is no such part.
///
/// # Errors
/// When the database does not answer.
pub async fn lock_part(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ParticipationId,
) -> Result<Option<ParticipationState>> {
    Ok(sqlx::query_scalar!(
        r#"select state as "state: ParticipationState" from participations
           where program_id = $1 and id = $2 for no key update"#,
        program_id as ProgramId,
        id as ParticipationId
    )
    .fetch_optional(db)
    .await?)
}

/// Days on which somebody pauses: `from` is the first, `until` the day they are back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    pub from: Date,
    pub until: Date,
}

/// Keeps a pause, or that there is none. Call [`settle_holds`](super::settle_holds) in the same transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn set_pause(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ParticipationId,
    pause: Option<Pause>,
) -> Result<()> {
    sqlx::query!(
        "update participations set paused_from = $3, paused_until = $4
         where program_id = $1 and id = $2 and state in ('joined', 'on_hold')",
        program_id as ProgramId,
        id as ParticipationId,
        pause.map(|pause| pause.from),
        pause.map(|pause| pause.until)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The pause that somebody has said, over or still to come as it may be.
///
/// # Errors
/// When the database does not answer.
pub async fn pause_of(db: &mut PgConnection, program_id: ProgramId, id: ParticipationId) -> Result<Option<Pause>> {
    let row = sqlx::query!(
        "select paused_from, paused_until from participations where program_id = $1 and id = $2",
        program_id as ProgramId,
        id as ParticipationId
    )
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(|row| row.paused_from.zip(row.paused_until)).map(|(from, until)| Pause { from, until }))
}

/// How a part ends.
#[derive(Debug, Clone)]
pub struct Ending {
    /// `Completed`, `Withdrawn` or `Removed`.
    pub state: ParticipationState,
    pub on: Date,
    /// Why somebody completes without a product, for the coordinators; empty otherwise.
    pub line: String,
}

/// Ends a part that is open; `false` when it had ended before.
///
/// # Errors
/// When the database does not answer.
pub async fn end_part(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ParticipationId,
    ending: &Ending,
) -> Result<bool> {
    let done = sqlx::query!(
        "update participations set state = $3, ended_on = $4, completion_line = $5
         where program_id = $1 and id = $2 and state in ('invited', 'joined', 'on_hold')",
        program_id as ProgramId,
        id as ParticipationId,
        ending.state as ParticipationState,
        ending.on,
        ending.line
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
