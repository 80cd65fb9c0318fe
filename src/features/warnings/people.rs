//! Who waits, and for whom. What concerns approvals is the coordinator's and the person's, never the group's.
use super::{Action, Kind, Warning, counted, newest, some_names};
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
            program.opened_on.unwrap_or(program.created_on).min(today),
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

fn names<'a>(people: &[(&'a PersonFacts, Date)]) -> Vec<&'a str> {
    people.iter().map(|(person, _)| person.name.as_str()).collect()
}

/// Where something can be done about their supervisors: of one person at once, of several through the list of all
/// who are without a yes.
fn approvals(program: &ProgramFacts, people: &[(&PersonFacts, Date)]) -> String {
    match people {
        [(one, _)] => format!("{}/people/{}/approvals", program.path(), one.id),
        _ => format!("{}/parts/supervisors", program.path()),
    }
}

/// One warning about all of them, from the day of the first; none about nobody. Somebody who comes later makes it
/// worse, also where somebody else has gone.
fn about(
    kind: Kind,
    today: Date,
    people: &[(&PersonFacts, Date)],
    of: (String, String),
    action: Action,
) -> Option<Warning> {
    let (title, text) = of;
    let days = || people.iter().map(|(_, day)| (*day).min(today));
    let (first, last) = days().min().zip(days().max())?;
    let warning = Warning::at_once(kind, first, title, text, action).with(vec![("people", counted(people.len()))]);
    Some(warning.with_degree(newest(last, people.len())))
}

fn joined_on(person: &PersonFacts) -> Date {
    person.joined_on.unwrap_or(person.invited_on)
}

/// The day of the newest answer.
fn decided_on(person: &PersonFacts) -> Option<Date> {
    person.asked.as_ref().map(|asked| asked.decided_on.unwrap_or(asked.on))
}

fn ready(program: &ProgramFacts, today: Date) -> Option<Warning> {
    let since = |person: &PersonFacts| match decided_on(person).filter(|_| program.approval_required) {
        Some(day) => day.max(joined_on(person)),
        None => joined_on(person),
    };
    let ready: Vec<_> = program.ready_to_be_placed(today).map(|person| (person, since(person))).collect();
    let title = words::count(ready.len(), "person is ready for a group", "people are ready for a group");
    let text = format!("{}. They wait for you to place them.", some_names(&names(&ready)));
    let action = Action::open(format!("{}/groups", program.path()), "Place them");
    about(Kind::Ready, today, &ready, (words::capital(&title), text), action)
}

/// Without a yes.
fn unbacked(program: &ProgramFacts, today: Date) -> impl Iterator<Item = &PersonFacts> {
    let required = program.approval_required;
    program.joined().filter(move |person| required && !person.is_backed(today))
}

fn declined(program: &ProgramFacts, today: Date) -> Option<Warning> {
    let said_no = |person: &PersonFacts| {
        let no = person.asked.as_ref().is_some_and(|asked| asked.state == RequestState::Declined);
        decided_on(person).filter(|_| no)
    };
    let people: Vec<_> =
        unbacked(program, today).filter_map(|person| said_no(person).map(|day| (person, day))).collect();
    let title = words::count(people.len(), "supervisor has said no", "supervisors have said no");
    let text = format!("For {}. The same supervisor can still change the answer.", some_names(&names(&people)));
    let action = Action::open(approvals(program, &people), "See the reasons");
    about(Kind::Declined, today, &people, (words::capital(&title), text), action)
}

fn unanswered(program: &ProgramFacts, today: Date) -> Option<Warning> {
    // Who is still backed may wait for the next yes; a question that expired no longer matters to them.
    let overdue = |person: &PersonFacts| {
        let asked = person.asked.as_ref()?;
        let since = asked.on + Duration::days(ANSWER_DAYS + 1);
        let waits = match asked.state {
            RequestState::Pending => since <= today,
            RequestState::Expired => !person.is_backed(today),
            _ => false,
        };
        waits.then_some(since)
    };
    let joined = program.joined().filter(|_| program.approval_required);
    let people: Vec<_> = joined.filter_map(|person| overdue(person).map(|day| (person, day))).collect();
    let title = words::count(people.len(), "supervisor has not answered", "supervisors have not answered");
    let days = words::number(usize::try_from(ANSWER_DAYS).unwrap_or(0));
    let text = format!("Asked more than {days} days ago, for {}.", some_names(&names(&people)));
    let action = Action::open(approvals(program, &people), "Ask again");
    about(Kind::Unanswered, today, &people, (words::capital(&title), text), action)
}

fn never_asked(program: &ProgramFacts, today: Date) -> Option<Warning> {
    let silent = unbacked(program, today).filter(|person| person.asked.is_none());
    let people: Vec<_> = silent.map(|person| (person, joined_on(person))).collect();
    let title =
        words::count(people.len(), "person has not asked a supervisor", "people have not asked their supervisors");
    let text = format!("{}. Without a yes they cannot be placed.", some_names(&names(&people)));
    let action = Action::open(format!("{}/people", program.path()), "See who");
    about(Kind::NeverAsked, today, &people, (words::capital(&title), text), action)
}

fn invited(program: &ProgramFacts, today: Date) -> Option<Warning> {
    let since = |person: &PersonFacts| person.invited_on + Duration::days(INVITATION_DAYS + 1);
    let silent = |person: &&PersonFacts| person.state == ParticipationState::Invited && since(person) <= today;
    let people: Vec<_> = program.people.iter().filter(silent).map(|person| (person, since(person))).collect();
    let title =
        words::count(people.len(), "person has not answered the invitation", "people have not answered the invitation");
    let text = format!("Invited more than a week ago: {}.", some_names(&names(&people)));
    let action = Action::open(format!("{}/people", program.path()), "See who");
    about(Kind::InvitationOpen, today, &people, (words::capital(&title), text), action)
}

/// A yes that was taken back, or that ends soon and before the program does.
pub(super) fn backing_ends(program: &ProgramFacts, today: Date) -> Vec<Warning> {
    if !program.approval_required {
        return Vec::new();
    }
    let open = |person: &&PersonFacts| matches!(person.state, ParticipationState::Joined | ParticipationState::OnHold);
    program.people.iter().filter(open).filter_map(|person| backing_of(program, person, today)).collect()
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
    let nears = until - Duration::days(BACKING_ENDS_DAYS);
    let since = match decided_on(person) {
        Some(day) if revoked => day,
        _ => nears,
    };
    let action = Action::open(format!("{}/people/{}/approvals", program.path(), person.id), "See the answer");
    let warning = Warning::at_once(Kind::BackingEnds, since.min(today), title, text.to_owned(), action)
        .with(vec![("last_day", program.day_number(until))])
        // Another yes that ends is another case.
        .with_degree(newest(
            person.asked.as_ref().map_or(until, |asked| asked.on),
            usize::from(over) * 2 + usize::from(revoked),
        ));
    Some(Warning { person: Some(person.id), ..warning })
}
