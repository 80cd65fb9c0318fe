//! Every key is declared once, and nothing refers to one that is not.
use super::{Declared, Found, place};
use crate::{
    base::portable::{Key, Keyed},
    features::{archive::Document, goals::archive::Goal, meetings::archive::Meeting},
};

/// All keys; the second thing of a kind with the same key is a problem.
pub(super) fn declared<'a>(document: &'a Document, found: &mut Found) -> Declared<'a> {
    let mut keys = Keys { declared: Declared::new(), found };
    keys.add_all(document.people.iter().map(|person| &person.key));
    keys.add_all(document.themes.iter().map(|theme| &theme.key));
    keys.add_all(document.participations.iter().map(|participation| &participation.key));
    keys.add_all(document.approval_requests.iter().map(|request| &request.key));
    keys.add_all(document.approval_requests.iter().flat_map(|request| &request.pledges).map(|pledge| &pledge.key));
    keys.add_all(document.groups.iter().map(|group| &group.key));
    keys.add_all(document.groups.iter().flat_map(|group| &group.memberships).map(|membership| &membership.key));
    keys.add_all(document.goals.iter().map(|goal| &goal.key));
    keys.add_all(document.goals.iter().flat_map(|goal| &goal.elements).map(|element| &element.key));
    keys.add_all(document.goals.iter().flat_map(|goal| &goal.products).map(|product| &product.key));
    keys.add_all(document.agreements.iter().map(|agreement| &agreement.key));
    keys.add_all(document.field_trips.iter().map(|trip| &trip.key));
    keys.add_all(document.meetings.iter().map(|meeting| &meeting.key));
    keys.add_all(document.meetings.iter().flat_map(|meeting| &meeting.items).map(|item| &item.key));
    keys.add_all(document.feedback.iter().map(|feedback| &feedback.key));
    keys.declared
}

struct Keys<'a, 'f> {
    declared: Declared<'a>,
    found: &'f mut Found,
}

impl<'a> Keys<'a, '_> {
    fn add_all<I: Keyed + 'a>(&mut self, keys: impl Iterator<Item = &'a Key<I>>) {
        for key in keys {
            let first = self.declared.insert((I::KIND, key.as_str()));
            self.found.expect(first, &place(key), "this key is used twice");
        }
    }
}

/// Every use of a key.
pub(super) fn references(document: &Document, declared: &Declared<'_>, found: &mut Found) {
    let mut uses = Uses { declared, found };
    uses.of("program", [&document.program.contact].into_iter().chain(&document.program.second_contact));
    uses.of("coordinators", document.coordinators.iter().map(|coordinator| &coordinator.person));
    let answers = document.earlier_lessons.iter().filter_map(|lesson| lesson.answer.as_ref());
    uses.of("earlier lessons", answers.map(|answer| &answer.by));
    for participation in &document.participations {
        uses.of(&place(&participation.key), [&participation.person]);
    }
    for request in &document.approval_requests {
        uses.of(&place(&request.key), [&request.participation]);
        uses.of(&place(&request.key), &request.trip);
    }
    for group in &document.groups {
        uses.of(&place(&group.key), group.memberships.iter().map(|membership| &membership.participation));
    }
    for goal in &document.goals {
        goal_uses(&mut uses, goal);
    }
    uses.of("what is off limits", document.off_limits.iter().map(|area| &area.participation));
    for agreement in &document.agreements {
        let at = place(&agreement.key);
        uses.of(&at, [&agreement.group]);
        uses.of(&at, agreement.answers.iter().map(|answer| &answer.participation).chain([&agreement.written_by]));
    }
    for trip in &document.field_trips {
        let at = place(&trip.key);
        uses.of(&at, [&trip.group]);
        uses.of(&at, &trip.goal);
        uses.of(&at, &trip.focus);
        uses.of(
            &at,
            trip.goers
                .iter()
                .chain(&trip.reported_by)
                .chain(&trip.observer)
                .chain(&trip.observed)
                .chain([&trip.created_by]),
        );
    }
    for meeting in &document.meetings {
        meeting_uses(&mut uses, meeting);
    }
    for action in &document.actions {
        let people = || action.owner.iter().chain([&action.written_by]).chain(&action.closed_by);
        uses.of("actions", [&action.group]);
        uses.of("actions", &action.meeting);
        uses.of("actions", people());
    }
    for feedback in &document.feedback {
        let at = place(&feedback.key);
        uses.of(&at, [&feedback.group]);
        uses.of(&at, [&feedback.giver, &feedback.receiver].into_iter().chain(&feedback.logged_by));
        uses.of(&at, &feedback.meeting);
        uses.of(&at, &feedback.trip);
        uses.of(&at, feedback.texts.iter().map(|text| &text.element));
    }
}

fn goal_uses(uses: &mut Uses<'_>, goal: &Goal) {
    let at = place(&goal.key);
    uses.of(&at, [&goal.group]);
    uses.of(&at, goal.owner.iter().chain([&goal.created_by]));
    uses.of(&at, goal.notes.iter().map(|note| &note.written_by));
    let versions = || goal.versions.iter();
    uses.of(
        &at,
        versions().flat_map(|one| one.agreements.iter().map(|yes| &yes.participation).chain(&one.proposed_by)),
    );
    uses.of(&at, goal.agreements.iter().map(|agreement| &agreement.participation));
    uses.of(&at, goal.elements.iter().flat_map(|element| [&element.about, &element.proposed_by]));
    uses.of(&at, goal.products.iter().map(|product| &product.owner));
    uses.of(&at, goal.products.iter().filter_map(|product| product.supervisor_request.as_ref()));
}

fn meeting_uses(uses: &mut Uses<'_>, meeting: &Meeting) {
    let at = place(&meeting.key);
    let roles = meeting.facilitator.iter().chain(&meeting.timekeeper).chain(&meeting.note_taker);
    uses.of(&at, [&meeting.group]);
    uses.of(&at, roles.chain([&meeting.created_by]).chain(&meeting.logged_by).chain(&meeting.present));
    for item in &meeting.items {
        let at = format!("{at}, {}", place(&item.key));
        uses.of(&at, &item.goal);
        uses.of(&at, &item.trip);
        uses.of(&at, &item.theme);
        uses.of(&at, &item.lead);
    }
}

struct Uses<'f> {
    declared: &'f Declared<'f>,
    found: &'f mut Found,
}

impl Uses<'_> {
    fn of<'k, I: Keyed + 'k>(&mut self, at: &str, keys: impl IntoIterator<Item = &'k Key<I>>) {
        for key in keys {
            if !self.declared.contains(&(I::KIND, key.as_str())) {
                self.found.note(at, format!("there is no {} in this file", place(key)));
            }
        }
    }
}
