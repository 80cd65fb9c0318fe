//! Choosing whom one shares one's products with, and reading what is shared.
pub(super) use super::queries::{OwnProduct, SharedProduct, ShownProduct};
use super::{
    email::ProductShown,
    link::ShownTo,
    model::Audience,
    queries::{self, Own},
};
use crate::access::{OwnPart, ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::{ProductId, ProgramId},
    local_time,
};
use crate::features::approvals::{self, Request};
use crate::links::{self, LinkKind};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// How many shared products stand on a page.
const A_PAGE: usize = 50;
/// How many stand in a file.
const A_FILE: i64 = 10_000;

/// A page of what is shared with the program.
#[derive(Debug, Default)]
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

/// What a peer sees: their own, each with whom it is shared with, and what others share.
#[derive(Debug)]
pub(super) struct OwnShelf {
    pub(super) own: Vec<OwnProduct>,
    /// Whose yes is in effect, and who can be shown something.
    pub(super) supervisor: Option<String>,
    /// For those who take part.
    pub(super) shelf: Shelf,
}

pub(super) async fn for_peer(app: &App, by: &OwnPart, below: Option<ProductId>) -> Result<OwnShelf> {
    let mut db = app.db.acquire().await?;
    let own = queries::own(&mut db, by.program_id(), by.participation_id()).await?;
    let supervisor = in_effect(&mut db, by, app.clock.now()).await?.map(|yes| yes.supervisor_name);
    let shelf = if by.is_open() { shelf(&mut db, by.program_id(), below).await? } else { Shelf::default() };
    Ok(OwnShelf { own, supervisor, shelf })
}

async fn in_effect(db: &mut PgConnection, by: &OwnPart, now: OffsetDateTime) -> Result<Option<approvals::Holding>> {
    let today = local_time::day_in(&by.program().time_zone, now);
    approvals::holding(db, by.program_id(), by.participation_id(), None, today).await
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

/// What came of sharing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shared {
    Done,
    /// No supervisor's yes is in effect.
    NoSupervisor,
}

/// Shares one's own product with the group, the program or the supervisor.
///
/// # Errors
/// `NotFound` when it is not one's own, `NotAllowed` when the program or one's part in it has ended.
pub(super) async fn share(app: &App, by: &OwnPart, id: ProductId, with: Audience) -> Result<Shared> {
    if !by.program().state.is_running() || !by.is_open() {
        return Err(AppError::NotAllowed("the program, or their part in it, has ended"));
    }
    let now = app.clock.now();
    let own = (by.participation_id(), id);
    let mut tx = app.db.begin().await?;
    let there = match with {
        Audience::Group => queries::keep_from_group(&mut tx, by.program_id(), own, None).await?,
        Audience::Program => queries::share_with_program(&mut tx, by.program_id(), own, Some(now)).await?,
        Audience::Supervisor => {
            let Some(yes) = in_effect(&mut tx, by, now).await? else { return Ok(Shared::NoSupervisor) };
            show(&mut tx, by.program_id(), own, (&yes, now)).await?
        }
    };
    if !there {
        return Err(AppError::NotFound);
    }
    tx.commit().await?;
    Ok(Shared::Done)
}

/// Shows a product to a supervisor and tells them, once for as long as it stays shown.
async fn show(
    db: &mut PgConnection,
    program_id: ProgramId,
    own: Own,
    (yes, now): (&approvals::Holding, OffsetDateTime),
) -> Result<bool> {
    match queries::is_shown_to(db, program_id, own, yes.id).await? {
        None => return Ok(false),
        Some(true) => return Ok(true),
        Some(false) => {}
    }
    queries::show_to_supervisor(db, program_id, own, Some((yes.id, now))).await?;
    let letter = ProductShown { program_id, request_id: yes.id, product_id: own.1 };
    // Shared, taken back and shared again: told once a day.
    let key = Some(format!("product-shown:{}:{}:{}", yes.id, own.1, now.date()));
    outbox::enqueue(db, &letter, Posting { program_id: Some(program_id), due_at: now, key }).await?;
    Ok(true)
}

/// Takes it back, also after the program or one's part in it has ended.
///
/// # Errors
/// `NotFound` when it is not one's own.
pub(super) async fn take_back(app: &App, by: &OwnPart, id: ProductId, from: Audience) -> Result<()> {
    let own = (by.participation_id(), id);
    let mut tx = app.db.begin().await?;
    let there = match from {
        Audience::Group => queries::keep_from_group(&mut tx, by.program_id(), own, Some(app.clock.now())).await?,
        Audience::Program => queries::share_with_program(&mut tx, by.program_id(), own, None).await?,
        Audience::Supervisor => queries::show_to_supervisor(&mut tx, by.program_id(), own, None).await?,
    };
    if !there {
        return Err(AppError::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// Takes back everything from supervisors, and ends every link that was sent to one.
pub(super) async fn end_links(app: &App, by: &OwnPart) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    queries::take_all_back(&mut tx, by.program_id(), by.participation_id()).await?;
    for request in queries::requests(&mut tx, by.program_id(), by.participation_id()).await? {
        links::revoke(&mut tx, LinkKind::ShownProducts, request.0, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What a supervisor sees of one report.
///
/// # Errors
/// `Gone` while nothing is shared with them.
pub(super) async fn shown(app: &App, by: &ShownTo) -> Result<(Request, Vec<ShownProduct>)> {
    let mut db = app.db.acquire().await?;
    let request = approvals::find(&mut db, by.program_id, by.request_id).await?;
    let products = queries::shown(&mut db, by.program_id, by.request_id).await?;
    if products.is_empty() || request.program.state == ProgramState::Cancelled {
        return Err(AppError::Gone);
    }
    Ok((request, products))
}
