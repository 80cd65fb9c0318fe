//! What somebody says looking back, and what keeps a program from beginning. No database, no HTML.
use crate::base::{ids::EarlierLessonId, words};

crate::text_enum! {
    /// What a line says of what was.
    pub enum Hindsight {
        Worked = "worked",
        DidNot = "did_not",
        TryNext = "try_next",
    }
}

impl Hindsight {
    /// As a heading, and beside a line.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Worked => "What worked",
            Self::DidNot => "What did not",
            Self::TryNext => "What to try next",
        }
    }
}

/// In characters.
pub(super) const LONGEST_LESSON: usize = 300;
pub(super) const LONGEST_ORIGIN: usize = 120;
pub(super) const LONGEST_ANSWER: usize = 600;
/// The most lessons that a program begins with.
pub(super) const MOST_LESSONS: i64 = 60;

/// A lesson that is typed in or comes along.
#[derive(Debug, Clone)]
pub struct NewLesson {
    pub id: EarlierLessonId,
    pub kind: Hindsight,
    pub words: String,
    /// Where it was learned.
    pub origin: String,
}

/// What keeps a program from being launched while this many lessons have no answer; a sentence without its stop.
#[must_use]
pub fn problem(unanswered: usize) -> Option<String> {
    match unanswered {
        0 => None,
        1 => Some("One lesson of last time has no answer yet".to_owned()),
        n => Some(format!("{} lessons of last time have no answer yet", words::capital(&words::number(n)))),
    }
}
