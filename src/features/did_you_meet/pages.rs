//! What the page of a link needs: facts and names, and nothing of what was planned or said.
use super::{link::AskHolder, queries::Asked, service::Question};
use crate::base::{ids::ParticipationId, local_time, text, words};
use crate::features::{
    meeting_logs::as_planned,
    meetings::{AtMeeting, Meeting, MeetingState, NotHeldReason, hours_from_to, zone_words},
};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use time::OffsetDateTime;

/// What is shown again after a post: what was typed, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// "met", "moved" or "no".
    pub(super) answer: String,
    /// Who was ticked; none before anybody could.
    pub(super) came: Option<Vec<ParticipationId>>,
    pub(super) note_taker: String,
    pub(super) again: bool,
    pub(super) date: String,
    pub(super) time: String,
    pub(super) reason: String,
    pub(super) errors: Errors,
}

/// Somebody to tick or choose.
struct Person {
    id: String,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "did_you_meet/answer.html")]
pub(super) struct AnswerPage {
    shell: Shell,
    path: String,
    group_name: String,
    first_name: String,
    /// "Monday 4 May".
    day: String,
    hours: String,
    /// It can be answered.
    asks: bool,
    people: Vec<Person>,
    /// "60 minutes, as planned".
    took: String,
    /// Not empty when one person was to facilitate and take notes.
    note_takers: Vec<Person>,
    zone: String,
    reasons: Vec<(&'static str, &'static str)>,
    /// What was answered, by whom and when.
    said: String,
    /// Where to go on.
    onward: Option<(String, &'static str)>,
    typed: Typed,
    errors: Errors,
}

impl AnswerPage {
    pub(super) fn of(
        shell: Shell,
        (by, question): (&AskHolder, &Question),
        (path, typed): (String, Typed),
        now: OffsetDateTime,
    ) -> Self {
        let (asked, meeting) = (by.asked(), &question.meeting);
        let me = asked.participation_id;
        let all: Vec<ParticipationId> = question.eligible.iter().map(|one| one.id).collect();
        let ticked = typed.came.clone().unwrap_or_else(|| all.clone());
        let person = |chosen: &dyn Fn(ParticipationId) -> bool| -> Vec<Person> {
            let of = |one: &crate::features::meeting_logs::Eligible| Person {
                id: one.id.to_string(),
                label: format!("{}{}", text::first_name(&one.name), if one.id == me { " (you)" } else { "" }),
                chosen: chosen(one.id),
            };
            question.eligible.iter().map(of).collect()
        };
        let (said, onward) = said(asked, now);
        Self {
            shell: Shell { institution: Some(asked.institution.clone()), ..shell },
            path,
            group_name: asked.group_name.clone(),
            first_name: text::first_name(&asked.name).to_owned(),
            day: words::long_day(meeting.day()),
            hours: hours_from_to(&asked.zone, (asked.starts_at, asked.ends_at), &asked.time_zone),
            asks: asked.waits(now),
            people: person(&|id| ticked.contains(&id)),
            took: took(question, all),
            note_takers: if meeting.roles().doubles() {
                person(&|id| typed.note_taker == id.to_string())
            } else {
                Vec::new()
            },
            zone: zone_words(&asked.zone),
            reasons: NotHeldReason::ALL.iter().map(|reason| (reason.as_str(), reason.label())).collect(),
            said,
            onward,
            errors: typed.errors.clone(),
            typed,
        }
    }
}

/// It moved, said by a member on the group's pages.
#[derive(Template)]
#[template(path = "did_you_meet/moved.html")]
pub(super) struct MovedPage {
    shell: Shell,
    group_path: String,
    group_name: String,
    path: String,
    day: String,
    zone: String,
    typed: Typed,
    errors: Errors,
}

impl MovedPage {
    pub(super) fn of(shell: Shell, at: &AtMeeting, meeting: &Meeting, typed: Typed) -> Self {
        Self {
            shell,
            group_path: at.by.group().path(),
            group_name: at.by.group().name.clone(),
            path: at.path(),
            day: words::long_day(meeting.day()),
            zone: zone_words(&meeting.time_zone),
            errors: typed.errors.clone(),
            typed,
        }
    }
}

fn took(question: &Question, all: Vec<ParticipationId>) -> String {
    let minutes = as_planned(&question.items, &question.times, all).actual_minutes(&question.meeting);
    let timed = question.times.iter().any(|time| time.ended_at.is_some());
    format!("{minutes} minutes, {}", if timed { "as they were timed" } else { "as planned" })
}

/// What was answered, and where that leads.
fn said(asked: &Asked, now: OffsetDateTime) -> (String, Option<(String, &'static str)>) {
    let group = format!("/programs/{}/groups/{}", asked.program_id, asked.group_id);
    let meeting = format!("{group}/meetings/{}", asked.meeting_id);
    let who = |id: Option<ParticipationId>, name: Option<&str>, at: Option<OffsetDateTime>| {
        let name = match (id, name) {
            (Some(id), _) if id == asked.participation_id => "You",
            (_, Some(name)) => text::first_name(name),
            _ => "One of you",
        };
        let at = at.map(|at| words::day_and_time(local_time::to_local(&asked.time_zone, at)));
        format!("{name} said on {}", at.unwrap_or_default())
    };
    let logged = || who(asked.logged_by, asked.logged_by_name.as_deref(), asked.logged_at);
    match asked.state {
        MeetingState::Held => {
            let came = words::number(usize::try_from(asked.present).unwrap_or(0));
            let took = asked.actual_minutes.unwrap_or(0);
            let said = format!("{} that you met: {came} of you, for {took} minutes.", logged());
            (said, Some((format!("{meeting}/log"), "Say where the minutes went")))
        }
        MeetingState::NotHeld => {
            let why = asked.not_held_reason.map_or("", NotHeldReason::label);
            let said = format!("{} that you did not meet. {why}.", logged());
            (said, Some((format!("{group}/meetings/new"), "Set a new date")))
        }
        MeetingState::Cancelled => {
            ("This meeting was cancelled.".to_owned(), Some((format!("{group}/meetings/new"), "Set a new date")))
        }
        MeetingState::Scheduled if asked.starts_at > now => {
            let said = match asked.moved_at {
                Some(at) => {
                    let who = who(asked.moved_by, asked.moved_by_name.as_deref(), Some(at));
                    format!("{who} that it moved. You are asked again once it is over.")
                }
                None => "This meeting is still to come.".to_owned(),
            };
            (said, Some((meeting, "See the meeting")))
        }
        MeetingState::Scheduled if !asked.program_state.is_running() => ("The program has ended.".to_owned(), None),
        MeetingState::Scheduled => match asked.moved_at {
            Some(at) => (
                format!(
                    "{} that it moved to this time.",
                    who(asked.moved_by, asked.moved_by_name.as_deref(), Some(at))
                ),
                None,
            ),
            None => (String::new(), None),
        },
    }
}
