//! Reads what a program's figures are made of. This slice writes nothing. Each function is one statement, whatever
//! is in the program.
mod groups;
mod meetings;

use super::model::{AskedSupervisor, Part, Records};
use crate::access::{ParticipationState, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::{ParticipationId, ProgramId},
    local_time::day_in,
};
use crate::features::approvals::{Purpose, RequestState};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Everything but the pulses. Read it in one transaction, so that it is of one moment.
///
/// # Errors
/// `NotFound` when there is no such program.
pub(super) async fn records(db: &mut PgConnection, id: ProgramId, now: OffsetDateTime) -> Result<Records> {
    let row = sqlx::query!(
        r#"select name, institution, state as "state: ProgramState", time_zone, starts_on, ends_on, rhythm_days,
                  approval_required, opened_at, launched_on
           from programs where id = $1"#,
        id as ProgramId
    )
    .fetch_optional(&mut *db)
    .await?
    .ok_or(AppError::NotFound)?;
    let zone = row.time_zone.as_str();
    Ok(Records {
        id,
        name: row.name,
        institution: row.institution,
        state: row.state,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        rhythm_days: i64::from(row.rhythm_days),
        approval_required: row.approval_required,
        opened_on: row.opened_at.map(|at| day_in(zone, at)),
        launched_on: row.launched_on,
        today: day_in(zone, now),
        time_zone: row.time_zone.clone(),
        parts: parts(db, id, zone).await?,
        requests: requests(db, id, zone).await?,
        groups: groups::groups(db, id, zone).await?,
        pulses: Vec::new(),
    })
}

async fn parts(db: &mut PgConnection, id: ProgramId, zone: &str) -> Result<Vec<Part>> {
    let rows = sqlx::query!(
        r#"select t.id as "id: ParticipationId", p.name, p.email, t.state as "state: ParticipationState", t.invited_at,
                  t.joined_at, t.ended_on, t.paused_from, t.paused_until
           from participations t join people p on p.id = t.person_id
           where t.program_id = $1 order by p.name, t.id"#,
        id as ProgramId
    )
    .fetch_all(db)
    .await?;
    let part = rows.into_iter().map(|row| Part {
        id: row.id,
        name: row.name,
        email: row.email,
        state: row.state,
        invited_on: day_in(zone, row.invited_at),
        joined_on: row.joined_at.map(|at| day_in(zone, at)),
        ended_on: row.ended_on,
        pause: row.paused_from.zip(row.paused_until),
    });
    Ok(part.collect())
}

async fn requests(db: &mut PgConnection, id: ProgramId, zone: &str) -> Result<Vec<AskedSupervisor>> {
    let rows = sqlx::query!(
        r#"select participation_id as "part: ParticipationId", purpose as "purpose: Purpose", state as "state: RequestState",
                  asked_at, first_sent_at, first_answered_at, decided_at, accepted_at, expires_at, valid_from, valid_until,
                  revoked_from
           from approval_requests where program_id = $1 order by asked_at, id"#,
        id as ProgramId
    )
    .fetch_all(db)
    .await?;
    let day = |at| day_in(zone, at);
    let request = rows.into_iter().map(|row| AskedSupervisor {
        part: row.part,
        about_trip: row.purpose == Purpose::Trip,
        state: row.state,
        asked_on: day(row.asked_at),
        hours: row
            .first_sent_at
            .zip(row.first_answered_at)
            .map(|(sent, answered)| (answered - sent).as_seconds_f64() / 3600.0),
        answered_on: row.first_answered_at.map(day),
        decided_on: row.decided_at.map(day),
        accepted_on: row.accepted_at.map(day),
        expires_on: day(row.expires_at),
        valid_from: row.valid_from,
        valid_until: row.valid_until,
        revoked_from: row.revoked_from,
    });
    Ok(request.collect())
}
