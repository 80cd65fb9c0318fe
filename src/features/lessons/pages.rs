//! What the pages of lessons need, ready to be shown.
use super::{
    model::{may_publish, may_write},
    service::{Learned, Lesson, LookBack, Program, Whole, has_next},
};
use crate::access::ProgramCoordinator;
use crate::base::{
    ids::{LessonId, RetrospectiveLineId},
    words,
};
use crate::features::{decisions::how_many, earlier_lessons::Hindsight, retrospectives::SharedLine};
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;
use serde::Deserialize;

/// A lesson, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct LessonForm {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) words: String,
    /// The line it is made of.
    pub(super) line: String,
    /// What the page showed of the lesson that is changed.
    pub(super) seen: String,
}

/// What was typed and is shown again.
#[derive(Debug)]
pub(super) enum Typed {
    New(LessonForm),
    Change(LessonId, LessonForm),
}

impl Typed {
    pub(super) fn line(&self) -> Option<RetrospectiveLineId> {
        match self {
            Self::New(form) => RetrospectiveLineId::parse(&form.line),
            Self::Change(..) => None,
        }
    }
}

struct Row {
    id: String,
    kind: &'static str,
    words: String,
    is_published: bool,
    /// "“Two fixed slots.” Reading Room".
    source: String,
    open: bool,
    form: LessonForm,
}

struct LineRow {
    id: String,
    kind: &'static str,
    words: String,
    group: String,
}

impl LineRow {
    fn of(line: &SharedLine) -> Self {
        Self {
            id: line.id.to_string(),
            kind: line.kind.label(),
            words: line.words.clone(),
            group: line.group_name.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "lessons/lessons.html")]
pub(super) struct LessonsPage {
    shell: Shell,
    errors: Errors,
    path: String,
    program: String,
    standfirst: String,
    decided: String,
    all_decided: bool,
    may_write: bool,
    may_publish: bool,
    has_next: bool,
    /// The address that anyone may read; empty while nothing is published.
    public: String,
    kinds: Vec<(&'static str, &'static str)>,
    rows: Vec<Row>,
    typed: LessonForm,
    line: Option<LineRow>,
    shared: Vec<LineRow>,
    next: String,
}

impl LessonsPage {
    pub(super) fn of(app: &App, by: &ProgramCoordinator, whole: &Whole, (typed, errors): (Typed, Errors)) -> Self {
        let program = by.program();
        let (mut typed, mut changing) = match typed {
            Typed::New(form) => (form, None),
            Typed::Change(id, form) => (LessonForm::default(), Some((id, form))),
        };
        let mut row = |lesson: &Lesson| row(lesson, changing.take_if(|(id, _)| *id == lesson.id).map(|(_, form)| form));
        let rows: Vec<Row> = whole.lessons.iter().map(&mut row).collect();
        // What was typed about a lesson that is gone is not lost.
        if let Some((_, form)) = changing {
            typed = LessonForm { line: String::new(), ..form };
        }
        let is_public = rows.iter().any(|row| row.is_published);
        Self {
            shell: by.shell(app).with(&errors),
            errors,
            path: program.path(),
            program: program.name.clone(),
            standfirst: standfirst(whole.look_back),
            decided: how_many(whole.look_back.decided),
            all_decided: whole.look_back.decided == 5,
            may_write: may_write(program.state),
            may_publish: may_publish(program.state),
            has_next: has_next(program.state),
            public: if is_public { format!("{}/p/{}/lessons", app.base_url, program.id) } else { String::new() },
            kinds: Hindsight::ALL.iter().map(|kind| (kind.as_str(), kind.label())).collect(),
            rows,
            // A line that is not shared any more is not sent along.
            typed: LessonForm {
                id: LessonId::generate().to_string(),
                line: if whole.line.is_some() { typed.line } else { String::new() },
                ..typed
            },
            line: whole.line.as_ref().map(LineRow::of),
            shared: whole.shared.iter().map(LineRow::of).collect(),
            next: whole.next.map(|id| id.to_string()).unwrap_or_default(),
        }
    }
}

fn row(lesson: &Lesson, typed: Option<LessonForm>) -> Row {
    Row {
        id: lesson.id.to_string(),
        kind: lesson.kind.label(),
        words: lesson.words.clone(),
        is_published: lesson.published_at.is_some(),
        source: match (&lesson.source, &lesson.source_group, lesson.has_source) {
            (Some(line), Some(group), _) => format!("From {group}: “{line}”"),
            (.., true) => "The line it came from was taken back.".to_owned(),
            _ => String::new(),
        },
        open: typed.is_some(),
        form: typed.unwrap_or_else(|| LessonForm {
            kind: lesson.kind.as_str().to_owned(),
            words: lesson.words.clone(),
            seen: lesson.seen(),
            ..LessonForm::default()
        }),
    }
}

/// "Two of three groups have looked back."
fn standfirst(of: LookBack) -> String {
    let n = words::number(of.looked_back);
    match (of.looked_back, of.groups) {
        (_, 0) => "No group has been formed.".to_owned(),
        (0, _) => "No group has looked back yet.".to_owned(),
        (1, 1) => "The group has looked back.".to_owned(),
        (some, all) if some == all => format!("All {n} groups have looked back."),
        (some, all) => format!(
            "{} of {} groups {} looked back.",
            words::capital(&n),
            words::number(all),
            if some == 1 { "has" } else { "have" }
        ),
    }
}

/// Lessons of one kind.
struct Kind {
    word: &'static str,
    label: &'static str,
    lessons: Vec<String>,
}

#[derive(Template)]
#[template(path = "lessons/public.html")]
pub(super) struct PublicPage {
    shell: Shell,
    program: String,
    kinds: Vec<Kind>,
}

impl PublicPage {
    pub(super) fn of(mut shell: Shell, program: Program, lessons: &[Learned]) -> Self {
        shell.institution = Some(program.institution);
        let kind = |kind: &Hindsight| Kind {
            word: kind.as_str(),
            label: kind.label(),
            lessons: lessons.iter().filter(|one| one.kind == *kind).map(|one| one.words.clone()).collect(),
        };
        Self {
            shell,
            program: program.name,
            kinds: Hindsight::ALL.iter().map(kind).filter(|kind| !kind.lessons.is_empty()).collect(),
        }
    }
}

/// What the coordinators' page says of it.
#[derive(Debug, Clone)]
pub(crate) struct Card {
    pub(crate) looked_back: String,
    pub(crate) decided: String,
    pub(crate) all_decided: bool,
    pub(crate) lessons: String,
}

impl Card {
    pub(crate) fn of(back: LookBack) -> Self {
        Self {
            looked_back: standfirst(back),
            decided: how_many(back.decided),
            all_decided: back.decided == 5,
            lessons: match back.lessons {
                0 => "No lesson is written down yet.".to_owned(),
                n => format!("{}.", words::capital(&words::count(n, "lesson", "lessons"))),
            },
        }
    }
}
