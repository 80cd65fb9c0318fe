//! Products, as the archive file holds them under their goal.
use super::model::ProductState;
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, GoalId, GroupId, ParticipationId, ProductId, ProgramId},
    portable::{Frame, Key, Moment},
};
use serde::Deserialize;
use sqlx::PgConnection;

/// What comes of a goal that others can use.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    pub key: Key<ProductId>,
    pub owner: Key<ParticipationId>,
    pub title: String,
    #[serde(default)]
    pub link: String,
    #[serde(default)]
    pub words: String,
    pub state: ProductState,
    pub created_at: Moment,
    /// Since when the whole program sees it.
    pub shared_with_program_at: Option<Moment>,
    /// Since when its owner keeps it from the group.
    pub kept_from_group_at: Option<Moment>,
    /// Since when the supervisor of a request sees it, and which request.
    pub shared_with_supervisor_at: Option<Moment>,
    pub supervisor_request: Option<Key<ApprovalRequestId>>,
}

/// Adds the products of one goal of a group.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(
    db: &mut PgConnection,
    frame: &Frame,
    (group_id, goal_id): (GroupId, GoalId),
    products: &[Product],
) -> Result<()> {
    for product in products {
        sqlx::query!(
            "insert into products (program_id, id, group_id, goal_id, owner_id, title, link, state, created_at,
            shared_with_program_at, kept_from_group_at, shared_with_supervisor_at, supervisor_request_id, words)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            frame.program_id as ProgramId,
            frame.id(&product.key) as ProductId,
            group_id as GroupId,
            goal_id as GoalId,
            frame.id(&product.owner) as ParticipationId,
            product.title,
            product.link,
            product.state as ProductState,
            frame.moment(product.created_at),
            product.shared_with_program_at.map(|at| frame.moment(at)),
            product.kept_from_group_at.map(|at| frame.moment(at)),
            product.shared_with_supervisor_at.map(|at| frame.moment(at)),
            frame.id_of(product.supervisor_request.as_ref()) as Option<ApprovalRequestId>,
            product.words
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
