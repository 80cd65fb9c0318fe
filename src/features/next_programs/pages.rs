//! What the page of starting the next program needs, ready to be shown.
use super::{
    model::proposed,
    service::{Whole, may_start},
};
use crate::access::ProgramCoordinator;
use crate::base::{ids::ProgramId, local_time::day_in, words};
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;
use serde::Deserialize;

/// The next program, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct NextForm {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) starts_on: String,
    pub(super) ends_on: String,
}

/// The one that was started.
struct There {
    name: String,
    /// Empty for who does not coordinate it.
    href: String,
    by: String,
}

#[derive(Template)]
#[template(path = "next_programs/next.html")]
pub(super) struct NextPage {
    shell: Shell,
    errors: Errors,
    path: String,
    program: String,
    there: Option<There>,
    may_start: bool,
    may_create: bool,
    typed: NextForm,
    /// "Five lessons"; empty without any.
    lessons: String,
    contacts: String,
    themes: usize,
}

impl NextPage {
    pub(super) fn of(
        app: &App,
        by: &ProgramCoordinator,
        whole: &Whole,
        (typed, errors): (Option<NextForm>, Errors),
    ) -> Self {
        let (program, settings) = (by.program(), &whole.stored.settings);
        let (first, last) = proposed(&settings.when, day_in(&program.time_zone, app.clock.now()));
        let contacts = [Some(&settings.contacts.first), settings.contacts.second.as_ref()];
        let contacts: Vec<String> = contacts.into_iter().flatten().map(|who| who.name.clone()).collect();
        Self {
            shell: by.shell(app).with(&errors),
            errors,
            path: program.path(),
            program: program.name.clone(),
            there: whole.started.as_ref().map(|next| There {
                name: next.name.clone(),
                href: if next.is_mine { format!("/programs/{}", next.id) } else { String::new() },
                by: format!("{}, {}", next.by_name, words::day(day_in(&program.time_zone, next.at))),
            }),
            may_start: may_start(program.state),
            may_create: by.viewer().may_create_programs(),
            typed: typed.unwrap_or_else(|| NextForm {
                id: ProgramId::generate().to_string(),
                name: String::new(),
                starts_on: words::iso_day(first),
                ends_on: words::iso_day(last),
            }),
            lessons: match whole.lessons {
                0 => String::new(),
                n => words::capital(&words::count(n, "lesson", "lessons")),
            },
            contacts: words::list(&contacts),
            themes: settings.themes.len(),
        }
    }
}
