//! Parts of the pages of feedback: who reads an item, and what was said about that.
use super::model::{Around, Decided};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::FeedbackId,
    local_time, text, words,
};
use askama::Template;

/// What an item's page says of who reads it.
#[derive(Debug)]
pub(crate) struct ItemPart {
    /// "Priya and you".
    pub(crate) who: String,
    /// "can read this. …".
    pub(crate) can: String,
    /// What the reader can set about it.
    pub(crate) drawn: String,
}

/// The one of the two who is not the reader, and both where the reader is neither.
struct Names {
    giver: String,
    receiver: String,
    other: String,
    between: bool,
}

impl Names {
    fn of(by: &GroupMember, around: &Around) -> Self {
        let first = |name: &str| text::first_name(name).to_owned();
        let (giver, receiver) = (first(&around.giver_name), first(&around.receiver_name));
        let me = by.participation_id();
        let other = if around.giver_id == me { receiver.clone() } else { giver.clone() };
        Self { giver, receiver, other, between: around.is_between(me) }
    }
}

#[derive(Template)]
#[template(path = "showing/item.html")]
struct OfItem<'a> {
    path: String,
    names: Names,
    around: &'a Around,
    i_show: bool,
    other_shows: bool,
    /// "14 April", and how it went; for the two and who reported it.
    verdict: String,
    reason: &'a str,
    /// The reader can report it.
    reportable: bool,
}

/// "The contact person decided on 14 April that it may stand".
pub(crate) fn verdict(by: &GroupMember, decided: &Decided) -> String {
    let day = words::day(local_time::day_in(by.viewer().time_zone(), decided.at));
    let how = if decided.stands { "may stand" } else { "stays closed" };
    format!("It was reported, and the contact person decided on {day} that it {how}.")
}

/// `group`: who in the group reads it, where both show it.
pub(super) fn of_item(by: &GroupMember, around: &Around, group: String) -> Result<ItemPart> {
    let names = Names::of(by, around);
    let (who, can) = readers(&names, around, group);
    let gives = around.giver_id == by.participation_id();
    let decided = around.decided.as_ref().filter(|_| names.between || around.mine.is_some());
    let drawn = OfItem {
        path: format!("{}/feedback/{}", by.group().path(), around.id),
        i_show: if gives { around.giver_shows } else { around.receiver_shows },
        other_shows: if gives { around.receiver_shows } else { around.giver_shows },
        verdict: decided.map(|decided| verdict(by, decided)).unwrap_or_default(),
        reason: decided.map_or("", |decided| decided.reason.as_str()),
        reportable: around.mine.is_none() && !around.is_closed(),
        names,
        around,
    }
    .render()
    .map_err(AppError::internal)?;
    Ok(ItemPart { who, can, drawn })
}

/// Who can read it, in the same order of questions by which the server lets them.
fn readers(names: &Names, around: &Around, group: String) -> (String, String) {
    let Names { giver, receiver, other, between } = names;
    let two = if *between { format!("{other} and you") } else { format!("{giver}, {receiver} and you") };
    if around.is_closed() {
        return (two, "can read this, nobody else.".to_owned());
    }
    if around.is_reported {
        let rest = if *between {
            "can read this, and whoever reported it. The contact person reads it to decide about it."
        } else {
            "can read this, until the contact person, who reads it too, has decided about it."
        };
        return (two, rest.to_owned());
    }
    if around.is_shown() {
        return (group, format!("can read this. {giver} and {receiver} both said so, and each can take it back."));
    }
    (two, "can read this. The others in your group and those who coordinate cannot.".to_owned())
}

struct Line {
    href: String,
    /// "Priya to Marcus".
    title: String,
    about: String,
    day: String,
    /// Of a report: where it stands.
    note: String,
}

#[derive(Template)]
#[template(path = "showing/list.html")]
struct OfList {
    shown: Vec<Line>,
    hidden: Vec<Line>,
    reported: Vec<Line>,
}

/// What the list of feedback shows besides given and received.
#[derive(Debug)]
pub(crate) struct ListPart {
    /// Empty when there is nothing of it.
    pub(crate) drawn: String,
    /// What the reader left out of their list.
    pub(crate) hidden: Vec<FeedbackId>,
}

pub(super) fn of_list(by: &GroupMember, all: &[Around]) -> Result<ListPart> {
    let path = format!("{}/feedback", by.group().path());
    let zone = by.program().time_zone.as_str();
    let reads = |around: &&Around| around.is_shown() && around.shared_on(zone).is_some_and(|day| day >= by.joined_on());
    let lines = |one: &Around| line(by, &path, one);
    let hidden: Vec<&Around> = all.iter().filter(|one| one.is_hidden).collect();
    let part = OfList {
        shown: all.iter().filter(reads).map(lines).collect(),
        hidden: hidden.iter().map(|one| lines(one)).collect(),
        reported: all
            .iter()
            .filter(|one| one.mine.is_some())
            .map(|one| Line { href: format!("{path}/{}/report", one.id), ..lines(one) })
            .collect(),
    };
    let ids = hidden.iter().map(|one| one.id).collect();
    if part.shown.is_empty() && part.hidden.is_empty() && part.reported.is_empty() {
        return Ok(ListPart { drawn: String::new(), hidden: ids });
    }
    Ok(ListPart { drawn: part.render().map_err(AppError::internal)?, hidden: ids })
}

fn line(by: &GroupMember, path: &str, around: &Around) -> Line {
    let me = by.participation_id();
    let name = |id, name: &str| if id == me { "you".to_owned() } else { text::first_name(name).to_owned() };
    let giver = name(around.giver_id, &around.giver_name);
    let receiver = name(around.receiver_id, &around.receiver_name);
    let titles: Vec<String> = around.titles.iter().map(|title| format!("“{title}”")).collect();
    Line {
        href: format!("{path}/{}", around.id),
        title: words::capital(&format!("{giver} to {receiver}")),
        about: words::list(&titles),
        day: words::day(around.happened_on),
        note: match (&around.mine, &around.decided) {
            (Some(_), _) if around.i_wait() => "Not decided yet".to_owned(),
            (Some(_), Some(decided)) if decided.stands => "It may stand".to_owned(),
            (Some(_), Some(_)) => "It stays closed".to_owned(),
            _ => String::new(),
        },
    }
}
