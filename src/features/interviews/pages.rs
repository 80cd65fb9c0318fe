//! What the page of people and questions needs, ready to be shown.
use super::{
    model::{Question, seen},
    service::Whole,
};
use crate::access::GroupMember;
use crate::base::{
    ids::{InterviewQuestionId, IntervieweeId},
    text::first_name,
    words,
};
use crate::features::groups::readers;
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;
use std::collections::HashMap;

/// Stands for nobody in particular where an id would stand.
pub(super) const VISIT: &str = "visit";

/// What was typed into one of the forms, when the page is shown again.
#[derive(Debug, Default)]
pub(super) struct Again {
    /// A new person.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) role: String,
    pub(super) changed: Option<(IntervieweeId, String, String)>,
    /// A card and its new questions.
    pub(super) asked: Option<(String, String)>,
    pub(super) answers: HashMap<String, String>,
    /// What was typed for questions that are gone.
    pub(super) kept: Vec<String>,
    /// The card whose questions to borrow stand open.
    pub(super) borrow: String,
}

/// A question with the box for its answer.
#[derive(Debug)]
pub(super) struct Line {
    id: InterviewQuestionId,
    words: String,
    typed: String,
    seen: String,
    reply: Vec<String>,
    /// "Hana wrote this down."
    by: String,
    is_answered: bool,
}

impl Line {
    /// Nobody has answered it, and the reader may read it.
    const fn can_go(&self) -> bool {
        !self.is_answered
    }
}

/// Questions under what somebody does, as far as they are not asked yet.
#[derive(Debug)]
pub(super) struct Shelf {
    name: String,
    questions: Vec<String>,
}

/// One person, or whomever they meet there.
#[derive(Debug)]
pub(super) struct Card {
    key: String,
    /// As the form sends it: an id, or nothing.
    to: String,
    heading: String,
    /// "Ana", "anybody there".
    called: String,
    role: String,
    lines: Vec<Line>,
    borrow: Vec<Shelf>,
    borrow_open: bool,
    asked: String,
    /// Name and role as the form shows them; nothing for whom the reader does not read of.
    change: Option<(String, String)>,
    change_open: bool,
    can_be_removed: bool,
}

#[derive(Template)]
#[template(path = "interviews/interviews.html")]
pub(super) struct InterviewsPage {
    shell: Shell,
    /// What was typed for questions that are gone.
    kept: Vec<(&'static str, String)>,
    errors: Errors,
    path: String,
    title: String,
    day: String,
    cards: Vec<Card>,
    has_people: bool,
    hides: bool,
    may_ask: bool,
    may_answer: bool,
    id: String,
    name: String,
    role: String,
    add_open: bool,
    readers: String,
}

impl InterviewsPage {
    pub(super) fn of(app: &App, by: &GroupMember, whole: &Whole, again: Again, errors: Errors) -> Self {
        let people = whole.all.people.iter().map(|person| {
            let change = match &again.changed {
                Some((id, name, role)) if *id == person.id => (name.clone(), role.clone()),
                _ => (person.name.clone(), person.role.clone()),
            };
            let heading = if person.name.is_empty() { "Somebody named before you came" } else { &person.name };
            Card {
                heading: heading.to_owned(),
                called: if person.name.is_empty() { "them".to_owned() } else { first_name(&person.name).to_owned() },
                role: person.role.clone(),
                change_open: again.changed.as_ref().is_some_and(|(id, ..)| *id == person.id),
                change: (!person.name.is_empty()).then_some(change),
                ..card(whole, Some(person.id), &again)
            }
        });
        let mut cards: Vec<Card> = people.collect();
        cards.push(Card {
            heading: "Anybody there".to_owned(),
            called: "anybody there".to_owned(),
            role: "Questions of the visit, whomever you meet".to_owned(),
            ..card(whole, None, &again)
        });
        Self {
            shell: by.shell(app).with(&errors),
            path: format!("{}/trips/{}", by.group().path(), whole.trip.id),
            title: whole.trip.title(),
            day: words::long_day(whole.trip.on_date),
            has_people: cards.len() > 1,
            cards,
            hides: whole.all.hides,
            may_ask: whole.may_ask,
            may_answer: whole.may_answer,
            kept: again.kept.into_iter().map(|words| ("For a question that is gone", words)).collect(),
            id: if again.id.is_empty() { IntervieweeId::generate().to_string() } else { again.id },
            add_open: errors.of("name").is_some() || errors.of("role").is_some(),
            name: again.name,
            role: again.role,
            readers: readers(by, &whole.members, None),
            errors,
        }
    }
}

/// What both kinds of card have.
fn card(whole: &Whole, whom: Option<IntervieweeId>, again: &Again) -> Card {
    let key = whom.map_or_else(|| VISIT.to_owned(), |id| id.to_string());
    let lines: Vec<Line> = whole.all.to(whom).map(|question| line(question, &again.answers)).collect();
    let asked: Vec<&str> = lines.iter().map(|line| line.words.as_str()).collect();
    let asked_again = again.asked.as_ref().filter(|(card, _)| *card == key);
    Card {
        to: whom.map(|id| id.to_string()).unwrap_or_default(),
        borrow: shelves(whole, &asked),
        borrow_open: again.borrow == key,
        asked: asked_again.map(|(_, words)| words.clone()).unwrap_or_default(),
        can_be_removed: lines.iter().all(|line| !line.is_answered),
        heading: String::new(),
        called: String::new(),
        role: String::new(),
        change: None,
        change_open: false,
        lines,
        key,
    }
}

fn line(question: &Question, typed: &HashMap<String, String>) -> Line {
    let words = if question.words.is_empty() { "A question from before you came" } else { &question.words };
    let now = |name: &str| typed.get(&format!("{name}-{}", question.id)).cloned();
    Line {
        id: question.id,
        words: words.to_owned(),
        typed: now("answer").unwrap_or_else(|| question.reply.clone()),
        seen: now("seen").unwrap_or_else(|| seen(&question.reply)),
        reply: lines(&question.reply),
        by: question
            .replied_by
            .as_deref()
            .map(|who| format!("{} wrote this down.", first_name(who)))
            .unwrap_or_default(),
        is_answered: question.replied_at.is_some(),
    }
}

/// What the plan says first, then the library, without what is asked already.
fn shelves(whole: &Whole, asked: &[&str]) -> Vec<Shelf> {
    let fresh = |words: &String| !asked.contains(&words.as_str());
    let plan = Shelf { name: "From your plan".to_owned(), questions: lines(&whole.trip.questions) };
    let library = whole.library.kinds.iter();
    let library = library.map(|kind| Shelf { name: kind.name.clone(), questions: kind.questions.clone() });
    let all = std::iter::once(plan).chain(library).map(|mut shelf| {
        shelf.questions.retain(fresh);
        shelf
    });
    all.filter(|shelf| !shelf.questions.is_empty()).collect()
}

/// Text as it was typed, line by line.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
