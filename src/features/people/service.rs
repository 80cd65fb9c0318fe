//! Reading who takes part; each takes the proof that it is allowed.
use super::queries::{self, Counts, Listed};
use crate::access::{Peer, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::ParticipationId,
    text,
};
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
    let mut listed = queries::list(&mut db, by.program_id(), after, (&text::fold_name(search), None), one_more).await?;
    let more = listed.len() > most;
    listed.truncate(most);
    Ok(People { listed, more, counts: queries::counts(&mut db, by.program_id()).await? })
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
    let listed = queries::list(&mut db, by.program_id(), None, ("", Some(by.participation_id())), 1).await?;
    let listed = listed.into_iter().next().ok_or(AppError::NotFound)?;
    Ok(OnePerson { listed, approval_required })
}
