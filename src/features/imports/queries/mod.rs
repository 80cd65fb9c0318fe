//! Every statement that writes `imports` and `import_entries`.
mod entries;

pub(super) use entries::{acted, forget_entries, gone, keep_entries, known};

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
    /// Before it is confirmed: people on it whose part in the program has ended before its time.
    pub(super) gone: i64,
    pub(super) started_at: Option<OffsetDateTime>,
    /// Once it was carried out: work on it is then undoing it.
    pub(super) confirmed_at: Option<OffsetDateTime>,
}

pub(super) async fn find(db: &mut PgConnection, program_id: ProgramId, id: ImportId) -> Result<Option<Batch>> {
    let row = sqlx::query!(
        r#"select state as "state: ImportState", refused as "refused: Json<Refused>", ignored_columns, new_lines,
                  changed_lines, unchanged_lines, refused_lines, done_new, done_changed, done_unchanged, started_at,
                  confirmed_at
           from imports where program_id = $1 and id = $2"#,
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
        gone: 0,
        started_at: row.started_at,
        confirmed_at: row.confirmed_at,
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
         where program_id = $1 and id = $2 and confirmed_at is null
           and (state = 'previewed' or (state = 'working' and started_at < $4))",
        program_id as ProgramId,
        id as ImportId,
        now,
        stale
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `confirmed → working`, to be undone, or takes over undoing that stopped before `stale`; `false`
/// when it is neither.
pub(super) async fn start_undoing(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ImportId,
    now: OffsetDateTime,
    stale: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "update imports set state = 'working', started_at = $3
         where program_id = $1 and id = $2 and confirmed_at is not null
           and (state = 'confirmed' or (state = 'working' and started_at < $4))",
        program_id as ProgramId,
        id as ImportId,
        now,
        stale
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `working → previewed`, or `→ confirmed` when it was being undone: the work failed, nothing was written.
pub(super) async fn give_back(db: &mut PgConnection, program_id: ProgramId, id: ImportId) -> Result<()> {
    sqlx::query!(
        "update imports set state = case when confirmed_at is null then 'previewed' else 'confirmed' end, started_at = null
         where program_id = $1 and id = $2 and state = 'working'",
        program_id as ProgramId,
        id as ImportId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The lines of a list that is being carried out, and its refused ones, locked.
pub(super) async fn lines(db: &mut PgConnection, program_id: ProgramId, id: ImportId) -> Result<Option<List>> {
    let row = sqlx::query!(
        r#"select lines as "lines: Json<Vec<Line>>", refused as "refused: Json<Refused>" from imports
           where program_id = $1 and id = $2 and state = 'working' and confirmed_at is null for update"#,
        program_id as ProgramId,
        id as ImportId
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| List { lines: row.lines.0, refused: row.refused.0, ignored: Vec::new() }))
}

/// `working → previewed`, with other lines refused than were before.
pub(super) async fn preview_again(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, ImportId),
    (list, counts): (&List, Counts),
) -> Result<()> {
    sqlx::query!(
        "update imports set state = 'previewed', started_at = null, lines = $3, refused = $4, new_lines = $5,
             changed_lines = $6, unchanged_lines = $7, refused_lines = $8
         where program_id = $1 and id = $2",
        program_id as ProgramId,
        id as ImportId,
        Json(&list.lines) as _,
        Json(&list.refused) as _,
        small(counts.new),
        small(counts.changed),
        small(counts.unchanged),
        small(list.refused.rows.len())
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a list changed, while it is kept.
pub(super) async fn steps(db: &mut PgConnection, program_id: ProgramId, id: ImportId) -> Result<Vec<Step>> {
    Ok(sqlx::query_scalar!(
        r#"select steps as "steps: Json<Vec<Step>>" from imports where program_id = $1 and id = $2"#,
        program_id as ProgramId,
        id as ImportId
    )
    .fetch_one(db)
    .await?
    .0)
}

/// Whether a list is being undone, locked.
pub(super) async fn hold(db: &mut PgConnection, program_id: ProgramId, id: ImportId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select 1 as "one!" from imports
           where program_id = $1 and id = $2 and state = 'working' and confirmed_at is not null for update"#,
        program_id as ProgramId,
        id as ImportId
    )
    .fetch_optional(db)
    .await?
    .is_some())
}

/// The last list that was confirmed after this one and changed somebody whom this one changed: it, and when.
pub(super) async fn follower(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ImportId,
) -> Result<Option<(ImportId, OffsetDateTime)>> {
    let row = sqlx::query!(
        r#"select l.id as "id: ImportId", l.confirmed_at as "confirmed_at!"
           from imports i
           join imports l on l.program_id = $1 and l.state <> 'undone' and (l.confirmed_at, l.id) > (i.confirmed_at, i.id)
           where i.program_id = $1 and i.id = $2
             and exists (select from jsonb_array_elements(i.steps) a join jsonb_array_elements(l.steps) b
                         on a ->> 'id' = b ->> 'id')
           order by l.confirmed_at desc, l.id desc limit 1"#,
        program_id as ProgramId,
        id as ImportId
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.id, row.confirmed_at)))
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

/// `working → undone`.
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

/// Drops the names and addresses that lists before this time still hold; their counts stay. From when
/// they were confirmed, so that a list is never kept longer than one that stands on it.
pub(super) async fn forget_before(db: &mut PgConnection, program_id: ProgramId, before: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        r#"update imports set lines = '[]', steps = '[]', refused = '{"header": [], "rows": []}'
           where program_id = $1 and coalesce(confirmed_at, made_at) < $2
             and (lines <> '[]' or steps <> '[]' or refused->'rows' <> '[]')"#,
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
