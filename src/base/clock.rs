//! The only place that asks what time it is.
use std::sync::{Arc, Mutex, PoisonError};
use time::{Duration, OffsetDateTime};

/// Where `now` comes from: the system, or a test that moves it by hand.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    #[default]
    System,
    /// Stands still until a test moves it.
    Stopped(Arc<Mutex<OffsetDateTime>>),
}

impl Clock {
    #[must_use]
    pub fn stopped_at(instant: OffsetDateTime) -> Self {
        Self::Stopped(Arc::new(Mutex::new(instant)))
    }

    /// The present instant, in UTC, cut to the microseconds that `PostgreSQL` keeps.
    #[expect(clippy::disallowed_methods, reason = "this is the one place allowed to")]
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        let now = match self {
            Self::System => OffsetDateTime::now_utc(),
            Self::Stopped(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        };
        now.replace_nanosecond(now.microsecond() * 1000).unwrap_or(now)
    }

    /// Moves a stopped clock; the system's clock goes its own way.
    pub fn advance(&self, by: Duration) {
        if let Self::Stopped(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}
