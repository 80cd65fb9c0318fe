//! What waits for somebody in one group for so long that a word helps. No database, no HTML, and
//! no titles: only what is a fact.
use crate::base::{
    ids::{GoalId, TimePollId},
    words,
};
use crate::features::progress::{
    GroupFacts,
    thresholds::{ELEMENT_DAYS, UNLOGGED_DAYS},
};
use time::{Date, Duration};

/// Days between two weekly emails, and how long something waits before it is in one.
pub(super) const WEEK: Duration = Duration::days(7);
/// The same in days.
pub(super) const WEEK_DAYS: i32 = 7;

/// The group's day on which a missing first date is worth a word to its members.
pub(super) const NO_DATE_DAY: i64 = 7;
/// After this day it is the coordinator's business, who has had it on her desk.
pub(super) const NO_DATE_UNTIL_DAY: i64 = 10;

/// What concerns one person alone in a group, where it has waited for a week.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mine {
    /// The newest version of the agreement is not in force, and they have not said yes to it.
    pub agreement_waits: bool,
    /// A goal of the group that they have not agreed to.
    pub goal_waits: Option<GoalId>,
    /// A goal of the group for which other words are proposed that they have not agreed to.
    pub words_wait: Option<GoalId>,
    /// A goal under which something is proposed for feedback to them.
    pub element_waits: Option<GoalId>,
    /// A goal, theirs or the group's, whose date has passed.
    pub goal_past: Option<GoalId>,
    /// Times that the group asked about, of which some are still to come and they answered none.
    pub poll_waits: Option<TimePollId>,
    /// Something that they, or all of the group, said they would do, whose date passed within the last week: so
    /// it is in one email.
    pub action_past: bool,
}

/// One thing that waits: a sentence, and where it is done, below the group's page or on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waits {
    pub words: String,
    pub to: String,
}

/// Everything that waits for one person in one group.
#[must_use]
pub fn waits(group: &GroupFacts, mine: Mine, today: Date) -> Vec<Waits> {
    let mut found = Vec::new();
    let mut add = |words: String, to: String| found.push(Waits { words, to });
    let late = |day: Date| (today - day).whole_days() > UNLOGGED_DAYS;
    if let Some(meeting) = group.meetings.iter().find(|one| one.waits_for_its_log(today) && late(one.day)) {
        let words = format!("Nobody has said yet how the meeting on {} went.", words::day(meeting.day));
        add(words, format!("meetings/{}/log", meeting.id));
    }
    if mine.agreement_waits {
        add("How you work together is proposed, and waits for your yes.".to_owned(), "agreement".to_owned());
    } else if group.agreement_was_due(today).is_some() {
        add("You have met twice, and no agreement is in force yet.".to_owned(), "agreement".to_owned());
    }
    if let Some(id) = mine.goal_waits {
        add("A goal of your group waits for your yes.".to_owned(), format!("goals/{id}"));
    }
    if let Some(id) = mine.words_wait {
        add("Other words for a goal of your group wait for your yes.".to_owned(), format!("goals/{id}"));
    }
    if let Some(id) = mine.element_waits {
        add("Something is proposed for feedback to you, and waits for your answer.".to_owned(), format!("goals/{id}"));
    }
    if let Some(id) = mine.goal_past {
        add("A goal is past its date: say how it went, or give it another date.".to_owned(), format!("goals/{id}"));
    }
    if let Some(id) = mine.poll_waits {
        add("Your group is looking for a time, and waits for when you can.".to_owned(), format!("polls/{id}"));
    }
    if mine.action_past {
        let words = "Something you said you would do is past its date: say how it stands, or drop it.";
        add(words.to_owned(), "actions".to_owned());
    }
    let first = group.goals.iter().map(|goal| goal.agreed_on).min();
    let none = group.goals.iter().all(|goal| goal.elements == 0);
    if none && first.is_some_and(|first| (today - first).whole_days() >= ELEMENT_DAYS) {
        let words = "Your group has goals, and nothing is agreed yet that feedback may be about.";
        add(words.to_owned(), String::new());
    }
    found
}
