//! What the page of earlier lessons needs, ready to be shown.
use super::{
    model::Hindsight,
    queries::{Lesson, Standing},
    service::{Whole, takes_lessons},
};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{ids::EarlierLessonId, local_time::day_in, words};
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;
use serde::Deserialize;

/// A lesson, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LessonForm {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) words: String,
    pub(super) origin: String,
}

/// An answer, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct AnswerForm {
    pub(super) taken_up: String,
    pub(super) answer: String,
    pub(super) seen: String,
}

/// What was typed and is shown again.
#[derive(Debug)]
pub(super) enum Typed {
    Nothing,
    Lesson(LessonForm),
    Answer(EarlierLessonId, AnswerForm),
}

struct Row {
    id: String,
    kind: &'static str,
    words: String,
    origin: String,
    may_remove: bool,
    /// "Taken up"; empty without an answer.
    state: &'static str,
    answer: String,
    by: String,
    /// Its form is open.
    open: bool,
    form: AnswerForm,
}

#[derive(Template)]
#[template(path = "earlier_lessons/lessons.html")]
pub(super) struct LessonsPage {
    shell: Shell,
    errors: Errors,
    path: String,
    program: String,
    title: String,
    lede: String,
    /// Where the program before is, for who coordinates it.
    earlier_path: String,
    may_add: bool,
    may_answer: bool,
    kinds: Vec<(&'static str, &'static str)>,
    typed: LessonForm,
    rows: Vec<Row>,
    /// Every lesson has its answer, and there are some.
    all_answered: bool,
}

impl LessonsPage {
    pub(super) fn of(app: &App, by: &ProgramCoordinator, whole: &Whole, (typed, errors): (Typed, Errors)) -> Self {
        let program = by.program();
        let (typed, mut answering) = match typed {
            Typed::Nothing => (LessonForm::default(), None),
            Typed::Lesson(form) => (form, None),
            Typed::Answer(id, form) => (LessonForm::default(), Some((id, form))),
        };
        let ended = matches!(program.state, ProgramState::Archived | ProgramState::Cancelled);
        let may_add = takes_lessons(program.state);
        let row = |lesson: &Lesson| {
            let typed = answering.take_if(|(id, _)| *id == lesson.id).map(|(_, form)| form);
            row(lesson, (program.time_zone.as_str(), may_add), typed)
        };
        let rows: Vec<Row> = whole.lessons.iter().map(row).collect();
        let unanswered = whole.lessons.iter().filter(|lesson| lesson.answered_at.is_none()).count();
        Self {
            shell: by.shell(app).with(&errors),
            errors,
            path: program.path(),
            program: program.name.clone(),
            title: whole
                .earlier
                .as_ref()
                .map_or_else(|| "Lessons of last time".to_owned(), |earlier| format!("Lessons of {}", earlier.name)),
            lede: lede(rows.len(), unanswered, may_add),
            earlier_path: whole
                .earlier
                .as_ref()
                .filter(|_| whole.opens_earlier)
                .map_or_else(String::new, |earlier| format!("/programs/{}", earlier.id)),
            may_add,
            may_answer: !ended,
            kinds: Hindsight::ALL.iter().map(|kind| (kind.as_str(), kind.label())).collect(),
            typed: LessonForm { id: EarlierLessonId::generate().to_string(), ..typed },
            all_answered: unanswered == 0 && !rows.is_empty(),
            rows,
        }
    }
}

fn lede(all: usize, unanswered: usize, before_launch: bool) -> String {
    match (all, unanswered) {
        (0, _) if before_launch => {
            "Did you run such a program before? Write down what you learned, and what you do about it this time."
                .to_owned()
        }
        (0, _) => "This program began without any.".to_owned(),
        (_, 0) => "Each has its answer.".to_owned(),
        (all, open) => {
            let then = if before_launch { " The groups begin once each has an answer." } else { "" };
            format!(
                "{} of {} {} an answer: what do you do about it this time?{then}",
                words::capital(&words::number(open)),
                words::number(all),
                if open == 1 { "waits for" } else { "wait for" }
            )
        }
    }
}

fn row(lesson: &Lesson, (zone, may_add): (&str, bool), typed: Option<AnswerForm>) -> Row {
    let said = match lesson.taken_up {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    let by = lesson.by_name.as_ref().zip(lesson.answered_at);
    Row {
        id: lesson.id.to_string(),
        kind: lesson.kind.label(),
        words: lesson.words.clone(),
        origin: lesson.origin.clone(),
        may_remove: may_add && !lesson.came_along,
        state: match lesson.taken_up {
            Some(true) => "Taken up",
            Some(false) => "Not this time",
            None => "",
        },
        answer: lesson.answer.clone(),
        by: by.map_or_else(String::new, |(name, at)| format!("{name}, {}", words::day(day_in(zone, at)))),
        open: typed.is_some(),
        // What was typed keeps what its page had seen, until somebody is told of another's answer.
        form: typed.unwrap_or_else(|| AnswerForm {
            taken_up: said.to_owned(),
            answer: lesson.answer.clone(),
            seen: lesson.seen(),
        }),
    }
}

/// What the coordinators' page says of it before the groups begin.
#[derive(Debug, Clone)]
pub(crate) struct Card {
    pub(crate) heading: String,
    pub(crate) words: String,
    /// Some have no answer.
    pub(crate) open: bool,
}

impl Card {
    /// `None` where there are no lessons.
    pub(crate) fn of(standing: &Standing) -> Option<Self> {
        let [all, open] = [standing.all, standing.unanswered].map(|n| usize::try_from(n).unwrap_or_default());
        let heading = standing
            .from
            .as_ref()
            .map_or_else(|| "Lessons of last time".to_owned(), |from| format!("Lessons of {from}"));
        let words = match open {
            0 => "Each has its answer".to_owned(),
            1 => format!("One of {} waits for an answer", words::number(all)),
            n => format!("{} of {} wait for an answer", words::capital(&words::number(n)), words::number(all)),
        };
        (all > 0).then_some(Self { heading, words, open: open > 0 })
    }
}
