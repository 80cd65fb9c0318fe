//! Reading who takes part; each takes the proof that it is allowed.
use super::{
    model::Tally,
    queries::{self, Listed, OpenQuestions},
};
use crate::access::{Peer, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::ParticipationId,
};
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
    let mut listed = queries::list(&mut db, by.program_id(), after, None, one_more).await?;
    let more = listed.len() > most;
    listed.truncate(most);
    let tallies = queries::tallies(&mut db, by.program_id()).await?;
    let (approval_required, _) = queries::waiting(&mut db, by.program_id()).await?;
    let open = queries::open_questions(&mut db, by.program_id()).await?;
    Ok(People { listed, more, tallies, approval_required, open })
}

/// What the list says of one person.
pub(crate) struct OnePerson {
    pub(super) listed: Listed,
    pub(super) approval_required: bool,
}

/// What the list of people says of a peer, for themself.
pub(crate) async fn listed_as(app: &App, by: &Peer) -> Result<OnePerson> {
    let mut db = app.db.acquire().await?;
    let (approval_required, _) = queries::waiting(&mut db, by.program_id()).await?;
    let listed = queries::list(&mut db, by.program_id(), None, Some(by.participation_id()), 1).await?;
    let listed = listed.into_iter().next().ok_or(AppError::NotFound)?;
    Ok(OnePerson { listed, approval_required })
}
