//! Requests as they end without an answer, and as they get time to be answered anew.
use super::super::model::RequestState;
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, FieldTripId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Ends an open request without an answer, as expired or cancelled.
pub(crate) async fn close(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ApprovalRequestId,
    state: RequestState,
) -> Result<()> {
    sqlx::query!(
        "update approval_requests set state = $3
         where program_id = $1 and id = $2 and state in ('pending', 'conditional')",
        program_id as ProgramId,
        id as ApprovalRequestId,
        state as RequestState
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Cancels every open request of somebody.
pub(crate) async fn close_all(db: &mut PgConnection, program_id: ProgramId, of: ParticipationId) -> Result<()> {
    sqlx::query!(
        "update approval_requests set state = 'cancelled'
         where program_id = $1 and participation_id = $2 and state in ('pending', 'conditional')",
        program_id as ProgramId,
        of as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Cancels what is open about a trip: all of it, or what asks for another trip than it is by now (another day, more
/// of it than was asked, somebody who no longer goes), or for one that needs nothing any more.
pub(crate) async fn close_about(
    db: &mut PgConnection,
    program_id: ProgramId,
    trip_id: FieldTripId,
    only_outdated: bool,
) -> Result<()> {
    sqlx::query!(
        "update approval_requests r set state = 'cancelled'
           from field_trips x
           where x.program_id = $1 and x.id = $2 and r.program_id = $1 and r.trip_id = $2
             and r.state in ('pending', 'conditional')
             and (not $3 or x.on_date <> r.valid_from or x.cost_cents > r.asked_budget_cents
                  or (x.away and not x.by_video)::int > r.asked_trip_days
                  or (x.cost_cents = 0 and not (x.away and not x.by_video))
                  or not exists (select from trip_goers w
                                 where w.program_id = $1 and w.trip_id = $2 and w.participation_id = r.participation_id))",
        program_id as ProgramId,
        trip_id as FieldTripId,
        only_outdated
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Cancels what is open about the trips of a group that are called off.
pub(crate) async fn close_about_called_off(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
) -> Result<()> {
    sqlx::query!(
        "update approval_requests r set state = 'cancelled'
         from field_trips x
         where x.program_id = $1 and x.group_id = $2 and x.state = 'cancelled'
           and r.program_id = $1 and r.trip_id = x.id and r.state in ('pending', 'conditional')",
        program_id as ProgramId,
        group_id as GroupId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives a supervisor who has not answered the program's days to answer once more; `false` when
/// the request no longer waits, or was given these days within the last minute.
pub(crate) async fn renew(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ApprovalRequestId,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "update approval_requests r set expires_at = $3::timestamptz + make_interval(days => p.answer_days)
         from programs p
         where p.id = $1 and r.program_id = $1 and r.id = $2 and r.state = 'pending'
           and not (r.expires_at > $3::timestamptz + make_interval(days => p.answer_days, mins => -1)
                    and r.expires_at <= $3::timestamptz + make_interval(days => p.answer_days))",
        program_id as ProgramId,
        id as ApprovalRequestId,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
