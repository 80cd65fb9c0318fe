//! Every statement that writes `goals`.
use super::model::GoalState;
use crate::base::{
    error::Result,
    ids::{GoalId, GroupId, ParticipationId, ProgramId},
};
use crate::features::goal_versions::Wording;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

#[derive(Debug)]
pub(super) struct GoalRow {
    pub(super) id: GoalId,
    /// `None`: the group's.
    pub(super) owner_id: Option<ParticipationId>,
    pub(super) owner_name: Option<String>,
    pub(super) title: String,
    pub(super) statement: String,
    pub(super) measure: String,
    pub(super) target_on: Option<Date>,
    pub(super) state: GoalState,
    /// When its present wording was put to those who read it.
    pub(super) worded_at: OffsetDateTime,
    pub(super) agreed_on: Option<Date>,
    pub(super) closed_on: Option<Date>,
    pub(super) reflection: String,
}

impl GoalRow {
    pub(super) fn wording(&self) -> Wording {
        Wording {
            title: self.title.clone(),
            statement: self.statement.clone(),
            measure: self.measure.clone(),
            target_on: self.target_on,
        }
    }
}

/// One goal of a group.
pub(super) async fn goal(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    id: GoalId,
) -> Result<Option<GoalRow>> {
    Ok(sqlx::query_as!(
        GoalRow,
        r#"select g.id as "id: GoalId", g.owner_id as "owner_id?: ParticipationId", p.name as "owner_name?", g.title,
                  g.statement, g.measure, g.target_on, g.state as "state: GoalState",
                  g.worded_at, g.agreed_on, g.closed_on, g.reflection
           from goals g
           left join participations t on t.program_id = g.program_id and t.id = g.owner_id
           left join people p on p.id = t.person_id
           where g.program_id = $1 and g.group_id = $2 and g.id = $3"#,
        program_id as ProgramId,
        group_id as GroupId,
        id as GoalId
    )
    .fetch_optional(db)
    .await?)
}

/// Nobody else changes this goal, or what hangs on it, until the transaction ends.
pub(super) async fn hold_goal(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    id: GoalId,
) -> Result<()> {
    sqlx::query!(
        "select id from goals where program_id = $1 and group_id = $2 and id = $3 for update",
        program_id as ProgramId,
        group_id as GroupId,
        id as GoalId
    )
    .fetch_optional(db)
    .await?;
    Ok(())
}

/// Whether the group, and this member for themselves, has an open goal.
#[derive(Debug, Clone, Copy)]
pub(super) struct HasGoals {
    pub(super) group: bool,
    pub(super) own: bool,
}

pub(super) async fn has_goals(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    owner: ParticipationId,
) -> Result<HasGoals> {
    Ok(sqlx::query_as!(
        HasGoals,
        r#"select coalesce(bool_or(owner_id is null), false) as "group!",
                  coalesce(bool_or(owner_id = $3), false) as "own!"
           from goals where program_id = $1 and group_id = $2 and state in ('draft', 'agreed')"#,
        program_id as ProgramId,
        group_id as GroupId,
        owner as ParticipationId
    )
    .fetch_one(db)
    .await?)
}

/// A goal that is to be; always a draft at first.
#[derive(Debug)]
pub(super) struct NewGoal<'a> {
    pub(super) id: GoalId,
    pub(super) group_id: GroupId,
    pub(super) owner_id: Option<ParticipationId>,
    pub(super) by: ParticipationId,
    pub(super) wording: &'a Wording,
}

/// `false` when a goal with this id is there already.
pub(super) async fn insert_goal(
    db: &mut PgConnection,
    program_id: ProgramId,
    new: &NewGoal<'_>,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into goals (program_id, id, group_id, owner_id, title, statement, measure, target_on, state, created_by,
                created_at, worded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', $9, $10, $10) on conflict (program_id, id) do nothing",
        program_id as ProgramId,
        new.id as GoalId,
        new.group_id as GroupId,
        new.owner_id as Option<ParticipationId>,
        new.wording.title,
        new.wording.statement,
        new.wording.measure,
        new.wording.target_on,
        new.by as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts these words in force, as they were put down at `at`.
pub(super) async fn reword(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: GoalId,
    (wording, at): (&Wording, OffsetDateTime),
) -> Result<()> {
    sqlx::query!(
        "update goals set title = $3, statement = $4, measure = $5, target_on = $6, worded_at = $7
         where program_id = $1 and id = $2 and state in ('draft', 'agreed')",
        program_id as ProgramId,
        id as GoalId,
        wording.title,
        wording.statement,
        wording.measure,
        wording.target_on,
        at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `draft → agreed`.
pub(super) async fn mark_agreed(db: &mut PgConnection, program_id: ProgramId, id: GoalId, on: Date) -> Result<()> {
    sqlx::query!(
        "update goals set state = 'agreed', agreed_on = $3 where program_id = $1 and id = $2 and state = 'draft'",
        program_id as ProgramId,
        id as GoalId,
        on
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How a goal ends, and when.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) how: GoalState,
    pub(super) reflection: String,
    pub(super) on: Date,
}

pub(super) async fn end_goal(db: &mut PgConnection, program_id: ProgramId, id: GoalId, ending: &Ending) -> Result<()> {
    sqlx::query!(
        "update goals set state = $3, reflection = $4, closed_on = $5
         where program_id = $1 and id = $2 and state in ('draft', 'agreed')",
        program_id as ProgramId,
        id as GoalId,
        ending.how as GoalState,
        ending.reflection,
        ending.on
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives an agreed goal another date; its words stay.
pub(super) async fn postpone(db: &mut PgConnection, program_id: ProgramId, id: GoalId, to: Date) -> Result<()> {
    sqlx::query!(
        "update goals set target_on = $3 where program_id = $1 and id = $2 and state = 'agreed'",
        program_id as ProgramId,
        id as GoalId,
        to
    )
    .execute(db)
    .await?;
    Ok(())
}
