//! What fits into what a supervisor agreed to, and for whom a trip is not covered. No database, no HTML.
use crate::base::{
    ids::{GroupId, ParticipationId},
    words,
};
use time::Date;

/// Trip days and money: what was agreed, what is taken, or what a trip needs of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Means {
    pub days: i64,
    pub cents: i64,
}

impl Means {
    /// Neither a day nor money.
    #[must_use]
    pub const fn is_nothing(self) -> bool {
        self.days == 0 && self.cents == 0
    }
}

/// Why a trip is more than one person was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// No approval is in effect on the day.
    NothingApproved,
    Days {
        left: i64,
    },
    Budget {
        left_cents: i64,
    },
}

impl Misfit {
    /// To the person it is about, and nobody else.
    pub(super) fn words(self, currency: &str) -> String {
        match self {
            Self::NothingApproved => "You have no approval from your supervisor for this day".to_owned(),
            Self::Days { left } => {
                let left = words::count(usize::try_from(left).unwrap_or(0), "trip day", "trip days");
                format!("You have {left} left of what your supervisor approved")
            }
            Self::Budget { left_cents } => {
                let left = words::money(i32::try_from(left_cents).unwrap_or(i32::MAX), currency);
                format!("You have {left} left of the budget your supervisor approved")
            }
        }
    }
}

/// Whether what a trip needs fits into what is left of what a supervisor agreed to. A trip
/// that needs neither a day nor money always fits.
///
/// # Errors
/// With the first thing that is too little.
pub fn fits(agreed: Option<Means>, taken: Means, needed: Means) -> Result<(), Misfit> {
    if needed.is_nothing() {
        return Ok(());
    }
    let agreed = agreed.ok_or(Misfit::NothingApproved)?;
    if needed.days > 0 && taken.days + needed.days > agreed.days {
        return Err(Misfit::Days { left: (agreed.days - taken.days).max(0) });
    }
    if needed.cents > 0 && taken.cents + needed.cents > agreed.cents {
        return Err(Misfit::Budget { left_cents: (agreed.cents - taken.cents).max(0) });
    }
    Ok(())
}

/// How a trip stands to what one who goes was given.
#[derive(Debug, Clone)]
pub(crate) struct Cover {
    pub(crate) participation_id: ParticipationId,
    pub(crate) name: String,
    /// What is too little; nothing where it fits.
    pub(crate) misfit: Option<Misfit>,
    /// Their supervisor said yes to this trip as it is.
    pub(crate) has_yes: bool,
    /// Their supervisor is asked about it as it is, and has not decided.
    pub(crate) waits: bool,
}

impl Cover {
    /// They may go, as far as days and money are concerned.
    pub(crate) const fn is_covered(&self) -> bool {
        self.misfit.is_none() || self.has_yes
    }
}

/// Someone for whom a trip is too much, and whose supervisor has not said yes to it.
#[derive(Debug, Clone)]
pub(crate) struct TooMuchFor {
    pub(crate) participation_id: ParticipationId,
    pub(crate) name: String,
    pub(crate) why: Misfit,
}

/// The trip, as much of it as concerns a supervisor.
#[derive(Debug, Clone)]
pub(super) struct Trip {
    pub(super) group_id: GroupId,
    /// "site visit".
    pub(super) kind: String,
    pub(super) on_date: Date,
    /// It may yet take place.
    pub(super) is_ahead: bool,
    pub(super) days: i32,
    pub(super) cost_cents: i32,
    /// This program asks supervisors.
    pub(super) needs_approval: bool,
    pub(super) time_zone: String,
}
