//! Every statement that writes `imports` and `import_entries`.
mod entries;
mod groups;

pub(super) use entries::{acted, forget_entries, keep_entries, known};
pub(super) use groups::{Member, groups};

use super::model::{Counts, ImportState, Line, List, Refused, Step};
use crate::base::{
    error::Result,
    ids::{ImportId, PersonId, ProgramId},
};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

fn small(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
fn size(n: i32) -> usize {
    usize::try_from(n).unwrap_or_default()
}

/// Keeps a list that was read, with what it would do.
pub(super) async fn insert(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, ImportId),
    by: PersonId,
    (list, counts): (&List, Counts),
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into imports (program_id, id, made_by, state, lines, refused, ignored_columns, new_lines, changed_lines,
             unchanged_lines, refused_lines, made_at)
         values ($1, $2, $3, 'previewed', $4, $5, $6, $7, $8, $9, $10, $11)",
        program_id as ProgramId,
        id as ImportId,
        by as PersonId,
        Json(&list.lines) as _,
        Json(&list.refused) as _,
        list.ignored.join(", ").replace('\0', ""),
        small(counts.new),
        small(counts.changed),
        small(counts.unchanged),
        small(list.refused.rows.len()),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A list as its page shows it.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) state: ImportState,
    pub(super) refused: Refused,
    pub(super) ignored: String,
    pub(super) previewed: Counts,
    pub(super) done: Counts,
    pub(super) refused_lines: usize,
    pub(super) started_at: Option<OffsetDateTime>,
    /// A later list was confirmed after this one.
    pub(super) followed: bool,
}

pub(super) async fn find(db: &mut PgConnection, program_id: ProgramId, id: ImportId) -> Result<Option<Batch>> {
    let row = sqlx::query!(
        r#"select state as "state: ImportState", refused as "refused: Json<Refused>", ignored_columns, new_lines,
                  changed_lines, unchanged_lines, refused_lines, done_new, done_changed, done_unchanged, started_at,
                  exists (select from imports l where l.program_id = $1 and l.state = 'confirmed' and l.id <> i.id
                            and (l.confirmed_at, l.id) > (i.confirmed_at, i.id)) as "followed!"
           from imports i where i.program_id = $1 and i.id = $2"#,
        program_id as ProgramId,
        id as ImportId
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Batch {
        state: row.state,
        refused: row.refused.0,
        ignored: row.ignored_columns,
        previewed: Counts {
            new: size(row.new_lines),
            changed: size(row.changed_lines),
            unchanged: size(row.unchanged_lines),
        },
        done: Counts { new: size(row.done_new), changed: size(row.done_changed), unchanged: size(row.done_unchanged) },
        refused_lines: size(row.refused_lines),
        started_at: row.started_at,
        followed: row.followed,
    }))
}

/// `previewed → working`, or takes over a list whose work stopped before `stale`; `false` when
/// it is neither.
pub(super) async fn start(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ImportId,
    now: OffsetDateTime,
    stale: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "update imports set state = 'working', started_at = $3
         where program_id = $1 and id = $2 and (state = 'previewed' or (state = 'working' and started_at < $4))",
        program_id as ProgramId,
        id as ImportId,
        now,
        stale
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `working → previewed`: the work failed, nothing was written.
pub(super) async fn give_back(db: &mut PgConnection, program_id: ProgramId, id: ImportId) -> Result<()> {
    sqlx::query!(
        "update imports set state = 'previewed', started_at = null
         where program_id = $1 and id = $2 and state = 'working'",
        program_id as ProgramId,
        id as ImportId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The lines of a list, locked, while it stands in `state`.
pub(super) async fn lines(db: &mut PgConnection, program_id: ProgramId, id: ImportId) -> Result<Option<Vec<Line>>> {
    Ok(sqlx::query_scalar!(
        r#"select lines as "lines: Json<Vec<Line>>" from imports
           where program_id = $1 and id = $2 and state = 'working' for update"#,
        program_id as ProgramId,
        id as ImportId
    )
    .fetch_optional(db)
    .await?
    .map(|lines| lines.0))
}

/// What a confirmed list changed, locked.
pub(super) async fn steps(db: &mut PgConnection, program_id: ProgramId, id: ImportId) -> Result<Option<Vec<Step>>> {
    Ok(sqlx::query_scalar!(
        r#"select steps as "steps: Json<Vec<Step>>" from imports
           where program_id = $1 and id = $2 and state = 'confirmed' for update"#,
        program_id as ProgramId,
        id as ImportId
    )
    .fetch_optional(db)
    .await?
    .map(|steps| steps.0))
}

/// `working → confirmed`.
pub(super) async fn confirm(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, ImportId),
    steps: &[Step],
    counts: Counts,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update imports set state = 'confirmed', confirmed_at = $3, steps = $4, done_new = $5, done_changed = $6,
             done_unchanged = $7, lines = '[]'
         where program_id = $1 and id = $2",
        program_id as ProgramId,
        id as ImportId,
        now,
        Json(steps) as _,
        small(counts.new),
        small(counts.changed),
        small(counts.unchanged)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `confirmed → undone`.
pub(super) async fn undo(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ImportId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update imports set state = 'undone', undone_at = $3, steps = '[]' where program_id = $1 and id = $2",
        program_id as ProgramId,
        id as ImportId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Drops the names and addresses that lists before this time still hold; their counts stay.
pub(super) async fn forget_before(db: &mut PgConnection, program_id: ProgramId, before: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        r#"update imports set lines = '[]', steps = '[]', refused = '{"header": [], "rows": []}'
           where program_id = $1 and made_at < $2 and (lines <> '[]' or steps <> '[]' or refused->'rows' <> '[]')"#,
        program_id as ProgramId,
        before
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Programs that have lists, by id.
pub(super) async fn programs_with_lists(db: &mut PgConnection) -> Result<Vec<ProgramId>> {
    Ok(sqlx::query_scalar!(r#"select id as "id: ProgramId" from programs order by id"#).fetch_all(db).await?)
}
