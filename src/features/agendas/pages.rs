//! What the agenda page needs: words, clock times and the bar of minutes.
use super::model::lacks_goal_time;
use crate::base::{ids::ParticipationId, text, words};
use crate::features::actions::OpenLine;
use crate::features::agenda_templates::{
    DayTheme, GoalChoice, Material, Template as Start, TripChoice, drafts, is_untouched,
};
use crate::features::meetings::{Item, ItemKind, ItemState, Meeting};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use serde::Deserialize;

/// One item as it was typed, to add or to change it; and what is to happen to it.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(default)]
pub(super) struct ItemForm {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) minutes: String,
    pub(super) goal: String,
    pub(super) trip: String,
    pub(super) lead: String,
    /// The item that a new one goes in front of.
    pub(super) before: String,
    /// Minutes that the agenda may run over.
    pub(super) over: String,
    /// The item as it was when the form was drawn.
    pub(super) was: String,
    /// The items between which it stood when the form was drawn.
    pub(super) above: String,
    pub(super) below: String,
    /// "up" or "down".
    #[serde(rename = "move")]
    pub(super) step: String,
    /// "remove".
    #[serde(rename = "do")]
    pub(super) act: String,
}

/// A line of a select.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
}

/// One item on the page.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) time: String,
    pub(super) title: String,
    /// Its words are from before the reader came; it can be moved.
    pub(super) was_before_me: bool,
    /// "20 minutes", and once logged what became of it.
    pub(super) length: String,
    pub(super) note: String,
    /// The theme's question, under a theme.
    pub(super) question: Option<String>,
    pub(super) kept: bool,
    /// Their ids, empty at the ends.
    pub(super) above: String,
    pub(super) below: String,
    /// In words, where somebody else was faster than the form in it.
    pub(super) stands: Option<String>,
    pub(super) form: ItemForm,
    /// Shown opened, because something in it needs another look.
    pub(super) open: bool,
}

/// What was typed, where no form can hold it any more.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) title: String,
    pub(super) minutes: String,
    pub(super) kind: &'static str,
}

impl Kept {
    pub(super) fn of(form: &ItemForm) -> Self {
        let kind = ItemKind::parse(&form.kind).map_or("", ItemKind::label);
        Self { title: form.title.clone(), minutes: form.minutes.clone(), kind }
    }
}

/// The theme of the day.
#[derive(Debug)]
pub(super) struct ThemeCard {
    /// Of the item that it would become; none where it is on the agenda, or not to be read.
    pub(super) id: Option<String>,
    /// Empty where it is not to be read.
    pub(super) title: String,
    pub(super) question: String,
    /// "Your group’s, 4 to 20 May".
    pub(super) about: String,
    pub(super) minutes: i32,
    pub(super) before: String,
}

/// A piece of the bar, in minutes.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) x: String,
    pub(super) width: String,
    pub(super) class: &'static str,
}

/// A template that can be used now.
#[derive(Debug)]
pub(super) struct StartRow {
    pub(super) value: &'static str,
    pub(super) label: &'static str,
    /// Why it stands first, or what it is, where its parts do not say so.
    pub(super) why: &'static str,
    pub(super) parts: String,
}

/// The minutes of an agenda against its meeting's.
#[derive(Debug)]
pub(super) struct Sum {
    pub(super) planned: i32,
    pub(super) length: i32,
    /// The scale of the bar: the longer of both.
    pub(super) scale: i32,
    pub(super) hint: String,
    pub(super) runs_over: bool,
    pub(super) pieces: Vec<Piece>,
}

/// The page of one meeting.
#[derive(Template)]
#[template(path = "agendas/agenda.html")]
pub(super) struct AgendaPage {
    pub(super) shell: Shell,
    pub(super) group_path: String,
    pub(super) group_name: String,
    pub(super) path: String,
    pub(super) day: String,
    pub(super) hours: String,
    pub(super) place: String,
    pub(super) mode: &'static str,
    pub(super) roles: String,
    /// Until when, in words; none once it has begun or is off.
    pub(super) until: Option<String>,
    pub(super) can_be_logged: bool,
    /// It begins soon, or runs.
    pub(super) is_near: bool,
    /// What became of it, once that is known.
    pub(super) outcome: Option<String>,
    pub(super) is_off: bool,
    pub(super) note: String,
    pub(super) log_until: Option<String>,
    /// The reader's month comes to more hours than were approved.
    pub(super) over_hours: Option<String>,
    /// The reader joined later and sees what it was for, not what was written.
    pub(super) was_before_me: bool,
    pub(super) sum: Sum,
    pub(super) rows: Vec<Row>,
    /// The agenda as it is drawn.
    pub(super) was: String,
    pub(super) theme: Option<ThemeCard>,
    pub(super) kept: Option<Kept>,
    pub(super) readers: String,
    pub(super) kinds: Vec<Choice>,
    pub(super) goals: Vec<Choice>,
    pub(super) trips: Vec<Choice>,
    pub(super) people: Vec<Choice>,
    pub(super) places: Vec<Choice>,
    pub(super) add: ItemForm,
    /// The excess to be confirmed in the form at hand.
    pub(super) over: Option<i32>,
    pub(super) starts: Vec<StartRow>,
    pub(super) changed: bool,
    /// What is open of what the group said it would do.
    pub(super) actions: Vec<OpenLine>,
    pub(super) meeting: String,
    pub(super) is_held: bool,
    /// The program has not ended.
    pub(super) running: bool,
    pub(super) errors: Errors,
}

pub(super) fn kinds() -> Vec<Choice> {
    ItemKind::ALL.iter().map(|kind| Choice { value: kind.as_str().into(), label: kind.label().into() }).collect()
}

fn whose(owner: Option<(ParticipationId, &str)>, me: ParticipationId) -> String {
    match owner {
        None => "the group’s".to_owned(),
        Some((id, _)) if id == me => "your".to_owned(),
        Some((_, name)) => format!("{}’s", text::first_name(name)),
    }
}

pub(super) fn goal_choice(goal: &GoalChoice, me: ParticipationId) -> Choice {
    let whose = whose(goal.owner_id.zip(goal.owner_name.as_deref()), me);
    let whose = if whose == "your" { "yours".to_owned() } else { whose };
    let title = if goal.was_before_me { "from before you came" } else { &goal.title };
    Choice { value: goal.id.to_string(), label: format!("{}: {title}", words::capital(&whose)) }
}

pub(super) fn trip_label(trip: &TripChoice) -> String {
    let purpose = if trip.purpose.is_empty() { "planned before you came" } else { &trip.purpose };
    format!("{}: {purpose}", words::day(trip.on_date))
}

/// The question that goes with the theme of the day.
pub(super) fn question_of(item: &Item, theme: Option<&DayTheme>) -> Option<String> {
    let theme = theme.filter(|theme| item.kind == ItemKind::Theme && item.title == theme.title)?;
    Some(theme.question.clone()).filter(|question| !question.is_empty())
}

/// What a wrap-up is for.
fn wrap_up_words(open_actions: usize) -> String {
    let until = "write down who does what until next time";
    match open_actions {
        0 => until.to_owned(),
        1 => format!("look at the action that is open, and {until}"),
        many => format!("look at the {} actions that are open, and {until}", words::number(many)),
    }
}

/// What stands after the minutes: what it is for, and who leads.
pub(super) fn note_of(item: &Item, (me, open_actions): (ParticipationId, usize)) -> String {
    if item.was_before_me {
        return "Written before you came".to_owned();
    }
    let is_over = item.state != ItemState::Planned;
    let mut parts = Vec::new();
    match item.kind {
        ItemKind::GoalWork => {
            let whose = whose(item.goal_owner_id.zip(item.goal_owner_name.as_deref()), me);
            parts.push(format!("work on {whose} goal"));
        }
        ItemKind::Trip => parts.push(
            item.trip_on.map_or_else(|| "field trip".to_owned(), |day| format!("field trip, {}", words::day(day))),
        ),
        ItemKind::Informal if is_over => parts.push("kept".to_owned()),
        ItemKind::Informal => parts.push("kept. It starts and ends on time".to_owned()),
        ItemKind::WrapUp if !is_over => parts.push(wrap_up_words(open_actions)),
        kind if kind.label() != item.title => parts.push(kind.label().to_lowercase()),
        _ => {}
    }
    match item.lead_id.zip(item.lead_name.as_deref()) {
        Some((id, _)) if id == me => parts.push(if is_over { "you led" } else { "you lead" }.to_owned()),
        Some((_, name)) => parts.push(format!("{} {}", text::first_name(name), if is_over { "led" } else { "leads" })),
        None => {}
    }
    if item.carried {
        parts.push("from last time".to_owned());
    }
    words::capital(&parts.join(", "))
}

fn in_minutes(minutes: i32) -> String {
    if minutes == 1 { "1 minute".to_owned() } else { format!("{minutes} minutes") }
}

/// "20 minutes", "18 minutes of 20 planned", "20 planned, put off to the next meeting".
pub(super) fn length_of(item: &Item) -> String {
    let planned = item.planned_minutes;
    match (item.state, item.actual_minutes) {
        (ItemState::Done, Some(actual)) => format!("{} of {planned} planned", in_minutes(actual)),
        (ItemState::Carried, _) => format!("{planned} planned, put off to the next meeting"),
        (ItemState::Parked, _) => format!("{planned} planned, parked"),
        (ItemState::Skipped, _) => format!("{planned} planned, let go"),
        _ => in_minutes(planned),
    }
}

impl Sum {
    pub(super) fn of(meeting: &Meeting, items: &[Item]) -> Self {
        let length = meeting.minutes();
        let planned: i32 = items.iter().map(|item| item.planned_minutes).sum();
        let kept = items.iter().filter(|item| item.kind == ItemKind::Informal);
        let kept: i32 = kept.map(|item| item.planned_minutes).sum();
        let mut hints = Vec::new();
        if lacks_goal_time(items.iter().map(|item| item.kind)) {
            hints.push("no goal time".to_owned());
        }
        match planned - length {
            0 => {}
            over if over > 0 => hints.push(format!("runs {over} over")),
            free => hints.push(format!("{} free", -free)),
        }
        if kept > 0 {
            hints.push(format!("{kept} planned to catch up"));
        }
        let mut pieces = Vec::new();
        let mut at = 0;
        for item in items {
            let (from, to) = (at, at + item.planned_minutes);
            let fits = to.min(length).max(from);
            pieces.extend(piece(from, fits, item.kind.class()));
            pieces.extend(piece(fits, to, "over"));
            at = to;
        }
        let scale = planned.max(length);
        Self { planned, length, scale, hint: words::capital(&hints.join(", ")), runs_over: planned > length, pieces }
    }
}

/// With a hair's breadth to the next.
fn piece(from: i32, to: i32, class: &'static str) -> Option<Piece> {
    let width = f64::from(to - from) - 0.2;
    (width > 0.0).then(|| Piece { x: from.to_string(), width: format!("{width:.1}"), class })
}

/// The templates that can be used, what fits best first, with their parts in words.
pub(super) fn starts(material: &Material) -> Vec<StartRow> {
    let row = |start: Start| {
        let parts: Vec<String> = drafts(start, material)?
            .iter()
            .map(|draft| format!("{} {}", part(start, draft.kind, &draft.title), draft.minutes))
            .collect();
        let why = match start {
            Start::AfterTrip if material.debrief.is_some() => "You went to see something since you last met.",
            Start::First if !material.met_before => "You have not met before.",
            Start::Cases => "Each takes a case from their work, and the others ask and advise.",
            Start::CatchUp => "Time for one another, and nothing else.",
            _ => "",
        };
        Some(StartRow { value: start.as_str(), label: start.label(), why, parts: words::capital(&parts.join(", ")) })
    };
    Start::offered(material).filter_map(row).collect()
}

/// What an item is called in a list of parts.
fn part(start: Start, kind: ItemKind, title: &str) -> String {
    match (start, kind) {
        (Start::Cases, ItemKind::GoalWork | ItemKind::FeedbackRound) => title.to_lowercase(),
        (Start::First, ItemKind::Logistics) => {
            let title = title.split_once(": ").map_or(title, |(before, _)| before);
            let mut letters = title.chars();
            letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
        }
        _ => short(kind).to_owned(),
    }
}

const fn short(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::CheckIn => "check-in",
        ItemKind::GoalWork => "goal",
        ItemKind::Theme => "theme",
        ItemKind::FeedbackRound => "feedback",
        ItemKind::Trip => "field trip",
        ItemKind::Informal => "catching up",
        ItemKind::Logistics => "finding a goal",
        ItemKind::WrapUp => "wrap-up",
    }
}

/// Whether a template would replace what somebody did.
pub(super) fn was_changed(items: &[Item], material: &Material) -> bool {
    !is_untouched(items, material)
}

/// Where a new item can go: in front of each, or last. Before the wrap-up comes first, as what is meant most often.
pub(super) fn places(items: &[Item]) -> Vec<Choice> {
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let label = match at.checked_sub(1).and_then(|before| items.get(before)) {
            Some(before) => format!("After {}", before.title),
            None => "First".to_owned(),
        };
        all.push(Choice { value: item.id.to_string(), label });
    }
    if items.last().is_some_and(|item| item.kind == ItemKind::WrapUp)
        && let Some(mut before_wrap_up) = all.pop()
    {
        "Before the wrap-up".clone_into(&mut before_wrap_up.label);
        all.insert(0, before_wrap_up);
    }
    all.push(Choice { value: String::new(), label: "Last".to_owned() });
    all
}
