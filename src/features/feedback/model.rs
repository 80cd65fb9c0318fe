//! Feedback: its forms, its states, and what must hold before it is given.
pub(crate) mod answer;
mod typed;
mod words;

pub use typed::{Draft, MOST_OF_A_PART, Typed, box_name};
pub use words::{Format, Part, Words};

use crate::base::{
    ids::{ElementId, FeedbackId, ParticipationId},
    words as said,
};
use crate::features::field_trips::TripKind;
use time::{Date, OffsetDateTime};

crate::text_enum! {
    /// Written: `draft → shared → answered`. Spoken: logged, then confirmed or disputed.
    pub enum FeedbackState {
        /// Only its giver can read it.
        Draft = "draft",
        Shared = "shared",
        Answered = "answered",
        Confirmed = "confirmed",
        Disputed = "disputed",
    }
}

crate::text_enum! {
    /// What the receiver says to one element.
    pub enum Reply {
        Thanks = "thanks",
        WillTry = "will_try",
        AlreadyTrying = "already_trying",
        LetsTalk = "lets_talk",
        SeeDifferently = "see_differently",
    }
}

impl Reply {
    /// As its button says it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Thanks => "Thank you",
            Self::WillTry => "I will try it",
            Self::AlreadyTrying => "I am already trying it",
            Self::LetsTalk => "Let’s talk about it",
            Self::SeeDifferently => "I see it differently",
        }
    }
}

/// One person's feedback to another, without its texts.
#[derive(Debug, Clone)]
pub struct Feedback {
    pub id: FeedbackId,
    pub giver_id: ParticipationId,
    pub giver_name: String,
    pub receiver_id: ParticipationId,
    pub receiver_name: String,
    pub state: FeedbackState,
    pub format: Format,
    /// Said by the time it is read through.
    pub happened_on: Option<Date>,
    pub occasion: Occasion,
    /// What kind of trip it came from, if from one.
    pub trip_kind: Option<TripKind>,
    pub not_agreed: String,
    pub shared_at: Option<OffsetDateTime>,
    pub opened_at: Option<OffsetDateTime>,
    pub answered_at: Option<OffsetDateTime>,
    /// When a draft kept itself last.
    pub kept_at: Option<OffsetDateTime>,
}

impl Feedback {
    /// "after the meeting on 13 April"; empty as long as a draft does not say.
    #[must_use]
    pub fn after(&self) -> String {
        let Some(day) = self.happened_on.map(said::day) else { return String::new() };
        match (self.occasion, self.trip_kind) {
            (Occasion::Meeting(_), _) => format!("after the meeting on {day}"),
            (Occasion::Trip(_), Some(kind)) => format!("after the {} on {day}", kind.noun()),
            (Occasion::Trip(_), None) => format!("after the trip on {day}"),
            (Occasion::Elsewhere, _) => format!("as seen on {day}"),
        }
    }
}

/// What stands on one element of an item.
#[derive(Debug, Clone)]
pub struct Text {
    pub element_id: ElementId,
    pub title: String,
    pub agreed_on: Option<Date>,
    pub words: Words,
    /// How the receiver saw it; for nobody else.
    pub self_view: String,
    pub answer: Option<Reply>,
    pub answer_words: String,
}

/// Takes from an item what this reader is not to know: the giver neither whether it was opened
/// nor how the receiver saw it, the receiver nothing of the words before opening.
pub fn keep_to_reader(item: &mut Feedback, texts: &mut [Text], reader: ParticipationId) {
    if item.giver_id == reader {
        item.opened_at = None;
        for text in &mut *texts {
            text.self_view.clear();
        }
    } else if item.opened_at.is_none() && item.state == FeedbackState::Shared {
        item.not_agreed.clear();
        for text in &mut *texts {
            text.words = Words::from_parts(item.format, |_| String::new());
        }
    }
}

/// Where something was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    Meeting(uuid::Uuid),
    Trip(uuid::Uuid),
    Elsewhere,
}

impl Occasion {
    /// From the two columns that may hold it.
    #[must_use]
    pub fn of(meeting: Option<uuid::Uuid>, trip: Option<uuid::Uuid>) -> Self {
        match (meeting, trip) {
            (Some(id), _) => Self::Meeting(id),
            (None, Some(id)) => Self::Trip(id),
            (None, None) => Self::Elsewhere,
        }
    }

    /// The word the form uses.
    #[must_use]
    pub fn value(self) -> String {
        match self {
            Self::Meeting(id) => format!("meeting:{id}"),
            Self::Trip(id) => format!("trip:{id}"),
            Self::Elsewhere => "elsewhere".to_owned(),
        }
    }
}

/// What one person may do with one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The giver reads their draft through.
    Draft,
    /// The giver waits. The same whether or not it was opened: they are not told.
    Given,
    /// The receiver has not opened it.
    Unopened,
    /// The receiver reads it and may answer.
    ToAnswer,
    /// Both read both.
    Settled,
}

/// What an item is to this reader; `None` where it does not exist for them.
#[must_use]
pub fn standing(item: &Feedback, reader: ParticipationId) -> Option<Standing> {
    let (gives, receives) = (item.giver_id == reader, item.receiver_id == reader);
    match item.state {
        FeedbackState::Draft => gives.then_some(Standing::Draft),
        FeedbackState::Shared if gives => Some(Standing::Given),
        FeedbackState::Shared if receives && item.opened_at.is_none() => Some(Standing::Unopened),
        FeedbackState::Shared if receives => Some(Standing::ToAnswer),
        FeedbackState::Answered | FeedbackState::Confirmed | FeedbackState::Disputed => {
            (gives || receives).then_some(Standing::Settled)
        }
        FeedbackState::Shared => None,
    }
}
