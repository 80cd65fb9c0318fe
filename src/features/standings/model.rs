//! What needs a coordinator's attention among requests, in which order, and what became of emails.
use crate::base::local_time::day_in;
use crate::features::approvals::{Request, RequestState, standing};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

crate::text_enum! {
    /// Where a request stands in the list, the most urgent first; the words name the filters.
    pub enum Section {
        Waiting = "waiting",
        NoAnswer = "no-answer",
        CalledOff = "called-off",
        Declined = "declined",
        TalkFirst = "talk-first",
        Condition = "condition",
        /// Taken back, or a yes that ends within three weeks while the program goes on.
        Ending = "ending",
        InEffect = "in-effect",
    }
}

impl Section {
    /// As a heading says it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::NoAnswer => "No answer in time",
            Self::CalledOff => "To be asked again",
            Self::Declined => "Not this term",
            Self::TalkFirst => "Talk first",
            Self::Condition => "On a condition",
            Self::Ending => "Taken back or ending soon",
            Self::InEffect => "Backed",
        }
    }

    /// Its place, as the list is sorted and as the statement numbers it.
    #[must_use]
    pub fn number(self) -> i32 {
        Self::ALL.iter().position(|section| *section == self).and_then(|at| i32::try_from(at).ok()).unwrap_or(0)
    }
}

/// A yes that ends within so many days, before the program does, is to be asked for again.
pub(super) const ENDS_SOON: Duration = Duration::days(21);

/// Where a request stands; the statement of the list says the same.
#[must_use]
pub fn section_of(
    (state, expires_at, talk_first): (RequestState, OffsetDateTime, bool),
    (valid_until, program_ends_on): (Date, Date),
    (today, now): (Date, OffsetDateTime),
) -> Section {
    match standing(state, expires_at, now) {
        RequestState::Pending if talk_first => Section::TalkFirst,
        RequestState::Pending => Section::Waiting,
        RequestState::Expired => Section::NoAnswer,
        RequestState::Cancelled | RequestState::Superseded => Section::CalledOff,
        RequestState::Declined => Section::Declined,
        RequestState::Conditional => Section::Condition,
        RequestState::Revoked => Section::Ending,
        RequestState::Approved if valid_until < program_ends_on && valid_until <= today.saturating_add(ENDS_SOON) => {
            Section::Ending
        }
        RequestState::Approved => Section::InEffect,
    }
}

/// What a coordinator asks a peer to do about their newest request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// Nobody answers: is it the right address?
    CorrectAddress,
    /// It was called off, taken back, or ends before the program does: only the peer can ask anew.
    AskAgain,
}

impl Wish {
    /// Whether it makes sense for a request in this section of the list, if it is the newest.
    pub(super) const fn fits(self, section: Section) -> bool {
        match self {
            Self::CorrectAddress => matches!(section, Section::Waiting | Section::TalkFirst | Section::NoAnswer),
            Self::AskAgain => matches!(section, Section::CalledOff | Section::Ending),
        }
    }

    /// Whether it still makes sense for this request, when it is pressed and when its email goes out.
    pub(super) fn still_fits(self, request: &Request, now: OffsetDateTime) -> bool {
        let program = &request.program;
        let section = section_of(
            (request.state, request.expires_at, request.talk_first_at.is_some()),
            (request.valid_until, program.ends_on),
            (day_in(&program.time_zone, now), now),
        );
        let open = request.participation_state.is_open()
            && program.state.takes_people()
            && day_in(&program.time_zone, now) <= program.ends_on;
        request.is_latest && open && self.fits(section)
    }
}

/// The last row of a page: where the next one begins. It holds the sort key itself, so that a row
/// that moves to another section in between neither repeats a page nor skips one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    pub section: i32,
    pub asked_at: OffsetDateTime,
    pub id: Uuid,
}

impl After {
    /// As it stands in an address.
    #[must_use]
    pub fn word(&self) -> String {
        format!("{}-{}-{}", self.section, self.asked_at.unix_timestamp_nanos() / 1_000, self.id.simple())
    }

    /// From an address; `None` for what we did not write.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let (section, rest) = word.split_once('-')?;
        let (micros, id) = rest.split_once('-')?;
        let nanos = micros.parse::<i64>().ok()?;
        Some(Self {
            section: section.parse().ok()?,
            asked_at: OffsetDateTime::from_unix_timestamp_nanos(i128::from(nanos) * 1_000).ok()?,
            id: id.parse().ok()?,
        })
    }
}

/// What became of the newest email that asks a supervisor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// There is none that we know of.
    Unknown,
    /// It has not been tried yet.
    OnItsWay,
    Sent(OffsetDateTime),
    /// Until the next try, with the server's words.
    Delayed(OffsetDateTime, String),
    /// For good, with the server's words.
    Refused(String),
    /// No server took it in many tries: the last one, and the server's words.
    GivenUp(OffsetDateTime, String),
    /// The request was over before it could go out.
    NotNeeded,
}

impl Delivery {
    /// From the row of an email.
    #[must_use]
    pub fn of(
        outcome: Option<&str>,
        error: Option<&str>,
        due_at: Option<OffsetDateTime>,
        finished_at: Option<OffsetDateTime>,
    ) -> Self {
        let said = || error.unwrap_or("The server gave no reason").to_owned();
        match (outcome, due_at, finished_at) {
            (Some("sent"), _, Some(at)) => Self::Sent(at),
            (Some("refused"), ..) => Self::Refused(said()),
            (Some("given_up"), _, Some(at)) => Self::GivenUp(at, said()),
            (Some(_), ..) => Self::NotNeeded,
            (None, Some(next), _) if error.is_some() => Self::Delayed(next, said()),
            (None, Some(_), _) => Self::OnItsWay,
            (None, None, _) => Self::Unknown,
        }
    }
}
