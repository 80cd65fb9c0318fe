//! What a program itself waits for: to be opened, to be launched.
use super::{Action, Kind, Urgency, Warning, counted};
use crate::base::words;
use crate::features::progress::{ProgramFacts, thresholds::LAUNCH_DAYS};
use time::{Date, Duration};

pub(super) fn draft(program: &ProgramFacts, today: Date) -> Vec<Warning> {
    let path = program.path();
    vec![
        Warning::at_once(
            Kind::NotOpen,
            program.created_on.min(today),
            "The program is not open".to_owned(),
            "Once it is, the people you added are invited, and can ask their supervisors. Nobody receives an email \
             before."
                .to_owned(),
            Action::post(format!("{path}/open"), "Open the program"),
        ),
        Warning::at_once(
            Kind::LookOver,
            program.created_on.min(today),
            "Dates, and what you ask of people".to_owned(),
            "Supervisors read these before they say yes, so look once more.".to_owned(),
            Action::open(format!("{path}/settings"), "Look them over"),
        ),
    ]
}

/// Groups stand and nobody waits to be placed, or the program should have begun.
pub(super) fn launch(program: &ProgramFacts, today: Date) -> Option<Warning> {
    let days = (program.starts_on - today).whole_days();
    let waits = program.ready_to_be_placed(today).count();
    let members: usize = program.groups.iter().map(|group| group.members.len()).sum();
    if program.groups.is_empty() || days > LAUNCH_DAYS || (waits > 0 && days > 0) {
        return None;
    }
    let formed = format!(
        "{} with {}. Launching tells everyone their group.",
        words::capital(&words::count(program.groups.len(), "group", "groups")),
        words::count(members, "person", "people")
    );
    let title = if days > 0 { "The groups are ready to begin" } else { "The groups have not been launched" };
    let late = days <= 0;
    let since = if late { program.starts_on } else { program.starts_on - Duration::days(LAUNCH_DAYS) };
    let action = Action::open(format!("{}/launch", program.path()), "Launch");
    let warning = Warning::at_once(Kind::NotLaunched, since.min(today), title.to_owned(), formed, action)
        .with(vec![("groups", counted(program.groups.len())), ("people", counted(members))])
        // Late is worse than soon.
        .with_degree(i32::from(late));
    Some(Warning { urgency: if late { Urgency::Blocking } else { Urgency::Soon }, ..warning })
}
