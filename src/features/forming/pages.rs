//! What the templates need, ready to show.
use crate::access::ProgramState;
use crate::base::{text::first_name, words};
use crate::features::groups::GroupRow;
use crate::features::groups::{Candidate, Readiness, Sizes};
use crate::web::{form::Errors, page::Shell};
use askama::Template;

/// A person with a box to tick.
pub(super) struct Tick {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) note: String,
    pub(super) chosen: bool,
}

impl Tick {
    pub(super) fn of(person: &Candidate, chosen: &[String]) -> Self {
        let id = person.id.to_string();
        // Someone planned before may have lost what made them ready.
        let note = if person.readiness == Readiness::Ready {
            person.about.clone()
        } else {
            words::capital(person.readiness.words())
        };
        Self { chosen: chosen.contains(&id), id, name: person.name.clone(), note }
    }
}

/// A person in a group, with what is to be known about them.
pub(super) struct MemberRow {
    pub(super) name: String,
    pub(super) note: String,
}

impl MemberRow {
    pub(super) fn of(person: &Candidate) -> Self {
        let ready = person.readiness == Readiness::Ready;
        let note = if ready { String::new() } else { person.readiness.words().to_owned() };
        Self { name: person.name.clone(), note }
    }
}

/// One group of the list.
pub(super) struct GroupLine {
    pub(super) name: String,
    pub(super) focus: String,
    pub(super) href: String,
    pub(super) members: Vec<MemberRow>,
    /// Its size in words, with what the program asks for where it is below that.
    pub(super) size: String,
    pub(super) below: bool,
    pub(super) closed: bool,
    /// Below the minimum on purpose: since when.
    pub(super) kept_small: Option<String>,
}

impl GroupLine {
    pub(super) fn of(group: &GroupRow, members: &[&Candidate], sizes: Sizes, program: &str) -> Self {
        let open = members.iter().filter(|member| member.is_open_member()).count();
        let resting = members.iter().filter(|member| member.readiness == Readiness::OnHold).count();
        let kept = group.kept_small().filter(|kept| kept.holds(open, group.last_left_on));
        Self {
            name: group.name.clone(),
            focus: group.focus.clone(),
            href: format!("{program}/groups/{}", group.id),
            members: members.iter().copied().map(MemberRow::of).collect(),
            size: size_words(open, resting, sizes),
            below: open < sizes.min,
            closed: group.closed_on.is_some(),
            kept_small: kept.map(|kept| words::day(kept.on)),
        }
    }
}

/// "Three people", "One person, below the two that this program asks for. One more is on hold".
pub(super) fn size_words(members: usize, resting: usize, sizes: Sizes) -> String {
    let people = words::capital(&words::count(members, "person", "people"));
    let size = if members < sizes.min {
        format!("{people}, below the {} that this program asks for", words::number(sizes.min))
    } else {
        people
    };
    match resting {
        0 => size,
        1 => format!("{size}. One more is on hold"),
        many => format!("{size}. {} more are on hold", words::capital(&words::number(many))),
    }
}

/// Someone who cannot be placed yet, and why.
pub(super) struct WaitingRow {
    pub(super) name: String,
    pub(super) why: String,
    /// The last answer was a no, or none came: somebody has to do something.
    pub(super) stopped: bool,
}

impl WaitingRow {
    pub(super) fn of(person: &Candidate) -> Self {
        Self {
            name: person.name.clone(),
            why: words::capital(person.readiness.words()),
            stopped: matches!(
                person.readiness,
                Readiness::Declined | Readiness::Expired | Readiness::NotInEffect | Readiness::NotAsked
            ),
        }
    }
}

/// A group's own fields, as typed.
#[derive(Clone, Default)]
pub(super) struct Typed {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) focus: String,
    pub(super) home_time_zone: String,
    pub(super) meeting_minutes: String,
}

impl Typed {
    /// Whether the folded part of the form must be open.
    pub(super) fn details_matter(errors: &Errors) -> bool {
        errors.of("home_time_zone").is_some() || errors.of("meeting_minutes").is_some()
    }
}

#[derive(Template)]
#[template(path = "forming/overview.html")]
pub(super) struct OverviewPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) program: String,
    pub(super) path: String,
    pub(super) summary: String,
    pub(super) groups: Vec<GroupLine>,
    /// Not the first page of them.
    pub(super) later: bool,
    /// Where the next page of groups begins; empty on the last.
    pub(super) next: String,
    pub(super) ready: Vec<Tick>,
    /// There are more of the ready than shown.
    pub(super) searchable: bool,
    pub(super) find: String,
    pub(super) waiting: Vec<WaitingRow>,
    pub(super) more_waiting: bool,
    /// Moves that were offered: the person with where to, and how it stands.
    pub(super) moves: Vec<(String, String)>,
    /// Launched, and not over.
    pub(super) running: bool,
    pub(super) typed: Typed,
    pub(super) zones: Vec<String>,
    pub(super) size_hint: String,
    /// Not launched: groups can be planned and the program launched.
    pub(super) planning: bool,
    pub(super) can_form: bool,
    /// Why no groups can be formed, if so.
    pub(super) closed_because: &'static str,
    pub(super) details_open: bool,
}

/// "Seven people are ready to be placed. Two groups are formed."
pub(super) fn summary((ready, more): (usize, bool), open_groups: usize, placed: usize) -> String {
    let are = |n: usize| if n == 1 { "is" } else { "are" };
    let first = match ready {
        0 => "Nobody is waiting to be placed.".to_owned(),
        n if more => format!("More than {n} people are ready to be placed."),
        n => format!("{} {} ready to be placed.", words::capital(&words::count(n, "person", "people")), are(n)),
    };
    let second = match open_groups {
        0 => "There is no group yet.".to_owned(),
        n => format!(
            "{} {} formed, with {}.",
            words::capital(&words::count(n, "group", "groups")),
            are(n),
            words::count(placed, "person", "people")
        ),
    };
    format!("{first} {second}")
}

/// "Two to six people, best four."
pub(super) fn size_hint(sizes: Sizes) -> String {
    format!(
        "{} to {} people, best {}. Nobody can be in a group with their own supervisor.",
        words::capital(&words::number(sizes.min)),
        words::number(sizes.max),
        words::number(sizes.target)
    )
}

/// Why groups cannot be formed in this state; nothing when they can.
pub(super) const fn closed_because(state: ProgramState) -> &'static str {
    match state {
        ProgramState::Draft => "Groups are formed once the program is open.",
        ProgramState::Open | ProgramState::Active | ProgramState::Closing => "",
        ProgramState::Archived => "The program has ended.",
        ProgramState::Cancelled => "The program was cancelled.",
    }
}

#[derive(Template)]
#[template(path = "forming/edit.html")]
pub(super) struct EditPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) path: String,
    pub(super) group: String,
    /// The name as it stands, whatever was typed.
    pub(super) name: String,
    pub(super) typed: Typed,
    pub(super) zones: Vec<String>,
    /// After the launch people are only added.
    pub(super) launched: bool,
    pub(super) members: Vec<MemberRow>,
    pub(super) choices: Vec<Tick>,
    pub(super) was: Vec<String>,
    pub(super) size_hint: String,
    pub(super) details_open: bool,
}

#[derive(Template)]
#[template(path = "forming/remove.html")]
pub(super) struct RemovePage {
    pub(super) shell: Shell,
    pub(super) path: String,
    pub(super) group: String,
    pub(super) name: String,
    /// First names, for "… will be free again".
    pub(super) people: String,
    pub(super) several: bool,
    pub(super) begun: bool,
}

/// "Priya, Marcus and Hana".
pub(super) fn first_names(members: &[&Candidate]) -> String {
    let names: Vec<String> = members.iter().map(|member| first_name(&member.name).to_owned()).collect();
    words::list(&names)
}

#[derive(Template)]
#[template(path = "forming/launch.html")]
pub(super) struct LaunchPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) program: String,
    pub(super) path: String,
    pub(super) summary: String,
    pub(super) groups: Vec<GroupLine>,
    /// Ready, and in no group.
    pub(super) left_out: Vec<String>,
    pub(super) waiting: Vec<WaitingRow>,
    /// What keeps the program from being launched.
    pub(super) problems: Vec<String>,
    /// Lessons of last time have no answer; a sentence.
    pub(super) lessons: Option<String>,
    pub(super) warnings: Vec<String>,
    pub(super) state: ProgramState,
    pub(super) emails: String,
}
