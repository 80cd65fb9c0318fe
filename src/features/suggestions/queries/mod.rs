//! Every statement that writes `suggestions`, `suggested_seats` and `suggestion_obstacles`.
mod people;
mod seats;

pub(super) use people::{earlier_groups, somebody};
pub(super) use seats::*;

use super::model::DraftState;
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId, SuggestionId},
};
use crate::features::matching::Weights;
use sqlx::PgConnection;
use time::OffsetDateTime;

fn small(n: i32) -> u8 {
    u8::try_from(n).unwrap_or(0)
}

/// A suggestion, without its groups.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draft {
    pub(super) id: SuggestionId,
    pub(super) state: DraftState,
    pub(super) seed: i32,
    pub(super) weights: Weights,
    pub(super) meeting_minutes: i32,
    pub(super) progress: i32,
    pub(super) alive_at: OffsetDateTime,
}

struct DraftRow {
    id: SuggestionId,
    state: DraftState,
    seed: i32,
    wants_weight: i32,
    themes_weight: i32,
    departments_weight: i32,
    site_weight: i32,
    same_site: bool,
    new_faces_weight: i32,
    meeting_minutes: i32,
    progress: i32,
    alive_at: OffsetDateTime,
}

impl From<DraftRow> for Draft {
    fn from(row: DraftRow) -> Self {
        Self {
            id: row.id,
            state: row.state,
            seed: row.seed,
            weights: Weights {
                wants: small(row.wants_weight),
                themes: small(row.themes_weight),
                departments: small(row.departments_weight),
                site: small(row.site_weight),
                same_site: row.same_site,
                new_faces: small(row.new_faces_weight),
            },
            meeting_minutes: row.meeting_minutes,
            progress: row.progress,
            alive_at: row.alive_at,
        }
    }
}

pub(super) async fn find(db: &mut PgConnection, program_id: ProgramId, id: SuggestionId) -> Result<Option<Draft>> {
    Ok(sqlx::query_as!(
        DraftRow,
        r#"select id as "id: SuggestionId", state as "state: DraftState", seed, wants_weight, themes_weight,
                  departments_weight, site_weight, same_site, new_faces_weight, meeting_minutes, progress, alive_at
           from suggestions where program_id = $1 and id = $2"#,
        program_id as ProgramId,
        id as SuggestionId
    )
    .fetch_optional(db)
    .await?
    .map(Draft::from))
}

/// The same, locked while it is open for changes.
pub(super) async fn hold(db: &mut PgConnection, program_id: ProgramId, id: SuggestionId) -> Result<Option<Draft>> {
    Ok(sqlx::query_as!(
        DraftRow,
        r#"select id as "id: SuggestionId", state as "state: DraftState", seed, wants_weight, themes_weight,
                  departments_weight, site_weight, same_site, new_faces_weight, meeting_minutes, progress, alive_at
           from suggestions where program_id = $1 and id = $2 for update"#,
        program_id as ProgramId,
        id as SuggestionId
    )
    .fetch_optional(db)
    .await?
    .map(Draft::from))
}

/// The last one of a program, whatever became of it.
pub(super) async fn latest(db: &mut PgConnection, program_id: ProgramId) -> Result<Option<Draft>> {
    Ok(sqlx::query_as!(
        DraftRow,
        r#"select id as "id: SuggestionId", state as "state: DraftState", seed, wants_weight, themes_weight,
                  departments_weight, site_weight, same_site, new_faces_weight, meeting_minutes, progress, alive_at
           from suggestions where program_id = $1 order by made_at desc, id desc limit 1"#,
        program_id as ProgramId
    )
    .fetch_optional(db)
    .await?
    .map(Draft::from))
}

/// Begins a suggestion.
pub(super) async fn insert(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, SuggestionId),
    by: PersonId,
    (seed, weights, minutes): (i32, Weights, i32),
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into suggestions (program_id, id, made_by, state, seed, wants_weight, themes_weight, departments_weight,
             site_weight, same_site, new_faces_weight, meeting_minutes, made_at, alive_at)
         values ($1, $2, $3, 'working', $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)",
        program_id as ProgramId,
        id as SuggestionId,
        by as PersonId,
        seed,
        i32::from(weights.wants),
        i32::from(weights.themes),
        i32::from(weights.departments),
        i32::from(weights.site),
        weights.same_site,
        i32::from(weights.new_faces),
        minutes,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Drops whatever suggestion of the program is open, and forgets its seats.
pub(super) async fn drop_open(db: &mut PgConnection, program_id: ProgramId) -> Result<()> {
    sqlx::query!(
        "update suggestions set state = 'dropped' where program_id = $1 and state in ('working', 'ready')",
        program_id as ProgramId
    )
    .execute(&mut *db)
    .await?;
    clear(db, program_id).await
}

/// `ready → used`; what is used has no seats any more, its groups do.
pub(super) async fn mark_used(db: &mut PgConnection, program_id: ProgramId, id: SuggestionId) -> Result<()> {
    sqlx::query!(
        "update suggestions set state = 'used' where program_id = $1 and id = $2 and state = 'ready'",
        program_id as ProgramId,
        id as SuggestionId
    )
    .execute(&mut *db)
    .await?;
    clear(db, program_id).await
}

/// How far the work is; `false` when nobody waits for it any more.
pub(super) async fn note_progress(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, SuggestionId),
    progress: i32,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "update suggestions set progress = $3, alive_at = $4 where program_id = $1 and id = $2 and state = 'working'",
        program_id as ProgramId,
        id as SuggestionId,
        progress,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `working → ready`; `false` when nobody waits for it any more.
pub(super) async fn finish(db: &mut PgConnection, program_id: ProgramId, id: SuggestionId) -> Result<bool> {
    let done = sqlx::query!(
        "update suggestions set state = 'ready', progress = 100 where program_id = $1 and id = $2 and state = 'working'",
        program_id as ProgramId,
        id as SuggestionId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `working → dropped`: the work failed.
pub(super) async fn give_up(db: &mut PgConnection, program_id: ProgramId, id: SuggestionId) -> Result<()> {
    sqlx::query!(
        "update suggestions set state = 'dropped' where program_id = $1 and id = $2 and state = 'working'",
        program_id as ProgramId,
        id as SuggestionId
    )
    .execute(db)
    .await?;
    Ok(())
}
