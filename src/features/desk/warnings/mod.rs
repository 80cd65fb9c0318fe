//! What needs the coordinator, from facts alone. Each warning is one thing, with the one action
//! that helps; a group with several has them in one.
mod groups;
mod people;

use crate::access::ProgramState;
use crate::base::words;
use crate::features::progress::{
    ProgramFacts,
    thresholds::{LAUNCH_DAYS, MOST_ON_THE_DESK},
};
use time::Date;

/// The most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Nothing goes on before this.
    Blocking,
    /// Somebody may not be able to go on.
    Stopped,
    /// Somebody waits.
    Waiting,
    /// Worth a look this week.
    Soon,
    /// Good to know.
    Look,
}

/// One thing on the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    pub urgency: Urgency,
    pub title: String,
    pub text: String,
    pub action: Action,
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

/// Everything that needs somebody, the most urgent first.
pub fn warnings(program: &ProgramFacts, today: Date) -> Vec<Warning> {
    let mut all = match program.state {
        ProgramState::Draft => draft(program),
        ProgramState::Open => {
            let mut all = people::waiting(program, today);
            all.extend(launch(program, today));
            all
        }
        ProgramState::Active | ProgramState::Closing => {
            let mut all = people::waiting(program, today);
            all.extend(people::backing_ends(program, today));
            all.extend(groups::warnings(program, today));
            all
        }
        ProgramState::Archived | ProgramState::Cancelled => Vec::new(),
    };
    all.sort_by_key(|warning| warning.urgency);
    all
}

/// Those that stand on the desk, and how many are left over.
pub fn on_the_desk(mut all: Vec<Warning>) -> (Vec<Warning>, usize) {
    let more = all.len().saturating_sub(MOST_ON_THE_DESK);
    all.truncate(MOST_ON_THE_DESK);
    (all, more)
}

fn draft(program: &ProgramFacts) -> Vec<Warning> {
    let path = program.path();
    vec![
        Warning {
            urgency: Urgency::Blocking,
            title: "The program is not open".to_owned(),
            text:
                "Once it is, the people you added are invited, and can ask their supervisors. Nobody receives an email \
                 before."
                    .to_owned(),
            action: Action::post(format!("{path}/open"), "Open the program"),
        },
        Warning {
            urgency: Urgency::Look,
            title: "Dates, and what you ask of people".to_owned(),
            text: "Supervisors read these before they say yes, so look once more.".to_owned(),
            action: Action::open(format!("{path}/settings"), "Look them over"),
        },
    ]
}

/// Groups stand and nobody waits to be placed, or the program should have begun.
fn launch(program: &ProgramFacts, today: Date) -> Option<Warning> {
    let days = (program.starts_on - today).whole_days();
    let waits = program.ready_to_be_placed(today).count();
    let members: usize = program.groups.iter().map(|group| group.members.len()).sum();
    if program.groups.is_empty() || days > LAUNCH_DAYS || (waits > 0 && days > 0) {
        return None;
    }
    let formed = format!(
        "{} with {}. Launching tells everyone their group.",
        words::capital(&words::count(program.groups.len(), "group", "groups")),
        words::count(members, "person", "people")
    );
    Some(Warning {
        urgency: if days <= 0 { Urgency::Blocking } else { Urgency::Soon },
        title: if days > 0 { "The groups are ready to begin" } else { "The groups have not been launched" }.to_owned(),
        text: formed,
        action: Action::open(format!("{}/launch", program.path()), "Launch"),
    })
}

/// "Nadia Brightwater, Leo Marchetti and two others".
fn some_names(names: &[&str]) -> String {
    const NAMED: usize = 3;
    let mut shown: Vec<String> = names.iter().take(NAMED).map(|name| (*name).to_owned()).collect();
    let more = names.len() - shown.len();
    if more > 0 {
        shown.push(words::count(more, "other", "others"));
    }
    words::list(&shown)
}
