//! Items of an agenda: what they are for, how long they are planned, what becomes of them.
use crate::base::ids::{AgendaItemId, FieldTripId, GoalId, ParticipationId, ThemeId};
use time::{Date, OffsetDateTime};

crate::text_enum! {
    /// What an agenda item is for.
    pub enum ItemKind {
        CheckIn = "check_in",
        GoalWork = "goal_work",
        Theme = "theme",
        FeedbackRound = "feedback_round",
        Trip = "trip",
        /// Time kept for catching up, so that it eats nothing else.
        Informal = "informal",
        Logistics = "logistics",
        WrapUp = "wrap_up",
    }
}

impl ItemKind {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::CheckIn => "Check-in",
            Self::GoalWork => "Work on a goal",
            Self::Theme => "Theme",
            Self::FeedbackRound => "Feedback round",
            Self::Trip => "Field trip",
            Self::Informal => "Catching up",
            Self::Logistics => "Logistics",
            Self::WrapUp => "Wrap-up",
        }
    }

    /// How it is drawn: on purpose, catching up, or the rest.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::GoalWork | Self::Theme | Self::FeedbackRound | Self::Trip => "work",
            Self::Informal => "catch",
            Self::CheckIn | Self::Logistics | Self::WrapUp => "rest",
        }
    }
}

crate::text_enum! {
    /// What became of an item.
    pub enum ItemState {
        Planned = "planned",
        Done = "done",
        Skipped = "skipped",
        /// Appears once more, in the next meeting.
        Carried = "carried",
        Parked = "parked",
    }
}

/// One line of an agenda, with the names of what it points to.
#[derive(Debug, Clone)]
pub struct Item {
    pub id: AgendaItemId,
    pub kind: ItemKind,
    pub title: String,
    pub planned_minutes: i32,
    pub goal_id: Option<GoalId>,
    /// Whose goal; none for the group's own.
    pub goal_owner_id: Option<ParticipationId>,
    pub goal_owner_name: Option<String>,
    pub trip_id: Option<FieldTripId>,
    pub trip_on: Option<Date>,
    pub lead_id: Option<ParticipationId>,
    pub lead_name: Option<String>,
    pub state: ItemState,
    pub actual_minutes: Option<i32>,
    /// Put off from an earlier meeting.
    pub carried: bool,
    /// When its words were put down, in the program's zone.
    pub worded_on: Date,
    /// Its words are from before the reader came, and not theirs to read: see [`Item::keep_to`].
    pub was_before_me: bool,
}

impl Item {
    /// Rule 8: to whoever came after it was written stays what it is for and how long, not its words.
    /// A title that is only the name of its kind says no more than that.
    pub fn keep_to(&mut self, joined_on: Date) {
        if self.worded_on < joined_on && self.title != self.kind.label() {
            self.kind.label().clone_into(&mut self.title);
            self.was_before_me = true;
        }
    }
}

/// An item that is not written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub kind: ItemKind,
    pub title: String,
    pub minutes: i32,
    pub goal_id: Option<GoalId>,
    pub trip_id: Option<FieldTripId>,
    pub theme_id: Option<ThemeId>,
    pub lead_id: Option<ParticipationId>,
    pub carried_from: Option<AgendaItemId>,
    /// When its words were put down: by who writes it now, or where they are taken from.
    pub worded_at: OffsetDateTime,
}

/// The longest an item may be planned, in minutes.
pub const LONGEST_ITEM: i32 = 480;

/// What became of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// With its minutes.
    Done(i32),
    Carried,
    Parked,
    Skipped,
}

impl Outcome {
    #[must_use]
    pub const fn state(self) -> ItemState {
        match self {
            Self::Done(_) => ItemState::Done,
            Self::Carried => ItemState::Carried,
            Self::Parked => ItemState::Parked,
            Self::Skipped => ItemState::Skipped,
        }
    }
    #[must_use]
    pub const fn minutes(self) -> Option<i32> {
        match self {
            Self::Done(minutes) => Some(minutes),
            _ => None,
        }
    }
    /// What a form calls the fate of an item that was not done.
    #[must_use]
    pub fn fate(word: &str) -> Option<Self> {
        match word {
            "carried" => Some(Self::Carried),
            "parked" => Some(Self::Parked),
            "skipped" => Some(Self::Skipped),
            _ => None,
        }
    }
}
