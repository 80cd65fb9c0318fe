//! What a group has to choose from when it plans a trip.
use super::super::model::plan::{ElementChoice, GoalChoice};
use crate::base::{
    error::Result,
    ids::{ElementId, GoalId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// The goals of a group that are agreed and not closed, in the order they were made.
pub(in super::super) async fn agreed_goals(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
) -> Result<Vec<GoalChoice>> {
    Ok(sqlx::query_as!(
        GoalChoice,
        r#"select g.id as "id: GoalId", g.title, p.name as "owner?"
           from goals g
           left join participations t on t.program_id = g.program_id and t.id = g.owner_id
           left join people p on p.id = t.person_id
           where g.program_id = $1 and g.group_id = $2 and g.state = 'agreed'
           order by g.created_at, g.id"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}

/// The agreed elements of a group, in the order they were proposed.
pub(in super::super) async fn agreed_elements(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
) -> Result<Vec<ElementChoice>> {
    Ok(sqlx::query_as!(
        ElementChoice,
        r#"select id as "id: ElementId", about_id as "about_id: ParticipationId", title
           from elements
           where program_id = $1 and group_id = $2 and state = 'agreed'
           order by proposed_at, id"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}
