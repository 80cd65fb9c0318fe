//! The five parts that make such a program work, each as what has it and what has not: the counts on the desk, and
//! the rows that a count opens. What is counted and what is listed are the same.
use crate::features::progress::{GroupFacts, MeetingFacts, MeetingState, PersonFacts, ProgramFacts, figures::Share};
use time::Date;

crate::text_enum! {
    /// One of the five.
    pub enum Part {
        Supervisors = "supervisors",
        Goals = "goals",
        Agendas = "agendas",
        Trips = "trips",
        Feedback = "feedback",
    }
}

/// What is counted: people for their supervisors, meetings for their agendas, groups for the rest.
#[derive(Debug, Clone, Copy)]
pub enum Counted<'a> {
    Person(&'a PersonFacts),
    Group(&'a GroupFacts),
    Meeting(&'a GroupFacts, &'a MeetingFacts),
}

/// What has a part, and what has not.
#[derive(Debug, Default)]
pub struct Split<'a> {
    pub there: Vec<Counted<'a>>,
    pub missing: Vec<Counted<'a>>,
}

impl Split<'_> {
    pub fn share(&self) -> Share {
        let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
        Share { num: count(self.there.len()), den: count(self.there.len() + self.missing.len()) }
    }
}

/// Who or what has one of the parts on a day. Supervisors are nobody's where the program does not ask them.
pub fn split(part: Part, program: &ProgramFacts, today: Date) -> Split<'_> {
    let groups = |has: fn(&GroupFacts) -> bool| sort(program.groups.iter().map(Counted::Group), |one| is(one, has));
    match part {
        Part::Supervisors if !program.approval_required => Split::default(),
        Part::Supervisors => sort(
            program.joined().map(Counted::Person),
            |one| matches!(one, Counted::Person(person) if person.is_backed(today)),
        ),
        Part::Goals => groups(GroupFacts::has_goal),
        Part::Agendas => sort(
            program.groups.iter().flat_map(|group| {
                let counts = |one: &&MeetingFacts| matches!(one.state, MeetingState::Scheduled | MeetingState::Held);
                group.meetings.iter().filter(counts).map(move |meeting| Counted::Meeting(group, meeting))
            }),
            |one| matches!(one, Counted::Meeting(_, meeting) if !meeting.agenda.is_empty()),
        ),
        Part::Trips => groups(GroupFacts::has_trip),
        Part::Feedback => groups(|group| group.feedback_items() > 0),
    }
}

fn is(one: &Counted<'_>, has: fn(&GroupFacts) -> bool) -> bool {
    matches!(one, Counted::Group(group) if has(group))
}

fn sort<'a>(all: impl Iterator<Item = Counted<'a>>, has: impl Fn(&Counted<'a>) -> bool) -> Split<'a> {
    let (there, missing) = all.partition(has);
    Split { there, missing }
}

impl Part {
    /// What stands beside its bar.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Supervisors => "Supervisors have said yes",
            Self::Goals => "Groups with an agreed goal",
            Self::Agendas => "Meetings with an agenda",
            Self::Trips => "Field trips taken or booked",
            Self::Feedback => "Feedback exchanged",
        }
    }
}
