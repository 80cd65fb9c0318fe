//! The form of a plan, new or changed.
use super::super::{
    model::{
        Reach, Trip, TripKind,
        plan::{Choices, Typed},
    },
    service::Whole,
};
use super::Line;
use crate::access::GroupMember;
use crate::base::{ids::ParticipationId, text, words};
use crate::features::{groups::readers, library};
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;

/// The form of a plan.
#[derive(Template)]
#[template(path = "field_trips/plan.html")]
pub(in super::super) struct PlanPage {
    shell: Shell,
    group_name: String,
    group_path: String,
    /// Where the form goes.
    action: String,
    /// Where "leave it as it is" goes.
    back: String,
    heading: String,
    button: String,
    changing: bool,
    errors: Errors,
    typed: Typed,
    observation: Option<OfPerson>,
    asks_institution: bool,
    library: Vec<library::Kind>,
    asks_person: bool,
    goers: Vec<Line>,
    goals: Vec<Line>,
    reaches: Vec<Line>,
    currency: String,
    days: String,
    readers: String,
}

/// What the form of an observation asks besides.
struct OfPerson {
    first_name: String,
    /// "Your own work" reads better than the reader's name.
    is_reader: bool,
    observers: Vec<Line>,
    elements: Vec<Line>,
    off_limits: Vec<String>,
}

impl PlanPage {
    /// The form for a kind that was chosen before.
    pub(in super::super) fn new(
        app: &App,
        member: &GroupMember,
        choices: &Choices,
        typed: Typed,
        errors: Errors,
    ) -> Self {
        let kind = TripKind::parse(&typed.kind).unwrap_or(TripKind::Event);
        let group_path = member.group().path();
        let program = member.program();
        Self {
            shell: member.shell(app).with(&errors),
            group_name: member.group().name.clone(),
            action: format!("{group_path}/trips/new"),
            back: group_path.clone(),
            heading: kind.to_plan().to_owned(),
            button: format!("Save the {}", kind.noun()),
            changing: false,
            observation: of_person(kind, member, choices, &typed),
            library: choices.library.kinds.clone(),
            asks_institution: kind == TripKind::SiteVisit,
            asks_person: matches!(kind, TripKind::Interview | TripKind::Shadowing),
            goers: goers(member, choices, &typed),
            goals: goals(choices, &typed),
            reaches: reaches(kind, &typed),
            currency: program.currency.clone(),
            days: format!("The program runs {}.", words::from_to(program.starts_on, program.ends_on)),
            readers: readers(member, &choices.members, None),
            group_path,
            errors,
            typed,
        }
    }

    /// The same form over a trip that is planned already.
    pub(in super::super) fn changing(mut self, trip: &Trip) -> Self {
        self.back = format!("{}/trips/{}", self.group_path, trip.id);
        self.action = format!("{}/edit", self.back);
        self.heading = format!("Change the {}", trip.kind.noun());
        "Save the changes".clone_into(&mut self.button);
        self.changing = true;
        self
    }

    /// What was typed, with the kind and the observed person as they were settled. Whoever was told that the plan
    /// changed decides over the one that stands now.
    pub(in super::super) fn settled(mut typed: Typed, trip: &Trip, errors: &Errors) -> Typed {
        if errors.of("was").is_some() {
            typed.was = trip.version();
        }
        let observed = trip.observed_id.map(|id| id.to_string()).unwrap_or_default();
        Typed { kind: trip.kind.as_str().to_owned(), observed, ..typed }
    }

    /// A planned trip as it would have been typed.
    pub(in super::super) fn typed_of(whole: &Whole) -> Typed {
        let trip = &whole.trip;
        let id = |id: Option<ParticipationId>| id.map(|id| id.to_string()).unwrap_or_default();
        Typed {
            id: trip.id.to_string(),
            kind: trip.kind.as_str().to_owned(),
            observed: id(trip.observed_id),
            observer: id(trip.observer_id),
            focus: whole.focus.iter().map(|element| element.id.to_string()).collect(),
            purpose: trip.purpose.clone(),
            goal: trip.goal_id.map(|id| id.to_string()).unwrap_or_default(),
            on_date: words::iso_day(trip.on_date),
            starts_time: trip.starts_time.map(words::clock_time).unwrap_or_default(),
            reach: trip.reach().as_str().to_owned(),
            place: trip.place.clone(),
            host_institution: trip.host_institution.clone(),
            host_person: trip.host_person.clone(),
            host_email: trip.host_email.clone(),
            questions: trip.questions.clone(),
            cost: format!("{}.{:02}", trip.cost_cents / 100, trip.cost_cents % 100),
            work_time: trip.work_time.map(|yes| if yes { "yes" } else { "no" }).unwrap_or_default().to_owned(),
            goers: whole.goers.iter().map(|goer| goer.id.to_string()).collect(),
            returns: String::new(),
            was: trip.version(),
        }
    }

    /// The host of a visit comes to see the group: here, and the same people.
    pub(in super::super) fn in_return(visit: &Trip) -> Typed {
        Typed {
            purpose: "Their return visit: how we work".to_owned(),
            reach: Reach::Here.as_str().to_owned(),
            host_institution: visit.host_institution.clone(),
            host_person: visit.host_person.clone(),
            host_email: visit.host_email.clone(),
            returns: visit.id.to_string(),
            ..Typed::default()
        }
    }
}

fn of_person(kind: TripKind, member: &GroupMember, choices: &Choices, typed: &Typed) -> Option<OfPerson> {
    if kind != TripKind::Observation {
        return None;
    }
    let observed = choices.member(&typed.observed)?;
    let observers = choices
        .members
        .iter()
        .filter(|other| other.participation_id != observed.participation_id)
        .map(|other| Line {
            value: other.participation_id.to_string(),
            label: if other.participation_id == member.participation_id() {
                "You".to_owned()
            } else {
                other.first_name().to_owned()
            },
            note: String::new(),
            chosen: typed.observer == other.participation_id.to_string(),
        })
        .collect();
    let elements = choices
        .elements_about(observed.participation_id)
        .map(|element| Line {
            value: element.id.to_string(),
            label: element.title.clone(),
            note: String::new(),
            chosen: typed.focus.contains(&element.id.to_string()),
        })
        .collect();
    let off_limits = choices.off_limits.iter().filter(|(id, _)| *id == observed.participation_id);
    let off_limits = off_limits.map(|(_, words)| words.clone()).collect();
    Some(OfPerson {
        first_name: observed.first_name().to_owned(),
        is_reader: observed.participation_id == member.participation_id(),
        observers,
        elements,
        off_limits,
    })
}

fn goers(member: &GroupMember, choices: &Choices, typed: &Typed) -> Vec<Line> {
    choices
        .members
        .iter()
        .map(|other| Line {
            value: other.participation_id.to_string(),
            label: if other.participation_id == member.participation_id() {
                "You".to_owned()
            } else {
                other.first_name().to_owned()
            },
            note: String::new(),
            chosen: typed.goers.contains(&other.participation_id.to_string()),
        })
        .collect()
}

fn goals(choices: &Choices, typed: &Typed) -> Vec<Line> {
    choices
        .goals
        .iter()
        .map(|goal| Line {
            value: goal.id.to_string(),
            label: match &goal.owner {
                Some(owner) if goal.title.is_empty() => format!("{}: from before you came", text::first_name(owner)),
                Some(owner) => format!("{}: {}", text::first_name(owner), goal.title),
                None if goal.title.is_empty() => "The group’s, from before you came".to_owned(),
                None => goal.title.clone(),
            },
            note: String::new(),
            chosen: typed.goal == goal.id.to_string(),
        })
        .collect()
}

fn reaches(kind: TripKind, typed: &Typed) -> Vec<Line> {
    let words = |reach: Reach| match reach {
        Reach::Here => ("Here, at our own institution", "Uses no trip day."),
        Reach::Away if kind == TripKind::Observation => ("At another place", "Uses a trip day of whoever observes."),
        Reach::Away => ("At another place", "Uses a trip day of each who goes."),
        Reach::Video => ("By video", "Uses no trip day."),
    };
    Reach::ALL
        .iter()
        .map(|reach| {
            let (label, note) = words(*reach);
            Line {
                value: reach.as_str().to_owned(),
                label: label.to_owned(),
                note: note.to_owned(),
                chosen: typed.reach == reach.as_str(),
            }
        })
        .collect()
}
