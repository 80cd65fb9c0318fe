//! When an agreement comes into force, who reads which version, and the text that a group can
//! start from. No database, no HTML.
use crate::features::goal_versions::asked_until;
use time::Date;

crate::text_enum! {
    /// What a clause is about; the first six are offered to every group.
    pub enum ClauseKind {
        Confidentiality = "confidentiality",
        Attendance = "attendance",
        Decisions = "decisions",
        Feedback = "feedback",
        Notes = "notes",
        Leaving = "leaving",
        /// The group's own.
        Own = "own",
    }
}

impl ClauseKind {
    /// Those that every group is offered, in order.
    pub const OFFERED: [Self; 6] =
        [Self::Confidentiality, Self::Attendance, Self::Decisions, Self::Feedback, Self::Notes, Self::Leaving];

    /// The heading of an offered clause; an own one has a heading of its own.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Confidentiality => "Confidentiality",
            Self::Attendance => "Attendance",
            Self::Decisions => "Decisions",
            Self::Feedback => "Feedback",
            Self::Notes => "Notes",
            Self::Leaving => "Leaving without blame",
            Self::Own => "",
        }
    }

    /// The text that a group can start from.
    pub const fn suggested(self) -> &'static str {
        match self {
            Self::Confidentiality => {
                "What is said in this group stays in it. We tell others what we learned, not who said what. Whoever \
                 shares something may ask for more care than that."
            }
            Self::Attendance => {
                "We keep the dates that we set. Whoever cannot come says so a day before where they can. If two of us \
                 cannot come, we find another date in the same week."
            }
            Self::Decisions => {
                "We decide together, and nobody decides for somebody else. When we differ, we try the smaller thing \
                 first and look at it again at the next meeting."
            }
            Self::Feedback => {
                "We give feedback on what was agreed beforehand: what we saw, and what it did. Whoever receives it \
                 decides what to do with it."
            }
            Self::Notes => {
                "The note-taker writes down what we decided and who does what by when. Personal things are not \
                 written down. Each of us may correct the notes."
            }
            Self::Leaving => {
                "Any of us may leave without giving a reason, and nobody is asked for one. We say goodbye at a \
                 meeting if the one who leaves wants that."
            }
            Self::Own => "",
        }
    }
}

/// One thing that the group agrees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    pub kind: ClauseKind,
    pub title: String,
    pub body: String,
}

/// The clauses that a group can start from.
pub fn template() -> Vec<Clause> {
    let offered = ClauseKind::OFFERED.into_iter();
    offered.map(|kind| Clause { kind, title: kind.heading().to_owned(), body: kind.suggested().to_owned() }).collect()
}

/// The most clauses of a group's own.
pub(super) const MOST_OWN: usize = 8;

/// One open member, who is asked from the day it was written or the day they joined, whichever is later.
#[derive(Debug, Clone, Copy)]
pub struct Voice {
    pub asked_on: Date,
    pub agreed: bool,
}

/// A version is adopted when somebody said yes and nobody is left who has days to answer.
pub fn is_adopted(voices: &[Voice], today: Date) -> bool {
    let no_longer_blocks = |voice: &Voice| voice.agreed || today >= asked_until(voice.asked_on);
    voices.iter().any(|voice| voice.agreed) && voices.iter().all(no_longer_blocks)
}

/// The life of one version; of several they are in the order of their numbers.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    pub written_on: Date,
    pub adopted_on: Option<Date>,
}

/// Whether somebody who joined that day reads the version at `at`: what stands or is proposed, and
/// what still stood, or was still proposed, when they came.
pub fn is_readable(versions: &[Span], at: usize, joined_on: Date) -> bool {
    let Some(this) = versions.get(at) else { return false };
    let mut later = versions.iter().skip(at + 1);
    let ended_on = match this.adopted_on {
        Some(_) => later.find_map(|version| version.adopted_on),
        None => later.next().map(|version| version.written_on),
    };
    ended_on.is_none_or(|ended| ended >= joined_on)
}
