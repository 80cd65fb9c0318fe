//! What an agenda's items may name. The items themselves are written by `meetings`.
use super::model::{GoalChoice, TripChoice};
use crate::base::{
    error::Result,
    ids::{FieldTripId, GoalId, GroupId, ParticipationId, ProgramId, ThemeId},
};
use crate::features::meetings::GroupKey;
use sqlx::PgConnection;
use time::Date;

/// The goals an item may name: agreed before drafted, the group's own before one person's. Another
/// person's draft is theirs alone.
pub(super) async fn goals(db: &mut PgConnection, of: GroupKey, me: ParticipationId) -> Result<Vec<GoalChoice>> {
    Ok(sqlx::query_as!(
        GoalChoice,
        r#"select g.id as "id: GoalId", g.title, g.owner_id as "owner_id: ParticipationId", p.name as "owner_name?",
                  (g.state = 'agreed') as "is_agreed!"
           from goals g
           left join participations t on t.program_id = $1 and t.id = g.owner_id
           left join people p on p.id = t.person_id
           where g.program_id = $1 and g.group_id = $2 and (g.state = 'agreed' or (g.state = 'draft' and (g.owner_id is null or g.owner_id = $3)))
           order by g.state, g.owner_id is not null, g.agreed_on, g.created_at, g.id"#,
        of.program_id as ProgramId,
        of.group_id as GroupId,
        me as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// The group's field trips that stand, from the day somebody joined on; the latest first.
pub(super) async fn trips(db: &mut PgConnection, of: GroupKey, since: Date) -> Result<Vec<TripChoice>> {
    Ok(sqlx::query_as!(
        TripChoice,
        r#"select id as "id: FieldTripId", purpose, on_date from field_trips
           where program_id = $1 and group_id = $2 and state <> 'cancelled' and on_date >= $3
           order by on_date desc, id"#,
        of.program_id as ProgramId,
        of.group_id as GroupId,
        since
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
