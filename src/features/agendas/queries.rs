//! What an agenda's items may name. The items themselves are written by `meetings`.
use super::model::{GoalChoice, TripChoice};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{FieldTripId, GoalId, GroupId, ParticipationId, ProgramId, ThemeId},
};
use sqlx::PgConnection;
use time::Date;

/// The goals an item may name: agreed before drafted, the group's own before one person's. Another
/// person's draft is theirs alone, and of what was worded before the reader came the title stays closed.
pub(super) async fn goals(db: &mut PgConnection, by: &GroupMember) -> Result<Vec<GoalChoice>> {
    Ok(sqlx::query_as!(
        GoalChoice,
        r#"select g.id as "id: GoalId", case when w.was_before_me then '' else g.title end as "title!",
                  g.owner_id as "owner_id: ParticipationId", p.name as "owner_name?",
                  (g.state = 'agreed') as "is_agreed!", g.worded_at, w.was_before_me as "was_before_me!"
           from goals g
           join programs z on z.id = g.program_id
           cross join lateral (
               select (g.owner_id is distinct from $3 and (g.worded_at at time zone z.time_zone)::date < $4)
                          as was_before_me) w
           left join participations t on t.program_id = $1 and t.id = g.owner_id
           left join people p on p.id = t.person_id
           where g.program_id = $1 and g.group_id = $2 and (g.state = 'agreed' or (g.state = 'draft' and (g.owner_id is null or g.owner_id = $3)))
           order by g.state, g.owner_id is not null, g.agreed_on, g.created_at, g.id"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        by.participation_id() as ParticipationId,
        by.joined_on()
    )
    .fetch_all(db)
    .await?)
}

/// The group's field trips that stand, from the day the reader joined on; the latest first.
pub(super) async fn trips(db: &mut PgConnection, by: &GroupMember) -> Result<Vec<TripChoice>> {
    Ok(sqlx::query_as!(
        TripChoice,
        r#"select f.id as "id: FieldTripId", f.on_date,
                  case when (f.worded_at at time zone z.time_zone)::date < $3 then '' else f.purpose end as "purpose!"
           from field_trips f join programs z on z.id = f.program_id
           where f.program_id = $1 and f.group_id = $2 and f.state <> 'cancelled' and f.on_date >= $3
           order by f.on_date desc, f.id"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        by.joined_on()
    )
    .fetch_all(db)
    .await?)
}

/// The program's theme on a day.
pub(super) async fn theme_on(
    db: &mut PgConnection,
    program_id: ProgramId,
    day: Date,
) -> Result<Option<(ThemeId, String)>> {
    let row = sqlx::query!(
        r#"select id as "id: ThemeId", title from themes
           where program_id = $1 and starts_on <= $2 and ends_on >= $2 order by starts_on, id limit 1"#,
        program_id as ProgramId,
        day
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.id, row.title)))
}
