//! Goals and elements, read for one member.
use super::model::{ElementChoice, GoalChoice};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{ElementId, GoalId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// The goals of a group that are agreed and not closed, in the order they were made. A trip may serve
/// one that was worded before the reader came; its title stays closed to them, and is empty.
pub(crate) async fn agreed_goals(db: &mut PgConnection, by: &GroupMember) -> Result<Vec<GoalChoice>> {
    Ok(sqlx::query_as!(
        GoalChoice,
        r#"select g.id as "id: GoalId", g.owner_id as "owner_id?: ParticipationId", p.name as "owner?",
                  case when g.owner_id is distinct from $3
                        and (g.worded_at at time zone z.time_zone)::date < $4
                       then '' else g.title end as "title!"
           from goals g
           join programs z on z.id = g.program_id
           left join participations t on t.program_id = g.program_id and t.id = g.owner_id
           left join people p on p.id = t.person_id
           where g.program_id = $1 and g.group_id = $2 and g.state = 'agreed'
           order by g.created_at, g.id"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        by.participation_id() as ParticipationId,
        by.joined_on()
    )
    .fetch_all(db)
    .await?)
}

/// The agreed elements of a group that the reader may read, in the order they were proposed.
pub(crate) async fn agreed_elements(db: &mut PgConnection, by: &GroupMember) -> Result<Vec<ElementChoice>> {
    Ok(sqlx::query_as!(
        ElementChoice,
        r#"select e.id as "id: ElementId", e.about_id as "about_id: ParticipationId", e.title
           from elements e join programs z on z.id = e.program_id
           where e.program_id = $1 and e.group_id = $2 and e.state = 'agreed'
             and (e.about_id = $3 or (coalesce(e.shown_at, e.proposed_at) at time zone z.time_zone)::date >= $4)
           order by e.proposed_at, e.id"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        by.participation_id() as ParticipationId,
        by.joined_on()
    )
    .fetch_all(db)
    .await?)
}
