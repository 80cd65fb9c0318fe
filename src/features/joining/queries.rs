//! A person’s place in a program. Read only: the slices of people and programs write it.
use crate::access::ParticipationState;
use crate::base::{
    error::{AppError, Result},
    ids::{ParticipationId, ProgramId},
};
use crate::features::approvals::Terms;
use crate::mail::Mailbox;
use sqlx::PgConnection;

/// What a person said so far, and what the program is and asks.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) wants: String,
    pub(crate) offers: String,
    pub(crate) supervisor: Mailbox,
    pub(crate) theme: String,
    pub(crate) purpose: String,
    pub(crate) asked: Terms,
    pub(crate) group_min: i32,
    pub(crate) group_max: i32,
    pub(crate) approval_required: bool,
    /// Belongs to a group.
    pub(crate) is_placed: bool,
    pub(crate) answer_days: i32,
    /// Where supervisors may be asked; empty: anywhere.
    pub(crate) domains: Vec<String>,
    pub(crate) coordinator: Option<Mailbox>,
}

/// What somebody said so far, and what their program is and asks.
pub(crate) async fn place(
    db: &mut PgConnection,
    program_id: ProgramId,
    participation_id: ParticipationId,
) -> Result<Place> {
    let row = sqlx::query!(
        r#"select t.wants, t.offers, t.supervisor_name, t.supervisor_email,
                  p.theme, p.purpose, p.hours_month, p.work_time, p.trip_days, p.budget_cents, p.group_min, p.group_max,
                  p.approval_required, p.answer_days, p.supervisor_domains, lead.name as "lead_name?", lead.email as "lead_email?",
                  exists (select from memberships m where m.program_id = $1 and m.participation_id = t.id
                            and m.joined_on is not null and m.left_on is null) as "is_placed!"
           from participations t
           join programs p on p.id = t.program_id
           left join lateral (select q.name, q.email from coordinators c join people q on q.id = c.person_id
                              where c.program_id = $1 order by c.since, c.person_id limit 1) lead on true
           where t.program_id = $1 and t.id = $2"#,
        program_id as ProgramId,
        participation_id as ParticipationId
    )
    .fetch_optional(db)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(Place {
        wants: row.wants,
        offers: row.offers,
        supervisor: Mailbox::new(row.supervisor_name, row.supervisor_email),
        theme: row.theme,
        purpose: row.purpose,
        asked: Terms {
            hours_month: row.hours_month,
            work_time: row.work_time,
            trip_days: row.trip_days,
            budget_cents: row.budget_cents,
        },
        group_min: row.group_min,
        group_max: row.group_max,
        approval_required: row.approval_required,
        is_placed: row.is_placed,
        answer_days: row.answer_days,
        domains: row.supervisor_domains,
        coordinator: row.lead_name.zip(row.lead_email).map(|(name, email)| Mailbox::new(name, email)),
    })
}

/// The state of a participation, kept from change until the transaction ends.
pub(crate) async fn lock_place(
    db: &mut PgConnection,
    program_id: ProgramId,
    participation_id: ParticipationId,
) -> Result<ParticipationState> {
    sqlx::query_scalar!(
        r#"select state as "state: ParticipationState" from participations
           where program_id = $1 and id = $2 for no key update"#,
        program_id as ProgramId,
        participation_id as ParticipationId
    )
    .fetch_optional(db)
    .await?
    .ok_or(AppError::NotFound)
}

/// Whether an address, folded, is of somebody who is or is planned to be in this person's group.
pub(super) async fn is_in_own_group(
    db: &mut PgConnection,
    program_id: ProgramId,
    participation_id: ParticipationId,
    email_folded: &str,
) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select from memberships mine
               join memberships theirs on theirs.program_id = $1 and theirs.group_id = mine.group_id and theirs.left_on is null
               join participations t on t.program_id = $1 and t.id = theirs.participation_id
               join people p on p.id = t.person_id
               where mine.program_id = $1 and mine.participation_id = $2 and mine.left_on is null
                 and p.email_folded = $3) as "exists!""#,
        program_id as ProgramId,
        participation_id as ParticipationId,
        email_folded
    )
    .fetch_one(db)
    .await?)
}
