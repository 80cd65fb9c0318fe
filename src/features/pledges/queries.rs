//! Every statement that writes answers about pledges, and peers' private notes.
use super::model::{Followed, PledgeAnswer};
use crate::access::ParticipationState;
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, ParticipationId, PledgeId, ProgramId},
};
use crate::features::approvals::{PledgeKind, Promise, RequestState};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// The pledges of a request in the order of the form, with what the supervisor said of each.
pub(super) async fn followed(
    db: &mut PgConnection,
    program_id: ProgramId,
    request_id: ApprovalRequestId,
) -> Result<Vec<Followed>> {
    let rows = sqlx::query!(
        r#"select k.id as "id: PledgeId", k.kind as "kind: PledgeKind", k.words, a.answer as "answer?: PledgeAnswer"
           from pledges k left join pledge_answers a on a.program_id = $1 and a.pledge_id = k.id
           where k.program_id = $1 and k.request_id = $2 order by k.kind"#,
        program_id as ProgramId,
        request_id as ApprovalRequestId
    )
    .fetch_all(db)
    .await?;
    let mut pledges: Vec<Followed> = rows
        .into_iter()
        .map(|row| Followed { id: row.id, promise: Promise { kind: row.kind, words: row.words }, answer: row.answer })
        .collect();
    pledges.sort_by_key(Followed::kind);
    Ok(pledges)
}

/// Writes answers down; one that is the same keeps its date.
pub(super) async fn answer(
    db: &mut PgConnection,
    program_id: ProgramId,
    answers: &[(PledgeId, PledgeAnswer)],
    now: OffsetDateTime,
) -> Result<()> {
    let (ids, words): (Vec<PledgeId>, Vec<String>) =
        answers.iter().map(|(id, answer)| (*id, answer.as_str().to_owned())).unzip();
    sqlx::query!(
        "insert into pledge_answers (program_id, pledge_id, answer, answered_at)
         select $1, said.pledge_id, said.answer, $4 from unnest($2::uuid[], $3::text[]) as said (pledge_id, answer)
         on conflict (program_id, pledge_id) do update set answer = excluded.answer, answered_at = excluded.answered_at
         where pledge_answers.answer <> excluded.answer",
        program_id as ProgramId,
        &ids as &[PledgeId],
        &words,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The pledges of a request of which its peer noted that they happened. For that peer alone.
pub(super) async fn ticked(
    db: &mut PgConnection,
    program_id: ProgramId,
    request_id: ApprovalRequestId,
) -> Result<Vec<PledgeId>> {
    Ok(sqlx::query_scalar!(
        r#"select k.id as "id: PledgeId" from pledges k join pledge_ticks h on h.program_id = $1 and h.pledge_id = k.id
           where k.program_id = $1 and k.request_id = $2 order by k.id"#,
        program_id as ProgramId,
        request_id as ApprovalRequestId
    )
    .fetch_all(db)
    .await?)
}

/// Makes the peer's private notes about a request's pledges be these.
pub(super) async fn tick(
    db: &mut PgConnection,
    program_id: ProgramId,
    request_id: ApprovalRequestId,
    happened: &[PledgeId],
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "delete from pledge_ticks h
         where h.program_id = $1 and h.pledge_id <> all ($3)
           and h.pledge_id in (select k.id from pledges k where k.program_id = $1 and k.request_id = $2)",
        program_id as ProgramId,
        request_id as ApprovalRequestId,
        happened as &[PledgeId]
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into pledge_ticks (program_id, pledge_id, ticked_at)
         select $1, k.id, $4 from pledges k where k.program_id = $1 and k.request_id = $2 and k.id = any ($3)
         on conflict (program_id, pledge_id) do nothing",
        program_id as ProgramId,
        request_id as ApprovalRequestId,
        happened as &[PledgeId],
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A running program, and the dates between which its middle lies.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) program_id: ProgramId,
    pub(super) time_zone: String,
    pub(super) starts_on: Date,
    pub(super) ends_on: Date,
}

/// The running programs after one, by id: a page of them.
pub(super) async fn running_after(db: &mut PgConnection, after: Option<ProgramId>) -> Result<Vec<Running>> {
    Ok(sqlx::query_as!(
        Running,
        r#"select id as "program_id: ProgramId", time_zone, starts_on, ends_on from programs
           where state in ('active', 'closing') and id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid) order by id limit 200"#,
        after as Option<ProgramId>
    )
    .fetch_all(db)
    .await?)
}

/// The requests in effect on a day, with a pledge, whose supervisor was not asked yet what became
/// of it. Given before `decided_before`.
pub(super) async fn to_follow_up(
    db: &mut PgConnection,
    program_id: ProgramId,
    today: Date,
    decided_before: OffsetDateTime,
) -> Result<Vec<ApprovalRequestId>> {
    Ok(sqlx::query_scalar!(
        r#"select r.id as "id: ApprovalRequestId" from approval_requests r
           join participations t on t.program_id = $1 and t.id = r.participation_id and t.state in ('joined', 'on_hold')
           where r.program_id = $1 and r.purpose <> 'trip' and r.decided_at < $3
             and r.valid_from <= $2 and $2 <= r.valid_until
             and (r.state = 'approved' or (r.state = 'revoked' and $2 < r.revoked_from))
             and exists (select from pledges k where k.program_id = $1 and k.request_id = r.id)
             and not exists (select from outbox o where o.idempotency_key = 'pledge_check:' || r.id::text)
           order by r.id limit 1000"#,
        program_id as ProgramId,
        today,
        decided_before
    )
    .fetch_all(db)
    .await?)
}

/// How the supervisors of a program stand, counted over their newest requests about people who take part.
pub(super) async fn standings(
    db: &mut PgConnection,
    program_id: ProgramId,
    now: OffsetDateTime,
) -> Result<Vec<(RequestState, bool, i64)>> {
    let rows = sqlx::query!(
        r#"select case when r.state = 'pending' and r.expires_at < $2 then 'expired' else r.state end as "state!: RequestState",
                  exists (select from pledges k where k.program_id = $1 and k.request_id = r.id) as "pledged!",
                  count(*) as "people!"
           from participations t
           join lateral (select a.id, a.state, a.expires_at from approval_requests a
                         where a.program_id = $1 and a.participation_id = t.id and a.purpose <> 'trip'
                         order by a.asked_at desc, a.id desc limit 1) r on true
           where t.program_id = $1 and t.state in ('joined', 'on_hold', 'completed')
           group by 1, 2 order by 1, 2"#,
        program_id as ProgramId,
        now
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.state, row.pledged, row.people)).collect())
}

/// What became of the pledges of a program: supervisors' answers, and the sum of peers' notes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sums {
    pub(super) pledges: i64,
    pub(super) kept: i64,
    pub(super) not_kept: i64,
    /// To how many peers the pledges were made.
    pub(super) peers: i64,
    pub(super) happened: i64,
}

/// Over the pledges of yeses that stand, or stood until they were taken back.
pub(super) async fn sums(db: &mut PgConnection, program_id: ProgramId) -> Result<Sums> {
    Ok(sqlx::query_as!(
        Sums,
        r#"select count(*) as "pledges!", count(*) filter (where a.answer = 'done') as "kept!",
                  count(*) filter (where a.answer = 'cannot') as "not_kept!",
                  count(distinct r.participation_id) as "peers!", count(h.pledge_id) as "happened!"
           from pledges k
           join approval_requests r on r.program_id = $1 and r.id = k.request_id and r.state in ('approved', 'revoked')
           left join pledge_answers a on a.program_id = $1 and a.pledge_id = k.id
           left join pledge_ticks h on h.program_id = $1 and h.pledge_id = k.id
           where k.program_id = $1"#,
        program_id as ProgramId
    )
    .fetch_one(db)
    .await?)
}

/// Where somebody stands in the program, kept from change until the transaction ends.
pub(super) async fn lock_place(
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
