//! Reads the request, calls one service function, picks the page.
pub(super) mod log;
pub(super) mod settle;

use crate::access::GroupMember;
use crate::base::ids::FeedbackId;
use crate::features::feedback::path;
use crate::web::form::Form;

type Fields = Form<Vec<(String, String)>>;

/// Where an item stands as long as it is not settled.
fn said_path(member: &GroupMember, id: FeedbackId) -> String {
    format!("{}/said", path(member, id))
}
