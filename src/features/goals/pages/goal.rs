//! The page of one goal.
use super::super::{model::GoalState, service::Whole};
use super::{About, Choice, Next, choices, next, people, standing, voices, whose};
use crate::access::GroupMember;
use crate::base::{
    ids::{ElementId, GoalNoteId, ProductId},
    text::first_name,
    words,
};
use crate::features::{
    goal_notes::{self, NoteLine},
    goal_versions::{EarlierLine, OtherWords, readers},
    library::Kind,
    products::{Changed, ProductLine, ProductState},
};
use crate::web::{form::Errors, page::Shell};
use askama::Template;

/// How many notes stand on the page itself.
const NOTES_SHOWN: usize = 3;

/// What was typed into the small forms of the page, when one of them is shown again.
#[derive(Debug, Default)]
pub(in super::super) struct Typed {
    pub(in super::super) element: String,
    pub(in super::super) about: String,
    pub(in super::super) product: String,
    pub(in super::super) link: String,
    pub(in super::super) words: String,
    pub(in super::super) state: String,
    pub(in super::super) how: String,
    pub(in super::super) reflection: String,
    pub(in super::super) target_on: String,
    /// The product that was to change, with its link, words and state.
    pub(in super::super) changed: Option<Changed>,
}

#[derive(Template)]
#[template(path = "goals/goal.html")]
pub(in super::super) struct GoalPage {
    pub(in super::super) shell: Shell,
    pub(in super::super) errors: Errors,
    pub(in super::super) program: String,
    pub(in super::super) group: String,
    pub(in super::super) group_name: String,
    pub(in super::super) goal: String,
    pub(in super::super) title: String,
    pub(in super::super) statement: String,
    pub(in super::super) measure: String,
    pub(in super::super) until: String,
    pub(in super::super) whose: String,
    pub(in super::super) standing: String,
    pub(in super::super) state: GoalState,
    pub(in super::super) state_kind: &'static str,
    pub(in super::super) mark: String,
    /// The words in force were put down before the viewer came.
    pub(in super::super) is_closed_to_me: bool,
    pub(in super::super) other: Option<OtherWords>,
    pub(in super::super) earlier: Vec<EarlierLine>,
    pub(in super::super) next: Option<Next>,
    pub(in super::super) of_group: bool,
    pub(in super::super) said_yes: Vec<String>,
    pub(in super::super) not_yet: Vec<String>,
    pub(in super::super) people: Vec<About>,
    pub(in super::super) choices: Vec<Choice>,
    pub(in super::super) can_propose: bool,
    pub(in super::super) library: Vec<Kind>,
    /// Under a personal goal it says about whom: "Propose one more, about Priya".
    pub(in super::super) propose_label: String,
    pub(in super::super) products: Vec<ProductLine>,
    pub(in super::super) states: Vec<(&'static str, &'static str)>,
    pub(in super::super) can_add_product: bool,
    pub(in super::super) can_edit: bool,
    pub(in super::super) can_close: bool,
    pub(in super::super) reflection: String,
    /// The last few notes on it.
    pub(in super::super) notes: Vec<NoteLine>,
    pub(in super::super) more_notes: bool,
    pub(in super::super) note_id: String,
    /// Its date, when that has passed and the viewer may say how it went.
    pub(in super::super) past: String,
    pub(in super::super) readers: String,
    pub(in super::super) element_id: String,
    pub(in super::super) product_id: String,
    pub(in super::super) typed: Typed,
}

/// The page as it stands, with what was typed and what was wrong with it.
pub(in super::super) fn goal_page(
    by: &GroupMember,
    whole: &Whole,
    shell: Shell,
    (typed, errors): (Typed, Errors),
) -> GoalPage {
    let (me, seen, goal) = (by.participation_id(), &whole.seen, &whole.seen.goal);
    let group = by.group().path();
    let (said_yes, not_yet) = voices(whole, me);
    let ours = goal.owner_id.is_none_or(|owner| owner == me);
    let ours = ours && seen.is_readable;
    let open = goal.state.is_open();
    let other = seen.proposal.as_ref().filter(|_| open);
    GoalPage {
        shell: shell.with(&errors),
        program: by.program().path(),
        group_name: by.group().name.clone(),
        goal: format!("{group}/goals/{}", goal.id),
        title: if seen.is_readable { goal.title.clone() } else { seen.newest().title },
        statement: goal.statement.clone(),
        measure: goal.measure.clone(),
        until: goal.target_on.map(words::day_and_year).unwrap_or_default(),
        whose: whose(seen, me),
        standing: standing(whole, me),
        state: goal.state,
        state_kind: match goal.state {
            GoalState::Agreed | GoalState::Achieved => "ok",
            GoalState::NotAchieved => "stop",
            GoalState::Draft | GoalState::Partly | GoalState::Dropped => "quiet",
        },
        mark: goal.wording().mark(),
        is_closed_to_me: !seen.is_readable,
        other: other.map(|one| OtherWords::of(by, one, &seen.asked, seen.today)),
        earlier: EarlierLine::all(by, &whole.earlier, goal.agreed_on),
        next: next(whole, me),
        of_group: goal.owner_id.is_none(),
        said_yes,
        not_yet,
        people: people(whole, me, &group),
        choices: choices(&seen.readers, me),
        library: whole.library.kinds.clone(),
        can_propose: open && seen.is_readable && goal.owner_id.is_none_or(|owner| seen.reads(owner)),
        propose_label: format!(
            "Propose one more, about {}",
            if ours { "you" } else { goal.owner_name.as_deref().map_or("them", first_name) }
        ),
        products: whole.products.iter().map(|row| ProductLine::of(row, me, typed.changed.as_ref())).collect(),
        states: ProductState::ALL.iter().map(|state| (state.as_str(), state.words())).collect(),
        can_add_product: ours,
        can_edit: ours && open,
        can_close: ours && open,
        reflection: goal.reflection.clone(),
        notes: goal_notes::lines(by, whole.notes.get(..NOTES_SHOWN).unwrap_or(&whole.notes)),
        more_notes: whole.notes.len() > NOTES_SHOWN,
        note_id: GoalNoteId::generate().to_string(),
        past: goal
            .target_on
            .filter(|day| ours && goal.state == GoalState::Agreed && *day < seen.today)
            .map(words::day_and_year)
            .unwrap_or_default(),
        readers: readers(&seen.readers, me),
        element_id: ElementId::generate().to_string(),
        product_id: ProductId::generate().to_string(),
        typed,
        errors,
        group,
    }
}
