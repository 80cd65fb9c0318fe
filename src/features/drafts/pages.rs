//! To whom, the form, and the draft as the receiver will see it.
use super::{
    model::{Between, Element},
    service::{Begun, Someone},
};
use crate::access::GroupMember;
use crate::base::{ids::FeedbackId, local_time, text, words};
use crate::features::feedback::{Format, Occasion, Seen, Typed, box_name, seen};
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;
use time::OffsetDateTime;

/// To whom?
#[derive(Template)]
#[template(path = "drafts/person.html")]
pub(super) struct PersonPage {
    shell: Shell,
    group_path: String,
    errors: Errors,
    people: Vec<Person>,
}

struct Person {
    /// Empty where nothing is agreed yet.
    href: String,
    name: String,
    elements: Vec<String>,
}

impl PersonPage {
    pub(super) fn new(app: &App, member: &GroupMember, others: &[Someone], errors: Errors) -> Self {
        let group_path = member.group().path();
        let person = |other: &Someone| Person {
            href: if other.elements.is_empty() {
                String::new()
            } else {
                format!("{group_path}/feedback/new?to={}", other.id)
            },
            name: other.first_name.clone(),
            elements: other.elements.iter().map(|(_, title)| title.clone()).collect(),
        };
        Self { shell: member.shell(app).with(&errors), people: others.iter().map(person).collect(), group_path, errors }
    }
}

/// The form, new or of a draft.
#[derive(Template)]
#[template(path = "drafts/write.html")]
pub(super) struct WritePage {
    shell: Shell,
    group_path: String,
    action: String,
    errors: Errors,
    receiver: String,
    lede: String,
    id: String,
    to: String,
    format: Format,
    formats: Vec<Way>,
    occasions: Vec<Choice>,
    happened_on: String,
    elements: Vec<ToWrite>,
    off_limits: Vec<String>,
    /// What was typed in another way, kept until it is saved.
    earlier: Vec<Earlier>,
    not_agreed: String,
    changing: bool,
    /// What the receiver asked for, drawn by the slice of asks.
    asked: String,
    /// Drafts to the same person: where, and when each was kept.
    begun: Vec<(String, String)>,
    /// Which window this is, and which had kept the draft before: see `feedback::Window`.
    window: String,
    after: String,
    zone: String,
    /// The giver, by id: what a browser holds for one is not shown to another.
    writer: String,
}

/// A format to choose.
pub(crate) struct Way {
    pub(crate) value: &'static str,
    pub(crate) label: &'static str,
    pub(crate) about: &'static str,
    pub(crate) chosen: bool,
}

/// Where it was.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// One element with its boxes.
pub(crate) struct ToWrite {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) agreed: String,
    pub(crate) boxes: Vec<TextBox>,
}

/// One question of a format, on one element.
pub(crate) struct TextBox {
    pub(crate) name: String,
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) value: String,
}

/// What was typed in another format.
pub(crate) struct Earlier {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) value: String,
}

impl WritePage {
    /// The form of a new draft.
    pub(super) fn new(app: &App, member: &GroupMember, between: &Between, typed: &Typed, errors: Errors) -> Self {
        let group_path = member.group().path();
        let format = typed.format();
        Self {
            shell: member.shell(app).with(&errors),
            action: format!("{group_path}/feedback/new"),
            group_path,
            errors,
            receiver: between.receiver_first.clone(),
            lede: lede(between),
            id: typed.get("id").to_owned(),
            to: between.receiver.to_string(),
            format,
            formats: ways(format),
            occasions: occasions(between, typed),
            happened_on: typed.get("happened_on").to_owned(),
            elements: between.elements.iter().map(|element| to_write(element, format, typed)).collect(),
            off_limits: between.off_limits.clone(),
            earlier: earlier(between, typed),
            not_agreed: typed.get("not_agreed").to_owned(),
            changing: false,
            asked: String::new(),
            begun: Vec::new(),
            window: typed.get("window").to_owned(),
            after: typed.get("after").to_owned(),
            writer: between.giver.to_string(),
            zone: member.viewer().time_zone().to_owned(),
        }
    }

    /// The same over a draft that is there already.
    pub(super) fn changing(mut self, id: FeedbackId) -> Self {
        self.action = format!("{}/feedback/{id}/edit", self.group_path);
        self.changing = true;
        self
    }

    /// With the drafts to the same person that are there already.
    pub(super) fn begun(mut self, begun: &[(FeedbackId, OffsetDateTime)]) -> Self {
        let zone = &self.zone;
        self.begun = begun
            .iter()
            .map(|(id, at)| {
                let local = local_time::to_local(zone, *at);
                let when = format!("{} at {}", words::day(local.date()), words::clock_time(local.time()));
                (format!("{}/feedback/{id}/edit", self.group_path), when)
            })
            .collect();
        self
    }

    /// The same under what the receiver asked for.
    pub(super) fn asked(mut self, asked: String) -> Self {
        self.asked = asked;
        self
    }
}

/// A draft, read through.
#[derive(Template)]
#[template(path = "drafts/through.html")]
pub(super) struct ThroughPage {
    shell: Shell,
    group_path: String,
    path: String,
    errors: Errors,
    giver: String,
    receiver: String,
    after: String,
    elements: Vec<Seen>,
    not_agreed: String,
    off_limits: Vec<String>,
}

impl ThroughPage {
    pub(super) fn new(app: &App, member: &GroupMember, begun: &Begun, errors: Errors) -> Self {
        let item = &begun.item;
        let group_path = member.group().path();
        Self {
            shell: member.shell(app).with(&errors),
            path: format!("{group_path}/feedback/{}", item.feedback.id),
            group_path,
            errors,
            giver: text::first_name(&item.feedback.giver_name).to_owned(),
            receiver: text::first_name(&item.feedback.receiver_name).to_owned(),
            after: item.feedback.after(),
            elements: item.texts.iter().map(seen).collect(),
            not_agreed: item.feedback.not_agreed.clone(),
            off_limits: begun.off_limits.clone(),
        }
    }
}

fn lede(between: &Between) -> String {
    let who = &between.receiver_first;
    match between.elements.len() {
        1 => format!("On the one thing {who} agreed to hear about."),
        n => format!(
            "On the {} things {who} agreed to hear about. Leave one empty if you saw nothing of it.",
            words::number(n)
        ),
    }
}

pub(crate) fn ways(chosen: Format) -> Vec<Way> {
    Format::ALL
        .iter()
        .map(|format| Way {
            value: format.as_str(),
            label: format.label(),
            about: format.about(),
            chosen: *format == chosen,
        })
        .collect()
}

pub(crate) fn occasions(between: &Between, typed: &Typed) -> Vec<Choice> {
    let chosen = typed.get("occasion");
    let choice = |value: String, label: &str| Choice { chosen: value == chosen, label: label.to_owned(), value };
    let mut all = vec![choice(String::new(), "Choose one")];
    all.extend(between.occasions.iter().map(|known| choice(known.occasion.value(), &known.label)));
    all.push(choice(Occasion::Elsewhere.value(), "Somewhere else"));
    all
}

pub(crate) fn to_write(element: &Element, format: Format, typed: &Typed) -> ToWrite {
    let agreed = format!("Agreed {}", words::day(element.agreed_on));
    ToWrite {
        id: element.id.to_string(),
        title: element.title.clone(),
        agreed: element.retired_on.map_or(agreed.clone(), |day| format!("{agreed}, retired {}", words::day(day))),
        boxes: format
            .parts()
            .iter()
            .map(|part| {
                let name = box_name(*part, element.id);
                TextBox { value: typed.get(&name).to_owned(), label: part.label(), hint: part.hint(), name }
            })
            .collect(),
    }
}

pub(crate) fn earlier(between: &Between, typed: &Typed) -> Vec<Earlier> {
    let format = typed.format();
    typed
        .boxes()
        .filter(|(part, _, _)| !format.parts().contains(part))
        .filter_map(|(part, id, value)| {
            let element = between.elements.iter().find(|element| element.id == id)?;
            Some(Earlier {
                name: box_name(part, id),
                label: format!("{}: {}", element.title, part.label()),
                value: value.to_owned(),
            })
        })
        .collect()
}
