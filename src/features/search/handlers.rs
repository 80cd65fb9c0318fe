//! Reads the request, calls one service function, picks the page.
use super::{
    model::{Part, Sought},
    pages::SearchPage,
    service::{self, Found},
};
use crate::access::Viewer;
use crate::base::error::Result;
use crate::web::{form::Errors, page, state::App};
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;
use uuid::Uuid;

/// The longest that is searched for.
const LONGEST: usize = 100;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    /// Of which list the next page is asked for, and after which entry.
    #[serde(rename = "in")]
    part: String,
    after: String,
}

pub(super) async fn search(State(app): State<App>, by: Viewer, Query(asked): Query<Asked>) -> Result<Response> {
    let mut errors = Errors::default();
    let typed = errors.line("q", &asked.q, LONGEST);
    let further = Part::parse(&asked.part).zip(Uuid::try_parse(asked.after.trim()).ok());
    let found = match Sought::of(&typed) {
        Some(sought) if errors.is_empty() => service::search(&app, &by, &sought, further).await?,
        _ => Found::default(),
    };
    let shell = by.shell(&app);
    page::show_form(&SearchPage::of(shell, (&asked.q, &errors), &found, further.is_some()), &errors)
}
