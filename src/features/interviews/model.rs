//! People, questions and answers, and who reads which of them. No database, no HTML.
use crate::base::{
    ids::{InterviewQuestionId, IntervieweeId},
    secret::{hex, sha256},
};
use std::collections::HashMap;
use time::OffsetDateTime;

/// The most people of one visit.
pub(super) const MOST_PEOPLE: usize = 12;
/// The most questions to one of them, or to anybody.
pub(super) const MOST_QUESTIONS: usize = 20;
/// In characters.
pub(super) const LONGEST_QUESTION: usize = 300;
pub(super) const LONGEST_REPLY: usize = 4_000;

/// Somebody they talk with. Without a name where they were named before the reader came.
#[derive(Debug, Clone)]
pub(super) struct Interviewee {
    pub(super) id: IntervieweeId,
    pub(super) name: String,
    pub(super) role: String,
    pub(super) added_at: OffsetDateTime,
}

/// What is asked, and what was answered. Without words where they are from before the reader came.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) id: InterviewQuestionId,
    /// Nobody: for whomever they meet there.
    pub(super) interviewee_id: Option<IntervieweeId>,
    pub(super) words: String,
    pub(super) added_at: OffsetDateTime,
    pub(super) reply: String,
    pub(super) replied_at: Option<OffsetDateTime>,
    /// Who wrote the answer down.
    pub(super) replied_by: Option<String>,
}

/// All that is asked on one visit, and of whom.
#[derive(Debug, Clone, Default)]
pub(super) struct Interviews {
    pub(super) people: Vec<Interviewee>,
    pub(super) questions: Vec<Question>,
    /// Some of it is from before the reader came.
    pub(super) hides: bool,
}

impl Interviews {
    /// Rule 8: words reach who belonged when they were written. An answer that came later to an earlier question is
    /// read without the question.
    pub(super) fn keep_to(mut self, belonged: impl Fn(OffsetDateTime) -> bool) -> Self {
        for question in &mut self.questions {
            if !belonged(question.added_at) {
                self.hides = true;
                question.words.clear();
            }
            if question.replied_at.is_some_and(|at| !belonged(at)) {
                self.hides = true;
                question.reply.clear();
                question.replied_by = None;
            }
        }
        self.questions.retain(|question| !question.words.is_empty() || !question.reply.is_empty());
        for person in &mut self.people {
            if !belonged(person.added_at) {
                self.hides = true;
                person.name.clear();
                person.role.clear();
            }
        }
        let asked = |person: &Interviewee| self.questions.iter().any(|one| one.interviewee_id == Some(person.id));
        let people = std::mem::take(&mut self.people);
        self.people = people.into_iter().filter(|person| !person.name.is_empty() || asked(person)).collect();
        self
    }

    /// What somebody is asked, or anybody.
    pub(super) fn to(&self, whom: Option<IntervieweeId>) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(move |question| question.interviewee_id == whom)
    }
}

/// What a page has shown of an answer: a form sends it back, so that nobody writes over what they have not read.
pub(super) fn seen(reply: &str) -> String {
    hex(&sha256(reply.as_bytes())).chars().take(12).collect()
}

/// What was typed into the box of one answer.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) id: InterviewQuestionId,
    pub(super) reply: String,
    pub(super) seen: String,
}

/// What was typed for questions that are not there any more: the boxes the form has and the page has not.
pub(super) fn homeless(form: &HashMap<String, String>, there: &[Question]) -> Vec<String> {
    let boxes = form.iter().filter_map(|(name, words)| Some((name.strip_prefix("answer-")?, words)));
    let mut gone: Vec<_> = boxes
        .filter(|(id, words)| !words.trim().is_empty() && !there.iter().any(|one| one.id.to_string() == *id))
        .collect();
    // In the order the questions were put.
    gone.sort();
    gone.into_iter().map(|(_, words)| words.clone()).collect()
}

/// What becomes of what was typed over an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Becomes {
    /// Nothing was typed, or what stands there already.
    AsItWas,
    Written,
    /// Somebody else wrote there since the page was shown.
    Conflict,
}

impl Typed {
    pub(super) fn over(&self, now: &str) -> Becomes {
        if self.reply == now || seen(&self.reply) == self.seen {
            Becomes::AsItWas
        } else if seen(now) == self.seen {
            Becomes::Written
        } else {
            Becomes::Conflict
        }
    }
}
