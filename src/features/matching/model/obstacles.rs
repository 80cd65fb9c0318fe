//! Why somebody could not be placed: the rules in the way, and between whom.
use super::{problem::Problem, seats::Pair};
use std::collections::BTreeSet;

crate::text_enum! {
    /// A hard rule that kept somebody out of every group.
    pub enum Rule {
        /// One is the other's supervisor.
        Supervisor = "supervisor",
        /// A wish to be kept apart.
        Apart = "apart",
        /// No slot of theirs is as long as a meeting.
        OwnTime = "own_time",
        /// No time in common with any group that has room.
        NoTime = "no_time",
        /// Whatever suits has as many people as a group may have.
        Full = "full",
        /// Fewer people are left than the smallest group needs.
        TooFew = "too_few",
    }
}

impl Rule {
    /// What stands in the way of `name`, a sentence. Who is kept apart comes in the order of names, so
    /// that nothing says who asked.
    #[must_use]
    pub fn words(self, name: &str, other: &str, minutes: i32) -> String {
        let (first, second) = if name <= other { (name, other) } else { (other, name) };
        match self {
            Self::Supervisor => format!("{first} and {second}: one is the other’s supervisor"),
            Self::Apart => format!("{first} and {second}: a wish to be kept apart"),
            Self::OwnTime => format!("{name} can never meet for {minutes} minutes at one go"),
            Self::NoTime => format!("{name} shares no time for {minutes} minutes with a group that has room"),
            Self::Full => format!("Every group is full, and {name} makes none with the others who are left"),
            Self::TooFew => format!("Too few people are left for a group with {name}"),
        }
    }
}

/// A rule, and with whom it stands in the way of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Obstacle {
    pub person: usize,
    pub rule: Rule,
    pub other: Option<usize>,
}

/// The most others who are named for one person and rule.
const NAMED: usize = 3;

/// For each of those left over, what keeps them out of every group with room and from forming one
/// with the others who are left. Nobody is without a reason.
#[must_use]
pub fn obstacles(problem: &Problem, groups: &[Vec<usize>], left: &[usize], supervisors: &[Pair]) -> Vec<Obstacle> {
    let supervisors: BTreeSet<Pair> = supervisors.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).collect();
    let open: Vec<&Vec<usize>> = groups.iter().filter(|group| group.len() < problem.max).collect();
    left.iter().flat_map(|person| of_one(problem, &open, left, *person, &supervisors)).collect()
}

fn of_one(
    problem: &Problem,
    open: &[&Vec<usize>],
    left: &[usize],
    person: usize,
    supervisors: &BTreeSet<Pair>,
) -> Vec<Obstacle> {
    let seat = &problem.seats[person];
    if seat.free.iter().flatten().all(|word| *word == 0) {
        return vec![Obstacle { person, rule: Rule::OwnTime, other: None }];
    }
    let mut found = BTreeSet::new();
    let others: Vec<Vec<usize>> = left.iter().filter(|other| **other != person).map(|other| vec![*other]).collect();
    for group in open.iter().copied().chain(&others) {
        let apart: Vec<&usize> = group.iter().filter(|other| seat.apart.binary_search(other).is_ok()).collect();
        for other in &apart {
            let rule = if supervisors.contains(&(person, **other)) { Rule::Supervisor } else { Rule::Apart };
            found.insert(Obstacle { person, rule, other: Some(**other) });
        }
        let with: Vec<usize> = group.iter().copied().chain([person]).collect();
        if apart.is_empty() && !problem.can_meet(&with) {
            found.insert(Obstacle { person, rule: Rule::NoTime, other: None });
        }
    }
    if open.is_empty() {
        let rule = if left.len() < problem.min { Rule::TooFew } else { Rule::Full };
        found.insert(Obstacle { person, rule, other: None });
    }
    if found.is_empty() {
        // Room there is, and nobody in the way: with the minimum out of reach only.
        found.insert(Obstacle { person, rule: Rule::TooFew, other: None });
    }
    let mut kept: Vec<Obstacle> = Vec::new();
    for obstacle in found {
        if kept.iter().filter(|known| known.rule == obstacle.rule).count() < NAMED {
            kept.push(obstacle);
        }
    }
    kept
}
