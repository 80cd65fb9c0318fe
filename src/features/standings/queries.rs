//! Requests with the people they are between, what was promised, and what became of the email.
use super::model::{After, Delivery, Section};
use crate::access::ParticipationState;
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, ParticipationId, ProgramId},
};
use crate::features::approvals::{PledgeKind, Purpose, ReasonCode, RequestState, Terms};
use crate::features::pledges::PledgeAnswer;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// A request as the list shows it.
#[derive(Debug)]
pub(super) struct Stand {
    pub(super) id: ApprovalRequestId,
    pub(super) participation_id: ParticipationId,
    pub(super) part: ParticipationState,
    pub(super) section: i32,
    pub(super) peer_name: String,
    pub(super) supervisor_name: String,
    pub(super) supervisor_email: String,
    pub(super) state: RequestState,
    pub(super) asked_at: OffsetDateTime,
    pub(super) talk_first_at: Option<OffsetDateTime>,
    pub(super) decided_at: Option<OffsetDateTime>,
    pub(super) revoked_from: Option<Date>,
    pub(super) reconsider_from: Option<Date>,
    pub(super) valid_until: Date,
    pub(super) expires_at: OffsetDateTime,
    pub(super) is_latest: bool,
    pub(super) pledges: i64,
    pub(super) email_outcome: Option<String>,
    pub(super) email_error: Option<String>,
    pub(super) email_due_at: Option<OffsetDateTime>,
    pub(super) email_finished_at: Option<OffsetDateTime>,
}

impl Stand {
    pub(super) fn delivery(&self) -> Delivery {
        Delivery::of(
            self.email_outcome.as_deref(),
            self.email_error.as_deref(),
            self.email_due_at,
            self.email_finished_at,
        )
    }
}

/// A moment as the clock and the program's calendar have it, and the last day of "ends soon".
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) now: OffsetDateTime,
    pub(super) soon: Date,
}

/// Every request that counts now, of people who take part: the newest of each person, and a yes
/// that holds while another is asked. By section, then the longest asked first; at most `most`.
#[expect(clippy::too_many_lines, reason = "one statement is read in one place")]
pub(super) async fn list(
    db: &mut PgConnection,
    program_id: ProgramId,
    section: Option<Section>,
    (after, most): (Option<After>, i64),
    moment: Moment,
) -> Result<Vec<Stand>> {
    Ok(sqlx::query_as!(
        Stand,
        // Each section is read by itself, in its order and no further than a page, so that most of a large
        // program is never looked at; a state stands in as many sections as it may belong to. What ends soon is
        // found by its last day before anything else: the planner would go through every yes in its order. Names are
        // fetched one by one: joined, everybody's are read where there are few thousands of people.
        r#"with ending as materialized (
               select r.id, r.participation_id, r.supervisor_name, r.supervisor_email, r.state, r.asked_at, r.talk_first_at,
                      r.decided_at, r.revoked_from, r.reconsider_from, r.valid_until, r.expires_at
               from approval_requests r
               where r.program_id = $1 and r.state = 'approved' and r.purpose <> 'trip'
                 and r.valid_until <= least($3, (select g.ends_on - 1 from programs g where g.id = $1))),
           standing as (
               select x.id, x.participation_id, x.person_id, x.part, x.supervisor_name, x.supervisor_email, x.state,
                      x.asked_at, x.talk_first_at, x.decided_at, x.revoked_from, x.reconsider_from, x.valid_until,
                      x.expires_at, x.is_latest, v.number as section
               from programs g
               join (values (0, 'pending'), (1, 'pending'), (1, 'expired'), (2, 'cancelled'), (3, 'declined'), (4, 'pending'),
                            (5, 'conditional'), (6, 'revoked'), (7, 'approved')) v (number, state)
                    on ($4::int is null or v.number = $4) and ($5::int is null or v.number >= $5)
               cross join lateral (
                   select r.id, r.participation_id, t.person_id, t.state as part, r.supervisor_name, r.supervisor_email,
                          r.state, r.asked_at, r.talk_first_at, r.decided_at, r.revoked_from, r.reconsider_from,
                          r.valid_until, r.expires_at, newer.id is null as is_latest
                   from approval_requests r
                   join participations t on t.program_id = $1 and t.id = r.participation_id
                        and t.state in ('joined', 'on_hold', 'completed')
                   left join lateral (select n.id from approval_requests n
                                      where n.program_id = $1 and n.participation_id = r.participation_id
                                        and n.purpose <> 'trip' and (n.asked_at, n.id) > (r.asked_at, r.id)
                                      limit 1) newer on true
                   where r.program_id = $1 and r.state = v.state and r.purpose <> 'trip'
                     and case v.number when 0 then r.expires_at >= $2 and r.talk_first_at is null
                                       when 1 then r.state = 'expired' or r.expires_at < $2
                                       when 4 then r.expires_at >= $2 and r.talk_first_at is not null
                                       when 7 then not (r.valid_until < g.ends_on and r.valid_until <= $3)
                                       else true end
                     and (newer.id is null or r.state = 'approved')
                     and ($5::int is null or v.number > $5 or (r.asked_at, r.id) > ($6::timestamptz, $7::uuid))
                   order by r.asked_at, r.id limit $8) x
               where g.id = $1
               union all
               (select r.id, r.participation_id, t.person_id, t.state, r.supervisor_name, r.supervisor_email, r.state,
                       r.asked_at, r.talk_first_at, r.decided_at, r.revoked_from, r.reconsider_from, r.valid_until,
                       r.expires_at,
                       not exists (select from approval_requests n
                                   where n.program_id = $1 and n.participation_id = r.participation_id
                                     and n.purpose <> 'trip' and (n.asked_at, n.id) > (r.asked_at, r.id)), 6
                from ending r
                join participations t on t.program_id = $1 and t.id = r.participation_id
                     and t.state in ('joined', 'on_hold', 'completed')
                where ($4::int is null or $4 = 6)
                  and ($5::int is null or $5 < 6 or ($5 = 6 and (r.asked_at, r.id) > ($6::timestamptz, $7::uuid)))
                order by r.asked_at, r.id limit $8)),
           page as (
               select s.id, s.participation_id, s.person_id, s.part, s.supervisor_name, s.supervisor_email, s.state,
                      s.asked_at, s.talk_first_at, s.decided_at, s.revoked_from, s.reconsider_from, s.valid_until,
                      s.expires_at, s.is_latest, s.section
               from standing s order by s.section, s.asked_at, s.id limit $8)
           select s.id as "id!: ApprovalRequestId", s.participation_id as "participation_id!: ParticipationId",
                  s.part as "part!: ParticipationState", s.section as "section!",
                  (select p.name from people p where p.id = s.person_id) as "peer_name!",
                  s.supervisor_name as "supervisor_name!", s.supervisor_email as "supervisor_email!",
                  s.state as "state!: RequestState", s.asked_at as "asked_at!", s.talk_first_at, s.decided_at,
                  s.revoked_from, s.reconsider_from, s.valid_until as "valid_until!", s.expires_at as "expires_at!",
                  s.is_latest as "is_latest!",
                  (select count(*) from pledges k where k.program_id = $1 and k.request_id = s.id) as "pledges!",
                  o.outcome as email_outcome, o.last_error as email_error, o.due_at as "email_due_at?",
                  o.finished_at as email_finished_at
           from page s
           left join lateral (select e.outcome, e.last_error, e.due_at, e.finished_at from outbox e
                              where e.about_id = s.id and e.kind = 'ask_supervisor' order by e.id desc limit 1) o on true
           order by s.section, s.asked_at, s.id"#,
        program_id as ProgramId,
        moment.now,
        moment.soon,
        section.map(Section::number),
        after.map(|after| after.section),
        after.map(|after| after.asked_at),
        after.map(|after| after.id),
        most
    )
    .fetch_all(db)
    .await?)
}

/// A request with all that a coordinator may read of it: not the peer's words, and not the note to the peer.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) id: ApprovalRequestId,
    pub(super) purpose: Purpose,
    pub(super) supervisor_name: String,
    pub(super) supervisor_email: String,
    pub(super) state: RequestState,
    pub(super) asked_at: OffsetDateTime,
    pub(super) talk_first_at: Option<OffsetDateTime>,
    pub(super) decided_at: Option<OffsetDateTime>,
    pub(super) accepted_at: Option<OffsetDateTime>,
    pub(super) revoked_from: Option<Date>,
    pub(super) reconsider_from: Option<Date>,
    pub(super) valid_from: Date,
    pub(super) valid_until: Date,
    pub(super) expires_at: OffsetDateTime,
    pub(super) reason: Option<ReasonCode>,
    pub(super) conditions: String,
    pub(super) agreed_hours_month: Option<i32>,
    pub(super) agreed_work_time: Option<bool>,
    pub(super) agreed_trip_days: Option<i32>,
    pub(super) agreed_budget_cents: Option<i32>,
    pub(super) email_outcome: Option<String>,
    pub(super) email_error: Option<String>,
    pub(super) email_due_at: Option<OffsetDateTime>,
    pub(super) email_finished_at: Option<OffsetDateTime>,
}

impl Told {
    pub(super) fn agreed(&self) -> Option<Terms> {
        Some(Terms {
            hours_month: self.agreed_hours_month?,
            work_time: self.agreed_work_time?,
            trip_days: self.agreed_trip_days?,
            budget_cents: self.agreed_budget_cents?,
        })
    }

    pub(super) fn delivery(&self) -> Delivery {
        Delivery::of(
            self.email_outcome.as_deref(),
            self.email_error.as_deref(),
            self.email_due_at,
            self.email_finished_at,
        )
    }
}

/// The fifty newest requests of one person, the newest first.
pub(super) async fn of_somebody(
    db: &mut PgConnection,
    program_id: ProgramId,
    of: ParticipationId,
) -> Result<Vec<Told>> {
    Ok(sqlx::query_as!(
        Told,
        r#"select r.id as "id: ApprovalRequestId", r.purpose as "purpose: Purpose", r.supervisor_name, r.supervisor_email,
                  r.state as "state: RequestState", r.asked_at, r.talk_first_at, r.decided_at, r.accepted_at,
                  r.revoked_from, r.reconsider_from, r.valid_from, r.valid_until, r.expires_at,
                  r.reason_code as "reason: ReasonCode", r.conditions, r.agreed_hours_month, r.agreed_work_time,
                  r.agreed_trip_days, r.agreed_budget_cents, o.outcome as email_outcome, o.last_error as email_error,
                  o.due_at as "email_due_at?", o.finished_at as email_finished_at
           from approval_requests r
           left join lateral (select e.outcome, e.last_error, e.due_at, e.finished_at from outbox e
                              where e.about_id = r.id and e.kind = 'ask_supervisor' order by e.id desc limit 1) o on true
           where r.program_id = $1 and r.participation_id = $2
           order by r.asked_at desc, r.id desc limit 50"#,
        program_id as ProgramId,
        of as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// A pledge, and what its supervisor says became of it.
#[derive(Debug)]
pub(super) struct Pledged {
    pub(super) request_id: ApprovalRequestId,
    pub(super) kind: PledgeKind,
    pub(super) words: String,
    pub(super) answer: Option<PledgeAnswer>,
}

/// Every pledge of these requests.
pub(super) async fn pledged(
    db: &mut PgConnection,
    program_id: ProgramId,
    of: &[ApprovalRequestId],
) -> Result<Vec<Pledged>> {
    Ok(sqlx::query_as!(
        Pledged,
        r#"select k.request_id as "request_id: ApprovalRequestId", k.kind as "kind: PledgeKind", k.words,
                  a.answer as "answer?: PledgeAnswer"
           from pledges k left join pledge_answers a on a.program_id = $1 and a.pledge_id = k.id
           where k.program_id = $1 and k.request_id = any ($2)
           order by k.request_id, k.pledged_at, k.kind"#,
        program_id as ProgramId,
        of as &[ApprovalRequestId]
    )
    .fetch_all(db)
    .await?)
}
