//! Every statement that writes `retrospectives`, `retrospective_lines` and `retrospective_ends`.
mod sharing;

pub(super) use sharing::{OwnLine, own, share, take_back};
pub(crate) use sharing::{SharedLine, looked_back, shared, shared_line};

use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, ProgramId, RetrospectiveLineId},
};
use crate::features::earlier_lessons::Hindsight;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Since when a group looks back, and since when it reads what was written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Retrospective {
    pub(super) begun_at: OffsetDateTime,
    pub(super) revealed_at: Option<OffsetDateTime>,
}

pub(super) async fn of_group(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
) -> Result<Option<Retrospective>> {
    Ok(sqlx::query_as!(
        Retrospective,
        "select begun_at, revealed_at from retrospectives where program_id = $1 and group_id = $2",
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_optional(db)
    .await?)
}

/// Begins a group's retrospective unless it has begun, and keeps it as it is until the transaction ends.
pub(super) async fn hold(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    now: OffsetDateTime,
) -> Result<Retrospective> {
    sqlx::query!(
        "insert into retrospectives (program_id, group_id, begun_at) values ($1, $2, $3) on conflict do nothing",
        program_id as ProgramId,
        group_id as GroupId,
        now
    )
    .execute(&mut *db)
    .await?;
    Ok(sqlx::query_as!(
        Retrospective,
        "select begun_at, revealed_at from retrospectives where program_id = $1 and group_id = $2 for update",
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_one(db)
    .await?)
}

/// Who of the group has said that they are done.
pub(super) async fn done(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
) -> Result<Vec<ParticipationId>> {
    Ok(sqlx::query_scalar!(
        r#"select participation_id as "id: ParticipationId" from retrospective_ends
           where program_id = $1 and group_id = $2 order by participation_id"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}

/// A line that one member reads.
#[derive(Debug)]
pub(super) struct LineRow {
    pub(super) id: RetrospectiveLineId,
    pub(super) written_by: ParticipationId,
    pub(super) writer: String,
    pub(super) kind: Hindsight,
    pub(super) words: String,
    pub(super) written_at: OffsetDateTime,
    pub(super) shared_at: Option<OffsetDateTime>,
    pub(super) writer_is_done: bool,
}

/// The lines a member may read: their own; of others none before they are shown, and then from done to done. The model
/// asks once more.
pub(super) async fn lines(db: &mut PgConnection, by: &GroupMember) -> Result<Vec<LineRow>> {
    Ok(sqlx::query_as!(
        LineRow,
        r#"select l.id as "id: RetrospectiveLineId", l.written_by as "written_by: ParticipationId", p.name as writer,
                  l.kind as "kind: Hindsight", l.words, l.written_at, l.shared_at,
                  e.participation_id is not null as "writer_is_done!"
           from retrospective_lines l
           join retrospectives r on r.program_id = l.program_id and r.group_id = l.group_id
           join participations t on t.program_id = l.program_id and t.id = l.written_by
           join people p on p.id = t.person_id
           left join retrospective_ends e on e.program_id = l.program_id and e.group_id = l.group_id
                and e.participation_id = l.written_by
           where l.program_id = $1 and l.group_id = $2
             and (l.written_by = $3
                  or (r.revealed_at is not null and e.participation_id is not null
                      and exists (select from retrospective_ends m
                                  where m.program_id = $1 and m.group_id = $2 and m.participation_id = $3)))
           order by l.written_at, l.id"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        by.participation_id() as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// A line that somebody writes.
#[derive(Debug)]
pub(super) struct NewLine {
    pub(super) id: RetrospectiveLineId,
    pub(super) kind: Hindsight,
    pub(super) words: String,
}

/// How many lines somebody has written in a group.
pub(super) async fn count_of(
    db: &mut PgConnection,
    (program_id, group_id): (ProgramId, GroupId),
    me: ParticipationId,
) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "n!" from retrospective_lines where program_id = $1 and group_id = $2 and written_by = $3"#,
        program_id as ProgramId,
        group_id as GroupId,
        me as ParticipationId
    )
    .fetch_one(db)
    .await?)
}

/// What somebody's line of this id says, if there is one.
pub(super) async fn written(
    db: &mut PgConnection,
    (program_id, group_id): (ProgramId, GroupId),
    (id, me): (RetrospectiveLineId, ParticipationId),
) -> Result<Option<(Hindsight, String)>> {
    let found = sqlx::query!(
        r#"select kind as "kind: Hindsight", words from retrospective_lines
           where program_id = $1 and group_id = $2 and id = $3 and written_by = $4"#,
        program_id as ProgramId,
        group_id as GroupId,
        id as RetrospectiveLineId,
        me as ParticipationId
    )
    .fetch_optional(db)
    .await?;
    Ok(found.map(|row| (row.kind, row.words)))
}

/// Changes nothing when a line with this id is there already.
pub(super) async fn insert(
    db: &mut PgConnection,
    (program_id, group_id): (ProgramId, GroupId),
    new: &NewLine,
    (me, now): (ParticipationId, OffsetDateTime),
) -> Result<()> {
    sqlx::query!(
        "insert into retrospective_lines (program_id, id, group_id, written_by, kind, words, written_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (program_id, id) do nothing",
        program_id as ProgramId,
        new.id as RetrospectiveLineId,
        group_id as GroupId,
        me as ParticipationId,
        new.kind as Hindsight,
        new.words,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `false` when this person has no such line.
pub(super) async fn delete(
    db: &mut PgConnection,
    program_id: ProgramId,
    (id, me): (RetrospectiveLineId, ParticipationId),
) -> Result<bool> {
    let done = sqlx::query!(
        "delete from retrospective_lines where program_id = $1 and id = $2 and written_by = $3",
        program_id as ProgramId,
        id as RetrospectiveLineId,
        me as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Somebody is done. Sent twice, it is said once.
pub(super) async fn say_done(
    db: &mut PgConnection,
    (program_id, group_id): (ProgramId, GroupId),
    (me, now): (ParticipationId, OffsetDateTime),
) -> Result<()> {
    sqlx::query!(
        "insert into retrospective_ends (program_id, group_id, participation_id, said_at) values ($1, $2, $3, $4)
         on conflict do nothing",
        program_id as ProgramId,
        group_id as GroupId,
        me as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// From now on, who is done reads the lines of those who are.
pub(super) async fn reveal(
    db: &mut PgConnection,
    (program_id, group_id): (ProgramId, GroupId),
    (me, now): (ParticipationId, OffsetDateTime),
) -> Result<()> {
    sqlx::query!(
        "update retrospectives set revealed_at = $4, revealed_by = $3
         where program_id = $1 and group_id = $2 and revealed_at is null",
        program_id as ProgramId,
        group_id as GroupId,
        me as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Where one person stands in a group that looks back.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) group_id: GroupId,
    pub(super) is_done: bool,
    pub(super) is_revealed: bool,
    /// Some open member is not done.
    pub(super) others_write: bool,
    pub(super) begun_at: Option<OffsetDateTime>,
    pub(super) ends_on: Date,
    pub(super) time_zone: String,
}

/// The same of several groups at once.
pub(super) async fn places(
    db: &mut PgConnection,
    programs: &[ProgramId],
    (groups, parts): (&[GroupId], &[ParticipationId]),
) -> Result<Vec<Place>> {
    Ok(sqlx::query_as!(
        Place,
        r#"select m.group_id as "group_id: GroupId",
                  e.participation_id is not null as "is_done!", r.revealed_at is not null as "is_revealed!",
                  exists (select from memberships o
                          join participations t on t.program_id = o.program_id and t.id = o.participation_id
                               and t.state = 'joined'
                          where o.program_id = any($1) and o.program_id = m.program_id and o.group_id = m.group_id
                            and o.joined_on is not null and o.left_on is null
                            and not exists (select from retrospective_ends x
                                            where x.program_id = any($1) and x.program_id = o.program_id
                                              and x.group_id = o.group_id
                                              and x.participation_id = o.participation_id)) as "others_write!",
                  r.begun_at as "begun_at?", z.ends_on, z.time_zone
           from memberships m
           join programs z on z.id = m.program_id
           left join retrospectives r on r.program_id = m.program_id and r.group_id = m.group_id
           left join retrospective_ends e on e.program_id = m.program_id and e.group_id = m.group_id
                and e.participation_id = m.participation_id
           where m.program_id = any($1) and m.group_id = any($2) and m.participation_id = any($3)
             and m.joined_on is not null and m.left_on is null
           order by m.program_id, m.group_id"#,
        programs as &[ProgramId],
        groups as &[GroupId],
        parts as &[ParticipationId]
    )
    .fetch_all(db)
    .await?)
}
