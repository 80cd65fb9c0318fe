//! Rules of a program that tables alone do not hold.
use super::{Found, Index, place};
use crate::{
    base::{
        ids::{ElementId, GroupId, ParticipationId},
        portable::{Day, Key},
        text,
    },
    features::{
        approvals::{Purpose, archive::Request},
        archive::Document,
        feedback::{FeedbackState, archive::Feedback},
        field_trips::{TripKind, archive::Trip},
        goals::{GoalState, archive::Goal},
        meetings::archive::{ItemState, Meeting, MeetingState},
    },
};
use time::Date;

pub(super) fn ask(document: &Document, index: &Index<'_>, found: &mut Found) {
    for request in &document.approval_requests {
        supervisor(request, index, found);
    }
    for goal in &document.goals {
        of_goal(goal, index, found);
    }
    for trip in &document.field_trips {
        of_trip(trip, index, found);
        let latest = [trip.completed_on, trip.reported_on, trip.pre_met_on, trip.debriefed_on];
        let past = latest.into_iter().flatten().all(|day| day <= document.as_of);
        found.expect(past, &place(&trip.key), "what took place has a day after the file's own");
    }
    for meeting in &document.meetings {
        of_meeting(meeting, index, found);
        let past = meeting.starts.0.date() <= document.as_of.0;
        found.expect(
            past || meeting.state != MeetingState::Held,
            &place(&meeting.key),
            "held after the file's own day",
        );
    }
    for feedback in &document.feedback {
        of_feedback(feedback, index, found);
        found.expect(feedback.happened_on <= document.as_of, &place(&feedback.key), "its day is in the future");
    }
}

/// A supervisor's address is neither the peer's own nor that of anyone in the same group.
fn supervisor(request: &Request, index: &Index<'_>, found: &mut Found) {
    let at = place(&request.key);
    let asked = text::fold_email(&request.supervisor_email);
    let own = index.emails.get(&request.participation);
    found.expect(own != Some(&asked), &at, "the supervisor's address is the peer's own");
    let groups: Vec<_> = index.memberships.get(&request.participation).into_iter().flatten().collect();
    let beside = |who: &Key<ParticipationId>| groups.iter().any(|(group, _)| index.ever_in(who, group));
    let one_trip = request.trip.is_some() == (request.purpose == Purpose::Trip);
    found.expect(one_trip, &at, "a request for a trip names it, and no other does");
    let trip = request.trip.as_ref().and_then(|key| index.trip_groups.get(key));
    let theirs = trip.is_none_or(|group| index.ever_in(&request.participation, group));
    found.expect(theirs, &at, "its field trip is another group's");
    let clash =
        index.emails.iter().any(|(who, email)| *who != &request.participation && *email == asked && beside(who));
    found.expect(!clash, &at, "the supervisor is in the same group");
}

fn of_goal(goal: &Goal, index: &Index<'_>, found: &mut Found) {
    let at = place(&goal.key);
    let members = goal.owner.iter().chain([&goal.created_by]);
    let members = members.chain(goal.agreements.iter().map(|agreement| &agreement.participation));
    belong(members, &goal.group, &at, (index, found));
    let about = goal.elements.iter().flat_map(|element| [&element.about, &element.proposed_by]);
    belong(about, &goal.group, &at, (index, found));
    if let Some(owner) = &goal.owner {
        let agreed = goal.state != GoalState::Draft && goal.state != GoalState::Dropped;
        let elements = goal.elements.len();
        found.expect(!agreed || (1..=6).contains(&elements), &at, "an agreed personal goal has 1 to 6 elements");
        let own = goal.elements.iter().all(|element| element.about == *owner);
        found.expect(own, &at, "an element of a personal goal is about somebody else");
    }
}

fn of_meeting(meeting: &Meeting, index: &Index<'_>, found: &mut Found) {
    let at = place(&meeting.key);
    let roles = meeting.facilitator.iter().chain(&meeting.timekeeper).chain(&meeting.note_taker);
    belong(roles.chain([&meeting.created_by]), &meeting.group, &at, (index, found));
    let fits = meeting.overrun_confirmed || meeting.planned_minutes() <= meeting.minutes;
    found.expect(fits, &at, "more minutes are planned than it lasts");
    for item in &meeting.items {
        let at = format!("{at}, {}", place(&item.key));
        let goal = item.goal.as_ref().and_then(|key| index.goals.get(key)).map(|goal| &goal.group);
        found.expect(goal.is_none_or(|group| *group == meeting.group), &at, "its goal is another group's");
        let trip = item.trip.as_ref().and_then(|key| index.trip_groups.get(key));
        found.expect(trip.is_none_or(|group| **group == meeting.group), &at, "its field trip is another group's");
        let done = item.state == ItemState::Done;
        found.expect(
            done == item.actual_minutes.is_some(),
            &at,
            "only a done item has actual minutes, and it has them",
        );
    }
    if meeting.state != MeetingState::Held {
        found.expect(meeting.present.is_empty(), &at, "somebody was present though it was not held");
        return;
    }
    let day = meeting.starts.0.date();
    found.expect(meeting.present.len() >= 2, &at, "fewer than two people were present");
    let members = meeting.present.iter().all(|who| index.in_on(who, &meeting.group, day));
    found.expect(members, &at, "somebody was present who did not belong to the group that day");
    let one_does_both = meeting.facilitator.is_some() && meeting.facilitator == meeting.note_taker;
    let apart = meeting.present.len() < 3 || !one_does_both;
    found.expect(apart, &at, "with three or more present, the facilitator takes no notes");
}

fn of_trip(trip: &Trip, index: &Index<'_>, found: &mut Found) {
    let at = place(&trip.key);
    belong(trip.goers.iter().chain([&trip.created_by]), &trip.group, &at, (index, found));
    found.expect(!trip.goers.is_empty(), &at, "nobody goes");
    let after = [trip.debriefed_on, trip.completed_on, trip.reported_on];
    let in_order = after.into_iter().flatten().all(|day| day >= trip.on_date);
    found.expect(in_order, &at, "it was talked through or reported before it took place");
    found.expect(trip.pre_met_on.is_none_or(|day| day <= trip.on_date), &at, "the meeting before it came after it");
    if trip.kind != TripKind::Observation {
        found.expect(trip.focus.is_empty(), &at, "only an observation has elements in focus");
        return;
    }
    found.expect((1..=4).contains(&trip.focus.len()), &at, "an observation looks at 1 to 4 elements");
    for (who, what) in [(&trip.observer, "the observer"), (&trip.observed, "the observed person")] {
        let goes = who.as_ref().is_some_and(|who| trip.goers.contains(who));
        found.expect(goes, &at, &format!("{what} does not go"));
    }
    if let Some(observed) = &trip.observed {
        for element in &trip.focus {
            agreed_by(element, observed, trip.on_date, &at, (index, found));
        }
    }
}

fn of_feedback(feedback: &Feedback, index: &Index<'_>, found: &mut Found) {
    let at = place(&feedback.key);
    found.expect(feedback.giver != feedback.receiver, &at, "giver and receiver are the same person");
    let one_of_them =
        feedback.logged_by.as_ref().is_none_or(|who| [&feedback.giver, &feedback.receiver].contains(&who));
    found.expect(one_of_them, &at, "it was logged by neither of the two");
    let day = feedback.happened_on;
    let both = [&feedback.giver, &feedback.receiver].into_iter().all(|who| index.in_on(who, &feedback.group, day.0));
    found.expect(both, &at, "giver and receiver did not both belong to the group that day");
    let empty = feedback.texts.is_empty() && feedback.not_agreed.is_empty();
    found.expect(!empty || feedback.state == FeedbackState::Draft, &at, "it has no words");
    for text in &feedback.texts {
        found.expect(text.words.fit(feedback.format), &at, "its words do not fit its format");
        agreed_by(&text.element, &feedback.receiver, day, &at, (index, found));
    }
}

/// An element is about this person, and had been agreed by that day.
fn agreed_by(
    key: &Key<ElementId>,
    about: &Key<ParticipationId>,
    day: Day,
    at: &str,
    (index, found): (&Index<'_>, &mut Found),
) {
    let Some(element) = index.elements.get(key) else { return };
    let name = place(key);
    found.expect(element.about == *about, at, &format!("{name} is about somebody else"));
    let agreed: Option<Date> = element.agreed_on.map(|agreed| agreed.0);
    found.expect(agreed.is_some_and(|agreed| agreed <= day.0), at, &format!("{name} was not agreed by then"));
}

/// Everyone named belongs, or belonged, to the group.
fn belong<'k>(
    who: impl Iterator<Item = &'k Key<ParticipationId>>,
    group: &Key<GroupId>,
    at: &str,
    (index, found): (&Index<'_>, &mut Found),
) {
    for key in who {
        if !index.ever_in(key, group) {
            found.note(at, format!("{} was never in {}", place(key), place(group)));
        }
    }
}
