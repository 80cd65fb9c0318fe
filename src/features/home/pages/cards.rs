//! The cards and side notes of a person's home.
use crate::base::{ids::ParticipationId, local_time::day_in, text::first_name, words};
use crate::features::approvals::RequestState;
use crate::features::desk::{self, Piece};
use crate::features::home::{
    model::{Backing, Mine, MyGroup},
    service::Home,
};
use crate::features::progress::{self, GroupFacts, Slip, Weeks};
use time::{Date, OffsetDateTime};

/// A group of the reader's.
pub(super) struct GroupCard {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) sentence: String,
    pub(super) slip: Slip,
}

pub(super) fn group_cards(home: &Home, now: OffsetDateTime) -> Vec<GroupCard> {
    home.mine
        .iter()
        .filter_map(|program| Some((program, program.group()?)))
        .filter_map(|(program, group)| {
            let facts = home.groups.iter().find(|facts| facts.id == group.id)?;
            let me = program.part.as_ref()?.id;
            let today = day_in(&program.time_zone, now);
            Some(GroupCard {
                href: facts.path(),
                name: group.name.clone(),
                sentence: sentence(group, facts, me, today),
                slip: progress::slip(facts, Weeks::between(program.starts_on, program.ends_on, today), today),
            })
        })
        .collect()
}

/// "With Priya and Marcus. One-shot instruction. You have met five times, last on 13 April."
fn sentence(group: &MyGroup, facts: &GroupFacts, me: ParticipationId, today: Date) -> String {
    let others: Vec<String> = facts
        .members
        .iter()
        .filter(|member| member.id != me)
        .map(|member| first_name(&member.name).to_owned())
        .collect();
    let mut parts = Vec::new();
    if !others.is_empty() {
        parts.push(format!("With {}.", words::list(&others)));
    }
    if !group.focus.is_empty() {
        parts.push(format!("{}.", group.focus.trim_end_matches('.')));
    }
    parts.push(facts.last_met(today).map_or_else(
        || "You have not met yet.".to_owned(),
        |last| format!("You have met {}, last on {}.", words::times(facts.held(today).count()), words::day(last)),
    ));
    parts.join(" ")
}

/// A program that the reader coordinates.
pub(super) struct ProgramCard {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) lead: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) on_the_desk: String,
}

pub(super) fn program_cards(home: &Home, now: OffsetDateTime) -> Vec<ProgramCard> {
    home.coordinated
        .iter()
        .map(|facts| {
            let today = day_in(&facts.time_zone, now);
            let said = desk::sentence(facts, today);
            let things = desk::waiting(facts, &home.put_off, today).len();
            ProgramCard {
                href: facts.path(),
                name: facts.name.clone(),
                lead: said.lead,
                pieces: said.pieces,
                on_the_desk: match things {
                    0 => "Nothing needs you today.".to_owned(),
                    n => words::capital(&format!("{} on your desk.", words::count(n, "thing", "things"))),
                },
            }
        })
        .collect()
}

/// What stands beside a program the reader takes part in.
pub(super) struct Aside {
    /// Named only when there are several.
    pub(super) program: String,
    pub(super) id: String,
    pub(super) goals: Vec<Line>,
    pub(super) new_goal: String,
    pub(super) products: Vec<Line>,
    pub(super) name_product: String,
    /// The program's page.
    pub(super) path: String,
    pub(super) supervisor: Option<Supervisor>,
}

pub(super) struct Line {
    pub(super) text: String,
    pub(super) href: String,
    pub(super) note: String,
}

pub(super) struct Supervisor {
    pub(super) name: String,
    pub(super) note: String,
    pub(super) href: String,
    pub(super) label: String,
}

pub(super) fn asides(home: &Home) -> Vec<Aside> {
    let placed: Vec<(&Mine, &MyGroup)> = home
        .mine
        .iter()
        .filter(|program| !program.has_ended())
        .filter_map(|program| Some((program, program.group()?)))
        .collect();
    let several = placed.len() > 1;
    placed.into_iter().map(|(program, group)| aside(home, program, group, several)).collect()
}

fn aside(home: &Home, program: &Mine, group: &MyGroup, several: bool) -> Aside {
    let at = |goal| format!("{}/groups/{}/goals/{goal}", program.path(), group.id);
    let own = home.waiting.goals.iter().filter(|goal| goal.is_own && goal.group_id == group.id);
    let products = home.waiting.products.iter().filter(|product| product.group_id == group.id);
    let running = program.state.is_running();
    let new_goal = format!("{}/groups/{}/goals/new", program.path(), group.id);
    let goals: Vec<Line> = own
        .map(|goal| Line {
            text: if goal.statement.trim().is_empty() { goal.title.clone() } else { goal.statement.clone() },
            href: at(goal.id.to_string()),
            note: goal_note(goal.target_on, &goal.elements),
        })
        .collect();
    Aside {
        program: if several { program.name.clone() } else { String::new() },
        id: group.id.to_string(),
        path: program.path(),
        name_product: goals.first().filter(|_| running).map_or_else(String::new, |goal| goal.href.clone()),
        new_goal: if running { new_goal } else { String::new() },
        goals,
        products: products
            .map(|product| Line {
                text: product.title.clone(),
                href: at(product.goal_id.to_string()),
                note: String::new(),
            })
            .collect(),
        supervisor: program
            .part
            .as_ref()
            .and_then(|part| home.backing.iter().find(|one| one.participation_id == part.id))
            .map(|backing| supervisor(program, backing)),
    }
}

/// "By 15 May. Agreed for feedback: opening hook, speaking pace".
fn goal_note(until: Option<Date>, elements: &[String]) -> String {
    let mut parts = Vec::new();
    if let Some(day) = until {
        parts.push(format!("By {}", words::day(day)));
    }
    if !elements.is_empty() {
        parts.push(format!("Agreed for feedback: {}", elements.join(", ")));
    }
    parts.join(". ")
}

fn supervisor(program: &Mine, backing: &Backing) -> Supervisor {
    let yes = backing.state == RequestState::Approved;
    Supervisor {
        name: backing.supervisor_name.clone(),
        note: if yes { agreed(backing) } else { unanswered(backing.state).to_owned() },
        href: if yes {
            format!("{}/what-my-supervisor-sees", program.path())
        } else {
            format!("{}/join", program.path())
        },
        label: if yes { format!("What {} sees", backing.first_name()) } else { "See the answer".to_owned() },
    }
}

/// "4 hours a month in work time, one trip day".
fn agreed(backing: &Backing) -> String {
    let count = |n: i32, one: &str, many: &str| words::count(usize::try_from(n).unwrap_or(0), one, many);
    let mut parts = Vec::new();
    if let Some(hours) = backing.hours_month {
        let unit = if hours == 1 { "hour" } else { "hours" };
        let when = if backing.work_time == Some(true) { " in work time" } else { "" };
        parts.push(format!("{hours} {unit} a month{when}"));
    }
    if let Some(days) = backing.trip_days {
        parts.push(count(days, "trip day", "trip days"));
    }
    parts.join(", ")
}

const fn unanswered(state: RequestState) -> &'static str {
    match state {
        RequestState::Pending => "Asked, and not answered yet",
        RequestState::Conditional => "Says yes on a condition, which waits for you",
        RequestState::Declined => "Said no for now",
        RequestState::Expired => "Did not answer in time",
        RequestState::Revoked => "Took the yes back",
        RequestState::Approved | RequestState::Cancelled | RequestState::Superseded => "Asked before",
    }
}
