//! Reading who takes part; each takes the proof that it is allowed.
use super::{
    model::Tally,
    queries::{self, Listed, OpenQuestions},
};
use crate::access::ProgramCoordinator;
use crate::base::{error::Result, ids::ParticipationId};
use crate::web::state::App;

/// A page of the list, and what is said over it.
pub(super) struct People {
    pub(super) listed: Vec<Listed>,
    /// There are more after these.
    pub(super) more: bool,
    pub(super) tallies: Vec<Tally>,
    pub(super) approval_required: bool,
    pub(super) open: OpenQuestions,
}

/// People shown on one page.
const PAGE: usize = 50;

/// People read at once for a file.
const BATCH: usize = 1_000;

pub(super) async fn read(app: &App, by: &ProgramCoordinator, after: Option<ParticipationId>) -> Result<People> {
    read_part(app, by, after, PAGE).await
}

/// The same list in larger parts, for a file.
pub(super) async fn read_for_file(
    app: &App,
    by: &ProgramCoordinator,
    after: Option<ParticipationId>,
) -> Result<People> {
    read_part(app, by, after, BATCH).await
}

async fn read_part(app: &App, by: &ProgramCoordinator, after: Option<ParticipationId>, most: usize) -> Result<People> {
    let mut db = app.db.acquire().await?;
    let one_more = i64::try_from(most).unwrap_or(50) + 1;
    let mut listed = queries::list(&mut db, by.program_id(), after, one_more).await?;
    let more = listed.len() > most;
    listed.truncate(most);
    let tallies = queries::tallies(&mut db, by.program_id()).await?;
    let (approval_required, _) = queries::waiting(&mut db, by.program_id()).await?;
    let open = queries::open_questions(&mut db, by.program_id()).await?;
    Ok(People { listed, more, tallies, approval_required, open })
}
