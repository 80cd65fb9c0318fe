//! What somebody gave and received in their group.
use super::super::{
    model::{Standing, standing},
    queries::Listed,
};
use super::titles;
use crate::access::GroupMember;
use crate::base::{local_time, text, words};
use crate::features::feedback_asks::Part;
use crate::web::{page::Shell, state::App};
use askama::Template;
use time::OffsetDateTime;

/// Given and received.
#[derive(Template)]
#[template(path = "feedback/list.html")]
pub(in super::super) struct ListPage {
    shell: Shell,
    /// What members ask each other for, drawn by its own slice.
    asks: Part,
    group_name: String,
    group_path: String,
    path: String,
    to_open: Vec<Line>,
    to_answer: Vec<Line>,
    drafts: Vec<Line>,
    received: Vec<Line>,
    given: Vec<Line>,
}

struct Line {
    href: String,
    /// The other of the two.
    name: String,
    about: String,
    after: String,
    /// "Shared 13 April", "Answered 15 April".
    note: String,
}

impl ListPage {
    pub(in super::super) fn new(app: &App, member: &GroupMember, listed: &[Listed], asks: Part) -> Self {
        let group_path = member.group().path();
        let mut page = Self {
            shell: member.shell(app),
            asks,
            group_name: member.group().name.clone(),
            path: format!("{group_path}/feedback"),
            group_path,
            to_open: Vec::new(),
            to_answer: Vec::new(),
            drafts: Vec::new(),
            received: Vec::new(),
            given: Vec::new(),
        };
        for one in listed {
            let Some(standing) = standing_for(one, member) else { continue };
            let line = line(&page.path, member, one);
            let given = one.item.giver_id == member.participation_id();
            match standing {
                Standing::Draft => page.drafts.push(line),
                Standing::Unopened => page.to_open.push(line),
                Standing::ToAnswer => page.to_answer.push(line),
                Standing::Settled if !given => page.received.push(line),
                Standing::Given | Standing::Settled => page.given.push(line),
            }
        }
        page
    }

    fn is_empty(&self) -> bool {
        [&self.to_open, &self.to_answer, &self.drafts, &self.received, &self.given].iter().all(|list| list.is_empty())
    }
}

fn standing_for(one: &Listed, member: &GroupMember) -> Option<Standing> {
    standing(&one.item, member.participation_id())
}

fn line(path: &str, member: &GroupMember, one: &Listed) -> Line {
    let item = &one.item;
    let name = if item.giver_id == member.participation_id() { &item.receiver_name } else { &item.giver_name };
    let zone = member.viewer().time_zone();
    let note = match (item.answered_at, item.shared_at) {
        (Some(at), _) => format!("Answered {}", words::day(local_time::day_in(zone, at))),
        (None, Some(at)) => format!("Shared {}", words::day(local_time::day_in(zone, at))),
        (None, None) => item.kept_at.map(|at| kept(zone, at)).unwrap_or_default(),
    };
    Line {
        href: format!("{path}/{}", item.id),
        name: text::first_name(name).to_owned(),
        about: titles(&one.titles),
        after: item.after(),
        note,
    }
}

fn kept(zone: &str, at: OffsetDateTime) -> String {
    let local = local_time::to_local(zone, at);
    format!("Kept on {} at {}", words::day(local.date()), words::clock_time(local.time()))
}
