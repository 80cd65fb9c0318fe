//! Every statement that writes `reports`.
use super::model::{Case, Concerned, Decider, Decision, Done, Filed, Own};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{FeedbackId, GroupId, ParticipationId, PersonId, ProgramId, ReportId},
};
use crate::features::showing::ReportState;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Which items are looked at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which {
    /// Those with a report that nobody has decided.
    Open,
    /// This one, reported or not; as if this participation had reported it too.
    One(FeedbackId, Option<ParticipationId>),
}

/// Items with the contact who decides about each: the first of the two who was never in its group, is neither its
/// giver nor its receiver nor reported it, and whom none of those named as their supervisor. Longest reported first.
///
/// This is the only place that says who may: the list, the item, the decision and the emails all ask here.
pub(super) async fn cases(db: &mut PgConnection, programs: &[ProgramId], which: Which) -> Result<Vec<Case>> {
    let (only, with) = match which {
        Which::Open => (None, None),
        Which::One(id, with) => (Some(id), with),
    };
    let rows = sqlx::query!(
        r#"select f.program_id as "program_id: ProgramId", f.group_id as "group_id: GroupId", f.id as "id: FeedbackId",
                  z.name as program_name, z.institution, f.mode = 'spoken' as "is_spoken!", f.reported_at,
                  d.id as "decider_id?: PersonId", d.name as "decider_name?", d.email as "decider_email?"
           from feedback f join programs z on z.id = f.program_id
           left join lateral (
               select c.id, c.name, c.email
               from people c
               where c.id in (z.contact_id, z.second_contact_id)
                 and not exists (select from memberships m
                                 join participations t on t.program_id = m.program_id and t.id = m.participation_id
                                 where m.program_id = f.program_id and m.group_id = f.group_id and m.joined_on is not null
                                   and t.person_id = c.id)
                 and not exists (select from participations t
                                 where t.program_id = f.program_id
                                   and (t.id in (f.giver_id, f.receiver_id, $3)
                                        or exists (select from reports r
                                                   where r.program_id = f.program_id and r.feedback_id = f.id
                                                     and r.reporter_id = t.id and r.state <> 'withdrawn'))
                                   and (t.person_id = c.id
                                        or exists (select from approval_requests a
                                                   where a.program_id = t.program_id and a.participation_id = t.id
                                                     and a.supervisor_email_folded = c.email_folded)))
               order by c.id <> z.contact_id limit 1) d on true
           where f.program_id = any($1)
             and (f.id = $2 or ($2 is null
                  and exists (select from reports r
                              where r.program_id = f.program_id and r.feedback_id = f.id and r.state = 'open')))
           order by f.reported_at, f.id"#,
        programs as &[ProgramId],
        only as Option<FeedbackId>,
        with as Option<ParticipationId>
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Case {
            program_id: row.program_id,
            group_id: row.group_id,
            id: row.id,
            program_name: row.program_name,
            institution: row.institution,
            is_spoken: row.is_spoken,
            reported_at: row.reported_at,
            decider: match (row.decider_id, row.decider_name, row.decider_email) {
                (Some(id), Some(name), Some(email)) => Some(Decider { id, name, email }),
                _ => None,
            },
        })
        .collect())
}

/// What was reported about an item and is not decided, the first first.
pub(super) async fn filed(db: &mut PgConnection, program_id: ProgramId, id: FeedbackId) -> Result<Vec<Filed>> {
    Ok(sqlx::query_as!(
        Filed,
        r#"select p.name as reporter_name, r.line, r.reported_at as at
           from reports r
           join participations t on t.program_id = r.program_id and t.id = r.reporter_id
           join people p on p.id = t.person_id
           where r.program_id = $1 and r.feedback_id = $2 and r.state = 'open'
           order by r.reported_at, r.id"#,
        program_id as ProgramId,
        id as FeedbackId
    )
    .fetch_all(db)
    .await?)
}

/// What the member reported about an item, unless they withdrew it.
pub(super) async fn own(db: &mut PgConnection, by: &GroupMember, id: FeedbackId) -> Result<Option<Own>> {
    Ok(sqlx::query_as!(
        Own,
        r#"select r.line, r.reported_at as at, r.state as "state: ReportState"
           from reports r join feedback f on f.program_id = r.program_id and f.id = r.feedback_id
           where r.program_id = $1 and f.group_id = $2 and r.feedback_id = $3 and r.reporter_id = $4
             and r.state <> 'withdrawn'"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        id as FeedbackId,
        by.participation_id() as ParticipationId
    )
    .fetch_optional(db)
    .await?)
}

/// What one contact decided in a program, the latest first; once per item and decision.
pub(super) async fn done(db: &mut PgConnection, program_id: ProgramId, by: PersonId) -> Result<Vec<Done>> {
    Ok(sqlx::query_as!(
        Done,
        r#"select f.id as "id: FeedbackId", f.mode = 'spoken' as "is_spoken!", min(r.reported_at) as "reported_at!",
                  r.state = 'stands' as "stands!", r.reason, r.ended_at as "at!"
           from reports r join feedback f on f.program_id = r.program_id and f.id = r.feedback_id
           where r.program_id = $1 and r.decided_by = $2 and r.state in ('stands', 'closed')
           group by f.id, f.mode, r.state, r.reason, r.ended_at
           order by r.ended_at desc, f.id
           limit 200"#,
        program_id as ProgramId,
        by as PersonId
    )
    .fetch_all(db)
    .await?)
}

/// Files a report; `false` when this member has one about this item.
pub(super) async fn insert(
    db: &mut PgConnection,
    by: &GroupMember,
    id: FeedbackId,
    line: &str,
    now: OffsetDateTime,
) -> Result<bool> {
    Ok(sqlx::query!(
        "insert into reports (program_id, id, feedback_id, reporter_id, line, reported_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing",
        by.program_id() as ProgramId,
        ReportId::generate() as ReportId,
        id as FeedbackId,
        by.participation_id() as ParticipationId,
        line,
        now
    )
    .execute(db)
    .await?
    .rows_affected()
        == 1)
}

/// `open → withdrawn` by who reported it.
pub(super) async fn withdraw(
    db: &mut PgConnection,
    by: &GroupMember,
    id: FeedbackId,
    now: OffsetDateTime,
) -> Result<bool> {
    Ok(sqlx::query!(
        "update reports set state = 'withdrawn', ended_at = $4
         where program_id = $1 and feedback_id = $2 and reporter_id = $3 and state = 'open'",
        by.program_id() as ProgramId,
        id as FeedbackId,
        by.participation_id() as ParticipationId,
        now
    )
    .execute(db)
    .await?
    .rows_affected()
        == 1)
}

/// `open → stands | closed`, for everything reported about an item; gives who reported it.
pub(super) async fn decide(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, FeedbackId),
    by: PersonId,
    decision: &Decision,
    now: OffsetDateTime,
) -> Result<Vec<ParticipationId>> {
    Ok(sqlx::query_scalar!(
        r#"update reports set state = $3, reason = $4, decided_by = $5, ended_at = $6
           where program_id = $1 and feedback_id = $2 and state = 'open'
           returning reporter_id as "reporter_id: ParticipationId""#,
        program_id as ProgramId,
        id as FeedbackId,
        decision.state() as ReportState,
        decision.reason,
        by as PersonId,
        now
    )
    .fetch_all(db)
    .await?)
}

/// Somebody who still reads the pages of the group, and was concerned by a decision of that second.
pub(super) async fn concerned(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, FeedbackId),
    who: ParticipationId,
    decided_at: OffsetDateTime,
) -> Result<Option<Concerned>> {
    Ok(sqlx::query_as!(
        Concerned,
        r#"select p.name, p.email, r.state = 'stands' as "stands!"
           from feedback f
           join reports r on r.program_id = f.program_id and r.feedback_id = f.id and r.state in ('stands', 'closed')
                and r.ended_at >= $4 and r.ended_at < $4 + interval '1 second'
                and $3 in (f.giver_id, f.receiver_id, r.reporter_id)
           join memberships m on m.program_id = f.program_id and m.group_id = f.group_id and m.participation_id = $3
                and m.joined_on is not null and m.left_on is null
           join participations t on t.program_id = m.program_id and t.id = m.participation_id
                and t.state in ('joined', 'on_hold')
           join people p on p.id = t.person_id
           where f.program_id = $1 and f.id = $2
           order by r.id limit 1"#,
        program_id as ProgramId,
        id as FeedbackId,
        who as ParticipationId,
        decided_at
    )
    .fetch_optional(db)
    .await?)
}
