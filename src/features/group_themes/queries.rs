//! Every statement that writes `group_themes`.
use super::model::{NewTheme, Theme};
use crate::base::{
    error::Result,
    ids::{GroupId, GroupThemeId, ParticipationId, ProgramId},
};
use crate::features::meetings::GroupKey;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The themes of a group, by date; one of them where an id is given.
pub(super) async fn themes(db: &mut PgConnection, of: GroupKey, id: Option<GroupThemeId>) -> Result<Vec<Theme>> {
    Ok(sqlx::query_as!(
        Theme,
        r#"select t.id as "id: GroupThemeId", t.title, t.question, t.starts_on, t.ends_on,
                  (t.worded_at at time zone z.time_zone)::date as "worded_on!", false as "was_before_me!"
           from group_themes t join programs z on z.id = t.program_id
           where t.program_id = $1 and t.group_id = $2 and t.id between coalesce($3, '00000000-0000-0000-0000-000000000000'::uuid) and coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
           order by t.starts_on, t.id"#,
        of.program_id as ProgramId,
        of.group_id as GroupId,
        id as Option<GroupThemeId>
    )
    .fetch_all(db)
    .await?)
}

/// Holds a theme until the transaction ends; `false` when the group has none with this id.
pub(super) async fn lock(db: &mut PgConnection, of: GroupKey, id: GroupThemeId) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select 1 as "one!" from group_themes where program_id = $1 and group_id = $2 and id = $3 for update"#,
        of.program_id as ProgramId,
        of.group_id as GroupId,
        id as GroupThemeId
    )
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}

/// Adds a theme; `false` when its id is taken.
///
/// # Errors
/// Breaks `a_group_has_one_theme_a_day` when another is in the way.
pub(super) async fn insert(
    db: &mut PgConnection,
    of: GroupKey,
    (id, new): (GroupThemeId, &NewTheme),
    (by, now): (ParticipationId, OffsetDateTime),
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into group_themes (program_id, id, group_id, starts_on, ends_on, title, question, written_by, worded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (program_id, id) do nothing",
        of.program_id as ProgramId,
        id as GroupThemeId,
        of.group_id as GroupId,
        new.starts_on,
        new.ends_on,
        new.title,
        new.question,
        by as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Changes a theme. Its words are new only where they are other words.
///
/// # Errors
/// Breaks `a_group_has_one_theme_a_day` when another is in the way.
pub(super) async fn update(
    db: &mut PgConnection,
    of: GroupKey,
    (id, to): (GroupThemeId, &NewTheme),
    (by, now): (ParticipationId, OffsetDateTime),
) -> Result<()> {
    sqlx::query!(
        "update group_themes set starts_on = $4, ends_on = $5, title = $6, question = $7, written_by = $8,
                worded_at = case when (title, question) = ($6, $7) then worded_at else $9 end
         where program_id = $1 and group_id = $2 and id = $3",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        id as GroupThemeId,
        to.starts_on,
        to.ends_on,
        to.title,
        to.question,
        by as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn delete(db: &mut PgConnection, of: GroupKey, id: GroupThemeId) -> Result<()> {
    sqlx::query!(
        "delete from group_themes where program_id = $1 and group_id = $2 and id = $3",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        id as GroupThemeId
    )
    .execute(db)
    .await?;
    Ok(())
}
