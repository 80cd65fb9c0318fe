//! What the giver reads of what they shared. It is the same whether or not it was opened.
use super::super::service::Item;
use super::{Seen, Told, seen};
use crate::access::GroupMember;
use crate::base::{local_time, text, words};
use crate::features::showing::ItemPart;
use crate::web::{page::Shell, state::App};
use askama::Template;

/// What was shared, and in time the answer.
#[derive(Template)]
#[template(path = "feedback/given.html")]
pub(in super::super) struct GivenPage {
    shell: Shell,
    group_path: String,
    path: String,
    receiver: String,
    after: String,
    shared: String,
    /// The day of the answer, empty as long as there is none.
    answered: String,
    settled: bool,
    told: Told,
    /// Who reads it, and what the giver can set about it.
    around: ItemPart,
    elements: Vec<Seen>,
    not_agreed: String,
}

impl GivenPage {
    pub(in super::super) fn new(app: &App, member: &GroupMember, item: &Item, around: ItemPart) -> Self {
        let group_path = member.group().path();
        let zone = member.viewer().time_zone();
        let day = |at| words::day(local_time::day_in(zone, at));
        Self {
            shell: member.shell(app),
            path: format!("{group_path}/feedback/{}", item.feedback.id),
            group_path,
            receiver: text::first_name(&item.feedback.receiver_name).to_owned(),
            after: item.feedback.after(),
            shared: item.feedback.shared_at.map(day).unwrap_or_default(),
            answered: item.feedback.answered_at.map(day).unwrap_or_default(),
            settled: item.standing == super::super::model::Standing::Settled,
            told: Told::of(item, zone),
            around,
            elements: item.texts.iter().map(seen).collect(),
            not_agreed: item.feedback.not_agreed.clone(),
        }
    }
}
