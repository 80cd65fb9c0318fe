//! The supervisor's answer and promises, the peer's acceptance.
use super::super::model::{PledgeKind, Promise, ReasonCode, RequestState, Terms};
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, PledgeId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// A request as an answer leaves it.
#[derive(Debug)]
pub(crate) struct Decided<'a> {
    pub(crate) state: RequestState,
    pub(crate) agreed: Option<Terms>,
    pub(crate) conditions: &'a str,
    pub(crate) reason: Option<ReasonCode>,
    pub(crate) note: &'a str,
    pub(crate) revoked_from: Option<Date>,
    /// From when a no may be looked at again.
    pub(crate) reconsider_from: Option<Date>,
    /// When the peer took the condition, as far as it still holds.
    pub(crate) accepted_at: Option<OffsetDateTime>,
}

/// Writes an answer down. The caller has locked the request and asked the rules.
pub(crate) async fn decide(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ApprovalRequestId,
    decided: &Decided<'_>,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update approval_requests
         set state = $3, agreed_hours_month = $4, agreed_work_time = $5, agreed_trip_days = $6, agreed_budget_cents = $7,
             conditions = $8, reason_code = $9, note = $10, revoked_from = $11, decided_at = $12,
             first_answered_at = coalesce(first_answered_at, $12), accepted_at = $13,
             reconsider_from = $14
         where program_id = $1 and id = $2",
        program_id as ProgramId,
        id as ApprovalRequestId,
        decided.state as RequestState,
        decided.agreed.map(|terms| terms.hours_month),
        decided.agreed.map(|terms| terms.work_time),
        decided.agreed.map(|terms| terms.trip_days),
        decided.agreed.map(|terms| terms.budget_cents),
        decided.conditions,
        decided.reason as Option<ReasonCode>,
        decided.note,
        decided.revoked_from,
        now,
        decided.accepted_at,
        decided.reconsider_from
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes that the supervisor wants to talk; the request goes on waiting, unanswered.
pub(crate) async fn note_talk_first(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ApprovalRequestId,
    note: &str,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update approval_requests
         set talk_first_at = $3, note = $4
         where program_id = $1 and id = $2 and state = 'pending'",
        program_id as ProgramId,
        id as ApprovalRequestId,
        now,
        note
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The peer takes the condition of the answer that was given at `decided_at`; `false` when that
/// answer no longer stands.
pub(crate) async fn accept(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ApprovalRequestId,
    decided_at: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "update approval_requests set state = 'approved', accepted_at = $4
         where program_id = $1 and id = $2 and state = 'conditional' and decided_at = $3",
        program_id as ProgramId,
        id as ApprovalRequestId,
        decided_at,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A new yes takes the place of every older one, of a yes to a trip those to the same trip.
pub(crate) async fn supersede_older(db: &mut PgConnection, program_id: ProgramId, id: ApprovalRequestId) -> Result<()> {
    sqlx::query!(
        "update approval_requests o set state = 'superseded'
         from approval_requests n
         where n.program_id = $1 and n.id = $2 and o.program_id = $1 and o.participation_id = n.participation_id
           and o.state = 'approved' and o.trip_id is not distinct from n.trip_id
           and (o.asked_at, o.id) < (n.asked_at, n.id)",
        program_id as ProgramId,
        id as ApprovalRequestId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The supervisor wants no more reminders of this request.
pub(crate) async fn stop_reminders(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ApprovalRequestId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update approval_requests set reminders_stopped_at = coalesce(reminders_stopped_at, $3)
         where program_id = $1 and id = $2",
        program_id as ProgramId,
        id as ApprovalRequestId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The conditions in a program that were set at or before an instant and wait for the peer still.
pub(crate) async fn conditions_waiting_since(
    db: &mut PgConnection,
    program_id: ProgramId,
    before: OffsetDateTime,
) -> Result<Vec<ApprovalRequestId>> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: ApprovalRequestId" from approval_requests
           where program_id = $1 and state = 'conditional' and decided_at <= $2
           order by decided_at, id limit 200"#,
        program_id as ProgramId,
        before
    )
    .fetch_all(db)
    .await?)
}

/// Notes when the supervisor was first written to.
pub(crate) async fn mark_sent(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ApprovalRequestId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update approval_requests set first_sent_at = $3
         where program_id = $1 and id = $2 and first_sent_at is null",
        program_id as ProgramId,
        id as ApprovalRequestId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Makes the promises of a request be these. One that stays keeps its date.
pub(crate) async fn keep_promises(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ApprovalRequestId,
    promises: &[Promise],
    now: OffsetDateTime,
) -> Result<()> {
    let kinds: Vec<String> = promises.iter().map(|promise| promise.kind.as_str().to_owned()).collect();
    sqlx::query!(
        "delete from pledges where program_id = $1 and request_id = $2 and kind <> all ($3)",
        program_id as ProgramId,
        id as ApprovalRequestId,
        &kinds
    )
    .execute(&mut *db)
    .await?;
    let ids: Vec<PledgeId> = promises.iter().map(|_| PledgeId::generate()).collect();
    let own: Vec<String> = promises.iter().map(|promise| promise.words.clone()).collect();
    sqlx::query!(
        "insert into pledges (program_id, id, request_id, kind, words, pledged_at)
         select $1, made.id, $2, made.kind, made.words, $6
         from unnest($3::uuid[], $4::text[], $5::text[]) as made (id, kind, words)
         on conflict on constraint a_pledge_is_made_once_per_request do update set words = excluded.words",
        program_id as ProgramId,
        id as ApprovalRequestId,
        &ids as &[PledgeId],
        &kinds,
        &own,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was promised with a request, in the order of the form.
pub(crate) async fn promises(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ApprovalRequestId,
) -> Result<Vec<Promise>> {
    let mut promises = sqlx::query_as!(
        Promise,
        r#"select kind as "kind: PledgeKind", words from pledges where program_id = $1 and request_id = $2 order by kind"#,
        program_id as ProgramId,
        id as ApprovalRequestId
    )
    .fetch_all(db)
    .await?;
    promises.sort_by_key(|promise| promise.kind);
    Ok(promises)
}
