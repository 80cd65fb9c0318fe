//! One open action, ready to show on any page of the group.
use super::queries::ActionRow;
use crate::access::GroupMember;
use crate::base::{ids::ActionId, text::first_name, words};
use time::Date;

/// An open action in a list.
#[derive(Debug, Clone)]
pub(crate) struct OpenLine {
    pub(crate) id: ActionId,
    pub(crate) words: String,
    /// "Marcus, by 4 May".
    pub(crate) about: String,
    /// Its day has passed.
    pub(crate) is_late: bool,
}

impl OpenLine {
    pub(super) fn of(by: &GroupMember, row: &ActionRow, today: Date) -> Self {
        let is_late = row.due_on < today;
        let when = if is_late { "it was for" } else { "by" };
        Self {
            id: row.id,
            words: row.words.clone(),
            about: format!("{}, {when} {}", who(by, row), words::day(row.due_on)),
            is_late,
        }
    }
}

/// "You", "Marcus", "All of you".
pub(super) fn who(by: &GroupMember, row: &ActionRow) -> String {
    match (row.owner_id, row.owner_name.as_deref()) {
        (None, _) => "All of you".to_owned(),
        (Some(id), _) if id == by.participation_id() => "You".to_owned(),
        (Some(_), name) => name.map_or("Somebody", first_name).to_owned(),
    }
}
