//! Who asks for a change of address, and how it ends.
use crate::base::ids::{EmailChangeId, PersonId};
use time::{Duration, OffsetDateTime};

crate::text_enum! {
    /// Whose change it is.
    pub enum AskedBy {
        Owner = "owner",
        SiteAdmin = "site_admin",
    }
}

impl AskedBy {
    /// An owner has so long to confirm; a site admin's change happens after so long.
    pub(super) const fn waits(self) -> Duration {
        match self {
            Self::Owner => Duration::days(3),
            Self::SiteAdmin => Duration::days(7),
        }
    }
}

crate::text_enum! {
    /// How a change ended.
    pub enum Ended {
        Done = "done",
        Stopped = "stopped",
        /// By a later one.
        Replaced = "replaced",
        /// Its owner did not confirm it in time.
        Expired = "expired",
        /// The address belonged to somebody else when it was to happen.
        Taken = "taken",
    }
}

/// One change.
#[derive(Debug)]
pub struct Change {
    pub id: EmailChangeId,
    pub person_id: PersonId,
    pub old_email: String,
    pub new_email: String,
    pub asked_by: AskedBy,
    pub due_at: OffsetDateTime,
    pub outcome: Option<Ended>,
}
