//! What the page of a return visit needs, ready to be shown.
use super::{
    card::ReturnCard,
    model::{How, Said},
    service::Whole,
};
use crate::access::GroupMember;
use crate::base::words;
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReturnForm {
    pub(super) how: String,
    pub(super) planned_on: String,
    pub(super) done_on: String,
}

#[derive(Template)]
#[template(path = "return_visits/return.html")]
pub(super) struct ReturnPage {
    shell: Shell,
    errors: Errors,
    trip_path: String,
    title: String,
    card: ReturnCard,
    /// Where it is planned as a trip of its own.
    plan: String,
    is_open: bool,
    typed: ReturnForm,
}

impl ReturnPage {
    pub(super) fn of(
        app: &App,
        by: &GroupMember,
        whole: &Whole,
        (typed, errors): (Option<ReturnForm>, Errors),
    ) -> Self {
        let group = by.group().path();
        Self {
            shell: by.shell(app).with(&errors),
            errors,
            trip_path: format!("{group}/trips/{}", whole.trip.id),
            title: whole.trip.title(),
            plan: format!("{group}/trips/new?kind=site_visit&returns={}", whole.trip.id),
            card: ReturnCard::of(&group, whole.said.as_ref(), whole.today),
            is_open: whole.is_open(),
            typed: typed.unwrap_or_else(|| as_said(whole.said.as_ref())),
        }
    }
}

fn as_said(said: Option<&Said>) -> ReturnForm {
    let Some(said) = said.filter(|said| said.trip.is_none()) else { return ReturnForm::default() };
    let day = |how: How| said.on_date.filter(|_| said.how == how).map(words::iso_day).unwrap_or_default();
    ReturnForm { how: said.how.as_str().to_owned(), planned_on: day(How::Planned), done_on: day(How::Done) }
}
