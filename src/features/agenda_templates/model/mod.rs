//! What agendas may be about, and how room is found in them.
mod leads;
mod templates;

pub use leads::{Led, Turns};
pub use templates::{Material, Template, drafts, is_untouched};

use crate::base::ids::{FieldTripId, GoalId, ParticipationId, ThemeId};
use crate::features::meetings::ItemKind;
use time::{Date, OffsetDateTime};

/// A goal that an item may name.
#[derive(Debug, Clone)]
pub struct GoalChoice {
    pub id: GoalId,
    pub title: String,
    pub owner_id: Option<ParticipationId>,
    pub owner_name: Option<String>,
    /// Else it is a draft, the group's or the reader's own.
    pub is_agreed: bool,
    pub worded_at: OffsetDateTime,
    /// Worded before the reader came: its title is not theirs to read, and is empty.
    pub was_before_me: bool,
}

/// A field trip that an item may name.
#[derive(Debug, Clone)]
pub struct TripChoice {
    pub id: FieldTripId,
    /// Empty where it was planned before the reader came.
    pub purpose: String,
    pub on_date: Date,
}

/// The theme of the day: the group's own, and where it has none the program's.
#[derive(Debug, Clone, sqlx::Type)]
#[sqlx(type_name = "record")]
pub struct DayTheme {
    /// Of the program's; none for a group's own.
    pub id: Option<ThemeId>,
    /// Empty, like the question, where the group set it before the reader came.
    pub title: String,
    pub question: String,
    pub starts_on: Date,
    pub ends_on: Date,
    /// When the group put its words down; nothing for the program's, which everyone may read.
    pub worded_at: Option<OffsetDateTime>,
}

impl DayTheme {
    /// The group set it, before the reader came: its words are not theirs to read.
    #[must_use]
    pub const fn was_before_me(&self) -> bool {
        self.title.is_empty()
    }
}

/// The least that [`make_room`] leaves of an item.
const LEFT_OF_AN_ITEM: i32 = 5;

/// Finds room in a full agenda for `wanted` more minutes: what is free, then what the longest
/// items can give, never the time kept for catching up. Returns the minutes found.
pub fn make_room(planned: &mut [(ItemKind, i32)], length: i32, wanted: i32) -> i32 {
    let sum: i32 = planned.iter().map(|(_, minutes)| minutes).sum();
    let mut missing = wanted - (length - sum).max(0);
    while missing > 0 {
        let longest = planned
            .iter_mut()
            .filter(|(kind, minutes)| *kind != ItemKind::Informal && *minutes > LEFT_OF_AN_ITEM)
            .max_by_key(|(_, minutes)| *minutes);
        let Some((_, minutes)) = longest else { break };
        let given = missing.min(*minutes - LEFT_OF_AN_ITEM);
        *minutes -= given;
        missing -= given;
    }
    wanted - missing.max(0)
}
