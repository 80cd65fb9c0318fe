//! What the pages of a trip say of its return visit.
use super::model::{Said, Standing, standing};
use crate::base::words;
use time::Date;

/// How it stands, in a sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReturnCard {
    pub(crate) waits: bool,
    pub(crate) line: String,
    /// The trip it is planned as, or nothing.
    pub(crate) href: String,
}

impl ReturnCard {
    pub(super) fn of(group: &str, said: Option<&Said>, today: Date) -> Self {
        let stands = standing(said, today);
        let trip = said.and_then(|said| said.trip);
        Self {
            waits: stands.waits(),
            line: match stands {
                Standing::Open => "Will they come and see you? Nothing is said about it yet.".to_owned(),
                Standing::Planned(day) => format!("They come to see you on {}.", words::long_day(day)),
                Standing::Due(day) => format!("It was planned for {}. Did they come?", words::long_day(day)),
                Standing::Done(day) => format!("They came to see you on {}.", words::long_day(day)),
                Standing::Unneeded => "You agreed that none is needed.".to_owned(),
            },
            href: trip.map(|(id, ..)| format!("{group}/trips/{id}")).unwrap_or_default(),
        }
    }
}
