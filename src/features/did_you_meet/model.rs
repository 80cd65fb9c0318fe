//! Who is asked when. No database, no HTML.
use crate::base::ids::{GroupId, MeetingId, ParticipationId, ProgramId};
use time::{Date, Duration, OffsetDateTime};

crate::text_enum! {
    /// One after the other, while nobody has answered.
    pub enum Round {
        /// Who takes notes; without one who facilitates, without either everybody.
        First = "first",
        Facilitator = "facilitator",
        All = "all",
    }
}

impl Round {
    /// How long after the end.
    #[must_use]
    pub const fn after(self) -> Duration {
        match self {
            Self::First => Duration::hours(2),
            Self::Facilitator => Duration::days(2),
            Self::All => Duration::days(5),
        }
    }
    /// How many rounds have gone out with this one.
    #[must_use]
    pub const fn number(self) -> i32 {
        match self {
            Self::First => 1,
            Self::Facilitator => 2,
            Self::All => 3,
        }
    }
    /// The first email is urgent and comes at its time; those after it are reminders.
    #[must_use]
    pub const fn reminds(self) -> bool {
        !matches!(self, Self::First)
    }
}

/// A meeting that is over and that nobody has logged.
#[derive(Debug, Clone, Copy)]
pub struct Over {
    pub program_id: ProgramId,
    pub meeting_id: MeetingId,
    pub group_id: GroupId,
    /// In its zone.
    pub day: Date,
    pub ends_at: OffsetDateTime,
    /// What the rounds are counted from: its end, or when it was entered or moved, if that was later.
    pub since: OffsetDateTime,
    /// How many rounds have gone out.
    pub rounds: i32,
    pub note_taker_id: Option<ParticipationId>,
    pub facilitator_id: Option<ParticipationId>,
}

/// The rounds that are due by now and have not gone out: several after a worker that was down.
#[must_use]
pub fn due(over: &Over, now: OffsetDateTime) -> Vec<Round> {
    let late = |round: &&Round| round.number() > over.rounds && over.since + round.after() <= now;
    Round::ALL.iter().filter(late).copied().collect()
}

/// Who is asked in these rounds, each person once, by the earliest of them.
///
/// `members` are those who belonged to the group on the day and still do.
#[must_use]
pub fn to_ask(over: &Over, rounds: &[Round], members: &[ParticipationId]) -> Vec<(ParticipationId, Round)> {
    let here = |id: Option<ParticipationId>| id.filter(|id| members.contains(id));
    let (notes, facilitates) = (here(over.note_taker_id), here(over.facilitator_id));
    let mut asked: Vec<(ParticipationId, Round)> = Vec::new();
    for round in rounds {
        let whom: Vec<ParticipationId> = match round {
            Round::First => notes.or(facilitates).map_or_else(|| members.to_vec(), |one| vec![one]),
            Round::Facilitator => facilitates.into_iter().collect(),
            Round::All => members.to_vec(),
        };
        for who in whom {
            if !asked.iter().any(|(known, _)| *known == who) {
                asked.push((who, *round));
            }
        }
    }
    asked
}
