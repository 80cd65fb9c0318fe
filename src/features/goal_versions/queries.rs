//! Every statement that writes `goal_agreements`, `goal_versions` and `goal_version_answers`.
use super::model::Wording;
use crate::base::{
    error::Result,
    ids::{GoalId, GoalVersionId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Who said yes to the present wording.
pub(crate) async fn agreements(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: GoalId,
) -> Result<Vec<ParticipationId>> {
    Ok(sqlx::query_scalar!(
        r#"select participation_id as "participation_id: ParticipationId" from goal_agreements
           where program_id = $1 and goal_id = $2 order by agreed_at, participation_id"#,
        program_id as ProgramId,
        id as GoalId
    )
    .fetch_all(db)
    .await?)
}

/// One more yes; a second one by the same person changes nothing.
pub(crate) async fn add_agreement(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: GoalId,
    by: ParticipationId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into goal_agreements (program_id, goal_id, participation_id, agreed_at) values ($1, $2, $3, $4)
         on conflict (program_id, goal_id, participation_id) do nothing",
        program_id as ProgramId,
        id as GoalId,
        by as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The words have changed: nobody has agreed to them yet.
pub(crate) async fn forget_agreements(db: &mut PgConnection, program_id: ProgramId, id: GoalId) -> Result<()> {
    sqlx::query!(
        "delete from goal_agreements where program_id = $1 and goal_id = $2",
        program_id as ProgramId,
        id as GoalId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Other words for an agreed goal, and who said yes to them.
#[derive(Debug)]
pub(crate) struct Proposal {
    pub(crate) id: GoalVersionId,
    pub(crate) wording: Wording,
    pub(crate) worded_at: OffsetDateTime,
    pub(crate) proposed_by: ParticipationId,
    pub(crate) proposer_name: String,
    /// The proposer's own yes is the first.
    pub(crate) said_yes: Vec<ParticipationId>,
}

/// What is proposed for a goal now, if anything is.
pub(crate) async fn proposal(db: &mut PgConnection, program_id: ProgramId, id: GoalId) -> Result<Option<Proposal>> {
    let row = sqlx::query!(
        r#"select v.id as "id: GoalVersionId", v.title, v.statement, v.measure, v.target_on, v.worded_at,
                  v.proposed_by as "proposed_by!: ParticipationId", p.name as proposer_name,
                  array(select a.participation_id from goal_version_answers a
                        where a.program_id = $1 and a.version_id = v.id
                        order by a.agreed_at, a.participation_id) as "said_yes!: Vec<ParticipationId>"
           from goal_versions v
           join participations t on t.program_id = v.program_id and t.id = v.proposed_by
           join people p on p.id = t.person_id
           where v.program_id = $1 and v.goal_id = $2 and v.replaced_on is null"#,
        program_id as ProgramId,
        id as GoalId
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Proposal {
        id: row.id,
        wording: Wording { title: row.title, statement: row.statement, measure: row.measure, target_on: row.target_on },
        worded_at: row.worded_at,
        proposed_by: row.proposed_by,
        proposer_name: row.proposer_name,
        said_yes: row.said_yes,
    }))
}

pub(super) async fn insert_proposal(
    db: &mut PgConnection,
    (program_id, group_id, goal_id): (ProgramId, GroupId, GoalId),
    (wording, by): (&Wording, ParticipationId),
    now: OffsetDateTime,
) -> Result<GoalVersionId> {
    let id = GoalVersionId::generate();
    sqlx::query!(
        "insert into goal_versions (program_id, id, group_id, goal_id, title, statement, measure, target_on, worded_at,
                proposed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        program_id as ProgramId,
        id as GoalVersionId,
        group_id as GroupId,
        goal_id as GoalId,
        wording.title,
        wording.statement,
        wording.measure,
        wording.target_on,
        now,
        by as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(id)
}

/// Takes what is proposed for a goal away, with every yes to it.
pub(crate) async fn drop_proposal(db: &mut PgConnection, program_id: ProgramId, id: GoalId) -> Result<()> {
    sqlx::query!(
        "delete from goal_versions where program_id = $1 and goal_id = $2 and replaced_on is null",
        program_id as ProgramId,
        id as GoalId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One more yes to what is proposed; a second one by the same person changes nothing.
pub(super) async fn add_answer(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: GoalVersionId,
    by: ParticipationId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into goal_version_answers (program_id, version_id, participation_id, agreed_at) values ($1, $2, $3, $4)
         on conflict (program_id, version_id, participation_id) do nothing",
        program_id as ProgramId,
        id as GoalVersionId,
        by as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Every yes to what is proposed becomes one to the words in force.
pub(super) async fn take_answers(
    db: &mut PgConnection,
    program_id: ProgramId,
    goal_id: GoalId,
    id: GoalVersionId,
) -> Result<()> {
    sqlx::query!(
        "insert into goal_agreements (program_id, goal_id, participation_id, agreed_at)
         select a.program_id, $2, a.participation_id, a.agreed_at from goal_version_answers a
         where a.program_id = $1 and a.version_id = $3",
        program_id as ProgramId,
        goal_id as GoalId,
        id as GoalVersionId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps the words that are in force, and who said yes to them, as what the goal said until this day.
pub(super) async fn keep_present(
    db: &mut PgConnection,
    program_id: ProgramId,
    goal_id: GoalId,
    today: Date,
) -> Result<()> {
    let id = GoalVersionId::generate();
    sqlx::query!(
        "insert into goal_versions (program_id, id, group_id, goal_id, title, statement, measure, target_on, worded_at,
                replaced_on)
         select g.program_id, $3, g.group_id, g.id, g.title, g.statement, g.measure, g.target_on, g.worded_at, $4
         from goals g where g.program_id = $1 and g.id = $2",
        program_id as ProgramId,
        goal_id as GoalId,
        id as GoalVersionId,
        today
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into goal_version_answers (program_id, version_id, participation_id, agreed_at)
         select a.program_id, $3, a.participation_id, a.agreed_at from goal_agreements a
         where a.program_id = $1 and a.goal_id = $2",
        program_id as ProgramId,
        goal_id as GoalId,
        id as GoalVersionId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a goal said before.
#[derive(Debug)]
pub(crate) struct Earlier {
    pub(crate) title: String,
    pub(crate) statement: String,
    pub(crate) measure: String,
    pub(crate) target_on: Option<Date>,
    pub(crate) worded_at: OffsetDateTime,
    pub(crate) replaced_on: Date,
    /// Who said yes, by name.
    pub(crate) agreed_by: Vec<String>,
}

impl Earlier {
    /// Without its words.
    pub(super) fn closed(self) -> Self {
        let (title, statement, measure) = (String::new(), String::new(), String::new());
        Self { title, statement, measure, agreed_by: Vec::new(), ..self }
    }
}

/// What a goal said before its present words, the newest first.
pub(super) async fn earlier(db: &mut PgConnection, program_id: ProgramId, id: GoalId) -> Result<Vec<Earlier>> {
    Ok(sqlx::query_as!(
        Earlier,
        r#"select v.title, v.statement, v.measure, v.target_on, v.worded_at, v.replaced_on as "replaced_on!",
                  array(select p.name from goal_version_answers a
                        join participations t on t.program_id = a.program_id and t.id = a.participation_id
                        join people p on p.id = t.person_id
                        where a.program_id = $1 and a.version_id = v.id
                        order by p.name, a.participation_id) as "agreed_by!"
           from goal_versions v
           where v.program_id = $1 and v.goal_id = $2 and v.replaced_on is not null
           order by v.replaced_on desc, v.worded_at desc, v.id desc"#,
        program_id as ProgramId,
        id as GoalId
    )
    .fetch_all(db)
    .await?)
}
