//! Lines that their authors share with the program.
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, ProgramId, RetrospectiveLineId},
};
use crate::features::earlier_lessons::Hindsight;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Shares a line that its author's group reads; `false` when there is none of theirs that is not shared.
pub(in super::super) async fn share(
    db: &mut PgConnection,
    program_id: ProgramId,
    (id, me): (RetrospectiveLineId, ParticipationId),
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "update retrospective_lines l set shared_at = $4
         where l.program_id = $1 and l.id = $2 and l.written_by = $3 and l.shared_at is null
           and exists (select from retrospectives r
                       where r.program_id = $1 and r.group_id = l.group_id and r.revealed_at is not null)
           and exists (select from retrospective_ends e
                       where e.program_id = $1 and e.group_id = l.group_id and e.participation_id = $3)",
        program_id as ProgramId,
        id as RetrospectiveLineId,
        me as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a shared line back; `false` when there is none of theirs.
pub(in super::super) async fn take_back(
    db: &mut PgConnection,
    program_id: ProgramId,
    (id, me): (RetrospectiveLineId, ParticipationId),
) -> Result<bool> {
    let done = sqlx::query!(
        "update retrospective_lines set shared_at = null
         where program_id = $1 and id = $2 and written_by = $3 and shared_at is not null",
        program_id as ProgramId,
        id as RetrospectiveLineId,
        me as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A line of one's own, and who reads it.
#[derive(Debug)]
pub(in super::super) struct OwnLine {
    pub(in super::super) id: RetrospectiveLineId,
    pub(in super::super) group_id: GroupId,
    pub(in super::super) group_name: String,
    pub(in super::super) kind: Hindsight,
    pub(in super::super) words: String,
    /// The group reads it.
    pub(in super::super) is_revealed: bool,
    pub(in super::super) is_shared: bool,
}

/// All that somebody wrote looking back, in whatever group.
pub(in super::super) async fn own(
    db: &mut PgConnection,
    program_id: ProgramId,
    me: ParticipationId,
) -> Result<Vec<OwnLine>> {
    Ok(sqlx::query_as!(
        OwnLine,
        r#"select l.id as "id: RetrospectiveLineId", l.group_id as "group_id: GroupId", g.name as group_name,
                  l.kind as "kind: Hindsight", l.words,
                  r.revealed_at is not null and e.participation_id is not null as "is_revealed!",
                  l.shared_at is not null as "is_shared!"
           from retrospective_lines l
           join retrospectives r on r.program_id = l.program_id and r.group_id = l.group_id
           join groups g on g.program_id = l.program_id and g.id = l.group_id
           left join retrospective_ends e on e.program_id = l.program_id and e.group_id = l.group_id
                and e.participation_id = l.written_by
           where l.program_id = $1 and l.written_by = $2
           order by l.written_at, l.id limit 200"#,
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// A line as the program reads it: with the name of its group, without its author's.
#[derive(Debug)]
pub(crate) struct SharedLine {
    pub(crate) id: RetrospectiveLineId,
    pub(crate) group_name: String,
    pub(crate) kind: Hindsight,
    pub(crate) words: String,
}

/// What authors share, the last shared first, from below one of them on.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn shared(
    db: &mut PgConnection,
    program_id: ProgramId,
    below: Option<RetrospectiveLineId>,
    most: i64,
) -> Result<Vec<SharedLine>> {
    Ok(sqlx::query_as!(
        SharedLine,
        r#"select l.id as "id: RetrospectiveLineId", g.name as group_name, l.kind as "kind: Hindsight", l.words
           from retrospective_lines l
           join groups g on g.program_id = l.program_id and g.id = l.group_id
           where l.program_id = $1 and l.shared_at is not null
             and ($2::uuid is null
                  or (l.shared_at, l.id) < (select b.shared_at, b.id from retrospective_lines b
                                            where b.program_id = $1 and b.id = $2))
           order by l.shared_at desc, l.id desc limit $3"#,
        program_id as ProgramId,
        below as Option<RetrospectiveLineId>,
        most
    )
    .fetch_all(db)
    .await?)
}

/// One of them; `None` when it is not shared, or no longer.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn shared_line(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: RetrospectiveLineId,
) -> Result<Option<SharedLine>> {
    Ok(sqlx::query_as!(
        SharedLine,
        r#"select l.id as "id: RetrospectiveLineId", g.name as group_name, l.kind as "kind: Hindsight", l.words
           from retrospective_lines l
           join groups g on g.program_id = l.program_id and g.id = l.group_id
           where l.program_id = $1 and l.id = $2 and l.shared_at is not null"#,
        program_id as ProgramId,
        id as RetrospectiveLineId
    )
    .fetch_optional(db)
    .await?)
}

/// How many groups have looked back, of how many: those that go on, and those that looked back before they closed.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn looked_back(db: &mut PgConnection, program_id: ProgramId) -> Result<(usize, usize)> {
    let row = sqlx::query!(
        r#"select count(*) filter (where r.revealed_at is not null) as "looked_back!", count(*) as "all!"
           from groups g
           left join retrospectives r on r.program_id = g.program_id and r.group_id = g.id
           where g.program_id = $1 and (g.closed_on is null or r.revealed_at is not null)"#,
        program_id as ProgramId
    )
    .fetch_one(db)
    .await?;
    let whole = |n: i64| usize::try_from(n).unwrap_or_default();
    Ok((whole(row.looked_back), whole(row.all)))
}
