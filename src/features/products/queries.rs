//! Every statement that writes `products`, and the list of those of a goal.
mod sharing;

pub(super) use sharing::*;
pub(crate) use sharing::{ShownProduct, shown};

use super::model::ProductState;
use crate::base::{
    error::Result,
    ids::{GoalId, GroupId, ParticipationId, ProductId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

#[derive(Debug)]
pub(crate) struct ProductRow {
    pub(crate) id: ProductId,
    pub(crate) owner_id: ParticipationId,
    pub(crate) owner_name: String,
    pub(crate) title: String,
    pub(crate) link: String,
    /// The product itself, or what it is, in words.
    pub(crate) words: String,
    pub(crate) state: ProductState,
    pub(crate) created_at: OffsetDateTime,
}

/// The products of a goal, in the order in which they were named, without those that others keep from the group.
pub(crate) async fn of_goal(
    db: &mut PgConnection,
    program_id: ProgramId,
    goal_id: GoalId,
    me: ParticipationId,
) -> Result<Vec<ProductRow>> {
    Ok(sqlx::query_as!(
        ProductRow,
        r#"select r.id as "id: ProductId", r.owner_id as "owner_id: ParticipationId", p.name as owner_name, r.title,
                  r.link, r.words, r.state as "state: ProductState", r.created_at
           from products r
           join participations t on t.program_id = r.program_id and t.id = r.owner_id
           join people p on p.id = t.person_id
           where r.program_id = $1 and r.goal_id = $2 and (r.owner_id = $3 or r.kept_from_group_at is null)
           order by r.created_at, r.id"#,
        program_id as ProgramId,
        goal_id as GoalId,
        me as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// A product that is named.
#[derive(Debug)]
pub(crate) struct NewProduct {
    pub(crate) id: ProductId,
    pub(crate) group_id: GroupId,
    pub(crate) goal_id: GoalId,
    pub(crate) owner_id: ParticipationId,
    pub(crate) title: String,
    pub(crate) link: String,
    pub(crate) words: String,
    pub(crate) state: ProductState,
}

/// Changes nothing when a product with this id is there already.
pub(crate) async fn insert_product(
    db: &mut PgConnection,
    program_id: ProgramId,
    new: &NewProduct,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into products (program_id, id, group_id, goal_id, owner_id, title, link, state, created_at, words)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (program_id, id) do nothing",
        program_id as ProgramId,
        new.id as ProductId,
        new.group_id as GroupId,
        new.goal_id as GoalId,
        new.owner_id as ParticipationId,
        new.title,
        new.link,
        new.state as ProductState,
        now,
        new.words
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A product and what of it changes.
#[derive(Debug)]
pub(crate) struct ProductChange {
    pub(crate) id: ProductId,
    pub(crate) goal_id: GoalId,
    pub(crate) link: String,
    pub(crate) words: String,
    pub(crate) state: ProductState,
}

/// `false` when this person has no such product under this goal.
pub(crate) async fn update_product(
    db: &mut PgConnection,
    program_id: ProgramId,
    owner_id: ParticipationId,
    change: &ProductChange,
) -> Result<bool> {
    let done = sqlx::query!(
        "update products set link = $5, state = $6, words = $7
         where program_id = $1 and goal_id = $2 and id = $3 and owner_id = $4",
        program_id as ProgramId,
        change.goal_id as GoalId,
        change.id as ProductId,
        owner_id as ParticipationId,
        change.link,
        change.state as ProductState,
        change.words
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
