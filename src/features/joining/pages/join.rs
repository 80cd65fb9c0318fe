//! The page on which a person reads what is asked, and joins.
use super::super::queries::Place;
use super::{JoinForm, address_hint};
use crate::access::Peer;
use crate::base::words;
use crate::features::answers::{Fact, what_it_takes};
use crate::mail::Mailbox;
use crate::web::{form::Errors, page::Shell};
use askama::Template;

#[derive(Template)]
#[template(path = "joining/join.html")]
pub(in super::super) struct JoinPage {
    shell: Shell,
    errors: Errors,
    path: String,
    program: String,
    theme: String,
    purpose: Vec<String>,
    facts: Vec<Fact>,
    approval_required: bool,
    answer_days: String,
    /// "At larkspur.example."; empty where any address will do.
    address_hint: String,
    coordinator: Option<Mailbox>,
    /// The program takes people now.
    is_open: bool,
    form: JoinForm,
}

impl JoinPage {
    pub(in super::super) fn of(peer: &Peer, shell: Shell, place: Place, form: JoinForm, errors: Errors) -> Self {
        let program = peer.program();
        let mut facts = what_it_takes(&place.asked, program.starts_on, program.ends_on, &program.currency);
        facts.push(Fact::new(
            "Meetings",
            format!("{} minutes, every {}", program.meeting_minutes, rhythm(program.rhythm_days)),
            if program.informal_minutes > 0 {
                format!("{} of them to catch up", program.informal_minutes)
            } else {
                String::new()
            },
        ));
        let size = if place.group_min == place.group_max {
            format!("{} people", place.group_max)
        } else {
            format!("{} to {} people", place.group_min, place.group_max)
        };
        facts.push(Fact::new("Your group", size, "All of you as equals: nobody is the mentor"));
        Self {
            shell: shell.with(&errors),
            errors,
            path: program.path(),
            program: program.name.clone(),
            theme: place.theme,
            purpose: place.purpose.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
            facts,
            approval_required: place.approval_required,
            answer_days: place.answer_days.to_string(),
            address_hint: address_hint(&place.domains),
            coordinator: place.coordinator,
            is_open: program.takes_people(),
            form,
        }
    }
}

/// "4 weeks", "10 days".
fn rhythm(days: i32) -> String {
    let whole = usize::try_from(days).unwrap_or(0);
    match (whole / 7, whole % 7) {
        (1, 0) => "week".to_owned(),
        (weeks, 0) if weeks > 0 => format!("{} weeks", words::number(weeks)),
        _ if whole == 1 => "day".to_owned(),
        _ => format!("{days} days"),
    }
}
