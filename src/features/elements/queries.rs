//! Every statement that writes `elements`, and the list of those of a goal.
use super::model::ElementState;
use crate::base::{
    error::Result,
    ids::{ElementId, GoalId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

#[derive(Debug)]
pub(crate) struct ElementRow {
    pub(crate) id: ElementId,
    pub(crate) about_id: ParticipationId,
    pub(crate) about_name: String,
    pub(crate) title: String,
    pub(crate) state: ElementState,
    pub(crate) proposed_by: ParticipationId,
    pub(crate) proposer_name: String,
    /// When it was put to those who read it: proposed, or shown anew.
    pub(crate) worded_at: OffsetDateTime,
}

/// The elements under a goal, by the person they are about, in the order in which they were proposed.
pub(crate) async fn of_goal(db: &mut PgConnection, program_id: ProgramId, goal_id: GoalId) -> Result<Vec<ElementRow>> {
    Ok(sqlx::query_as!(
        ElementRow,
        r#"select e.id as "id: ElementId", e.about_id as "about_id: ParticipationId", p.name as about_name, e.title,
                  e.state as "state: ElementState", e.proposed_by as "proposed_by: ParticipationId",
                  q.name as proposer_name, coalesce(e.shown_at, e.proposed_at) as "worded_at!"
           from elements e
           join participations t on t.program_id = e.program_id and t.id = e.about_id
           join people p on p.id = t.person_id
           join participations s on s.program_id = e.program_id and s.id = e.proposed_by
           join people q on q.id = s.person_id
           where e.program_id = $1 and e.goal_id = $2
           order by p.name, e.about_id, e.proposed_at, e.id"#,
        program_id as ProgramId,
        goal_id as GoalId
    )
    .fetch_all(db)
    .await?)
}

/// Elements that somebody proposes; those about themselves are agreed by it.
#[derive(Debug)]
pub(crate) struct NewElements<'a> {
    pub(crate) group_id: GroupId,
    pub(crate) goal_id: GoalId,
    pub(crate) by: ParticipationId,
    pub(crate) ids: &'a [ElementId],
    /// As many as ids.
    pub(crate) about: &'a [ParticipationId],
    /// As many as ids.
    pub(crate) titles: &'a [String],
    pub(crate) today: Date,
}

pub(crate) async fn insert_elements(
    db: &mut PgConnection,
    program_id: ProgramId,
    new: &NewElements<'_>,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into elements (program_id, id, group_id, goal_id, about_id, title, state, proposed_by, proposed_at, agreed_on)
         select $1, new.id, $2, $3, new.about_id, new.title,
                case when new.about_id = $4 then 'agreed' else 'proposed' end, $4, $8,
                case when new.about_id = $4 then $9::date end
         from unnest($5::uuid[], $6::uuid[], $7::text[]) as new (id, about_id, title)
         on conflict (program_id, id) do nothing",
        program_id as ProgramId,
        new.group_id as GroupId,
        new.goal_id as GoalId,
        new.by as ParticipationId,
        new.ids as &[ElementId],
        new.about as &[ParticipationId],
        new.titles as &[String],
        now,
        new.today
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An element with the goal it hangs on.
#[derive(Debug)]
pub(super) struct OneElement {
    pub(super) goal_id: GoalId,
    /// Work on the goal goes on.
    pub(super) goal_is_open: bool,
    pub(super) about_id: ParticipationId,
    pub(super) title: String,
    pub(super) state: ElementState,
}

/// One element of a group; nobody else answers it until the transaction ends.
pub(super) async fn hold_element(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    id: ElementId,
) -> Result<Option<OneElement>> {
    Ok(sqlx::query_as!(
        OneElement,
        r#"select e.goal_id as "goal_id: GoalId", g.state in ('draft', 'agreed') as "goal_is_open!",
                  e.about_id as "about_id: ParticipationId", e.title, e.state as "state: ElementState"
           from elements e
           join goals g on g.program_id = e.program_id and g.group_id = e.group_id and g.id = e.goal_id
           where e.program_id = $1 and e.group_id = $2 and e.id = $3
           for update of e"#,
        program_id as ProgramId,
        group_id as GroupId,
        id as ElementId
    )
    .fetch_optional(db)
    .await?)
}

/// `proposed → agreed`.
pub(super) async fn agree_element(db: &mut PgConnection, program_id: ProgramId, id: ElementId, on: Date) -> Result<()> {
    sqlx::query!(
        "update elements set state = 'agreed', agreed_on = $3 where program_id = $1 and id = $2 and state = 'proposed'",
        program_id as ProgramId,
        id as ElementId,
        on
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A proposal that was declined leaves no trace.
pub(super) async fn delete_proposal(db: &mut PgConnection, program_id: ProgramId, id: ElementId) -> Result<()> {
    sqlx::query!(
        "delete from elements where program_id = $1 and id = $2 and state = 'proposed'",
        program_id as ProgramId,
        id as ElementId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `agreed → retired`.
pub(super) async fn retire_element(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ElementId,
    on: Date,
) -> Result<()> {
    sqlx::query!(
        "update elements set state = 'retired', retired_on = $3 where program_id = $1 and id = $2 and state = 'agreed'",
        program_id as ProgramId,
        id as ElementId,
        on
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts an agreed element to those who belong to the group by now; since when it is agreed stays.
pub(super) async fn show_anew(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ElementId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update elements set shown_at = $3 where program_id = $1 and id = $2 and state = 'agreed'",
        program_id as ProgramId,
        id as ElementId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
