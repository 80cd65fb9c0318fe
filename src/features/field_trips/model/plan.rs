//! A plan: what was typed, and what it must hold before it is one.
use super::{Reach, TripKind};
use crate::base::{
    ids::{ElementId, GoalId, ParticipationId},
    words,
};
use crate::features::{
    choices::{ElementChoice, GoalChoice},
    groups::OpenMember,
};
use crate::web::form::Errors;
use serde::Deserialize;
use std::ops::RangeInclusive;
use time::{Date, Time};

/// As the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    /// The id of the trip to be, drawn with the page.
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) observed: String,
    pub(crate) observer: String,
    pub(crate) focus: Vec<String>,
    pub(crate) purpose: String,
    pub(crate) goal: String,
    pub(crate) on_date: String,
    pub(crate) starts_time: String,
    pub(crate) reach: String,
    pub(crate) place: String,
    pub(crate) host_institution: String,
    pub(crate) host_person: String,
    pub(crate) host_email: String,
    pub(crate) questions: String,
    pub(crate) cost: String,
    /// "yes", "no", or nothing.
    pub(crate) work_time: String,
    pub(crate) goers: Vec<String>,
    /// The trip whose return visit it is, by its id, or nothing.
    pub(crate) returns: String,
    /// The plan as it was when the form was opened: see [`super::Trip::version`].
    pub(crate) was: String,
}

/// What the group has to choose from.
#[derive(Debug, Clone)]
pub(crate) struct Choices {
    pub(crate) members: Vec<OpenMember>,
    pub(crate) goals: Vec<GoalChoice>,
    pub(crate) elements: Vec<ElementChoice>,
    /// What each of the members wants left alone.
    pub(crate) off_limits: Vec<(ParticipationId, String)>,
    pub(crate) library: crate::features::library::Library,
}

impl Choices {
    /// The open member whose id was typed.
    #[must_use]
    pub(crate) fn member(&self, typed: &str) -> Option<&OpenMember> {
        let id = ParticipationId::parse(typed)?;
        self.members.iter().find(|member| member.participation_id == id)
    }

    /// The elements that are about one person.
    pub(crate) fn elements_about(&self, about: ParticipationId) -> impl Iterator<Item = &ElementChoice> {
        self.elements.iter().filter(move |element| element.about_id == about)
    }
}

/// Who watches whom, on what.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub(crate) observer: ParticipationId,
    pub(crate) observed: ParticipationId,
    /// One to four agreed elements of the observed.
    pub(crate) focus: Vec<ElementId>,
}

/// A plan that holds.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) kind: TripKind,
    pub(crate) pair: Option<Pair>,
    pub(crate) purpose: String,
    pub(crate) goal_id: Option<GoalId>,
    pub(crate) on_date: Date,
    pub(crate) starts_time: Option<Time>,
    pub(crate) reach: Reach,
    pub(crate) place: String,
    pub(crate) host_institution: String,
    pub(crate) host_person: String,
    pub(crate) host_email: String,
    pub(crate) questions: String,
    pub(crate) cost_cents: i32,
    pub(crate) work_time: Option<bool>,
    pub(crate) goers: Vec<ParticipationId>,
}

/// The most elements one observation is about.
pub(crate) const MOST_FOCUS: usize = 4;

/// Reads a plan against what the group has to choose from and the days of the program.
///
/// # Errors
/// With a message at each field that needs another look.
pub(crate) fn read(typed: &Typed, choices: &Choices, days: &RangeInclusive<Date>) -> Result<Plan, Errors> {
    let mut errors = Errors::default();
    let kind = TripKind::parse(&typed.kind);
    if kind.is_none() {
        errors.add("kind", "Choose what kind of trip it is");
    }
    let observes = kind == Some(TripKind::Observation);
    let pair = if observes { pair(typed, choices, &mut errors) } else { None };
    let goers =
        if observes { pair.iter().map(|pair| pair.observer).collect() } else { goers(typed, choices, &mut errors) };
    let purpose = errors.required_line("purpose", &typed.purpose, 300, "what you want to see");
    let goal_id = goal(typed, choices, &mut errors);
    let on_date = day(&typed.on_date, days, &mut errors);
    let starts_time = if typed.starts_time.trim().is_empty() {
        None
    } else {
        errors.time("starts_time", &typed.starts_time, "a time")
    };
    let reach = Reach::parse(&typed.reach);
    if reach.is_none() {
        errors.add("reach", "Choose where it is");
    }
    let place = errors.line("place", &typed.place, 300);
    let host = host(typed, kind, &mut errors);
    let questions = if observes { String::new() } else { errors.paragraphs("questions", &typed.questions, 4000) };
    let cost_cents = errors.money("cost", &typed.cost, "The cost");
    let work_time = work_time(&typed.work_time, &mut errors);
    match (kind, on_date, reach) {
        (Some(kind), Some(on_date), Some(reach)) if errors.is_empty() => Ok(Plan {
            kind,
            pair,
            purpose,
            goal_id,
            on_date,
            starts_time,
            reach,
            place,
            host_institution: host.institution,
            host_person: host.person,
            host_email: host.email,
            questions,
            cost_cents,
            work_time,
            goers,
        }),
        _ => Err(errors),
    }
}

fn work_time(typed: &str, errors: &mut Errors) -> Option<bool> {
    if !matches!(typed, "" | "yes" | "no") {
        errors.add("work_time", "Say whether it is in work time");
    }
    (!typed.is_empty()).then_some(typed == "yes")
}

/// A day of the program, read from the field `on_date`.
pub(crate) fn day(typed: &str, days: &RangeInclusive<Date>, errors: &mut Errors) -> Option<Date> {
    let date = errors.date("on_date", typed, "a date")?;
    if !days.contains(&date) {
        let of_program = words::from_to(*days.start(), *days.end());
        errors.add("on_date", format!("Choose a day of the program, {of_program}"));
        return None;
    }
    Some(date)
}

fn pair(typed: &Typed, choices: &Choices, errors: &mut Errors) -> Option<Pair> {
    let Some(observed) = choices.member(&typed.observed) else {
        errors.add("observed", "Choose who is observed: someone in your group");
        return None;
    };
    let by = choices.member(&typed.observer).filter(|who| who.participation_id != observed.participation_id);
    if by.is_none() {
        errors.add("observer", format!("Choose who observes {}: someone else in your group", observed.first_name()));
    }
    let theirs: Vec<ElementId> = choices.elements_about(observed.participation_id).map(|element| element.id).collect();
    let mut focus: Vec<Option<ElementId>> = typed.focus.iter().map(|id| ElementId::parse(id)).collect();
    focus.sort_unstable();
    focus.dedup();
    let known = focus.iter().all(|id| id.is_some_and(|id| theirs.contains(&id)));
    if focus.is_empty() || focus.len() > MOST_FOCUS || !known {
        let whose = observed.first_name();
        errors.add("focus", format!("Choose one to four of the things {whose} agreed to hear about"));
        return None;
    }
    let focus = focus.into_iter().flatten().collect();
    Some(Pair { observer: by?.participation_id, observed: observed.participation_id, focus })
}

fn goers(typed: &Typed, choices: &Choices, errors: &mut Errors) -> Vec<ParticipationId> {
    let going: Vec<Option<ParticipationId>> =
        typed.goers.iter().map(|id| choices.member(id).map(|member| member.participation_id)).collect();
    if going.is_empty() {
        errors.add("goers", "Choose who goes");
    } else if going.contains(&None) {
        errors.add("goers", "Choose among the people in your group");
    }
    let mut going: Vec<ParticipationId> = going.into_iter().flatten().collect();
    going.sort_unstable();
    going.dedup();
    going
}

fn goal(typed: &Typed, choices: &Choices, errors: &mut Errors) -> Option<GoalId> {
    if typed.goal.trim().is_empty() {
        return None;
    }
    let chosen = GoalId::parse(&typed.goal).filter(|id| choices.goals.iter().any(|goal| goal.id == *id));
    if chosen.is_none() {
        errors.add("goal", "Choose one of your group’s goals");
    }
    chosen
}

#[derive(Default)]
struct Host {
    institution: String,
    person: String,
    email: String,
}

fn host(typed: &Typed, kind: Option<TripKind>, errors: &mut Errors) -> Host {
    if kind == Some(TripKind::Observation) {
        return Host::default();
    }
    let institution = if kind == Some(TripKind::SiteVisit) {
        errors.required_line("host_institution", &typed.host_institution, 200, "where you are going")
    } else {
        errors.line("host_institution", &typed.host_institution, 200)
    };
    let person = if matches!(kind, Some(TripKind::Interview | TripKind::Shadowing)) {
        errors.required_line("host_person", &typed.host_person, 200, "whom you want to meet")
    } else {
        errors.line("host_person", &typed.host_person, 200)
    };
    let email = if typed.host_email.trim().is_empty() {
        String::new()
    } else {
        errors.email("host_email", &typed.host_email, "an email address")
    };
    Host { institution, person, email }
}
