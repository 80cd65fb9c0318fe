//! Reading who takes part; each takes the proof that it is allowed.
use super::queries::{self, Counts, Listed};
use crate::access::ProgramCoordinator;
use crate::base::{error::Result, ids::ParticipationId, text};
use crate::web::state::App;

/// A page of the list, and what is said over it.
pub(super) struct People {
    pub(super) listed: Vec<Listed>,
    /// There are more after these.
    pub(super) more: bool,
    pub(super) counts: Counts,
}

/// People shown on one page.
const PAGE: usize = 50;

/// People read at once for a file.
const BATCH: usize = 1_000;

/// People after one of them, those with `search` in their name or address.
pub(super) async fn read(
    app: &App,
    by: &ProgramCoordinator,
    after: Option<ParticipationId>,
    search: &str,
) -> Result<People> {
    read_part(app, by, after, search, PAGE).await
}

/// The same list in larger parts, for a file.
pub(super) async fn read_for_file(
    app: &App,
    by: &ProgramCoordinator,
    after: Option<ParticipationId>,
) -> Result<People> {
    read_part(app, by, after, "", BATCH).await
}

async fn read_part(
    app: &App,
    by: &ProgramCoordinator,
    after: Option<ParticipationId>,
    search: &str,
    most: usize,
) -> Result<People> {
    let mut db = app.db.acquire().await?;
    let one_more = i64::try_from(most).unwrap_or(50) + 1;
    let mut listed = queries::list(&mut db, by.program_id(), after, &text::fold_name(search), one_more).await?;
    let more = listed.len() > most;
    listed.truncate(most);
    Ok(People { listed, more, counts: queries::counts(&mut db, by.program_id()).await? })
}
