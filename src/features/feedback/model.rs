//! Feedback: its forms, its states, and what must hold before it is given.
pub(crate) mod answer;
mod typed;

pub use typed::{Draft, MOST_OF_A_PART, Typed, box_name};

pub use crate::features::formats::{Format, Part, Words};

use crate::base::{
    ids::{ElementId, FeedbackId, ParticipationId},
    words as said,
};
use crate::features::field_trips::TripKind;
use time::{Date, OffsetDateTime};

crate::text_enum! {
    /// Written: `draft → shared → answered`. Spoken: `logged → confirmed → answered`, or disputed, which its
    /// logger can still end by accepting the other's words.
    pub enum FeedbackState {
        /// Only its giver can read it.
        Draft = "draft",
        Shared = "shared",
        Answered = "answered",
        /// Waits for the word of the one who did not log it.
        Logged = "logged",
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
    /// Which of the two logged what was said; nobody, where it is written.
    pub logged_by: Option<ParticipationId>,
    /// Of spoken feedback: when the words as they stand were logged.
    pub shared_at: Option<OffsetDateTime>,
    /// Of spoken feedback: when its words were confirmed.
    pub opened_at: Option<OffsetDateTime>,
    pub answered_at: Option<OffsetDateTime>,
    /// It counts: shared, and no report keeps it from the others.
    pub is_live: bool,
    /// When a draft kept itself last.
    pub kept_at: Option<OffsetDateTime>,
    /// When a second wording was put beside the first.
    pub reworded_at: Option<OffsetDateTime>,
}

impl Feedback {
    /// The one of the two who is not this one.
    #[must_use]
    pub fn other(&self, than: ParticipationId) -> (ParticipationId, &str) {
        if self.giver_id == than { (self.receiver_id, &self.receiver_name) } else { (self.giver_id, &self.giver_name) }
    }

    /// Written, answered, and not revised yet.
    #[must_use]
    pub fn can_be_revised(&self) -> bool {
        self.logged_by.is_none() && self.state == FeedbackState::Answered && self.reworded_at.is_none()
    }

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

/// Takes from an item what this reader is not to know: whoever did not receive it neither whether it was opened
/// nor how the receiver saw it, the receiver nothing of the words before opening.
pub fn keep_to_reader(item: &mut Feedback, texts: &mut [Text], reader: ParticipationId) {
    if item.logged_by.is_some() && [item.giver_id, item.receiver_id].contains(&reader) {
        // Both were there.
        return;
    }
    if item.receiver_id != reader {
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
    /// The reader logged it, and the other has not said whether it was so.
    Logged,
    /// The other logged it: was it so?
    ToConfirm,
    /// Each remembers it differently, and both read both.
    Disputed,
    /// Both read both.
    Settled,
    /// Somebody else in the group reads it, because the two said so.
    Shown,
}

/// What an item is to this reader; `None` where it does not exist for them.
#[must_use]
pub fn standing(item: &Feedback, reader: ParticipationId) -> Option<Standing> {
    let (gives, receives) = (item.giver_id == reader, item.receiver_id == reader);
    if !gives && !receives {
        return None;
    }
    match item.state {
        FeedbackState::Draft => gives.then_some(Standing::Draft),
        FeedbackState::Shared if gives => Some(Standing::Given),
        FeedbackState::Shared if item.opened_at.is_none() => Some(Standing::Unopened),
        FeedbackState::Logged if item.logged_by == Some(reader) => Some(Standing::Logged),
        FeedbackState::Logged => Some(Standing::ToConfirm),
        FeedbackState::Disputed => Some(Standing::Disputed),
        FeedbackState::Confirmed if gives => Some(Standing::Settled),
        FeedbackState::Shared | FeedbackState::Confirmed => Some(Standing::ToAnswer),
        FeedbackState::Answered => Some(Standing::Settled),
    }
}
