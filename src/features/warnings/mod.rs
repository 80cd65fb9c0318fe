//! What needs somebody, from facts alone. Nothing here is stored: a warning is there as long as the facts say so.
//!
//! What a group can mend itself it reads first, in its own words; it reaches the coordinator
//! [`GROUP_FIRST_DAYS`] later. What it cannot mend is on the desk on the day that counts, and what concerns approvals a group
//! never reads. Every number stands in `progress::thresholds`.
mod groups;
mod kind;
mod people;
mod stages;
mod things;

pub use groups::of_group;
pub use kind::{Kind, Urgency};
pub use things::{Thing, on_the_desk, things};

use crate::access::ProgramState;
use crate::base::ids::{GroupId, ParticipationId};
use crate::features::progress::{ProgramFacts, thresholds::GROUP_FIRST_DAYS};
use time::{Date, Duration};

/// One fact that needs somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Warning {
    pub kind: Kind,
    /// The group it is about.
    pub group: Option<GroupId>,
    /// The person it is about, where it is about one.
    pub person: Option<ParticipationId>,
    pub urgency: Urgency,
    /// The day from which the fact holds, and the group reads of it.
    pub since: Date,
    /// The day from which it is the coordinator's.
    pub on_the_desk_from: Date,
    pub title: String,
    pub text: String,
    /// The same as a sentence behind a more urgent one about the same group.
    pub behind: String,
    /// For the group; none where it cannot act, or must not know.
    pub to_group: Option<ToGroup>,
    pub action: Action,
    /// The numbers in its words, by name.
    pub numbers: Vec<(&'static str, f64)>,
    /// Larger is worse, or another case; compared only with an earlier one of the same kind about the same group or
    /// person.
    pub degree: i32,
}

/// A warning in the group's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToGroup {
    pub words: String,
    /// Where it is mended, below the group's page; empty for that page.
    pub to: String,
    pub label: &'static str,
}

/// What helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Opens this page, or posts to it.
    pub href: String,
    pub label: &'static str,
    pub posts: bool,
}

impl Action {
    fn open(href: impl Into<String>, label: &'static str) -> Self {
        Self { href: href.into(), label, posts: false }
    }
    fn post(href: impl Into<String>, label: &'static str) -> Self {
        Self { href: href.into(), label, posts: true }
    }
}

impl Warning {
    /// On the desk from the day on which it holds.
    fn at_once(kind: Kind, since: Date, title: String, text: String, action: Action) -> Self {
        Self {
            kind,
            group: None,
            person: None,
            urgency: kind.urgency(),
            since,
            on_the_desk_from: since,
            title,
            text,
            behind: String::new(),
            to_group: None,
            action,
            numbers: Vec::new(),
            degree: 0,
        }
    }

    /// First the group's, where it can do something about it.
    fn first_to_the_group(mut self, can_act: bool, words: ToGroup) -> Self {
        if can_act {
            self.on_the_desk_from = self.since + Duration::days(GROUP_FIRST_DAYS);
        }
        self.to_group = Some(words);
        self
    }

    /// First the group's, which reads of it before the day that counts; the coordinator on that day.
    fn before_its_day(mut self, words: ToGroup) -> Self {
        self.on_the_desk_from = self.since + Duration::days(GROUP_FIRST_DAYS);
        self.to_group = Some(words);
        self
    }

    fn with(mut self, numbers: Vec<(&'static str, f64)>) -> Self {
        self.numbers = numbers;
        self
    }

    const fn with_degree(mut self, degree: i32) -> Self {
        self.degree = degree;
        self
    }
}

/// A number of things or days as one of the numbers of a warning.
fn counted(n: usize) -> f64 {
    f64::from(degree(n))
}

/// A number of things as the degree of a warning.
fn degree(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// The degree of what has its newest case on a day, and so many cases on all days: a newer case is more than any
/// number of older ones.
fn newest(day: Date, n: usize) -> i32 {
    const MOST: usize = 199;
    day.to_julian_day() * 200 + degree(n.min(MOST))
}

/// Everything that needs the coordinator today, the most urgent first. Those of one group stay apart.
pub fn warnings(program: &ProgramFacts, today: Date) -> Vec<Warning> {
    let mut all = match program.state {
        ProgramState::Draft => stages::draft(program, today),
        ProgramState::Open => {
            let mut all = people::waiting(program, today);
            all.extend(people::backing_ends(program, today));
            all.extend(stages::launch(program, today));
            all
        }
        ProgramState::Active | ProgramState::Closing => {
            let mut all = people::waiting(program, today);
            all.extend(people::backing_ends(program, today));
            all.extend(program.groups.iter().flat_map(|group| of_group(program.term(), group, today)));
            all
        }
        ProgramState::Archived | ProgramState::Cancelled => Vec::new(),
    };
    all.retain(|warning| warning.on_the_desk_from <= today);
    // Stable: groups come by name, and of one group in the order in which they are looked for.
    all.sort_by_key(|warning| warning.urgency);
    all
}

/// "Nadia Brightwater, Leo Marchetti and two others".
fn some_names(names: &[&str]) -> String {
    const NAMED: usize = 3;
    let mut shown: Vec<String> = names.iter().take(NAMED).map(|name| (*name).to_owned()).collect();
    let more = names.len() - shown.len();
    if more > 0 {
        shown.push(crate::base::words::count(more, "other", "others"));
    }
    crate::base::words::list(&shown)
}
