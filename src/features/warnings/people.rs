//! Who waits, and for whom. What concerns approvals is the coordinator's and the person's, never the group's.
use super::{Action, Kind, Warning, counted, degree, some_names};
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
        return vec![Warning::at_once(
            Kind::Nobody,
            today,
            "Nobody has been added".to_owned(),
            "Paste names and addresses. Each person receives one email that explains what is asked.".to_owned(),
            Action::open(format!("{}/people/add", program.path()), "Add people"),
        )];
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

fn names<'a>(people: &[&'a PersonFacts]) -> Vec<&'a str> {
    people.iter().map(|person| person.name.as_str()).collect()
}

/// One warning about all of them; none about nobody.
fn about(kind: Kind, today: Date, people: &[&PersonFacts], of: (String, String), action: Action) -> Option<Warning> {
    let (title, text) = of;
    (!people.is_empty()).then(|| {
        Warning::at_once(kind, today, title, text, action)
            .with(vec![("people", counted(people.len()))])
            .as_bad_as(degree(people.len()))
    })
}

/// Somebody who comes later makes it worse, also where somebody else has gone.
fn newest(days: impl Iterator<Item = Date>) -> i32 {
    days.max().map_or(0, Date::to_julian_day)
}

fn ready(program: &ProgramFacts, today: Date) -> Option<Warning> {
    let ready: Vec<&PersonFacts> = program.ready_to_be_placed(today).collect();
    let title = words::count(ready.len(), "person is ready for a group", "people are ready for a group");
    let text = format!("{}. They wait for you to place them.", some_names(&names(&ready)));
    let action = Action::open(format!("{}/groups", program.path()), "Place them");
    about(Kind::Ready, today, &ready, (words::capital(&title), text), action)
}

/// Without a yes and not in a group; the others show as backing that ends.
fn unbacked(program: &ProgramFacts, today: Date) -> impl Iterator<Item = &PersonFacts> {
    let required = program.approval_required;
    program.joined().filter(move |person| required && !person.is_backed(today))
}

fn declined(program: &ProgramFacts, today: Date) -> Option<Warning> {
    let said_no =
        |person: &&PersonFacts| person.asked.as_ref().is_some_and(|asked| asked.state == RequestState::Declined);
    let people: Vec<&PersonFacts> = unbacked(program, today).filter(said_no).collect();
    let title = words::count(people.len(), "supervisor has said no", "supervisors have said no");
    let text = format!("For {}. The same supervisor can still change the answer.", some_names(&names(&people)));
    let action = Action::open(format!("{}/people", program.path()), "See the reasons");
    about(Kind::Declined, today, &people, (words::capital(&title), text), action)
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
    let people: Vec<&PersonFacts> = unbacked(program, today).filter(overdue).collect();
    let title = words::count(people.len(), "supervisor has not answered", "supervisors have not answered");
    let days = words::number(usize::try_from(ANSWER_DAYS).unwrap_or(0));
    let text = format!("Asked more than {days} days ago, for {}.", some_names(&names(&people)));
    let action = Action::open(format!("{}/people", program.path()), "Ask again");
    let newest = newest(people.iter().filter_map(|person| person.asked.as_ref()).map(|asked| asked.on));
    Some(about(Kind::Unanswered, today, &people, (words::capital(&title), text), action)?.as_bad_as(newest))
}

fn never_asked(program: &ProgramFacts, today: Date) -> Option<Warning> {
    let people: Vec<&PersonFacts> = unbacked(program, today).filter(|person| person.asked.is_none()).collect();
    let title =
        words::count(people.len(), "person has not asked a supervisor", "people have not asked their supervisors");
    let text = format!("{}. Without a yes they cannot be placed.", some_names(&names(&people)));
    let action = Action::open(format!("{}/people", program.path()), "See who");
    about(Kind::NeverAsked, today, &people, (words::capital(&title), text), action)
}

fn invited(program: &ProgramFacts, today: Date) -> Option<Warning> {
    let latest = today - Duration::days(INVITATION_DAYS);
    let silent = |person: &&PersonFacts| person.state == ParticipationState::Invited && person.invited_on < latest;
    let people: Vec<&PersonFacts> = program.people.iter().filter(silent).collect();
    let title =
        words::count(people.len(), "person has not answered the invitation", "people have not answered the invitation");
    let text = format!("Invited more than a week ago: {}.", some_names(&names(&people)));
    let action = Action::open(format!("{}/people", program.path()), "See who");
    let newest = newest(people.iter().map(|person| person.invited_on));
    Some(about(Kind::InvitationOpen, today, &people, (words::capital(&title), text), action)?.as_bad_as(newest))
}

/// A yes that was taken back, or that ends soon and before the program does.
pub(super) fn backing_ends(program: &ProgramFacts, today: Date) -> Vec<Warning> {
    if !program.approval_required {
        return Vec::new();
    }
    let placed = program.people.iter().filter(|person| person.placed);
    placed.filter_map(|person| backing_of(program, person, today)).collect()
}

fn backing_of(program: &ProgramFacts, person: &PersonFacts, today: Date) -> Option<Warning> {
    let until = person.backed_until.filter(|until| *until < program.ends_on)?;
    let revoked = person.asked.as_ref().is_some_and(|asked| asked.state == RequestState::Revoked);
    let near = today + Duration::days(BACKING_ENDS_DAYS);
    if !revoked && until > near {
        return None;
    }
    let over = until < today;
    let title = if over {
        format!("{} is no longer backed", person.name)
    } else {
        format!("{} is backed until {}", person.name, words::day(until))
    };
    let text = if revoked {
        "The supervisor has taken the yes back. A talk may help, or another date."
    } else {
        "The supervisor’s yes ends before the program does."
    };
    let action = Action::open(format!("{}/people/{}/approvals", program.path(), person.id), "See the answer");
    let warning = Warning::at_once(Kind::BackingEnds, today, title, text.to_owned(), action)
        .with(vec![("last_day", program.day_number(until))])
        .as_bad_as(i32::from(over) * 2 + i32::from(revoked));
    Some(Warning { person: Some(person.id), ..warning })
}
