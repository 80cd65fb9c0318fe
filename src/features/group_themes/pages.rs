//! What the template needs, ready to show.
use super::model::Theme;
use crate::access::GroupMember;
use crate::base::{ids::GroupThemeId, local_time::day_in, words};
use crate::features::groups::{OpenMember, readers};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use serde::Deserialize;
use time::OffsetDateTime;

/// A theme as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ThemeForm {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) question: String,
    pub(super) starts_on: String,
    pub(super) ends_on: String,
    /// The theme as it was when the form was drawn.
    pub(super) was: String,
    /// "remove".
    #[serde(rename = "do")]
    pub(super) act: String,
}

impl ThemeForm {
    fn of(theme: &Theme) -> Self {
        Self {
            id: theme.id.to_string(),
            title: theme.title.clone(),
            question: theme.question.clone(),
            starts_on: words::iso_day(theme.starts_on),
            ends_on: words::iso_day(theme.ends_on),
            was: theme.fingerprint(),
            act: String::new(),
        }
    }
}

/// What was typed, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) add: Option<ThemeForm>,
    pub(super) change: Option<(GroupThemeId, ThemeForm)>,
    /// The form was about a state that is no more.
    pub(super) stale: bool,
    pub(super) errors: Errors,
}

/// One theme on the page.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) question: String,
    pub(super) dates: String,
    pub(super) is_now: bool,
    pub(super) was_before_me: bool,
    /// In words, where somebody else was faster than the form in it.
    pub(super) stands: Option<String>,
    pub(super) form: ThemeForm,
    pub(super) open: bool,
}

#[derive(Template)]
#[template(path = "group_themes/themes.html")]
pub(super) struct ThemesPage {
    shell: Shell,
    errors: Errors,
    group_path: String,
    group_name: String,
    rows: Vec<Row>,
    add: ThemeForm,
    running: bool,
    readers: String,
}

impl ThemesPage {
    pub(super) fn of(
        shell: Shell,
        by: &GroupMember,
        (themes, members): (&[Theme], &[OpenMember]),
        typed: Typed,
        now: OffsetDateTime,
    ) -> Self {
        let today = day_in(&by.program().time_zone, now);
        let row = |theme: &Theme| {
            let typed_in = typed.change.as_ref().filter(|(id, _)| *id == theme.id);
            let dates = words::from_to(theme.starts_on, theme.ends_on);
            let stands = typed_in.filter(|_| typed.stale);
            // What somebody typed goes over what stands now only when both are shown.
            let form = match typed_in {
                None => ThemeForm::of(theme),
                Some((_, form)) if typed.stale => ThemeForm { was: theme.fingerprint(), ..form.clone() },
                Some((_, form)) => form.clone(),
            };
            Row {
                id: theme.id.to_string(),
                title: theme.title.clone(),
                question: theme.question.clone(),
                is_now: (theme.starts_on..=theme.ends_on).contains(&today),
                was_before_me: theme.was_before_me,
                stands: stands.map(|_| format!("“{}”, {dates}. {}", theme.title, theme.question)),
                dates,
                form,
                open: typed_in.is_some() && !theme.was_before_me,
            }
        };
        let id = || GroupThemeId::generate().to_string();
        Self {
            rows: themes.iter().map(row).collect(),
            shell: shell.with(&typed.errors),
            add: typed.add.unwrap_or_else(|| ThemeForm { id: id(), ..ThemeForm::default() }),
            errors: typed.errors,
            group_path: by.group().path(),
            group_name: by.group().name.clone(),
            running: by.program().state.is_running(),
            readers: readers(by, members, None),
        }
    }
}
