//! What waits for one person, and what comes first.
use super::model::{
    Action, Draft, Goal, Meeting, Mine, MyGroup, Poll, Product, Proposed, Received, Reworded, Role, Trip,
};
use crate::access::ParticipationState;
use crate::base::{
    ids::{GroupId, ProgramId},
    local_time::day_in,
    text::first_name,
    words,
};
use crate::features::{field_trips::TripState, goals::GoalState, retrospectives::Waiting as LookBack};
use time::{Date, Duration, OffsetDateTime};

/// From what others wait for to what can wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    OnHold,
    DecideReport,
    AnswerMove,
    OpenFeedback,
    ConfirmSaid,
    AnswerAsk,
    AgreeGoal,
    Consent,
    AgreeElement,
    SayWhen,
    LogMeeting,
    FindDate,
    NameGoal,
    Agenda,
    Act,
    AnswerPulse,
    Trip,
    WriteUp,
    LookBack,
    Answer,
    FinishDraft,
    NameProduct,
}

/// One thing to do, with the page where it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub rank: Rank,
    /// The day it is for, if it is for one.
    pub on: Option<Date>,
    pub title: String,
    pub note: String,
    pub href: String,
    /// The words of its button.
    pub label: &'static str,
}

/// What was found for a person, over all their groups.
#[derive(Debug, Default)]
pub struct Waiting {
    pub received: Vec<Received>,
    pub drafts: Vec<Draft>,
    pub goals: Vec<Goal>,
    pub reworded: Vec<Reworded>,
    pub actions: Vec<Action>,
    pub proposed: Vec<Proposed>,
    pub meetings: Vec<Meeting>,
    pub polls: Vec<Poll>,
    pub trips: Vec<Trip>,
    pub products: Vec<Product>,
    /// Groups that look back while their program closes, and what waits for the person there.
    pub look_backs: Vec<(GroupId, LookBack)>,
    /// The programs of items that were reported to the person, once for each item.
    pub reports: Vec<ProgramId>,
}

/// How many days ahead a meeting or a trip is worth a line.
const AHEAD_DAYS: i64 = 21;

/// Everything that waits in the groups that are running, the most urgent first.
pub fn tasks(mine: &[Mine], waiting: &Waiting, now: OffsetDateTime) -> Vec<Task> {
    let mut tasks = Vec::new();
    tasks.extend(mine.iter().filter(|program| !program.has_ended()).filter_map(on_hold));
    tasks.extend(mine.iter().filter_map(|program| to_decide(program, waiting)));
    for program in mine.iter().filter(|program| program.state.is_running()) {
        tasks.extend(three_questions(program, day_in(&program.time_zone, now)));
        let Some(group) = program.group() else { continue };
        let at = Place {
            path: format!("{}/groups/{}", program.path(), group.id),
            group,
            today: day_in(&program.time_zone, now),
            waiting,
        };
        tasks.extend(offered(program));
        tasks.extend(to_show(program));
        tasks.extend(at.feedback());
        tasks.extend(at.goals());
        tasks.extend(at.meetings());
        tasks.extend(at.actions());
        tasks.extend(at.trips());
        tasks.extend(at.look_back());
    }
    tasks.sort_by_key(|a| (a.rank, a.on));
    tasks
}

/// A place that is kept while its owner is away.
fn on_hold(program: &Mine) -> Option<Task> {
    let on_hold = program.part.as_ref().is_some_and(|part| part.state == ParticipationState::OnHold);
    on_hold.then(|| Task {
        rank: Rank::OnHold,
        on: None,
        title: format!("You are on hold in {}", program.name),
        note: "You keep your place. You can read your group’s pages, and take part again when you are back.".to_owned(),
        href: program.path(),
        label: "See your place",
    })
}

/// What was reported to the contact person, of which the title says nothing.
fn to_decide(program: &Mine, waiting: &Waiting) -> Option<Task> {
    let reported = waiting.reports.iter().filter(|id| **id == program.id).count();
    (reported > 0).then(|| Task {
        rank: Rank::DecideReport,
        on: None,
        title: words::capital(&format!("{} to decide", words::count(reported, "report", "reports"))),
        note: format!("As contact person of {}. Until you decide, the others do not see it.", program.name),
        href: format!("{}/reports", program.path()),
        label: "Read and decide",
    })
}

/// A place in another group, which they take or not.
fn offered(program: &Mine) -> Option<Task> {
    let to = program.part.as_ref()?.offered.as_ref()?;
    Some(Task {
        rank: Rank::AnswerMove,
        on: None,
        title: format!("A place in {to} is offered to you"),
        note: "You decide, and nobody asks for a reason.".to_owned(),
        href: format!("{}/move", program.path()),
        label: "Read and decide",
    })
}

/// Feedback that its receiver would like to show to others, which its giver decides.
fn to_show(program: &Mine) -> Option<Task> {
    let asked = program.part.as_ref()?.asked_to_show;
    (asked > 0).then(|| Task {
        rank: Rank::AnswerAsk,
        on: None,
        title: "Somebody would like to show your feedback".to_owned(),
        note: words::capital(&format!(
            "{} in a portfolio. Only with your yes, and you can take it back.",
            words::count(asked, "piece", "pieces")
        )),
        href: format!("{}/portfolio/asked", program.path()),
        label: "Read and decide",
    })
}

/// How the program is for them, which they have not said yet.
fn three_questions(program: &Mine, today: Date) -> Option<Task> {
    let until = program.part.as_ref()?.pulse_until.filter(|until| *until >= today)?;
    Some(Task {
        rank: Rank::AnswerPulse,
        on: Some(until),
        title: format!("Say how {} is for you", program.name),
        note: "Three questions, two minutes. Your answer is kept without your name.".to_owned(),
        href: format!("{}/pulse", program.path()),
        label: "Answer three questions",
    })
}

/// One group, and what is looked at for it.
struct Place<'a> {
    path: String,
    group: &'a MyGroup,
    today: Date,
    waiting: &'a Waiting,
}

impl Place<'_> {
    fn is_here(&self, group_id: GroupId) -> bool {
        group_id == self.group.id
    }

    /// `button`: where below the group's path it leads, and what it says.
    fn task(&self, rank: Rank, button: (&str, &'static str), title: String, note: String) -> Task {
        let (to, label) = button;
        Task { rank, on: None, title, note, href: format!("{}/{to}", self.path), label }
    }

    fn feedback(&self) -> Vec<Task> {
        let mut tasks = Vec::new();
        for one in self.waiting.received.iter().filter(|one| self.is_here(one.group_id)) {
            let (giver, to) = (first_name(&one.other), format!("feedback/{}", one.id));
            let about: Vec<String> = one.about.iter().map(|title| format!("“{title}”")).collect();
            tasks.push(if one.to_confirm {
                let title = format!("Was it said like this? {giver} logged it");
                let note = format!("On {}. It counts once you confirm the words.", words::day(one.happened_on));
                self.task(Rank::ConfirmSaid, (&format!("{to}/said"), "Read the words"), title, note)
            } else if one.is_opened {
                let note = "One tap is enough for an answer.".to_owned();
                self.task(Rank::Answer, (&to, "Answer"), format!("Answer {giver}"), note)
            } else {
                let title = if about.is_empty() {
                    format!("{giver} wrote to you")
                } else {
                    format!("{giver} wrote to you about {}", words::list(&about))
                };
                let note = format!(
                    "On {}. Two minutes to read, and an answer can be one tap. {giver} is not told when you open it.",
                    words::day(one.happened_on)
                );
                self.task(Rank::OpenFeedback, (&to, "Open it"), title, note)
            });
        }
        for one in self.waiting.drafts.iter().filter(|one| self.is_here(one.group_id)) {
            let title = format!("Finish what you are writing to {}", first_name(&one.receiver));
            let note = "A draft. Only you can read it.".to_owned();
            tasks.push(self.task(Rank::FinishDraft, (&format!("feedback/{}", one.id), "Go on writing"), title, note));
        }
        tasks
    }

    fn goals(&self) -> Vec<Task> {
        let goals = || self.waiting.goals.iter().filter(|goal| self.is_here(goal.group_id));
        let mut tasks = Vec::new();
        for goal in goals().filter(|goal| goal.state == GoalState::Draft && !goal.is_own && !goal.agreed_by_me) {
            let note = format!("“{}” It stands once each of you has said yes.", goal.title);
            let title = "Your group has written a goal".to_owned();
            tasks.push(self.task(Rank::AgreeGoal, (&format!("goals/{}", goal.id), "Read and agree"), title, note));
        }
        for one in self.waiting.reworded.iter().filter(|one| self.is_here(one.group_id)) {
            let note = format!("“{}” Until each of you has said yes, the goal stays as it is.", one.title);
            let title = format!("{} proposes other words for a goal", first_name(&one.by));
            let to = format!("goals/{}", one.goal_id);
            tasks.push(self.task(Rank::AgreeGoal, (&to, "Compare and agree"), title, note));
        }
        for one in self.waiting.proposed.iter().filter(|one| self.is_here(one.group_id)) {
            let title = format!("{} proposes “{}” for feedback to you", first_name(&one.by), one.title);
            let note = "Nobody writes about it before you agree.".to_owned();
            tasks.push(self.task(
                Rank::AgreeElement,
                (&format!("goals/{}", one.goal_id), "Agree or decline"),
                title,
                note,
            ));
        }
        let own = goals().find(|goal| goal.is_own);
        match own {
            None => {
                let note = "One sentence: by when, and what will be different. Your group reads it.".to_owned();
                tasks.push(self.task(
                    Rank::NameGoal,
                    ("goals/new", "Name your goal"),
                    "Name your own goal".to_owned(),
                    note,
                ));
            }
            Some(goal) if goal.state == GoalState::Draft || goal.elements.is_empty() => {
                let note = "Say what the others should watch for, and agree to it.".to_owned();
                let title = "Make your goal ready for feedback".to_owned();
                tasks.push(self.task(Rank::NameGoal, (&format!("goals/{}", goal.id), "Open your goal"), title, note));
            }
            Some(goal) if !self.waiting.products.iter().any(|made| self.is_here(made.group_id)) => {
                let note = "A plan, a slide, a guide: something others can use.".to_owned();
                let title = "Name what you will leave behind".to_owned();
                tasks.push(self.task(Rank::NameProduct, (&format!("goals/{}", goal.id), "Name it"), title, note));
            }
            Some(_) => {}
        }
        tasks
    }

    fn meetings(&self) -> Vec<Task> {
        let here = || self.waiting.meetings.iter().filter(|meeting| self.is_here(meeting.group_id));
        let mut tasks = Vec::new();
        for meeting in here().filter(|meeting| meeting.is_over) {
            let title = format!("Say how {} went", words::long_day(meeting.starts_local.date()));
            let note = "Who came, and where the minutes went. Less than a minute, by any of you.".to_owned();
            tasks.push(self.task(
                Rank::LogMeeting,
                (&format!("meetings/{}/log", meeting.id), "Log the meeting"),
                title,
                note,
            ));
        }
        let poll = self.waiting.polls.iter().find(|poll| self.is_here(poll.group_id));
        tasks.extend(poll.and_then(|poll| self.say_when(poll)));
        let Some(next) = here().find(|meeting| !meeting.is_over) else {
            if tasks.is_empty() && poll.is_none() {
                let title = format!("Find the next date with {}", self.group.name);
                let note = "A day, a place and who facilitates. The agenda can follow.".to_owned();
                tasks.push(self.task(Rank::FindDate, ("meetings/new", "Plan a meeting"), title, note));
            }
            return tasks;
        };
        let day = next.starts_local.date();
        if day <= self.today + Duration::days(AHEAD_DAYS) || next.planned == 0 {
            let title = if next.planned == 0 { "Plan the agenda" } else { "Go over the agenda" }.to_owned();
            let task =
                self.task(Rank::Agenda, (&format!("meetings/{}", next.id), "Open the agenda"), title, agenda(next));
            tasks.push(Task { on: Some(day), ..task });
        }
        tasks
    }

    /// Their word on proposed times; once everybody has said theirs, choosing one of them.
    fn say_when(&self, poll: &Poll) -> Option<Task> {
        let to = format!("polls/{}", poll.id);
        if !poll.answered {
            let note = "Yes, if need be, or no for each of the proposed times.".to_owned();
            let title = format!("Say when you can meet with {}", self.group.name);
            return Some(self.task(Rank::SayWhen, (&to, "Say when you can"), title, note));
        }
        let (title, note) = ("Choose when you meet".to_owned(), "Everybody has said when they can.".to_owned());
        (!poll.waits).then(|| self.task(Rank::FindDate, (&to, "Choose a time"), title, note))
    }

    /// Their own lines of what was, or showing everybody's.
    fn look_back(&self) -> Option<Task> {
        let (_, waits) = self.waiting.look_backs.iter().find(|(group, _)| self.is_here(*group))?;
        let (title, note, label) = match waits {
            LookBack::Write => (
                format!("Look back with {}", self.group.name),
                "What worked, what did not, what to try next. Each writes alone, then you read it together.",
                "Write your lines",
            ),
            LookBack::Show => (
                "Show each other what you wrote".to_owned(),
                "All of you have looked back. It is best read when you are together.",
                "Show the lines",
            ),
            LookBack::ShowWithout => (
                "Show each other what you wrote".to_owned(),
                "Not all of you are done. After two weeks, those who are need not wait.",
                "Show the lines of who is done",
            ),
        };
        Some(self.task(Rank::LookBack, ("retrospective", label), title, note.to_owned()))
    }

    fn actions(&self) -> Vec<Task> {
        let near = |one: &&Action| self.is_here(one.group_id) && one.due_on <= self.today + Duration::days(AHEAD_DAYS);
        let task = |one: &Action| {
            let when = if one.due_on < self.today { "It was for" } else { "Until" };
            let note = format!("{when} {}. Your group counts on it, or drops it.", words::day(one.due_on));
            let task = self.task(Rank::Act, ("actions", "Say how it stands"), one.words.clone(), note);
            Task { on: Some(one.due_on), ..task }
        };
        self.waiting.actions.iter().filter(near).map(task).collect()
    }

    fn trips(&self) -> Vec<Task> {
        let mut tasks = Vec::new();
        for trip in self.waiting.trips.iter().filter(|trip| self.is_here(trip.group_id)) {
            let to = format!("trips/{}", trip.id);
            let who = observation(trip);
            let day = words::day(trip.on_date);
            if trip.i_am_observed && !trip.has_consent && trip.state == TripState::Planned {
                let observer = trip.observer.as_deref().map_or("Somebody", first_name);
                let title = format!("{observer} would like to observe you");
                let note = "Nothing happens without your yes.".to_owned();
                let task = self.task(Rank::Consent, (&to, "Read and answer"), title, note);
                tasks.push(Task { on: Some(trip.on_date), ..task });
            } else if trip.asks_to_share {
                let to = format!("{to}/share");
                let title = "May the program read this?".to_owned();
                tasks.push(self.task(Rank::Consent, (&to, "Read and answer"), title, format!("{who}, {day}.")));
            } else if trip.state == TripState::Completed {
                let note = format!("{who}, {day}. What you learned, in a few lines.");
                let to = format!("{to}/after");
                tasks.push(self.task(Rank::WriteUp, (&to, "Write it up"), "Write up what you saw".to_owned(), note));
            } else if trip.on_date < self.today {
                let note = format!("{who}, {day}.");
                tasks.push(self.task(Rank::WriteUp, (&to, "Say how it went"), "Did it take place?".to_owned(), note));
            } else if trip.on_date <= self.today + Duration::days(AHEAD_DAYS) {
                let meet = (trip.i_observe || trip.i_am_observed) && !trip.has_pre_met;
                let note = match (trip.state, meet) {
                    (TripState::Planned, _) => "Not confirmed yet",
                    (_, true) => "Meet for ten minutes beforehand",
                    _ => "Confirmed",
                };
                let task = self.task(Rank::Trip, (&to, "Open it"), who, note.to_owned());
                tasks.push(Task { on: Some(trip.on_date), ..task });
            }
        }
        tasks
    }
}

/// "Marcus observes you", "You observe Priya", or what the visit is for.
fn observation(trip: &Trip) -> String {
    match (&trip.observer, &trip.observed) {
        (Some(observer), Some(_)) if trip.i_am_observed => format!("{} observes you", first_name(observer)),
        (Some(_), Some(observed)) if trip.i_observe => format!("You observe {}", first_name(observed)),
        (Some(who), Some(whom)) => format!("{} observes {}", first_name(who), first_name(whom)),
        _ => format!("{}: {}", trip.kind.label(), trip.purpose.trim_end_matches('.')),
    }
}

/// "You facilitate. All 60 minutes are planned."
fn agenda(meeting: &Meeting) -> String {
    let role = match meeting.role {
        Some(Role::Facilitator) => "You facilitate. ",
        Some(Role::Timekeeper) => "You keep time. ",
        Some(Role::NoteTaker) => "You take notes. ",
        None => "",
    };
    let (planned, all) = (meeting.planned, meeting.minutes);
    match planned {
        0 => format!("{role}Nothing is on it yet"),
        n if n == all => format!("{role}All {all} minutes are planned"),
        n => format!("{role}{n} of {all} minutes are planned"),
    }
}
