//! Every statement that writes `agreement_versions`, `agreement_clauses` and `agreement_answers`.
use super::model::{Clause, ClauseKind};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{AgreementId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// One version, without its words.
#[derive(Debug, Clone)]
pub(super) struct VersionRow {
    pub(super) id: AgreementId,
    pub(super) number: i32,
    pub(super) written_at: OffsetDateTime,
    pub(super) adopted_on: Option<Date>,
    pub(super) by_name: String,
}

/// Until the transaction ends nobody else writes or agrees in this group.
pub(super) async fn hold(db: &mut PgConnection, program_id: ProgramId, group_id: GroupId) -> Result<()> {
    sqlx::query_scalar!(
        r#"select id as "id: GroupId" from groups where program_id = $1 and id = $2 for no key update"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_one(db)
    .await?;
    Ok(())
}

/// All versions, the first one first.
pub(super) async fn versions(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
) -> Result<Vec<VersionRow>> {
    Ok(sqlx::query_as!(
        VersionRow,
        r#"select v.id as "id: AgreementId", v.number, v.written_at, v.adopted_on, p.name as by_name
           from agreement_versions v
           join participations t on t.program_id = v.program_id and t.id = v.written_by
           join people p on p.id = t.person_id
           where v.program_id = $1 and v.group_id = $2
           order by v.number, v.id"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}

/// The clauses of these versions, each version's in order.
pub(super) async fn clauses(
    db: &mut PgConnection,
    program_id: ProgramId,
    of: &[AgreementId],
) -> Result<Vec<(AgreementId, Clause)>> {
    let rows = sqlx::query!(
        r#"select version_id as "version_id: AgreementId", kind as "kind: ClauseKind", title, body
           from agreement_clauses where program_id = $1 and version_id = any($2)
           order by version_id, position"#,
        program_id as ProgramId,
        of as &[AgreementId]
    )
    .fetch_all(db)
    .await?;
    let clause = |kind, title, body| Clause { kind, title, body };
    Ok(rows.into_iter().map(|row| (row.version_id, clause(row.kind, row.title, row.body))).collect())
}

/// Someone's yes.
#[derive(Debug, Clone)]
pub(super) struct AnswerRow {
    pub(super) version_id: AgreementId,
    pub(super) participation_id: ParticipationId,
    pub(super) name: String,
    pub(super) agreed_at: OffsetDateTime,
}

/// Who said yes to these versions, in the order in which they did.
pub(super) async fn answers(
    db: &mut PgConnection,
    program_id: ProgramId,
    of: &[AgreementId],
) -> Result<Vec<AnswerRow>> {
    Ok(sqlx::query_as!(
        AnswerRow,
        r#"select a.version_id as "version_id: AgreementId", a.participation_id as "participation_id: ParticipationId",
                  p.name, a.agreed_at
           from agreement_answers a
           join participations t on t.program_id = a.program_id and t.id = a.participation_id
           join people p on p.id = t.person_id
           where a.program_id = $1 and a.version_id = any($2)
           order by a.agreed_at, a.version_id, a.participation_id"#,
        program_id as ProgramId,
        of as &[AgreementId]
    )
    .fetch_all(db)
    .await?)
}

/// A version that is to be.
#[derive(Debug)]
pub(super) struct NewVersion<'a> {
    pub(super) id: AgreementId,
    pub(super) group_id: GroupId,
    pub(super) number: i32,
    pub(super) by: ParticipationId,
    pub(super) clauses: &'a [Clause],
}

pub(super) async fn insert(
    db: &mut PgConnection,
    program_id: ProgramId,
    new: &NewVersion<'_>,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into agreement_versions (program_id, id, group_id, number, written_by, written_at)
         values ($1, $2, $3, $4, $5, $6)",
        program_id as ProgramId,
        new.id as AgreementId,
        new.group_id as GroupId,
        new.number,
        new.by as ParticipationId,
        now
    )
    .execute(&mut *db)
    .await?;
    let kinds: Vec<String> = new.clauses.iter().map(|clause| clause.kind.as_str().to_owned()).collect();
    let titles: Vec<String> = new.clauses.iter().map(|clause| clause.title.clone()).collect();
    let bodies: Vec<String> = new.clauses.iter().map(|clause| clause.body.clone()).collect();
    sqlx::query!(
        "insert into agreement_clauses (program_id, version_id, position, kind, title, body)
         select $1, $2, c.position, c.kind, c.title, c.body
         from unnest($3::text[], $4::text[], $5::text[]) with ordinality as c (kind, title, body, position)",
        program_id as ProgramId,
        new.id as AgreementId,
        &kinds,
        &titles,
        &bodies
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One more yes; a second one by the same person changes nothing.
pub(super) async fn add_answer(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: AgreementId,
    by: ParticipationId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into agreement_answers (program_id, version_id, participation_id, agreed_at) values ($1, $2, $3, $4)
         on conflict (program_id, version_id, participation_id) do nothing",
        program_id as ProgramId,
        id as AgreementId,
        by as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// From this day on the version is in force; `false` when it was before.
pub(super) async fn adopt(db: &mut PgConnection, program_id: ProgramId, id: AgreementId, on: Date) -> Result<bool> {
    let done = sqlx::query!(
        "update agreement_versions set adopted_on = $3 where program_id = $1 and id = $2 and adopted_on is null",
        program_id as ProgramId,
        id as AgreementId,
        on
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How a group stands with its agreement, in one line.
#[derive(Debug, Clone)]
pub struct Line {
    /// Of the newest version.
    pub number: i32,
    /// The newest version is in force.
    pub is_adopted: bool,
    /// Since when the newest adopted version is in force.
    pub in_force_since: Option<Date>,
    /// Open members who said yes to the newest version, and all of them.
    pub agreed: i64,
    pub asked: i64,
    /// The reader said yes to the newest version.
    pub agreed_by_me: bool,
}

/// `None` before anything is proposed.
///
/// # Errors
/// When the database does not answer.
pub async fn line(db: &mut PgConnection, by: &GroupMember) -> Result<Option<Line>> {
    Ok(sqlx::query_as!(
        Line,
        r#"select v.number, (v.adopted_on is not null) as "is_adopted!",
                  (select max(x.adopted_on) from agreement_versions x
                   where x.program_id = $1 and x.group_id = $2) as in_force_since,
                  (select count(*) from memberships m
                   join participations t on t.program_id = m.program_id and t.id = m.participation_id
                   where m.program_id = $1 and m.group_id = $2 and m.joined_on is not null and m.left_on is null
                     and t.state = 'joined') as "asked!",
                  (select count(*) from memberships m
                   join participations t on t.program_id = m.program_id and t.id = m.participation_id
                   join agreement_answers a on a.program_id = m.program_id and a.participation_id = m.participation_id
                   where m.program_id = $1 and m.group_id = $2 and m.joined_on is not null and m.left_on is null
                     and t.state = 'joined' and a.version_id = v.id) as "agreed!",
                  exists (select from agreement_answers a
                          where a.program_id = $1 and a.version_id = v.id and a.participation_id = $3) as "agreed_by_me!"
           from agreement_versions v
           where v.program_id = $1 and v.group_id = $2
           order by v.number desc, v.id limit 1"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        by.participation_id() as ParticipationId
    )
    .fetch_optional(db)
    .await?)
}

/// A program whose groups act.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) id: ProgramId,
    pub(super) time_zone: String,
}

/// A page of the programs that run, by id.
pub(super) async fn running_after(db: &mut PgConnection, after: Option<ProgramId>) -> Result<Vec<Running>> {
    Ok(sqlx::query_as!(
        Running,
        r#"select id as "id: ProgramId", time_zone from programs
           where state in ('active', 'closing') and id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
           order by id limit 200"#,
        after as Option<ProgramId>
    )
    .fetch_all(db)
    .await?)
}

/// The groups of a program whose newest version waits.
pub(super) async fn waiting(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<GroupId>> {
    Ok(sqlx::query_scalar!(
        r#"select v.group_id as "group_id: GroupId" from agreement_versions v
           where v.program_id = $1 and v.adopted_on is null
             and not exists (select from agreement_versions x
                             where x.program_id = $1 and x.group_id = v.group_id and x.number > v.number)
           order by v.group_id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}
