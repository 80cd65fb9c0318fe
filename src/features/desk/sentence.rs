//! How a program is going, in one sentence.
use crate::access::{ParticipationState, ProgramState};
use crate::base::words;
use crate::features::progress::{PersonFacts, ProgramFacts, Standing, standing};
use time::Date;

/// A piece of the sentence; red where something has stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub red: bool,
}

/// "**Week 7 of 14.** Six of your eight groups are meeting steadily. Maps and data has stalled."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where the program is in its life.
    pub lead: String,
    pub pieces: Vec<Piece>,
}

impl Sentence {
    fn plain(lead: impl Into<String>, text: impl Into<String>) -> Self {
        Self { lead: lead.into(), pieces: vec![Piece { text: text.into(), red: false }] }
    }

    /// All of it as one text.
    pub fn text(&self) -> String {
        let rest: String = self.pieces.iter().map(|piece| piece.text.as_str()).collect();
        format!("{} {rest}", self.lead)
    }
}

/// The sentence for a program as of a day.
pub fn sentence(program: &ProgramFacts, today: Date) -> Sentence {
    match program.state {
        ProgramState::Draft => Sentence::plain(
            "Nothing is open yet.",
            format!("It is planned for {}. Only its coordinators see it.", term(program)),
        ),
        ProgramState::Open => opening(program, today),
        ProgramState::Active | ProgramState::Closing => running(program, today),
        ProgramState::Archived => Sentence::plain(
            format!("This program ended on {}.", words::day_and_year(program.ends_on)),
            format!("{} met {}.", groups_in_words(program), words::times(meetings_held(program, today))),
        ),
        ProgramState::Cancelled => {
            Sentence::plain("This program was cancelled.", "What was done in it stays readable.")
        }
    }
}

fn term(program: &ProgramFacts) -> String {
    words::from_to(program.starts_on, program.ends_on)
}

fn meetings_held(program: &ProgramFacts, today: Date) -> usize {
    program.groups.iter().map(|group| group.held(today).count()).sum()
}

fn groups_in_words(program: &ProgramFacts) -> String {
    match program.groups.len() {
        0 => "Nobody".to_owned(),
        n => format!("Its {}", words::count(n, "group", "groups")),
    }
}

fn opening(program: &ProgramFacts, today: Date) -> Sentence {
    let days = (program.starts_on - today).whole_days();
    let lead = match usize::try_from(days) {
        Ok(0) => "It starts today.".to_owned(),
        Ok(1) => "It starts tomorrow.".to_owned(),
        Ok(n) if n <= 12 => format!("It starts in {} days.", words::number(n)),
        Ok(_) => format!("It starts on {}.", words::day(program.starts_on)),
        Err(_) => format!("It was to start on {}.", words::day(program.starts_on)),
    };
    let count = |is: &dyn Fn(&PersonFacts) -> bool| program.people.iter().filter(|person| is(person)).count();
    let invited = count(&|person| person.state.is_open());
    if invited == 0 {
        return Sentence::plain(lead, "Nobody has been invited yet.");
    }
    let joined = count(&|person| person.state == ParticipationState::Joined);
    let invited = words::capital(&words::count(invited, "person is", "people are"));
    let asked = if program.approval_required {
        let backed = count(&|person| person.state == ParticipationState::Joined && person.is_backed(today));
        format!("{invited} invited, {} joined, and {} a supervisor’s yes", have(joined), have(backed))
    } else {
        format!("{invited} invited, and {} joined", have(joined))
    };
    let ready = program.ready_to_be_placed(today).count();
    let then = match (ready, program.groups.len()) {
        (0, 0) => String::new(),
        (0, n) => format!(" {} formed.", words::capital(&words::count(n, "group is", "groups are"))),
        (n, _) => format!(" {} ready to be placed.", words::capital(&words::count(n, "is", "are"))),
    };
    Sentence::plain(lead, format!("{asked}.{then}"))
}

/// "nine have", "none has".
fn have(n: usize) -> String {
    if n == 0 { "none has".to_owned() } else { words::count(n, "has", "have") }
}

fn running(program: &ProgramFacts, today: Date) -> Sentence {
    let lead = match program.week_of(today) {
        0 => format!("It starts on {}.", words::day(program.starts_on)),
        _ if today > program.ends_on => format!("Its last day was {}.", words::day(program.ends_on)),
        week => format!("Week {week} of {}.", program.weeks()),
    };
    let named = |wanted: Standing| -> Vec<String> {
        program
            .groups
            .iter()
            .filter(|group| standing(group, program.rhythm_days, today) == wanted)
            .map(|group| group.name.clone())
            .collect()
    };
    let (stalled, quiet) = (named(Standing::Stalled), named(Standing::GoingQuiet));
    let (steady, new) = (named(Standing::Steady).len(), named(Standing::JustStarted).len());
    let mut pieces = vec![Piece { text: steady_in_words(steady, new, program.groups.len()), red: false }];
    pieces.extend(troubled(&stalled, &quiet));
    Sentence { lead, pieces }
}

fn steady_in_words(steady: usize, new: usize, all: usize) -> String {
    let is_are = |n: usize| if n == 1 { "is" } else { "are" };
    let has_have = |n: usize| if n == 1 { "has" } else { "have" };
    if all == 0 {
        return "No group has been formed.".to_owned();
    }
    if new == all {
        return match all {
            1 => "Your group has just started.".to_owned(),
            n => format!("Your {} groups have just started.", words::number(n)),
        };
    }
    let text = match (steady, all) {
        (1, 1) => "Your group is meeting steadily.".to_owned(),
        (0, 1) => return String::new(),
        (0, n) => format!("None of your {} groups is meeting steadily.", words::number(n)),
        (2, 2) => "Both of your groups are meeting steadily.".to_owned(),
        (s, n) if s == n => format!("All {} of your groups are meeting steadily.", words::number(n)),
        (s, n) => format!(
            "{} of your {} groups {} meeting steadily.",
            words::capital(&words::number(s)),
            words::number(n),
            is_are(s)
        ),
    };
    if new == 0 {
        return text;
    }
    format!("{text} {} {} just started.", words::capital(&words::number(new)), has_have(new))
}

/// " Maps and data has stalled and Night desk is going quiet."
fn troubled(stalled: &[String], quiet: &[String]) -> Vec<Piece> {
    let plain = |text: String| Piece { text, red: false };
    let who = |names: &[String]| {
        if names.len() <= 3 { words::list(names) } else { format!("{} groups", words::number(names.len())) }
    };
    let mut pieces = Vec::new();
    if !stalled.is_empty() {
        pieces.push(plain(" ".to_owned()));
        pieces.push(Piece { text: words::capital(&who(stalled)), red: true });
        pieces.push(plain(if stalled.len() == 1 { " has stalled" } else { " have stalled" }.to_owned()));
    }
    if !quiet.is_empty() {
        let joint = if stalled.is_empty() { " " } else { " and " };
        let name = if stalled.is_empty() { words::capital(&who(quiet)) } else { who(quiet) };
        let verb = if quiet.len() == 1 { "is" } else { "are" };
        pieces.push(plain(format!("{joint}{name} {verb} going quiet")));
    }
    if !pieces.is_empty() {
        pieces.push(plain(".".to_owned()));
    }
    pieces
}
