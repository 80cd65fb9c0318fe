//! Agendas: what a new one starts with, and how their minutes add up.
use crate::base::ids::{FieldTripId, GoalId, ParticipationId, ThemeId};
use crate::features::meetings::{Draft, Item, ItemKind, LONGEST_ITEM};
use time::{Date, OffsetDateTime};

crate::text_enum! {
    /// What an agenda may start from.
    pub enum Template {
        Regular = "regular",
        AfterTrip = "trip",
        Feedback = "feedback",
    }
}

impl Template {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Regular => "Regular meeting",
            Self::AfterTrip => "After a field trip",
            Self::Feedback => "Feedback round",
        }
    }
}

/// A goal that an item may name.
#[derive(Debug, Clone)]
pub struct GoalChoice {
    pub id: GoalId,
    pub title: String,
    pub owner_id: Option<ParticipationId>,
    pub owner_name: Option<String>,
    /// Else it is a draft, the group's or the reader's own.
    pub is_agreed: bool,
    pub worded_at: OffsetDateTime,
    /// Worded before the reader came: its title is not theirs to read, and is empty.
    pub was_before_me: bool,
}

/// A field trip that an item may name.
#[derive(Debug, Clone)]
pub struct TripChoice {
    pub id: FieldTripId,
    /// Empty where it was planned before the reader came.
    pub purpose: String,
    pub on_date: Date,
}

/// What a template is filled with.
#[derive(Debug, Clone)]
pub struct Material {
    /// Goals that are agreed or drafted: the agreed and the group's own first.
    pub goals: Vec<GoalChoice>,
    /// The latest first.
    pub trips: Vec<TripChoice>,
    /// The program's theme on the day.
    pub theme: Option<(ThemeId, String)>,
    /// The meeting's minutes.
    pub length: i32,
    /// Minutes the program keeps for catching up.
    pub informal: i32,
    pub now: OffsetDateTime,
}

const LONGEST_TITLE: usize = 120;

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

/// The items of a template. Their minutes add up to the meeting's; check-in and wrap-up take
/// 5 each and catching up what the program keeps for it, all of them less in a short meeting.
/// `None` when the template needs a field trip and there is none.
#[must_use]
pub fn drafts(template: Template, with: &Material) -> Option<Vec<Draft>> {
    let edge = (with.length / 12).clamp(1, 5);
    let rest = with.length - 2 * edge;
    let informal = with.informal.clamp(0, rest / 2);
    let mut on_purpose = rest - informal;
    let draft = |kind, title, minutes| draft(kind, title, minutes, with.now);
    let mut items = vec![draft(ItemKind::CheckIn, "Check-in", edge)];
    let half = (on_purpose / 2).min(LONGEST_ITEM);
    match template {
        Template::Regular => {}
        Template::AfterTrip => {
            let trip = with.trips.first()?;
            let trip_item = draft(ItemKind::Trip, "What we saw on the field trip", half);
            items.push(Draft { trip_id: Some(trip.id), ..trip_item });
            on_purpose -= half;
        }
        Template::Feedback => {
            items.push(draft(ItemKind::FeedbackRound, "Feedback round", half));
            on_purpose -= half;
        }
    }
    items.extend(main_items(on_purpose, with));
    if informal > 0 {
        items.push(draft(ItemKind::Informal, "Catching up", informal));
    }
    items.push(draft(ItemKind::WrapUp, "Wrap-up", edge));
    Some(items)
}

/// Goal time; without a goal the program's theme, without a theme finding a goal. Longer than an
/// item may be, it becomes two.
fn main_items(minutes: i32, with: &Material) -> Vec<Draft> {
    // A template does not tell the others of one's own draft.
    let goal = with.goals.iter().find(|goal| goal.is_agreed || goal.owner_id.is_none());
    let item = match (goal, &with.theme) {
        // The words are the goal's, and as old: who came after it reads them here no more than there.
        (Some(goal), _) => {
            let (title, worded_at) = if goal.was_before_me {
                (ItemKind::GoalWork.label(), with.now)
            } else {
                (goal.title.as_str(), goal.worded_at)
            };
            Draft { goal_id: Some(goal.id), ..draft(ItemKind::GoalWork, title, minutes, worded_at) }
        }
        (None, Some((id, title))) => Draft { theme_id: Some(*id), ..draft(ItemKind::Theme, title, minutes, with.now) },
        (None, None) => draft(ItemKind::Logistics, "Find a goal to work on", minutes, with.now),
    };
    if minutes <= LONGEST_ITEM {
        return vec![item];
    }
    vec![Draft { minutes: minutes / 2, ..item.clone() }, Draft { minutes: minutes - minutes / 2, ..item }]
}

/// Whether an agenda is still what a template made of it, but for what was carried into it.
#[must_use]
pub fn is_untouched(items: &[Item], with: &Material) -> bool {
    let own: Vec<_> = items.iter().filter(|item| !item.carried).collect();
    own.is_empty()
        || Template::ALL.iter().filter_map(|template| drafts(*template, with)).any(|drafts| {
            drafts.len() == own.len()
                && drafts.iter().zip(&own).all(|(draft, item)| {
                    (draft.kind, &draft.title, draft.minutes) == (item.kind, &item.title, item.planned_minutes)
                })
        })
}

/// Rule 1's mark: no item works on a goal or the theme.
#[must_use]
pub fn lacks_goal_time(kinds: impl IntoIterator<Item = ItemKind>) -> bool {
    !kinds.into_iter().any(|kind| matches!(kind, ItemKind::GoalWork | ItemKind::Theme))
}

/// Rule 1: an agenda may run over its meeting only as far as the planner said so.
///
/// `before` and `after` are the minutes over, `confirmed` how many were ticked.
#[must_use]
pub fn may_run_over(before: i32, after: i32, confirmed: Option<i32>) -> bool {
    after <= before.max(0) || confirmed.is_some_and(|minutes| minutes >= after)
}

/// The least that [`make_room`] leaves of an item.
const LEFT_OF_AN_ITEM: i32 = 5;

/// Finds room in a full agenda for `wanted` more minutes: what is free, then what the longest
/// items can give, never the time kept for catching up. Returns the minutes found.
pub fn make_room(planned: &mut [(ItemKind, i32)], length: i32, wanted: i32) -> i32 {
    let sum: i32 = planned.iter().map(|(_, minutes)| minutes).sum();
    let mut missing = wanted - (length - sum).max(0);
    while missing > 0 {
        let longest = planned
            .iter_mut()
            .filter(|(kind, minutes)| *kind != ItemKind::Informal && *minutes > LEFT_OF_AN_ITEM)
            .max_by_key(|(_, minutes)| *minutes);
        let Some((_, minutes)) = longest else { break };
        let given = missing.min(*minutes - LEFT_OF_AN_ITEM);
        *minutes -= given;
        missing -= given;
    }
    wanted - missing.max(0)
}
