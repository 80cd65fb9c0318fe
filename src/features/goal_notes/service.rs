//! Writing down what moves on a goal, and taking a note of one's own away.
use super::{
    model::{self, NewNote},
    queries::{self, Head, NoteRow},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{GoalId, GoalNoteId},
    local_time::day_in,
};
use crate::features::groups::{self, OpenMember};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Everything on the page of a goal's notes.
#[derive(Debug)]
pub(super) struct View {
    pub(super) head: Head,
    pub(super) notes: Vec<NoteRow>,
    /// Open members who read the goal.
    pub(super) readers: Vec<OpenMember>,
}

/// The goal, if this member may read it.
async fn find(db: &mut PgConnection, by: &GroupMember, id: GoalId) -> Result<Head> {
    let head = queries::head(db, by.program_id(), by.group_id(), id).await?.ok_or(AppError::NotFound)?;
    let reads = head.owner_id == Some(by.participation_id()) || by.belonged_at(head.worded_at);
    if reads { Ok(head) } else { Err(AppError::NotFound) }
}

/// The notes on a goal that this member may read, the newest first: those since they came, and their own.
pub(crate) async fn of_goal(db: &mut PgConnection, by: &GroupMember, id: GoalId) -> Result<Vec<NoteRow>> {
    let mut notes = queries::notes(db, by.program_id(), id).await?;
    notes.retain(|note| note.written_by == by.participation_id() || by.belonged_at(note.written_at));
    Ok(notes)
}

pub(super) async fn read(app: &App, by: &GroupMember, id: GoalId) -> Result<View> {
    let mut db = app.db.acquire().await?;
    let head = find(&mut db, by, id).await?;
    let worded_on = day_in(&by.program().time_zone, head.worded_at);
    let mut readers = groups::open_members(&mut db, by.program_id(), by.group_id()).await?;
    readers.retain(|member| head.owner_id == Some(member.participation_id) || member.joined_on <= worded_on);
    Ok(View { notes: of_goal(&mut db, by, id).await?, head, readers })
}

/// Writes notes within a command of another kind; those on a goal that is closed, another's or not to be
/// read are left out. Says how many were written.
pub(crate) async fn add(
    db: &mut PgConnection,
    by: &GroupMember,
    notes: &[NewNote],
    now: OffsetDateTime,
) -> Result<usize> {
    let mut written = 0;
    for note in notes {
        let Some(head) = queries::head(db, by.program_id(), by.group_id(), note.goal_id).await? else { continue };
        let me = by.participation_id();
        let mine = head.owner_id == Some(me) || by.belonged_at(head.worded_at);
        if mine && head.is_open && model::may_write(head.owner_id, me) {
            queries::insert(db, (by.program_id(), by.group_id()), me, note, now).await?;
            written += 1;
        }
    }
    Ok(written)
}

/// Writes one note; `false` when the goal is closed.
pub(super) async fn write(app: &App, by: &GroupMember, note: NewNote) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    let head = find(&mut tx, by, note.goal_id).await?;
    if !model::may_write(head.owner_id, by.participation_id()) {
        return Err(AppError::NotAllowed("what moves on a personal goal is its owner's to note"));
    }
    let written = add(&mut tx, by, &[note], app.clock.now()).await? == 1;
    tx.commit().await?;
    Ok(written)
}

/// Takes a note of one's own away, without a trace.
///
/// # Errors
/// `NotFound` when this member wrote no such note on the goal.
pub(super) async fn remove(app: &App, by: &GroupMember, goal_id: GoalId, id: GoalNoteId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    find(&mut tx, by, goal_id).await?;
    if !queries::delete(&mut tx, by.program_id(), by.participation_id(), (goal_id, id)).await? {
        return Err(AppError::NotFound);
    }
    tx.commit().await?;
    Ok(())
}
