//! Who waits, and for whom.
use super::{Action, Urgency, Warning, some_names};
use crate::access::ParticipationState;
use crate::base::words;
use crate::features::approvals::RequestState;
use crate::features::progress::{
    PersonFacts, ProgramFacts,
    thresholds::{ANSWER_DAYS, BACKING_ENDS_DAYS, INVITATION_DAYS},
};
use time::{Date, Duration};

/// People who cannot go on before somebody does something.
pub(super) fn waiting(program: &ProgramFacts, today: Date) -> Vec<Warning> {
    if program.people.is_empty() {
        return vec![Warning {
            urgency: Urgency::Blocking,
            title: "Nobody has been added".to_owned(),
            text: "Paste names and addresses. Each person receives one email that explains what is asked.".to_owned(),
            action: Action::open(format!("{}/people/add", program.path()), "Add people"),
        }];
    }
    [
        ready(program, today),
        declined(program, today),
        unanswered(program, today),
        never_asked(program, today),
        invited(program, today),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn names<'a>(people: impl Iterator<Item = &'a PersonFacts>) -> Vec<&'a str> {
    people.map(|person| person.name.as_str()).collect()
}

fn ready(program: &ProgramFacts, today: Date) -> Option<Warning> {
    let ready = names(program.ready_to_be_placed(today));
    (!ready.is_empty()).then(|| Warning {
        urgency: Urgency::Waiting,
        title: words::capital(&words::count(
            ready.len(),
            "person is ready for a group",
            "people are ready for a group",
        )),
        text: format!("{}. They wait for you to place them.", some_names(&ready)),
        action: Action::open(format!("{}/groups", program.path()), "Place them"),
    })
}

/// Without a yes and not in a group; the others show as backing that ends.
fn unbacked(program: &ProgramFacts, today: Date) -> impl Iterator<Item = &PersonFacts> {
    let required = program.approval_required;
    program.joined().filter(move |person| required && !person.is_backed(today))
}

fn declined(program: &ProgramFacts, today: Date) -> Option<Warning> {
    let said_no =
        |person: &&PersonFacts| person.asked.as_ref().is_some_and(|asked| asked.state == RequestState::Declined);
    let people = names(unbacked(program, today).filter(said_no));
    (!people.is_empty()).then(|| Warning {
        urgency: Urgency::Soon,
        title: words::capital(&words::count(people.len(), "supervisor has said no", "supervisors have said no")),
        text: format!("For {}. The same supervisor can still change the answer.", some_names(&people)),
        action: Action::open(format!("{}/people", program.path()), "See the reasons"),
    })
}

fn unanswered(program: &ProgramFacts, today: Date) -> Option<Warning> {
    let latest = today - Duration::days(ANSWER_DAYS);
    let overdue = |person: &&PersonFacts| {
        person.asked.as_ref().is_some_and(|asked| match asked.state {
            RequestState::Pending => asked.on < latest,
            RequestState::Expired => true,
            _ => false,
        })
    };
    let people = names(unbacked(program, today).filter(overdue));
    (!people.is_empty()).then(|| Warning {
        urgency: Urgency::Waiting,
        title: words::capital(&words::count(
            people.len(),
            "supervisor has not answered",
            "supervisors have not answered",
        )),
        text: format!("Asked more than {} days ago, for {}.", words::number(10), some_names(&people)),
        action: Action::open(format!("{}/people", program.path()), "Ask again"),
    })
}

fn never_asked(program: &ProgramFacts, today: Date) -> Option<Warning> {
    let people = names(unbacked(program, today).filter(|person| person.asked.is_none()));
    (!people.is_empty()).then(|| Warning {
        urgency: Urgency::Soon,
        title: words::capital(&words::count(
            people.len(),
            "person has not asked a supervisor",
            "people have not asked their supervisors",
        )),
        text: format!("{}. Without a yes they cannot be placed.", some_names(&people)),
        action: Action::open(format!("{}/people", program.path()), "See who"),
    })
}

fn invited(program: &ProgramFacts, today: Date) -> Option<Warning> {
    let latest = today - Duration::days(INVITATION_DAYS);
    let silent = |person: &&PersonFacts| person.state == ParticipationState::Invited && person.invited_on < latest;
    let people = names(program.people.iter().filter(silent));
    (!people.is_empty()).then(|| Warning {
        urgency: Urgency::Soon,
        title: words::capital(&words::count(
            people.len(),
            "person has not answered the invitation",
            "people have not answered the invitation",
        )),
        text: format!("Invited more than a week ago: {}.", some_names(&people)),
        action: Action::open(format!("{}/people", program.path()), "See who"),
    })
}

/// A yes that was taken back, or that ends before the program does.
pub(super) fn backing_ends(program: &ProgramFacts, today: Date) -> Vec<Warning> {
    if !program.approval_required {
        return Vec::new();
    }
    let near = today + Duration::days(BACKING_ENDS_DAYS);
    program
        .people
        .iter()
        .filter(|person| person.placed)
        .filter_map(|person| Some((person, person.backed_until?)))
        .filter(|(_, until)| *until < program.ends_on && *until <= near)
        .map(|(person, until)| {
            let (title, urgency) = if until < today {
                (format!("{} is no longer backed", person.name), Urgency::Stopped)
            } else {
                (format!("{} is backed until {}", person.name, words::day(until)), Urgency::Stopped)
            };
            let revoked = person.asked.as_ref().is_some_and(|asked| asked.state == RequestState::Revoked);
            let text = if revoked {
                "The supervisor has taken the yes back. A talk may help, or another date."
            } else {
                "The supervisor’s yes ends before the program does."
            };
            Warning {
                urgency,
                title,
                text: text.to_owned(),
                action: Action::open(format!("{}/people", program.path()), "See the answer"),
            }
        })
        .collect()
}
