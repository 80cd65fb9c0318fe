//! What a new agenda starts with.
use super::{DayTheme, GoalChoice, Led, TripChoice, Turns, make_room};
use crate::base::ids::{FieldTripId, ParticipationId};
use crate::features::meetings::{Draft, Item, ItemKind, LONGEST_ITEM};
use time::{Date, OffsetDateTime};

crate::text_enum! {
    /// What an agenda may start from.
    pub enum Template {
        Goal = "goal",
        /// Of the group: who we are to one another.
        First = "first",
        AfterTrip = "trip",
        /// Each takes a case, and the others advise.
        Cases = "cases",
        Feedback = "feedback",
        /// Nothing but time together.
        CatchUp = "catch_up",
    }
}

impl Template {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Goal => "Goal meeting",
            Self::First => "First meeting",
            Self::AfterTrip => "Trip debrief",
            Self::Cases => "Case round",
            Self::Feedback => "Feedback round",
            Self::CatchUp => "Catch-up",
        }
    }

    /// What a new agenda starts with when nobody chose: the first meeting of a group with how it will work,
    /// the one after a field trip with what was seen there.
    #[must_use]
    pub const fn fitting(with: &Material) -> Self {
        if !with.met_before {
            Self::First
        } else if with.debrief.is_some() {
            Self::AfterTrip
        } else {
            Self::Goal
        }
    }

    /// What is offered, what fits best first. Who has met before has no first meeting any more.
    pub fn offered(with: &Material) -> impl Iterator<Item = Self> + use<> {
        let (fitting, met_before) = (Self::fitting(with), with.met_before);
        let rest = Self::ALL.iter().copied().filter(move |one| *one != fitting && (*one != Self::First || !met_before));
        [fitting].into_iter().chain(rest)
    }
}

/// What a template is filled with.
#[derive(Debug, Clone)]
pub struct Material {
    /// Goals that are agreed or drafted: the agreed and the group's own first.
    pub goals: Vec<GoalChoice>,
    /// The latest first.
    pub trips: Vec<TripChoice>,
    /// The trip that took place since the group last met, and is not talked over yet.
    pub debrief: Option<FieldTripId>,
    pub theme: Option<DayTheme>,
    /// Open members, by name.
    pub members: Vec<ParticipationId>,
    /// What was led before.
    pub led: Vec<Led>,
    /// The group met before this meeting, or is to.
    pub met_before: bool,
    /// The meeting's date.
    pub day: Date,
    /// The meeting's minutes.
    pub length: i32,
    /// Those of them that are taken by what was put off to it.
    pub carried: i32,
    /// Minutes the program keeps for catching up.
    pub informal: i32,
    pub now: OffsetDateTime,
}

impl Material {
    /// The trip that a debrief is about: the one that waits for it, else the last before the meeting.
    fn trip(&self) -> Option<FieldTripId> {
        let last = || self.trips.iter().find(|trip| trip.on_date <= self.day).map(|trip| trip.id);
        self.debrief.or_else(last)
    }
}

const LONGEST_TITLE: usize = 120;
/// A case needs its time: with more people than fit, the others have theirs next time.
const SHORTEST_CASE: i32 = 10;
const ORDINALS: [&str; 12] = [
    "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh",
    "Twelfth",
];

fn draft(kind: ItemKind, title: &str, minutes: i32, worded_at: OffsetDateTime) -> Draft {
    Draft {
        kind,
        title: cut(title),
        minutes,
        goal_id: None,
        trip_id: None,
        theme_id: None,
        lead_id: None,
        carried_from: None,
        worded_at,
    }
}

fn cut(title: &str) -> String {
    if title.chars().count() <= LONGEST_TITLE {
        return title.to_owned();
    }
    let start: String = title.chars().take(LONGEST_TITLE - 1).collect();
    format!("{}…", start.trim_end())
}

/// The items of a template. With what was put off to the meeting their minutes add up to its length. Catching
/// up takes what the program keeps for it, however much was put off; check-in and wrap-up take 5 each; all of
/// them less in a short meeting. Whoever's turn it is leads what somebody leads.
///
/// `None` when the template needs a field trip and there is none.
#[must_use]
pub fn drafts(template: Template, with: &Material) -> Option<Vec<Draft>> {
    let room = (with.length - with.carried).max(0);
    if template == Template::CatchUp {
        let all = halved(draft(ItemKind::Informal, "Catching up", room, with.now));
        return Some(if room > 0 { all } else { Vec::new() });
    }
    let kept = with.informal.clamp(0, (with.length - 2 * edge_of(with.length)) / 2).min(room);
    let edge = edge_of(room).min((room - kept) / 2);
    let mut items = vec![draft(ItemKind::CheckIn, "Check-in", edge, with.now)];
    items.extend(led(main_items(template, room - kept - 2 * edge, with)?, with));
    items.push(draft(ItemKind::Informal, "Catching up", kept, with.now));
    items.push(draft(ItemKind::WrapUp, "Wrap-up", edge, with.now));
    // In a meeting that is full of what was put off, nothing is left to give out.
    items.retain(|item| item.minutes > 0);
    Some(items)
}

fn edge_of(minutes: i32) -> i32 {
    (minutes / 12).clamp(1, 5)
}

/// What a meeting is for, between check-in and catching up.
fn main_items(template: Template, minutes: i32, with: &Material) -> Option<Vec<Draft>> {
    let half = (minutes / 2).min(LONGEST_ITEM);
    let mut items = Vec::new();
    match template {
        Template::First => return Some(first_meeting(minutes, with)),
        Template::Cases => return Some(cases(minutes, with)),
        Template::AfterTrip => {
            let seen = draft(ItemKind::Trip, "What we saw on the field trip", half, with.now);
            items.push(Draft { trip_id: Some(with.trip()?), ..seen });
        }
        Template::Feedback => items.push(draft(ItemKind::FeedbackRound, "Feedback round", half, with.now)),
        Template::Goal | Template::CatchUp => return Some(halved(goal_time(minutes, with))),
    }
    items.extend(halved(goal_time(minutes - half, with)));
    Some(items)
}

/// Gives each item the lead whose turn it is.
fn led(mut items: Vec<Draft>, with: &Material) -> Vec<Draft> {
    let mut turns = Turns::of(&with.members, &with.led);
    for item in items.iter_mut().filter(|item| item.lead_id.is_none() && item.minutes > 0) {
        item.lead_id = turns.next_lead();
    }
    items
}

/// Longer than an item may be, it becomes two.
fn halved(item: Draft) -> Vec<Draft> {
    if item.minutes <= LONGEST_ITEM {
        return vec![item];
    }
    let half = item.minutes / 2;
    vec![Draft { minutes: half, ..item.clone() }, Draft { minutes: item.minutes - half, ..item }]
}

/// Work on a goal; without a goal the theme of the day, without a theme finding a goal.
fn goal_time(minutes: i32, with: &Material) -> Draft {
    match (goal_work(minutes, with), &with.theme) {
        (Some(item), _) => item,
        (None, Some(theme)) => {
            let (title, worded_at) = if theme.was_before_me() {
                (ItemKind::Theme.label(), with.now)
            } else {
                (theme.title.as_str(), theme.worded_at.unwrap_or(with.now))
            };
            Draft { theme_id: theme.id, ..draft(ItemKind::Theme, title, minutes, worded_at) }
        }
        (None, None) => draft(ItemKind::Logistics, "Find a goal to work on", minutes, with.now),
    }
}

fn goal_work(minutes: i32, with: &Material) -> Option<Draft> {
    // A template does not tell the others of one's own draft.
    let goal = with.goals.iter().find(|goal| goal.is_agreed || goal.owner_id.is_none())?;
    // The words are the goal's, and as old: who came after it reads them here no more than there.
    let (title, worded_at) =
        if goal.was_before_me { (ItemKind::GoalWork.label(), with.now) } else { (goal.title.as_str(), goal.worded_at) };
    Some(Draft { goal_id: Some(goal.id), ..draft(ItemKind::GoalWork, title, minutes, worded_at) })
}

/// How a group begins: its agreement, goals, its rhythm, and how feedback is given.
fn first_meeting(minutes: i32, with: &Material) -> Vec<Draft> {
    let plain = |title: &str, minutes: i32| draft(ItemKind::Logistics, title, minutes, with.now);
    let eighths = |n: i32| minutes * n / 8;
    let (agreement, goals, rhythm) = (eighths(2), eighths(3), eighths(1));
    let goals = goal_work(goals, with).unwrap_or_else(|| plain("What each of us wants to work on", goals));
    let feedback = minutes - agreement - goals.minutes - rhythm;
    let mut items = vec![plain("How we work together: our agreement", agreement), goals];
    items.push(plain("Our rhythm: when and where we meet", rhythm));
    items.push(plain("How we give each other feedback", feedback));
    items.into_iter().flat_map(halved).collect()
}

/// One case each, as far as there is time: those lead first whose turn it is. A case is part of the work
/// towards its owner's agreed goal, if there is one.
fn cases(minutes: i32, with: &Material) -> Vec<Draft> {
    let people = i32::try_from(with.members.len().min(ORDINALS.len())).unwrap_or(1);
    let many = (minutes / SHORTEST_CASE).clamp(1, people.max(1));
    let mut turns = Turns::of(&with.members, &with.led);
    let mut left = minutes;
    let case = |(ordinal, remaining): (&&str, i32)| {
        let share = left / remaining;
        left -= share;
        let lead_id = turns.next_lead();
        let goal = with.goals.iter().find(|goal| goal.is_agreed && goal.owner_id.is_some() && goal.owner_id == lead_id);
        let kind = if goal.is_some() { ItemKind::GoalWork } else { ItemKind::FeedbackRound };
        let title = format!("{ordinal} case");
        halved(Draft { goal_id: goal.map(|goal| goal.id), lead_id, ..draft(kind, &title, share, with.now) })
    };
    ORDINALS.iter().zip((1..=many).rev()).flat_map(case).collect()
}

/// Whether an agenda is still what a template made of it, but for what was carried into it and for who leads.
#[must_use]
pub fn is_untouched(items: &[Item], with: &Material) -> bool {
    let (carried, own): (Vec<_>, Vec<_>) = items.iter().partition(|item| item.carried);
    let same = |drafts: Vec<Draft>| {
        drafts.len() == own.len()
            && drafts.iter().zip(&own).all(|(draft, item)| {
                (draft.kind, &draft.title, draft.minutes) == (item.kind, &item.title, item.planned_minutes)
            })
    };
    // What was carried in found its room when the agenda began, or came to one that was there.
    let alone = Material { carried: 0, ..with.clone() };
    let shortened = |template| {
        let mut drafts = drafts(template, &alone)?;
        let mut minutes: Vec<_> = drafts.iter().map(|draft| (draft.kind, draft.minutes)).collect();
        let mut left = with.length;
        for item in &carried {
            make_room(&mut minutes, left, item.planned_minutes);
            left -= item.planned_minutes;
        }
        for (draft, (_, minutes)) in drafts.iter_mut().zip(minutes) {
            draft.minutes = minutes;
        }
        Some(drafts)
    };
    let made =
        |template: &Template| drafts(*template, with).is_some_and(same) || shortened(*template).is_some_and(same);
    own.is_empty() || Template::ALL.iter().any(made)
}
