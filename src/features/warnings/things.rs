//! Warnings as they stand on a desk: what is about one group is one thing, with the one action that helps.
use super::{Action, Urgency, Warning, warnings};
use crate::base::ids::{GroupId, ParticipationId};
use crate::features::progress::{ProgramFacts, thresholds::MOST_ON_THE_DESK};
use time::Date;

/// One thing on the desk.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    pub urgency: Urgency,
    pub title: String,
    pub text: String,
    pub action: Action,
    pub group: Option<GroupId>,
    /// What it is made of, the most urgent first; never empty.
    pub warnings: Vec<Warning>,
}

impl Thing {
    fn of(warning: Warning) -> Self {
        Self {
            urgency: warning.urgency,
            title: warning.title.clone(),
            text: warning.text.clone(),
            action: warning.action.clone(),
            group: warning.group,
            warnings: vec![warning],
        }
    }

    fn add(&mut self, warning: Warning) {
        if !self.text.is_empty() && !warning.behind.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(&warning.behind);
        self.warnings.push(warning);
    }

    /// Which of a program's things it is, from day to day: a group, a person, or a kind.
    #[must_use]
    pub fn key(&self) -> String {
        self.warnings.first().map_or_else(String::new, key)
    }

    /// What it is made of, and how bad each is: another one where somebody would have to look again.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let each: Vec<String> = self.warnings.iter().map(|one| format!("{}:{}", one.kind.code(), one.degree)).collect();
        each.join(" ")
    }
}

fn key(warning: &Warning) -> String {
    let about = |id: GroupId| id.to_string();
    let person = |id: ParticipationId| format!("{}-{id}", warning.kind.code());
    warning.group.map(about).or_else(|| warning.person.map(person)).unwrap_or_else(|| warning.kind.code().to_owned())
}

/// Everything on the desk, the most urgent first; a group with several warnings is one thing.
pub fn things(program: &ProgramFacts, today: Date) -> Vec<Thing> {
    let mut all: Vec<Thing> = Vec::new();
    for warning in warnings(program, today) {
        // Of a group the first met is the most urgent.
        match warning.group.and_then(|id| all.iter_mut().find(|thing| thing.group == Some(id))) {
            Some(thing) => thing.add(warning),
            None => all.push(Thing::of(warning)),
        }
    }
    all
}

/// Those that stand on the desk, and how many are left over.
pub fn on_the_desk(all: &[Thing]) -> (&[Thing], usize) {
    let shown = &all[..all.len().min(MOST_ON_THE_DESK)];
    (shown, all.len() - shown.len())
}
