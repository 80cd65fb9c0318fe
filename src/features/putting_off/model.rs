//! What is put off, and until when. No database, no HTML.
use crate::base::{
    ids::{GroupId, ParticipationId, ProgramId},
    words,
};
use crate::features::warnings::{Kind, Thing, Warning};
use time::{Date, Duration, Weekday};

/// The longest that something can be put off.
pub const LONGEST_DAYS: i64 = 92;

/// A warning that somebody put off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutOff {
    pub program_id: ProgramId,
    pub kind: Kind,
    pub group: Option<GroupId>,
    pub person: Option<ParticipationId>,
    pub degree: i32,
    /// The day on which it is back.
    pub until: Date,
    /// Who put it off.
    pub by: String,
}

impl PutOff {
    /// Whether it keeps a warning away: until its day, and unless it got worse.
    fn holds(&self, warning: &Warning, today: Date) -> bool {
        self.kind == warning.kind
            && self.group == warning.group
            && self.person == warning.person
            && self.until > today
            && self.degree >= warning.degree
    }
}

/// A thing that is put off.
#[derive(Debug)]
pub struct Away {
    pub thing: Thing,
    pub until: Date,
    pub by: String,
}

/// The things of a desk: those that stand on it, and those that are put off.
#[derive(Debug, Default)]
pub struct Sorted {
    pub here: Vec<Thing>,
    /// By the day on which they are back.
    pub away: Vec<Away>,
}

/// A thing is put off as long as every warning in it is.
#[must_use]
pub fn sort_out(program: ProgramId, things: Vec<Thing>, put_off: &[PutOff], today: Date) -> Sorted {
    let mut sorted = Sorted::default();
    let of_program: Vec<&PutOff> = put_off.iter().filter(|one| one.program_id == program).collect();
    for thing in things {
        let holding = |warning: &Warning| of_program.iter().find(|one| one.holds(warning, today)).copied();
        let held: Option<Vec<&PutOff>> = thing.warnings.iter().map(holding).collect();
        match held.and_then(|held| held.into_iter().min_by_key(|one| one.until)) {
            Some(soonest) => sorted.away.push(Away { until: soonest.until, by: soonest.by.clone(), thing }),
            None => sorted.here.push(thing),
        }
    }
    sorted.away.sort_by_key(|away| away.until);
    sorted
}

/// Until when something can be put off with one press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub label: String,
    /// What the form sends.
    pub until: Date,
}

/// Tomorrow, next Monday, in two weeks; each day once.
#[must_use]
pub fn choices(today: Date) -> Vec<Choice> {
    let tomorrow = today + Duration::DAY;
    let monday = today.next_occurrence(Weekday::Monday);
    let later = today + Duration::weeks(2);
    let mut all = vec![Choice { label: "Until tomorrow".to_owned(), until: tomorrow }];
    if monday != tomorrow {
        all.push(Choice { label: format!("Until {}", words::long_day(monday)), until: monday });
    }
    all.push(Choice { label: format!("For two weeks, until {}", words::day(later)), until: later });
    all
}
