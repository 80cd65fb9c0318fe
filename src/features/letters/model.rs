//! To whom a letter may go, and what its writer has seen before it is sent. No database, no HTML.
use crate::access::ProgramState;
use crate::base::{
    ids::{GroupId, LetterId, ParticipationId},
    secret::{hex, sha256},
};

crate::text_enum! {
    /// Whom a coordinator may write to: all by facts that she sees of each person or group.
    pub enum Audience {
        Everyone = "everyone",
        /// Those that were chosen.
        Groups = "groups",
        NotJoined = "not_joined",
        /// Their supervisor has not answered.
        Unanswered = "unanswered",
        /// Their group has no meeting to come.
        NoDate = "no_date",
        /// Their group has not said how a meeting went.
        NoLog = "no_log",
    }
}

impl Audience {
    /// As a choice.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Everyone => "Everyone",
            Self::Groups => "Some groups",
            Self::NotJoined => "Who has not joined",
            Self::Unanswered => "Whose supervisor has not answered",
            Self::NoDate => "Whose group has nothing scheduled",
            Self::NoLog => "Whose group has a meeting that is not logged",
        }
    }

    /// What the choice means.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Everyone => "All who are invited, and all who have joined.",
            Self::Groups => "You choose which.",
            Self::NotJoined => "Invited, and not in yet.",
            Self::Unanswered => "Asked, with no answer so far.",
            Self::NoDate => "No meeting stands from today on.",
            Self::NoLog => "It was planned, is over, and nobody has said how it went.",
        }
    }

    /// Groups meet only once the program was launched.
    #[must_use]
    pub const fn is_offered(self, state: ProgramState) -> bool {
        match self {
            Self::Everyone | Self::NotJoined | Self::Unanswered => state.takes_people(),
            Self::Groups | Self::NoDate | Self::NoLog => state.is_running(),
        }
    }
}

/// What somebody means to send.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) id: LetterId,
    pub(super) audience: Audience,
    /// Of a letter to some groups.
    pub(super) groups: Vec<GroupId>,
    pub(super) subject: String,
    pub(super) words: String,
}

/// Somebody it goes to.
#[derive(Debug, Clone)]
pub struct Addressee {
    pub id: ParticipationId,
    pub name: String,
}

/// What a form sends back of the addressees that its reader has seen: the same for the same people, in whatever order.
#[must_use]
pub fn fingerprint(to: &[Addressee]) -> String {
    let mut ids: Vec<ParticipationId> = to.iter().map(|one| one.id).collect();
    ids.sort_unstable();
    let bytes: Vec<u8> = ids.iter().flat_map(|id| *id.0.as_bytes()).collect();
    hex(&sha256(&bytes))
}

/// "1 person", "34 people": in figures, as a button says it.
#[must_use]
pub fn to_people(number: usize) -> String {
    if number == 1 { "1 person".to_owned() } else { format!("{number} people") }
}
