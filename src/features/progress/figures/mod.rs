//! Figures over facts. Each is a pure function; each has its formula beside it.
//!
//! A share with nothing to divide by is [`Share`] 0 of 0 and has no value; pages show "–".
//! Figures of a program are pooled: give these functions the facts of all its groups.
//!
//! As of an earlier day, give them the facts as they were on it. `docs/report.md` lists the figures for who reads them.
mod approvals;
mod feedback;
mod goals;
mod meetings;
mod pulse;
mod rhythm;
mod trips;

pub use approvals::{answered, approved, percentile, retention};
pub use feedback::{acknowledged, coverage, reciprocity};
pub use goals::{attainment, with_product};
pub use meetings::{
    attendance, drift, first_meeting_day, held, informal, informal_planned, minutes, on_goal, on_purpose,
};
pub use pulse::{mean, recommend, response};
pub use rhythm::{actions, cadence, momentum};
pub use trips::{observation_cycle, trip_completion};

/// A part of a whole, kept as the two numbers so that it can be pooled and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, sqlx::Type)]
#[sqlx(type_name = "record")]
pub struct Share {
    pub num: i32,
    pub den: i32,
}

impl Share {
    /// `num ÷ den`, or none of nothing.
    pub fn value(self) -> Option<f64> {
        (self.den != 0).then(|| f64::from(self.num) / f64::from(self.den))
    }
    /// Whole percent, rounded; 0 of nothing.
    pub const fn percent(self) -> i32 {
        if self.den > 0 { (self.num * 200 + self.den) / (self.den * 2) } else { 0 }
    }
    /// "21 of 24", or "–" of nothing.
    pub fn words(self) -> String {
        if self.den == 0 { "–".to_owned() } else { format!("{} of {}", self.num, self.den) }
    }
}

impl std::iter::Sum for Share {
    fn sum<I: Iterator<Item = Self>>(shares: I) -> Self {
        shares.fold(Self::default(), |sum, one| Self { num: sum.num + one.num, den: sum.den + one.den })
    }
}
