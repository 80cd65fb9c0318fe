//! What comes before the form: which kind of trip, and of an observation, of whom.
use super::super::model::{TripKind, plan::Choices};
use crate::access::GroupMember;
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;

/// Which kind of trip it is to be.
#[derive(Template)]
#[template(path = "field_trips/kind.html")]
pub(in super::super) struct KindPage {
    shell: Shell,
    group_name: String,
    group_path: String,
    errors: Errors,
    kinds: Vec<Kind>,
}

struct Kind {
    href: String,
    title: String,
    about: &'static str,
}

impl KindPage {
    pub(in super::super) fn new(app: &App, member: &GroupMember, errors: Errors) -> Self {
        let group_path = member.group().path();
        let kind = |kind: &TripKind| Kind {
            href: format!("{group_path}/trips/new?kind={}", kind.as_str()),
            title: kind.to_plan().to_owned(),
            about: kind.about(),
        };
        Self {
            shell: member.shell(app).with(&errors),
            group_name: member.group().name.clone(),
            kinds: TripKind::ALL.iter().map(kind).collect(),
            group_path,
            errors,
        }
    }
}

/// Who is to be observed.
#[derive(Template)]
#[template(path = "field_trips/person.html")]
pub(in super::super) struct PersonPage {
    shell: Shell,
    group_name: String,
    group_path: String,
    errors: Errors,
    people: Vec<Person>,
}

struct Person {
    /// Empty where there is nothing agreed to observe.
    href: String,
    name: String,
    elements: Vec<String>,
}

impl PersonPage {
    pub(in super::super) fn new(app: &App, member: &GroupMember, choices: &Choices, errors: Errors) -> Self {
        let group_path = member.group().path();
        let people = choices
            .members
            .iter()
            .map(|other| {
                let elements: Vec<String> =
                    choices.elements_about(other.participation_id).map(|element| element.title.clone()).collect();
                let href = if elements.is_empty() {
                    String::new()
                } else {
                    format!("{group_path}/trips/new?kind=observation&observed={}", other.participation_id)
                };
                let name = if other.participation_id == member.participation_id() {
                    "You".to_owned()
                } else {
                    other.first_name().to_owned()
                };
                Person { href, name, elements }
            })
            .collect();
        Self {
            shell: member.shell(app).with(&errors),
            group_name: member.group().name.clone(),
            group_path,
            errors,
            people,
        }
    }
}
