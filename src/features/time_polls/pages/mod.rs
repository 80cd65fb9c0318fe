//! What the templates of polls need.
pub(super) mod new;
mod times;

use super::{
    link::PollHolder,
    model::{PollState, Standing},
};
use crate::access::GroupMember;
use crate::base::{ids::ParticipationId, local_time, words};
use crate::features::{
    groups,
    meetings::{hours_from_to, zone_words},
};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use std::collections::HashMap;
use time::OffsetDateTime;
use times::{Candidate, TimeView, candidates, times};

/// What a page shows again after a post: what was typed, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// The answers of the form, by field.
    pub(super) answers: Option<HashMap<String, String>>,
    /// The time that was chosen.
    pub(super) chosen: Option<i32>,
    pub(super) errors: Errors,
}

/// Whose eyes read a poll.
#[derive(Debug, Clone, Copy)]
struct Eyes<'a> {
    who: ParticipationId,
    /// IANA names of the group's zone and the reader's.
    zone: &'a str,
    own_zone: &'a str,
}

/// A poll on the group's pages.
#[derive(Template)]
#[template(path = "time_polls/poll.html")]
pub(super) struct PollPage {
    shell: Shell,
    group_path: String,
    group_name: String,
    path: String,
    about: About,
    answered: bool,
    candidates: Vec<Candidate>,
    /// "Marcus and Hana have not answered yet."; empty when everybody has.
    missing: String,
    is_open: bool,
    meeting: Option<String>,
    readers: String,
    errors: Errors,
}

/// What both pages say of a poll.
struct About {
    /// "Priya asks when you can meet."
    asks: String,
    /// "In person: Instruction lab."
    how: String,
    zone: String,
    times: Vec<TimeView>,
    takes_answers: bool,
    /// What became of it, when it takes no answers any more.
    ended: String,
}

impl About {
    fn of(standing: &Standing, eyes: Eyes<'_>, typed: Option<&HashMap<String, String>>, now: OffsetDateTime) -> Self {
        let poll = &standing.poll;
        let mode = poll.mode.label();
        let asks = if poll.started_by == eyes.who {
            "You ask when your group can meet.".to_owned()
        } else {
            format!("{} asks when you can meet.", crate::base::text::first_name(&poll.started_by_name))
        };
        let ended = match (poll.state, poll.meets_at) {
            (PollState::Chosen, Some(at)) => {
                let local = local_time::to_local(eyes.zone, at);
                let (day, clock) = (words::long_day(local.date()), words::clock_time(local.time()));
                format!("A time was chosen. The meeting is on {day}, {clock} {}.", zone_words(eyes.zone))
            }
            (PollState::Open, _) => "All of these times have passed.".to_owned(),
            _ => "It was ended without a time.".to_owned(),
        };
        Self {
            asks,
            how: if poll.place.is_empty() { format!("{mode}.") } else { format!("{mode}: {}.", poll.place) },
            zone: zone_words(eyes.zone),
            times: times(standing, eyes, typed, now),
            takes_answers: standing.takes_answers(now),
            ended,
        }
    }
}

impl PollPage {
    pub(super) fn of(shell: Shell, by: &GroupMember, standing: &Standing, typed: Typed, now: OffsetDateTime) -> Self {
        let (me, group) = (by.participation_id(), by.group());
        let eyes = Eyes { who: me, zone: &group.time_zone, own_zone: by.viewer().time_zone() };
        let poll = &standing.poll;
        Self {
            shell,
            group_path: group.path(),
            group_name: group.name.clone(),
            path: format!("{}/polls/{}", group.path(), poll.id),
            about: About::of(standing, eyes, typed.answers.as_ref(), now),
            answered: standing.has_answered(me),
            candidates: candidates(standing, eyes, typed.chosen, now),
            missing: missing(standing, me),
            is_open: poll.state == PollState::Open,
            meeting: poll.meeting_id.map(|id| format!("{}/meetings/{id}", group.path())),
            readers: groups::readers(by, &standing.members, None),
            errors: typed.errors,
        }
    }
}

/// Who has not answered yet, in one sentence.
fn missing(standing: &Standing, me: ParticipationId) -> String {
    let missing = standing.missing();
    let mut names: Vec<String> =
        missing.iter().filter(|one| one.participation_id != me).map(|one| one.first_name().to_owned()).collect();
    if missing.len() > names.len() {
        names.push("you".to_owned());
    }
    let verb = if names.len() == 1 && names[0] != "you" { "has" } else { "have" };
    if names.is_empty() {
        return String::new();
    }
    format!("{} {verb} not answered yet.", words::capital(&words::list(&names)))
}

/// The same poll by a link, for one member who need not sign in.
#[derive(Template)]
#[template(path = "time_polls/answer.html")]
pub(super) struct AnswerPage {
    shell: Shell,
    path: String,
    group_name: String,
    first_name: String,
    about: About,
    answered: bool,
    readers: String,
    errors: Errors,
}

impl AnswerPage {
    pub(super) fn of(
        shell: Shell,
        by: &PollHolder,
        standing: &Standing,
        (path, typed): (String, Typed),
        now: OffsetDateTime,
    ) -> Self {
        let asked = by.asked();
        let eyes = Eyes { who: asked.participation_id, zone: &asked.group_zone, own_zone: &asked.time_zone };
        let about = About::of(standing, eyes, typed.answers.as_ref(), now);
        Self {
            shell: Shell { institution: Some(asked.institution.clone()), ..shell },
            path,
            group_name: asked.group_name.clone(),
            first_name: crate::base::text::first_name(&asked.name).to_owned(),
            about: About {
                takes_answers: about.takes_answers && asked.program_state.is_running(),
                // Where they would meet stands on the group's own page: a link can be handed on.
                how: format!("{}.", standing.poll.mode.label()),
                ..about
            },
            answered: standing.has_answered(asked.participation_id),
            readers: crate::features::meetings::readers(&standing.members, asked.participation_id),
            errors: typed.errors,
        }
    }
}

/// "Monday 4 May, 12:00–13:00", with the reader's own clock where that is another.
fn when(eyes: Eyes<'_>, from: OffsetDateTime, to: OffsetDateTime) -> String {
    let day = words::long_day(local_time::day_in(eyes.zone, from));
    format!("{day}, {}", hours_from_to(eyes.zone, (from, to), eyes.own_zone))
}
