//! Both wordings of what was written, side by side, and the answer to the second.
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    local_time, text, words,
};
use crate::features::{
    feedback::{Item, Reply, Seen, Typed, seen},
    second_wordings::{Around, Both, Second},
};
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;

/// What is said around the form.
pub(super) fn around(item: &Item) -> Around {
    let receiver = text::first_name(&item.feedback.receiver_name);
    Around {
        heading: "Put it in other words".to_owned(),
        lede: format!(
            "{receiver} answered what you wrote. You can revise it once; your first words stay beside these."
        ),
        button: "Share the revision",
        next: format!(
            "{receiver} gets an email that says you revised it, not what it says. It can be revised only once, and \
             not taken back."
        ),
        action: "revise",
        version: String::new(),
        changed_meanwhile: false,
    }
}

#[derive(Template)]
#[template(path = "revisions/revision.html")]
pub(super) struct RevisionPage {
    shell: Shell,
    group_path: String,
    path: String,
    errors: Errors,
    /// Who wrote it; empty where the reader did.
    giver: String,
    other: String,
    revised: String,
    /// Drawn by the slice of second wordings.
    both: String,
    /// What takes an answer; nothing, where the reader has none to give.
    to_answer: Vec<Seen>,
    replies: Vec<(&'static str, &'static str)>,
    answered: String,
}

impl RevisionPage {
    pub(super) fn new(
        (app, member): (&App, &GroupMember),
        (item, second): (&Item, &Second),
        typed: Option<&Typed>,
        errors: Errors,
    ) -> Result<Self> {
        let group_path = member.group().path();
        let zone = member.viewer().time_zone();
        let day = |at| words::day(local_time::day_in(zone, at));
        let feedback = &item.feedback;
        let gives = feedback.giver_id == member.participation_id();
        let other = text::first_name(feedback.other(member.participation_id()).1).to_owned();
        let above = [
            ("The first words".to_owned(), feedback.shared_at.map(day).unwrap_or_default()),
            ("Revised".to_owned(), day(second.written_at)),
        ];
        let mut to_answer: Vec<Seen> = Vec::new();
        if !gives && second.answered_at.is_none() {
            to_answer = second.texts.iter().map(seen).collect();
        }
        for one in &mut to_answer {
            if let Some(typed) = typed {
                typed.get(&format!("answer-{}", one.id)).clone_into(&mut one.answer);
                typed.get(&format!("line-{}", one.id)).clone_into(&mut one.answer_words);
            }
        }
        Ok(Self {
            shell: member.shell(app).with(&errors),
            path: format!("{group_path}/feedback/{}", feedback.id),
            group_path,
            errors,
            giver: if gives { String::new() } else { other.clone() },
            other,
            revised: day(second.written_at),
            both: Both::new(member, item, second, above).render().map_err(AppError::internal)?,
            to_answer,
            replies: Reply::ALL.iter().map(|reply| (reply.as_str(), reply.label())).collect(),
            answered: second.answered_at.map(day).unwrap_or_default(),
        })
    }
}
