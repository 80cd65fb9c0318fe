//! Who does what by when, as the archive file holds it.
use super::model::ActionState;
use crate::base::{
    error::Result,
    ids::{ActionId, GroupId, MeetingId, ParticipationId, ProgramId},
    portable::{Day, Frame, Key, Moment},
};
use serde::Deserialize;
use sqlx::PgConnection;

/// Something that one of a group, or all of them, said they would do.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    pub group: Key<GroupId>,
    pub words: String,
    /// Nobody: all of them.
    pub owner: Option<Key<ParticipationId>>,
    pub due_on: Day,
    pub state: ActionState,
    /// Why it was dropped.
    #[serde(default)]
    pub reason: String,
    /// Where it was agreed.
    pub meeting: Option<Key<MeetingId>>,
    pub written_by: Key<ParticipationId>,
    pub written_at: Moment,
    pub closed_by: Option<Key<ParticipationId>>,
    pub closed_on: Option<Day>,
}

/// Adds actions; their groups and meetings are there.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(db: &mut PgConnection, frame: &Frame, actions: &[Action]) -> Result<()> {
    for action in actions {
        sqlx::query!(
            "insert into actions (program_id, id, group_id, words, owner_id, due_on, state, reason, meeting_id, written_by,
                written_at, closed_by, closed_on)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            frame.program_id as ProgramId,
            ActionId::generate() as ActionId,
            frame.id(&action.group) as GroupId,
            action.words,
            frame.id_of(action.owner.as_ref()) as Option<ParticipationId>,
            frame.day(action.due_on),
            action.state as ActionState,
            action.reason,
            frame.id_of(action.meeting.as_ref()) as Option<MeetingId>,
            frame.id(&action.written_by) as ParticipationId,
            frame.moment(action.written_at),
            frame.id_of(action.closed_by.as_ref()) as Option<ParticipationId>,
            action.closed_on.map(|day| frame.day(day))
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
