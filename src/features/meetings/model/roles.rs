//! Who facilitates, keeps time and takes notes: turns even out by themselves.
use crate::base::{ids::ParticipationId, text, words};
use time::OffsetDateTime;

/// Who does what in one meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles {
    pub facilitator: Option<ParticipationId>,
    pub timekeeper: Option<ParticipationId>,
    pub note_taker: Option<ParticipationId>,
}

impl Roles {
    /// One person has both roles that three or more people share.
    #[must_use]
    pub fn doubles(&self) -> bool {
        self.facilitator.is_some() && self.facilitator == self.note_taker
    }
}

/// The roles of one meeting that was held or is planned.
#[derive(Debug, Clone, Copy)]
pub struct Turn {
    pub roles: Roles,
    pub starts_at: OffsetDateTime,
}

/// A fair proposal: for each role the fewest turns first, then longest ago, then by name, and no
/// second role for anyone while somebody has none.
///
/// `members` are the open members by name; `past` is in any order.
#[must_use]
pub fn suggest_roles(members: &[ParticipationId], past: &[Turn]) -> Roles {
    let facilitator = next(members, &[], past, |roles| roles.facilitator);
    let taken: Vec<_> = facilitator.into_iter().collect();
    let note_taker = next(members, &taken, past, |roles| roles.note_taker);
    let taken: Vec<_> = taken.into_iter().chain(note_taker).collect();
    let timekeeper = next(members, &taken, past, |roles| roles.timekeeper);
    Roles { facilitator, timekeeper, note_taker }
}

fn next(
    members: &[ParticipationId],
    taken: &[ParticipationId],
    past: &[Turn],
    role: impl Fn(&Roles) -> Option<ParticipationId>,
) -> Option<ParticipationId> {
    let turns = |id: ParticipationId| {
        let mine = past.iter().filter(|turn| role(&turn.roles) == Some(id));
        (mine.clone().count(), mine.map(|turn| turn.starts_at).max())
    };
    // `min_by_key` takes the first of equals, which is the first by name.
    members.iter().copied().min_by_key(|id| (taken.contains(id), turns(*id)))
}

/// "You facilitate, Priya keeps time, Marcus takes notes." for the reader `me`, or how it was when it is
/// over; empty when nobody has a role.
///
/// Each entry is a person with their full name, in the order facilitator, timekeeper, note-taker.
#[must_use]
pub fn roles_in_words(people: [Option<(ParticipationId, &str)>; 3], me: ParticipationId, is_over: bool) -> String {
    const VERBS: [(&str, &str, &str); 3] = [
        ("facilitate", "facilitates", "facilitated"),
        ("keep time", "keeps time", "kept time"),
        ("take notes", "takes notes", "took notes"),
    ];
    let parts: Vec<String> = people
        .iter()
        .zip(VERBS)
        .filter_map(|(person, (yours, theirs, past))| {
            let (id, name) = (*person)?;
            let (who, verb) = if id == me { ("you", yours) } else { (text::first_name(name), theirs) };
            Some(format!("{who} {}", if is_over { past } else { verb }))
        })
        .collect();
    if parts.is_empty() { String::new() } else { words::capital(&format!("{}.", parts.join(", "))) }
}
