//! What somebody gave and received in their group.
use super::queries::Listed;
use crate::access::GroupMember;
use crate::base::{ids::ParticipationId, local_time, text, words};
use crate::features::{
    feedback::{FeedbackState, Standing, standing},
    feedback_asks::Part,
    showing::ListPart,
};
use crate::web::{page::Shell, state::App};
use askama::Template;
use time::OffsetDateTime;

/// Given and received.
#[derive(Template)]
#[template(path = "feedback_list/list.html")]
pub(super) struct ListPage {
    shell: Shell,
    /// What members ask each other for, drawn by its own slice.
    asks: Part,
    /// What the two show their group, what the reader hid and reported.
    others: ListPart,
    group_name: String,
    group_path: String,
    path: String,
    to_open: Vec<Line>,
    to_answer: Vec<Line>,
    drafts: Vec<Line>,
    /// What the other logged.
    to_confirm: Vec<Line>,
    /// What the reader logged, and what each remembers differently.
    unsettled: Vec<Line>,
    received: Vec<Line>,
    given: Vec<Line>,
    /// What went out and came in, for the reader alone; empty as long as nothing did.
    balance: String,
}

struct Line {
    href: String,
    /// The other of the two.
    name: String,
    /// "Priya said it to you".
    said: String,
    about: String,
    after: String,
    /// "Shared 13 April", "Answered 15 April".
    note: String,
}

impl ListPage {
    pub(super) fn new(app: &App, member: &GroupMember, listed: &[Listed], (asks, others): (Part, ListPart)) -> Self {
        let group_path = member.group().path();
        let mut page = Self {
            shell: member.shell(app),
            asks,
            others,
            group_name: member.group().name.clone(),
            path: format!("{group_path}/feedback"),
            group_path,
            to_open: Vec::new(),
            to_answer: Vec::new(),
            drafts: Vec::new(),
            to_confirm: Vec::new(),
            unsettled: Vec::new(),
            received: Vec::new(),
            given: Vec::new(),
            balance: balance(listed, member.participation_id()),
        };
        for one in listed {
            let Some(standing) = standing_for(one, member) else { continue };
            if page.others.hidden.contains(&one.item.id) {
                continue;
            }
            let line = line(&page.path, member, one);
            let given = one.item.giver_id == member.participation_id();
            match standing {
                Standing::Draft => page.drafts.push(line),
                Standing::Unopened => page.to_open.push(line),
                Standing::ToConfirm => page.to_confirm.push(line),
                Standing::Logged | Standing::Disputed => page.unsettled.push(line),
                // What was said may be answered, and waits for nothing.
                Standing::ToAnswer if one.item.logged_by.is_some() => page.received.push(line),
                Standing::ToAnswer => page.to_answer.push(line),
                Standing::Settled if !given => page.received.push(line),
                Standing::Given | Standing::Settled | Standing::Shown => page.given.push(line),
            }
        }
        page
    }

    fn is_empty(&self) -> bool {
        let waiting = [&self.to_open, &self.to_answer, &self.drafts, &self.to_confirm, &self.unsettled];
        let lists = waiting.into_iter().chain([&self.received, &self.given]);
        lists.into_iter().all(Vec::is_empty) && self.others.drawn.is_empty()
    }
}

/// "You have given feedback to Marcus twice and to Hana once, and had it from Marcus once."
fn balance(listed: &[Listed], me: ParticipationId) -> String {
    let side = |given: bool, to: &str| {
        let mut names: Vec<(&str, usize)> = Vec::new();
        for one in listed.iter().filter(|one| one.item.is_live && (one.item.giver_id == me) == given) {
            let (_, name) = one.item.other(me);
            match names.iter_mut().find(|(known, _)| *known == name) {
                Some((_, times)) => *times += 1,
                None => names.push((name, 1)),
            }
        }
        let parts =
            names.iter().map(|(name, times)| format!("{to} {} {}", text::first_name(name), words::times(*times)));
        words::list(&parts.collect::<Vec<_>>())
    };
    let (out, back) = (side(true, "to"), side(false, "from"));
    match (out.is_empty(), back.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("You have given feedback {out}, and had none yet. You can ask for it."),
        (true, false) => format!("You have had feedback {back}, and given none yet."),
        (false, false) => format!("You have given feedback {out}, and had it {back}."),
    }
}

fn standing_for(one: &Listed, member: &GroupMember) -> Option<Standing> {
    standing(&one.item, member.participation_id())
}

fn line(path: &str, member: &GroupMember, one: &Listed) -> Line {
    let item = &one.item;
    let (_, name) = item.other(member.participation_id());
    let zone = member.viewer().time_zone();
    let day = |at| words::day(local_time::day_in(zone, at));
    let gives = item.giver_id == member.participation_id();
    let other = text::first_name(name).to_owned();
    let note = match (item.state, item.answered_at, item.shared_at) {
        (FeedbackState::Disputed, ..) => "Each of you remembers it differently. It counts nowhere".to_owned(),
        (FeedbackState::Logged, ..) => format!("It counts once {other} confirms the words"),
        (FeedbackState::Confirmed, _, Some(at)) => format!("Said, and logged {}", day(at)),
        (_, Some(at), _) if item.reworded_at.is_none() => format!("Answered {}", day(at)),
        (_, Some(at), _) => {
            format!("Answered {}. Revised {}", day(at), item.reworded_at.map(day).unwrap_or_default())
        }
        (_, None, Some(at)) => format!("Shared {}", day(at)),
        (_, None, None) => item.kept_at.map(|at| kept(zone, at)).unwrap_or_default(),
    };
    Line {
        href: format!("{path}/{}", item.id),
        said: match (item.logged_by, gives) {
            (None, true) => format!("You wrote to {other}"),
            (None, false) => format!("{other} wrote to you"),
            (Some(_), true) => format!("You said it to {other}"),
            (Some(_), false) => format!("{other} said it to you"),
        },
        name: other,
        about: titles(&one.titles),
        after: item.after(),
        note,
    }
}

fn kept(zone: &str, at: OffsetDateTime) -> String {
    let local = local_time::to_local(zone, at);
    format!("Kept on {} at {}", words::day(local.date()), words::clock_time(local.time()))
}

/// "“Pace”, “Opening”", as far as a line has room for them.
fn titles(all: &[String]) -> String {
    match all {
        [] => "nothing yet".to_owned(),
        [one] => format!("“{one}”"),
        [one, other] => format!("“{one}” and “{other}”"),
        [one, more @ ..] => format!("“{one}” and {}", words::count(more.len(), "other thing", "other things")),
    }
}
