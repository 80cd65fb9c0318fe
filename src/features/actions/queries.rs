//! Every statement that writes `actions`.
use super::model::{ActionState, Ending, NewAction};
use crate::base::{
    error::Result,
    ids::{ActionId, ElementId, GroupId, MeetingId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// How many that are over are listed.
const MOST_CLOSED: i64 = 40;

#[derive(Debug, Clone)]
pub(super) struct ActionRow {
    pub(super) id: ActionId,
    pub(super) words: String,
    /// `None`: all of them.
    pub(super) owner_id: Option<ParticipationId>,
    pub(super) owner_name: Option<String>,
    pub(super) due_on: Date,
    pub(super) state: ActionState,
    pub(super) reason: String,
    pub(super) written_by: ParticipationId,
    pub(super) written_at: OffsetDateTime,
    pub(super) closed_on: Option<Date>,
}

/// A group's open actions, the first due first.
pub(super) async fn open(db: &mut PgConnection, program_id: ProgramId, group_id: GroupId) -> Result<Vec<ActionRow>> {
    Ok(sqlx::query_as!(
        ActionRow,
        r#"select a.id as "id: ActionId", a.words, a.owner_id as "owner_id: ParticipationId", p.name as "owner_name?",
                  a.due_on, a.state as "state: ActionState", a.reason, a.written_by as "written_by: ParticipationId",
                  a.written_at, a.closed_on
           from actions a
           left join participations t on t.program_id = a.program_id and t.id = a.owner_id
           left join people p on p.id = t.person_id
           where a.program_id = $1 and a.group_id = $2 and a.state = 'open'
           order by a.due_on, a.id"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}

/// The last that a group did or dropped, the newest first.
pub(super) async fn closed(db: &mut PgConnection, program_id: ProgramId, group_id: GroupId) -> Result<Vec<ActionRow>> {
    Ok(sqlx::query_as!(
        ActionRow,
        r#"select a.id as "id: ActionId", a.words, a.owner_id as "owner_id: ParticipationId", p.name as "owner_name?",
                  a.due_on, a.state as "state: ActionState", a.reason, a.written_by as "written_by: ParticipationId",
                  a.written_at, a.closed_on
           from actions a
           left join participations t on t.program_id = a.program_id and t.id = a.owner_id
           left join people p on p.id = t.person_id
           where a.program_id = $1 and a.group_id = $2 and a.state <> 'open'
           order by a.closed_on desc, a.id desc limit $3"#,
        program_id as ProgramId,
        group_id as GroupId,
        MOST_CLOSED
    )
    .fetch_all(db)
    .await?)
}

/// These actions of a group; nobody else changes them until the transaction ends.
pub(super) async fn hold(
    db: &mut PgConnection,
    (program_id, group_id): (ProgramId, GroupId),
    ids: &[ActionId],
) -> Result<Vec<ActionRow>> {
    Ok(sqlx::query_as!(
        ActionRow,
        r#"select a.id as "id: ActionId", a.words, a.owner_id as "owner_id: ParticipationId",
                  null::text as owner_name, a.due_on, a.state as "state: ActionState", a.reason,
                  a.written_by as "written_by: ParticipationId", a.written_at, a.closed_on
           from actions a where a.program_id = $1 and a.group_id = $2 and a.id = any($3)
           order by a.id for update"#,
        program_id as ProgramId,
        group_id as GroupId,
        ids as &[ActionId]
    )
    .fetch_all(db)
    .await?)
}

/// Changes nothing when one with this id is there already.
pub(super) async fn insert(
    db: &mut PgConnection,
    (program_id, group_id): (ProgramId, GroupId),
    new: &NewAction,
    (by, now): (ParticipationId, OffsetDateTime),
) -> Result<()> {
    sqlx::query!(
        "insert into actions (program_id, id, group_id, words, owner_id, due_on, state, meeting_id, written_by, written_at)
         values ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9) on conflict (program_id, id) do nothing",
        program_id as ProgramId,
        new.id as ActionId,
        group_id as GroupId,
        new.words,
        new.owner_id as Option<ParticipationId>,
        new.due_on,
        new.meeting_id as Option<MeetingId>,
        by as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who does it, and by when.
pub(super) async fn change(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ActionId,
    (owner, due_on): (Option<ParticipationId>, Date),
) -> Result<()> {
    sqlx::query!(
        "update actions set owner_id = $3, due_on = $4 where program_id = $1 and id = $2 and state = 'open'",
        program_id as ProgramId,
        id as ActionId,
        owner as Option<ParticipationId>,
        due_on
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `open → done | dropped`.
pub(super) async fn end(
    db: &mut PgConnection,
    program_id: ProgramId,
    ids: &[ActionId],
    how: &Ending,
    (by, on): (ParticipationId, Date),
) -> Result<()> {
    sqlx::query!(
        "update actions set state = $3, reason = $4, closed_by = $5, closed_on = $6
         where program_id = $1 and id = any($2) and state = 'open'",
        program_id as ProgramId,
        ids as &[ActionId],
        how.state() as ActionState,
        how.reason(),
        by as ParticipationId,
        on
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What an element that somebody agreed about themselves is called.
pub(super) async fn own_element(
    db: &mut PgConnection,
    (program_id, group_id): (ProgramId, GroupId),
    about: ParticipationId,
    id: ElementId,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "select title from elements where program_id = $1 and group_id = $2 and about_id = $3 and id = $4",
        program_id as ProgramId,
        group_id as GroupId,
        about as ParticipationId,
        id as ElementId
    )
    .fetch_optional(db)
    .await?)
}
