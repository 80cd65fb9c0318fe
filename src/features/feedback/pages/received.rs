//! What the receiver sees: before opening, and after.
use super::super::{
    model::{Reply, Standing, Typed},
    service::Item,
};
use super::{Seen, Told, seen};
use crate::access::GroupMember;
use crate::base::{local_time, text, words};
use crate::features::showing::ItemPart;
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;

/// Before opening: how did you see it yourself?
#[derive(Template)]
#[template(path = "feedback/open.html")]
pub(in super::super) struct OpenPage {
    shell: Shell,
    group_path: String,
    path: String,
    errors: Errors,
    giver: String,
    after: String,
    how_many: String,
    elements: Vec<Seen>,
}

impl OpenPage {
    pub(in super::super) fn new(
        app: &App,
        member: &GroupMember,
        item: &Item,
        typed: Option<&Typed>,
        errors: Errors,
    ) -> Self {
        let group_path = member.group().path();
        let mut elements: Vec<Seen> = item.texts.iter().map(seen).collect();
        for element in &mut elements {
            if let Some(typed) = typed {
                typed.get(&format!("view-{}", element.id)).clone_into(&mut element.self_view);
            }
        }
        Self {
            shell: member.shell(app).with(&errors),
            path: format!("{group_path}/feedback/{}", item.feedback.id),
            group_path,
            errors,
            giver: text::first_name(&item.feedback.giver_name).to_owned(),
            after: item.feedback.after(),
            how_many: words::count(elements.len(), "thing", "things"),
            elements,
        }
    }
}

/// Opened: both views side by side, and the answer.
#[derive(Template)]
#[template(path = "feedback/read.html")]
pub(in super::super) struct ReadPage {
    shell: Shell,
    group_path: String,
    path: String,
    errors: Errors,
    giver: String,
    after: String,
    shared: String,
    opened: String,
    answered: String,
    told: Told,
    /// Takes an answer.
    open: bool,
    elements: Vec<Seen>,
    replies: Vec<(&'static str, &'static str)>,
    not_agreed: String,
    /// The program runs, so that an answer can become something to do.
    may_act: bool,
    /// Who reads it, and what the receiver can set about it; none beside a form with mistakes.
    around: Option<ItemPart>,
}

impl ReadPage {
    pub(in super::super) fn new(
        app: &App,
        member: &GroupMember,
        item: &Item,
        typed: Option<&Typed>,
        errors: Errors,
    ) -> Self {
        let group_path = member.group().path();
        let zone = member.viewer().time_zone();
        let day = |at| words::day(local_time::day_in(zone, at));
        let mut elements: Vec<Seen> = item.texts.iter().map(seen).collect();
        for element in &mut elements {
            if let Some(typed) = typed {
                typed.get(&format!("answer-{}", element.id)).clone_into(&mut element.answer);
                typed.get(&format!("line-{}", element.id)).clone_into(&mut element.answer_words);
            }
        }
        Self {
            shell: member.shell(app).with(&errors),
            path: format!("{group_path}/feedback/{}", item.feedback.id),
            group_path,
            errors,
            giver: text::first_name(&item.feedback.giver_name).to_owned(),
            after: item.feedback.after(),
            shared: item.feedback.shared_at.map(day).unwrap_or_default(),
            opened: item.feedback.opened_at.map(day).unwrap_or_default(),
            answered: item.feedback.answered_at.map(day).unwrap_or_default(),
            told: Told::of(item, zone),
            open: item.standing == Standing::ToAnswer,
            elements,
            replies: Reply::ALL.iter().map(|reply| (reply.as_str(), reply.label())).collect(),
            not_agreed: item.feedback.not_agreed.clone(),
            may_act: member.program().state.is_running(),
            around: None,
        }
    }

    pub(in super::super) fn with(self, around: ItemPart) -> Self {
        Self { around: Some(around), ..self }
    }
}
