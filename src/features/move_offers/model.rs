//! Where an offer stands, and what stands in the way of a move. No database, no HTML.
use crate::access::ParticipationState;
use crate::base::{
    ids::{GroupId, MoveId, ParticipationId, PersonId},
    local_time, text, words,
};
use crate::features::groups::{self, Candidate, Refusal, Sizes};
use time::{Date, Duration, OffsetDateTime};

/// How many days an offer waits for its answer.
pub const OFFER_DAYS: i64 = 14;

crate::text_enum! {
    /// `offered → accepted | stayed | withdrawn | hindered | lapsed`.
    pub enum MoveState {
        Offered = "offered",
        Accepted = "accepted",
        Stayed = "stayed",
        /// By a coordinator.
        Withdrawn = "withdrawn",
        /// The answer was yes, and a rule stood in the way by then.
        Hindered = "hindered",
        /// It was over by itself when another one took its place.
        Lapsed = "lapsed",
    }
}

/// An offer, with the facts that decide where it stands.
#[derive(Debug, Clone)]
pub struct Offer {
    pub id: MoveId,
    pub participation_id: ParticipationId,
    pub name: String,
    pub part: ParticipationState,
    pub from_group_id: GroupId,
    pub from_name: String,
    pub to_group_id: GroupId,
    pub to_name: String,
    pub to_focus: String,
    pub to_closed: bool,
    /// The person still belongs to the group they would leave.
    pub belongs: bool,
    pub offered_by: PersonId,
    pub by_name: String,
    pub offered_at: OffsetDateTime,
    pub state: MoveState,
    pub ended_at: Option<OffsetDateTime>,
}

/// Why an offer is over though nobody answered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    TimeOut,
    /// The group it leads to is closed.
    TargetClosed,
    /// The person does not belong to the group any more.
    Gone,
}

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Open,
    Accepted,
    Stayed,
    Withdrawn,
    Hindered,
    Over(Over),
}

impl Offer {
    /// What the others call the person.
    #[must_use]
    pub fn first_name(&self) -> &str {
        text::first_name(&self.name)
    }

    /// When it ends by itself.
    #[must_use]
    pub fn open_until(&self) -> OffsetDateTime {
        self.offered_at + Duration::days(OFFER_DAYS)
    }

    #[must_use]
    pub fn standing(&self, now: OffsetDateTime) -> Standing {
        match self.state {
            MoveState::Accepted => Standing::Accepted,
            MoveState::Stayed => Standing::Stayed,
            MoveState::Withdrawn => Standing::Withdrawn,
            MoveState::Hindered => Standing::Hindered,
            MoveState::Offered | MoveState::Lapsed if !self.part.is_open() || !self.belongs => {
                Standing::Over(Over::Gone)
            }
            MoveState::Offered | MoveState::Lapsed if self.to_closed => Standing::Over(Over::TargetClosed),
            MoveState::Offered if now < self.open_until() => Standing::Open,
            MoveState::Offered | MoveState::Lapsed => Standing::Over(Over::TimeOut),
        }
    }

    /// What a coordinator reads of it: "has not answered, until 4 May".
    #[must_use]
    pub fn words(&self, now: OffsetDateTime, zone: &str) -> String {
        let on = |at: OffsetDateTime| words::day(local_time::day_in(zone, at));
        let ended = self.ended_at.map_or_else(String::new, |at| format!(" on {}", on(at)));
        match self.standing(now) {
            Standing::Open => format!("has not answered; the offer stands until {}", on(self.open_until())),
            Standing::Accepted => format!("moved{ended}"),
            Standing::Stayed => format!("stays in {}", self.from_name),
            Standing::Withdrawn => format!("the offer was taken back{ended}"),
            Standing::Hindered => format!("said yes{ended}, but the move was not possible any more"),
            Standing::Over(Over::TimeOut) => "did not answer in time, and stays".to_owned(),
            Standing::Over(Over::TargetClosed) => format!("the offer is over: {} is closed", self.to_name),
            Standing::Over(Over::Gone) => format!("the offer is over: no longer in {}", self.from_name),
        }
    }
}

/// What stands in the way of these people joining `staying`, whatever group they are in now.
#[must_use]
pub fn objections(
    staying: &[&Candidate],
    coming: &[&Candidate],
    sizes: Sizes,
    apart: &[(ParticipationId, ParticipationId)],
) -> Vec<Refusal> {
    let freed: Vec<Candidate> = coming.iter().map(|person| Candidate { place: None, ..(*person).clone() }).collect();
    let freed: Vec<&Candidate> = freed.iter().collect();
    let mut found = groups::objections(staying, &freed, sizes);
    let before = groups::kept_apart(staying, apart);
    let together = groups::kept_apart(&[staying, &freed].concat(), apart);
    found.extend(together.into_iter().filter(|pair| !before.contains(pair)).map(Refusal::Apart));
    found
}

/// The day on which an offer ends by itself, in a zone.
pub(super) fn last_day(offer: &Offer, zone: &str) -> Date {
    local_time::day_in(zone, offer.open_until())
}
