//! Whom somebody can ask, and from where they came. No database, no HTML.
use crate::base::ids::{HelpAskId, ParticipationId, PersonId, ProgramId};
use time::Duration;

/// So long who wrote it finds it again; then it is deleted.
pub(super) const KEPT: Duration = Duration::days(30);

/// The longest address of a page that is sent along.
const LONGEST_PAGE: usize = 300;

/// Somebody who can be asked, in one program.
#[derive(Debug, Clone)]
pub(super) struct Reachable {
    pub(super) program_id: ProgramId,
    pub(super) program: String,
    /// Of whoever asks.
    pub(super) participation_id: ParticipationId,
    pub(super) person_id: PersonId,
    pub(super) name: String,
    pub(super) coordinates: bool,
    pub(super) is_contact: bool,
}

impl Reachable {
    /// What a form sends for them.
    pub(super) fn value(&self) -> String {
        format!("{}:{}", self.program_id, self.person_id)
    }
    /// "Coordinates Peer Mentoring", "Contact person of Peer Mentoring".
    pub(super) fn role(&self) -> String {
        match (self.coordinates, self.is_contact) {
            (true, true) => format!("Coordinates {}, and is a contact person.", self.program),
            (true, false) => format!("Coordinates {}.", self.program),
            (false, _) => format!("A contact person of {}, who does not coordinate it.", self.program),
        }
    }
}

/// What somebody means to send.
#[derive(Debug)]
pub(super) struct Ask {
    pub(super) id: HelpAskId,
    pub(super) words: String,
    /// Empty unless they ticked it.
    pub(super) page: String,
}

/// The page of ours from which somebody came, by what their browser says of it; without what was asked of the page.
#[must_use]
pub fn came_from(referer: Option<&str>, base_url: &str) -> Option<String> {
    let path = referer?.strip_prefix(base_url)?;
    own_path(path)
}

/// A path on this installation: what follows `?` or `#` may hold words, and is left out.
#[must_use]
pub(super) fn own_path(path: &str) -> Option<String> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let plain = path.starts_with('/') && !path.starts_with("//") && path.bytes().all(|b| b.is_ascii_graphic());
    (plain && path.len() <= LONGEST_PAGE && path != "/help").then(|| path.to_owned())
}
