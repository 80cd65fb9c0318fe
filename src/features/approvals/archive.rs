//! Requests for approval, with the pledges made in answer, as the archive file holds them.
//! Links are not among them: their secrets live in emails only.
use super::model::{PledgeKind, Purpose, ReasonCode, RequestState};
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, FieldTripId, ParticipationId, PledgeId, ProgramId},
    portable::{Day, Frame, Key, Moment},
    text,
};
use serde::Deserialize;
use sqlx::PgConnection;

/// What a supervisor was asked, and answered.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    pub key: Key<ApprovalRequestId>,
    pub participation: Key<ParticipationId>,
    pub purpose: Purpose,
    /// The one trip that it is about, with that purpose alone.
    #[serde(default)]
    pub trip: Option<Key<FieldTripId>>,
    pub supervisor_name: String,
    pub supervisor_email: String,
    pub asked_hours_month: i32,
    pub asked_work_time: bool,
    pub asked_trip_days: i32,
    pub asked_budget_cents: i32,
    pub agreed_hours_month: Option<i32>,
    pub agreed_work_time: Option<bool>,
    pub agreed_trip_days: Option<i32>,
    pub agreed_budget_cents: Option<i32>,
    pub valid_from: Day,
    pub valid_until: Day,
    #[serde(default)]
    pub own_words: String,
    #[serde(default)]
    pub conditions: String,
    pub accepted_at: Option<Moment>,
    pub reason_code: Option<ReasonCode>,
    /// The supervisor's words to the peer.
    #[serde(default)]
    pub note: String,
    pub state: RequestState,
    pub asked_at: Moment,
    pub first_sent_at: Option<Moment>,
    pub talk_first_at: Option<Moment>,
    pub first_answered_at: Option<Moment>,
    pub decided_at: Option<Moment>,
    pub revoked_from: Option<Day>,
    /// From when a supervisor who said no would look at it again.
    #[serde(default)]
    pub reconsider_from: Option<Day>,
    pub expires_at: Moment,
    #[serde(default)]
    pub pledges: Vec<Pledge>,
}

/// What a supervisor promised with a yes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pledge {
    pub key: Key<PledgeId>,
    pub kind: PledgeKind,
    /// Only of a pledge in own words.
    #[serde(default)]
    pub words: String,
    pub pledged_at: Moment,
}

/// Adds requests with their pledges.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(db: &mut PgConnection, frame: &Frame, requests: &[Request]) -> Result<()> {
    for request in requests {
        insert_request(db, frame, request).await?;
        for pledge in &request.pledges {
            sqlx::query!(
                "insert into pledges (program_id, id, request_id, kind, words, pledged_at)
                 values ($1, $2, $3, $4, $5, $6)",
                frame.program_id as ProgramId,
                frame.id(&pledge.key) as PledgeId,
                frame.id(&request.key) as ApprovalRequestId,
                pledge.kind as PledgeKind,
                pledge.words,
                frame.moment(pledge.pledged_at)
            )
            .execute(&mut *db)
            .await?;
        }
    }
    Ok(())
}

async fn insert_request(db: &mut PgConnection, frame: &Frame, request: &Request) -> Result<()> {
    sqlx::query!(
        "insert into approval_requests (program_id, id, participation_id, purpose, supervisor_name, supervisor_email,
            supervisor_email_folded, asked_hours_month, asked_work_time, asked_trip_days, asked_budget_cents,
            agreed_hours_month, agreed_work_time, agreed_trip_days, agreed_budget_cents, valid_from, valid_until,
            own_words, conditions, accepted_at, reason_code, note, state, asked_at, first_sent_at, talk_first_at,
            first_answered_at, decided_at, revoked_from, expires_at, reconsider_from, trip_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
            $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)",
        frame.program_id as ProgramId,
        frame.id(&request.key) as ApprovalRequestId,
        frame.id(&request.participation) as ParticipationId,
        request.purpose as Purpose,
        request.supervisor_name,
        request.supervisor_email,
        text::fold_email(&request.supervisor_email),
        request.asked_hours_month,
        request.asked_work_time,
        request.asked_trip_days,
        request.asked_budget_cents,
        request.agreed_hours_month,
        request.agreed_work_time,
        request.agreed_trip_days,
        request.agreed_budget_cents,
        frame.day(request.valid_from),
        frame.day(request.valid_until),
        request.own_words,
        request.conditions,
        request.accepted_at.map(|at| frame.moment(at)),
        request.reason_code as Option<ReasonCode>,
        request.note,
        request.state as RequestState,
        frame.moment(request.asked_at),
        request.first_sent_at.map(|at| frame.moment(at)),
        request.talk_first_at.map(|at| frame.moment(at)),
        request.first_answered_at.map(|at| frame.moment(at)),
        request.decided_at.map(|at| frame.moment(at)),
        request.revoked_from.map(|day| frame.day(day)),
        frame.moment(request.expires_at),
        request.reconsider_from.map(|day| frame.day(day)),
        frame.id_of(request.trip.as_ref()) as Option<FieldTripId>
    )
    .execute(db)
    .await?;
    Ok(())
}
