//! Naming what comes out of a goal, and how far it is.
use super::{hold, see};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{GoalId, ProductId},
};
use crate::features::products::{self, NewProduct, ProductChange, ProductState};
use crate::web::state::App;

/// What is said of a product.
#[derive(Debug)]
pub(in super::super) struct Made {
    pub(in super::super) id: ProductId,
    pub(in super::super) title: String,
    /// http or https, or nothing.
    pub(in super::super) link: String,
    pub(in super::super) words: String,
    pub(in super::super) state: ProductState,
}

/// Names a product of one's own: under the group's goal or one's own goal, open or closed.
pub(in super::super) async fn add_product(app: &App, by: &GroupMember, goal_id: GoalId, made: Made) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let seen = hold(&mut tx, by, goal_id, now).await?;
    if seen.is_anothers(by) {
        return Err(AppError::NotAllowed("what comes out of a personal goal is its owner's"));
    }
    let new = NewProduct {
        id: made.id,
        group_id: by.group_id(),
        goal_id,
        owner_id: by.participation_id(),
        title: made.title,
        link: made.link,
        words: made.words,
        state: made.state,
    };
    products::insert_product(&mut tx, by.program_id(), &new, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Changes how far one's own product is, and where it is found.
///
/// # Errors
/// `NotFound` when this member has no such product under the goal.
pub(in super::super) async fn change_product(app: &App, by: &GroupMember, change: &ProductChange) -> Result<()> {
    let mut tx = app.db.begin().await?;
    see(&mut tx, by, change.goal_id, app.clock.now()).await?;
    if !products::update_product(&mut tx, by.program_id(), by.participation_id(), change).await? {
        return Err(AppError::NotFound);
    }
    tx.commit().await?;
    Ok(())
}
