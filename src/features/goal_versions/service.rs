//! Parts of the commands on a goal, inside their transaction: they are called with the goal held.
use super::model::Wording;
use super::queries::{self, Earlier, Proposal};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{GoalId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Words that somebody asks for.
#[derive(Debug)]
pub(crate) struct NewProposal<'a> {
    pub(crate) goal_id: GoalId,
    pub(crate) wording: &'a Wording,
}

/// Asks the group for other words; what was proposed before gives way. Its writer says yes by that.
pub(crate) async fn propose(
    db: &mut PgConnection,
    by: &GroupMember,
    new: &NewProposal<'_>,
    now: OffsetDateTime,
) -> Result<()> {
    let me = by.participation_id();
    queries::drop_proposal(db, by.program_id(), new.goal_id).await?;
    let place = (by.program_id(), by.group_id(), new.goal_id);
    let id = queries::insert_proposal(db, place, (new.wording, me), now).await?;
    queries::add_answer(db, by.program_id(), id, me, now).await
}

/// One more yes to what is proposed.
pub(crate) async fn answer(
    db: &mut PgConnection,
    program_id: ProgramId,
    to: &Proposal,
    by: ParticipationId,
    now: OffsetDateTime,
) -> Result<()> {
    queries::add_answer(db, program_id, to.id, by, now).await
}

/// Keeps what a goal says as what it said until today, so that other words can take its place; nobody has
/// agreed to those by that.
pub(crate) async fn keep(db: &mut PgConnection, program_id: ProgramId, goal_id: GoalId, today: Date) -> Result<()> {
    queries::keep_present(db, program_id, goal_id, today).await?;
    queries::forget_agreements(db, program_id, goal_id).await
}

/// What is proposed takes the place of what the goal says, with every yes to it. The words themselves are the
/// goal's to write.
pub(crate) async fn adopt(
    db: &mut PgConnection,
    program_id: ProgramId,
    goal_id: GoalId,
    proposal: &Proposal,
    today: Date,
) -> Result<()> {
    keep(db, program_id, goal_id, today).await?;
    queries::take_answers(db, program_id, goal_id, proposal.id).await?;
    queries::drop_proposal(db, program_id, goal_id).await
}

/// What a goal said before, the newest first. Of what was worded before this member came stay the days, unless
/// the goal is their own.
pub(crate) async fn read_earlier(
    db: &mut PgConnection,
    by: &GroupMember,
    goal_id: GoalId,
    own: bool,
) -> Result<Vec<Earlier>> {
    let all = queries::earlier(db, by.program_id(), goal_id).await?;
    Ok(all.into_iter().map(|one| if own || by.belonged_at(one.worded_at) { one } else { one.closed() }).collect())
}
