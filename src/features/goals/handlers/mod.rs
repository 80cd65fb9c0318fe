//! Reads the request, calls one service function, picks the page.
pub(super) mod goals;
pub(super) mod products;
pub(super) mod proposing;
pub(super) mod writing;

use crate::access::GroupMember;
use crate::base::ids::{GoalId, ProductId};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct OfGoal {
    goal_id: GoalId,
}

#[derive(Deserialize)]
pub(super) struct OfProduct {
    goal_id: GoalId,
    product_id: ProductId,
}

fn goal_path(by: &GroupMember, id: GoalId) -> String {
    format!("{}/goals/{id}", by.group().path())
}
