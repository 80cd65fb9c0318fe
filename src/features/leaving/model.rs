//! Rules about pauses and removals. No database, no HTML.
use crate::base::words;
use crate::features::people::Pause;
use time::Date;

crate::text_enum! {
    /// `proposed → confirmed | rejected | dropped`.
    pub enum RemovalState {
        Proposed = "proposed",
        Confirmed = "confirmed",
        Rejected = "rejected",
        /// Taken back, or the person's part ended otherwise.
        Dropped = "dropped",
    }
}

/// What is wrong with a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseProblem {
    /// It would begin in the past.
    Past,
    /// One is back on the first day, or before.
    Empty,
    /// One is back only after the program's end.
    TooLong { ends_on: Date },
}

impl PauseProblem {
    /// The field it belongs to.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Past => "from",
            Self::Empty | Self::TooLong { .. } => "until",
        }
    }

    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Past => "Choose today or a later day".to_owned(),
            Self::Empty => "You are back on a day after the first".to_owned(),
            Self::TooLong { ends_on } => {
                format!("The program ends on {}: choose an earlier day, or leave the program", words::day(ends_on))
            }
        }
    }
}

/// Whether a pause can be taken.
///
/// # Errors
/// What is wrong with it.
pub fn check_pause(pause: Pause, today: Date, ends_on: Date) -> Result<(), PauseProblem> {
    if pause.from < today {
        Err(PauseProblem::Past)
    } else if pause.until <= pause.from {
        Err(PauseProblem::Empty)
    } else if pause.until > ends_on {
        Err(PauseProblem::TooLong { ends_on })
    } else {
        Ok(())
    }
}

/// A pause as of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    None,
    ToCome(Pause),
    Now(Pause),
}

/// A pause that is over is none.
#[must_use]
pub fn standing(pause: Option<Pause>, today: Date) -> Standing {
    match pause {
        Some(pause) if today < pause.from => Standing::ToCome(pause),
        Some(pause) if today < pause.until => Standing::Now(pause),
        _ => Standing::None,
    }
}
