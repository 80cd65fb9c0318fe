//! Sharing one's products with the program, taking them back, and reading what is shared.
use super::queries;
pub(super) use super::queries::{OwnProduct, SharedProduct};
use crate::access::{Peer, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::{ProductId, ProgramId},
};
use crate::web::state::App;
use sqlx::PgConnection;

/// How many shared products stand on a page.
const A_PAGE: usize = 50;
/// How many stand in a file.
const A_FILE: i64 = 10_000;

/// A page of what is shared with the program.
#[derive(Debug)]
pub(super) struct Shelf {
    pub(super) products: Vec<SharedProduct>,
    /// Where the next page begins.
    pub(super) next: Option<ProductId>,
}

async fn shelf(db: &mut PgConnection, program_id: ProgramId, below: Option<ProductId>) -> Result<Shelf> {
    // One more than is shown tells whether more come.
    let most = i64::try_from(A_PAGE + 1).map_err(AppError::internal)?;
    let mut products = queries::shared(db, program_id, below, most).await?;
    let more = products.len() > A_PAGE;
    products.truncate(A_PAGE);
    let next = products.last().filter(|_| more).map(|last| last.id);
    Ok(Shelf { products, next })
}

/// What a peer sees: their own, each with whether it is shared, and what others share.
pub(super) async fn for_peer(app: &App, by: &Peer, below: Option<ProductId>) -> Result<(Vec<OwnProduct>, Shelf)> {
    let mut db = app.db.acquire().await?;
    let own = queries::own(&mut db, by.program_id(), by.participation_id()).await?;
    Ok((own, shelf(&mut db, by.program_id(), below).await?))
}

pub(super) async fn for_coordinator(app: &App, by: &ProgramCoordinator, below: Option<ProductId>) -> Result<Shelf> {
    let mut db = app.db.acquire().await?;
    shelf(&mut db, by.program_id(), below).await
}

/// All of it, for a file.
pub(super) async fn all_shared(app: &App, by: &ProgramCoordinator) -> Result<Vec<SharedProduct>> {
    let mut db = app.db.acquire().await?;
    queries::shared(&mut db, by.program_id(), None, A_FILE).await
}

/// Shares one's own product with everybody in the program.
///
/// # Errors
/// `NotFound` when it is not one's own, `NotAllowed` when the program has ended.
pub(super) async fn share(app: &App, by: &Peer, id: ProductId) -> Result<()> {
    if !by.program().state.is_running() {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    set(app, by, id, true).await
}

/// Takes it back, also after the program has ended.
///
/// # Errors
/// `NotFound` when it is not one's own.
pub(super) async fn take_back(app: &App, by: &Peer, id: ProductId) -> Result<()> {
    set(app, by, id, false).await
}

async fn set(app: &App, by: &Peer, id: ProductId, is_shared: bool) -> Result<()> {
    let since = is_shared.then(|| app.clock.now());
    let mut tx = app.db.begin().await?;
    if !queries::share(&mut tx, by.program_id(), (by.participation_id(), id), since).await? {
        return Err(AppError::NotFound);
    }
    tx.commit().await?;
    Ok(())
}
