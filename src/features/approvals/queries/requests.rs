//! Requests as they are made, read, closed.
use super::super::model::{
    AskedTrip, AskingProgram, NewRequest, Purpose, ReasonCode, Request, RequestFacts, RequestState, Terms,
};
use crate::access::{ParticipationState, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::{ApprovalRequestId, FieldTripId, GroupId, ParticipationId, ProgramId},
    text,
};
use crate::mail::Mailbox;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Makes a request with what its program asks, or what its trip takes; `false` when there is one with this id, or an
/// open one for the same purpose and trip. It expires after the program's days to answer, of a trip that comes
/// earlier before its day begins, and on the day itself when that day ends.
pub(crate) async fn insert(db: &mut PgConnection, new: &NewRequest, now: OffsetDateTime) -> Result<bool> {
    let done = sqlx::query!(
        "insert into approval_requests (program_id, id, participation_id, purpose, supervisor_name, supervisor_email,
                supervisor_email_folded, asked_hours_month, asked_work_time, asked_trip_days, asked_budget_cents,
                valid_from, valid_until, own_words, state, asked_at, expires_at, trip_id)
         select $1, $2, $3, $4, $5, $6, $7, case when f.id is null then p.hours_month else 0 end, p.work_time,
                case when f.id is null then p.trip_days else (f.away and not f.by_video)::int end,
                coalesce(f.cost_cents, p.budget_cents), coalesce(f.on_date, p.starts_on), coalesce(f.on_date, p.ends_on),
                $8, 'pending', $9,
                least($9::timestamptz + make_interval(days => p.answer_days),
                      (f.on_date + (f.on_date <= ($9 at time zone p.time_zone)::date)::int)::timestamp
                          at time zone p.time_zone - interval '1 minute'),
                f.id
         from programs p
         left join field_trips f on f.program_id = p.id and f.id = $10
         where p.id = $1 and (f.id is null) = ($10::uuid is null)
         on conflict do nothing",
        new.program_id as ProgramId,
        new.id as ApprovalRequestId,
        new.participation_id as ParticipationId,
        new.purpose.as_str(),
        new.supervisor.name,
        new.supervisor.email,
        text::fold_email(&new.supervisor.email),
        new.own_words,
        now,
        new.trip_id as Option<FieldTripId>
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn exists(db: &mut PgConnection, program_id: ProgramId, id: ApprovalRequestId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from approval_requests where program_id = $1 and id = $2) as "exists!""#,
        program_id as ProgramId,
        id as ApprovalRequestId
    )
    .fetch_one(db)
    .await?)
}

/// Whether the supervisor at this address, folded, has backed this person before.
pub(crate) async fn said_yes_before(
    db: &mut PgConnection,
    program_id: ProgramId,
    participation_id: ParticipationId,
    email_folded: &str,
) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from approval_requests
                          where program_id = $1 and participation_id = $2 and supervisor_email_folded = $3
                            and purpose <> 'trip' and state in ('approved', 'revoked', 'superseded')) as "yes!""#,
        program_id as ProgramId,
        participation_id as ParticipationId,
        email_folded
    )
    .fetch_one(db)
    .await?)
}

/// Until when (both days included) a yes holds that is in effect on a day, and whose it is.
#[derive(Debug)]
pub(crate) struct Holding {
    pub(crate) id: ApprovalRequestId,
    pub(crate) supervisor_name: String,
    pub(crate) until: Date,
}

/// The yes in effect on a day; of those before the newest request where that is given.
pub(crate) async fn holding(
    db: &mut PgConnection,
    program_id: ProgramId,
    participation_id: ParticipationId,
    newest: Option<ApprovalRequestId>,
    today: Date,
) -> Result<Option<Holding>> {
    Ok(sqlx::query_as!(
        Holding,
        r#"select id as "id: ApprovalRequestId", supervisor_name,
                  coalesce(least(valid_until, revoked_from - 1), valid_until) as "until!"
           from approval_requests
           where program_id = $1 and participation_id = $2 and ($3::uuid is null or id <> $3) and purpose <> 'trip'
             and state in ('approved', 'revoked') and $4 <= valid_until
             and (revoked_from is null or $4 < revoked_from)
           order by asked_at desc, id desc limit 1"#,
        program_id as ProgramId,
        participation_id as ParticipationId,
        newest as Option<ApprovalRequestId>,
        today
    )
    .fetch_optional(db)
    .await?)
}

/// Keeps everyone else from changing this request until the transaction ends.
pub(crate) async fn lock(db: &mut PgConnection, program_id: ProgramId, id: ApprovalRequestId) -> Result<()> {
    sqlx::query_scalar!(
        "select asked_at from approval_requests where program_id = $1 and id = $2 for update",
        program_id as ProgramId,
        id as ApprovalRequestId
    )
    .fetch_optional(db)
    .await?
    .map(|_| ())
    .ok_or(AppError::NotFound)
}

/// The newest request of a person to join or to go on, kept from change until the transaction ends.
pub(crate) async fn lock_latest_id(
    db: &mut PgConnection,
    program_id: ProgramId,
    participation_id: ParticipationId,
) -> Result<Option<ApprovalRequestId>> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: ApprovalRequestId" from approval_requests
           where program_id = $1 and participation_id = $2 and purpose <> 'trip'
           order by asked_at desc, id desc limit 1 for update"#,
        program_id as ProgramId,
        participation_id as ParticipationId
    )
    .fetch_optional(db)
    .await?)
}

/// The newest request of a person to join or to go on.
pub(crate) async fn latest(
    db: &mut PgConnection,
    program_id: ProgramId,
    participation_id: ParticipationId,
) -> Result<Option<Request>> {
    read(db, program_id, None, Some((participation_id, None))).await
}

/// The newest request of a person about one trip.
pub(crate) async fn latest_about(
    db: &mut PgConnection,
    program_id: ProgramId,
    participation_id: ParticipationId,
    trip_id: FieldTripId,
) -> Result<Option<Request>> {
    read(db, program_id, None, Some((participation_id, Some(trip_id)))).await
}

/// One request, or `NotFound`.
pub(crate) async fn find(db: &mut PgConnection, program_id: ProgramId, id: ApprovalRequestId) -> Result<Request> {
    read(db, program_id, Some(id), None).await?.ok_or(AppError::NotFound)
}

struct Row {
    id: ApprovalRequestId,
    program_id: ProgramId,
    participation_id: ParticipationId,
    purpose: Purpose,
    trip_id: Option<FieldTripId>,
    trip_group_id: Option<GroupId>,
    trip_kind: Option<String>,
    trip_by_video: Option<bool>,
    trip_away: Option<bool>,
    trip_stands: Option<bool>,
    participation_state: ParticipationState,
    peer_name: String,
    peer_email: String,
    peer_zone: String,
    supervisor_name: String,
    supervisor_email: String,
    asked_hours_month: i32,
    asked_work_time: bool,
    asked_trip_days: i32,
    asked_budget_cents: i32,
    agreed_hours_month: Option<i32>,
    agreed_work_time: Option<bool>,
    agreed_trip_days: Option<i32>,
    agreed_budget_cents: Option<i32>,
    valid_from: Date,
    valid_until: Date,
    own_words: String,
    conditions: String,
    note: String,
    reason: Option<ReasonCode>,
    state: RequestState,
    asked_at: OffsetDateTime,
    first_sent_at: Option<OffsetDateTime>,
    talk_first_at: Option<OffsetDateTime>,
    decided_at: Option<OffsetDateTime>,
    accepted_at: Option<OffsetDateTime>,
    revoked_from: Option<Date>,
    reconsider_from: Option<Date>,
    expires_at: OffsetDateTime,
    reminders_stopped_at: Option<OffsetDateTime>,
    is_latest: bool,
    program_name: String,
    institution: String,
    time_zone: String,
    ends_on: Date,
    currency: String,
    program_state: ProgramState,
    lead_name: Option<String>,
    lead_email: Option<String>,
}

/// By its own id, or the newest of a participation: about a trip where one is named, and about none else.
async fn read(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: Option<ApprovalRequestId>,
    newest_of: Option<(ParticipationId, Option<FieldTripId>)>,
) -> Result<Option<Request>> {
    let (participation_id, trip_id) = newest_of.map_or((None, None), |(of, trip)| (Some(of), trip));
    let row = sqlx::query_as!(
        Row,
        r#"select r.id as "id: ApprovalRequestId", r.program_id as "program_id: ProgramId",
                  r.participation_id as "participation_id: ParticipationId", r.purpose as "purpose: Purpose",
                  r.trip_id as "trip_id: FieldTripId", x.group_id as "trip_group_id?: GroupId",
                  replace(x.kind, '_', ' ') as trip_kind, x.by_video as "trip_by_video?", x.away as "trip_away?",
                  x.state in ('planned', 'confirmed', 'postponed') and x.on_date = r.valid_from
                      and x.cost_cents <= r.asked_budget_cents and (x.away and not x.by_video)::int <= r.asked_trip_days
                      and exists (select from trip_goers w
                                  where w.program_id = $1 and w.trip_id = x.id and w.participation_id = r.participation_id)
                      as trip_stands,
                  t.state as "participation_state: ParticipationState", p.name as peer_name, p.email as peer_email,
                  p.time_zone as peer_zone, r.reminders_stopped_at,
                  r.supervisor_name, r.supervisor_email,
                  r.asked_hours_month, r.asked_work_time, r.asked_trip_days, r.asked_budget_cents,
                  r.agreed_hours_month, r.agreed_work_time, r.agreed_trip_days, r.agreed_budget_cents,
                  r.valid_from, r.valid_until, r.own_words, r.conditions, r.note,
                  r.reason_code as "reason: ReasonCode", r.state as "state: RequestState",
                  r.asked_at, r.first_sent_at, r.talk_first_at, r.decided_at, r.accepted_at, r.revoked_from,
                  r.reconsider_from, r.expires_at,
                  not exists (select from approval_requests n
                              where n.program_id = $1 and n.participation_id = r.participation_id
                                and n.trip_id is not distinct from r.trip_id
                                and (n.asked_at, n.id) > (r.asked_at, r.id)) as "is_latest!",
                  g.name as program_name, g.institution, g.time_zone, g.ends_on, g.currency,
                  g.state as "program_state: ProgramState", lead.name as "lead_name?", lead.email as "lead_email?"
           from approval_requests r
           join participations t on t.program_id = r.program_id and t.id = r.participation_id
           join people p on p.id = t.person_id
           join programs g on g.id = r.program_id
           left join field_trips x on x.program_id = r.program_id and x.id = r.trip_id
           left join lateral (select q.name, q.email from coordinators c join people q on q.id = c.person_id
                              where c.program_id = $1 order by c.since, c.person_id limit 1) lead on true
           where r.program_id = $1
             and r.id = coalesce($2, (select y.id from approval_requests y
                                      where y.program_id = $1 and y.participation_id = $3
                                        and y.trip_id is not distinct from $4
                                      order by y.asked_at desc, y.id desc limit 1))"#,
        program_id as ProgramId,
        id as Option<ApprovalRequestId>,
        participation_id as Option<ParticipationId>,
        trip_id as Option<FieldTripId>
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Request::from))
}

impl From<Row> for Request {
    fn from(row: Row) -> Self {
        let agreed = (row.agreed_hours_month, row.agreed_work_time, row.agreed_trip_days, row.agreed_budget_cents);
        let agreed = match agreed {
            (Some(hours_month), Some(work_time), Some(trip_days), Some(budget_cents)) => {
                Some(Terms { hours_month, work_time, trip_days, budget_cents })
            }
            _ => None,
        };
        let trip = row.trip_id.zip(row.trip_group_id).map(|(id, group_id)| AskedTrip {
            id,
            group_id,
            kind: row.trip_kind.unwrap_or_default(),
            by_video: row.trip_by_video == Some(true),
            away: row.trip_away == Some(true),
            stands: row.trip_stands == Some(true),
        });
        Self {
            id: row.id,
            program_id: row.program_id,
            participation_id: row.participation_id,
            purpose: row.purpose,
            trip,
            participation_state: row.participation_state,
            peer: Mailbox::new(row.peer_name, row.peer_email),
            peer_zone: row.peer_zone,
            supervisor: Mailbox::new(row.supervisor_name, row.supervisor_email),
            asked: Terms {
                hours_month: row.asked_hours_month,
                work_time: row.asked_work_time,
                trip_days: row.asked_trip_days,
                budget_cents: row.asked_budget_cents,
            },
            agreed,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            own_words: row.own_words,
            conditions: row.conditions,
            note: row.note,
            reason: row.reason,
            state: row.state,
            asked_at: row.asked_at,
            first_sent_at: row.first_sent_at,
            talk_first_at: row.talk_first_at,
            decided_at: row.decided_at,
            accepted_at: row.accepted_at,
            revoked_from: row.revoked_from,
            reconsider_from: row.reconsider_from,
            expires_at: row.expires_at,
            reminders_stopped_at: row.reminders_stopped_at,
            is_latest: row.is_latest,
            program: AskingProgram {
                name: row.program_name,
                institution: row.institution,
                time_zone: row.time_zone,
                ends_on: row.ends_on,
                currency: row.currency,
                state: row.program_state,
                coordinator: row.lead_name.zip(row.lead_email).map(|(name, email)| Mailbox::new(name, email)),
            },
        }
    }
}

/// The twenty requests before the newest one, newest first.
pub(crate) async fn earlier(
    db: &mut PgConnection,
    program_id: ProgramId,
    participation_id: ParticipationId,
    newest: ApprovalRequestId,
) -> Result<Vec<RequestFacts>> {
    Ok(sqlx::query_as!(
        RequestFacts,
        r#"select supervisor_name, state as "state: RequestState", asked_at, expires_at
           from approval_requests
           where program_id = $1 and participation_id = $2 and purpose <> 'trip' and id <> $3
           order by asked_at desc, id desc limit 20"#,
        program_id as ProgramId,
        participation_id as ParticipationId,
        newest as ApprovalRequestId
    )
    .fetch_all(db)
    .await?)
}
