//! What somebody else in the group reads, because the two said so.
use super::super::{model::Feedback, service::Item};
use super::{Seen, seen};
use crate::access::GroupMember;
use crate::base::text;
use crate::features::showing::ItemPart;
use crate::web::{page::Shell, state::App};
use askama::Template;

/// The words and the answers, never an own view.
#[derive(Template)]
#[template(path = "feedback/shown.html")]
pub(in super::super) struct ShownPage {
    shell: Shell,
    group_path: String,
    giver: String,
    receiver: String,
    after: String,
    /// "How Priya saw it".
    above: String,
    around: ItemPart,
    elements: Vec<Seen>,
    not_agreed: String,
}

/// Above words that are read by somebody else than the two.
pub fn above(item: &Feedback) -> String {
    let giver = text::first_name(&item.giver_name);
    if item.logged_by.is_some() { format!("What {giver} said") } else { format!("How {giver} saw it") }
}

impl ShownPage {
    pub(in super::super) fn new(app: &App, member: &GroupMember, item: &Item, around: ItemPart) -> Self {
        Self {
            shell: member.shell(app),
            group_path: member.group().path(),
            giver: text::first_name(&item.feedback.giver_name).to_owned(),
            receiver: text::first_name(&item.feedback.receiver_name).to_owned(),
            after: item.feedback.after(),
            above: above(&item.feedback),
            around,
            elements: item.texts.iter().map(seen).collect(),
            not_agreed: item.feedback.not_agreed.clone(),
        }
    }
}
