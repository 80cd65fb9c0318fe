//! What the other says to it, and what its logger makes of that.
use super::super::{
    model,
    pages::{SaidPage, around},
    service::{self, Disputed, Said, Settled},
};
use super::{Fields, said_path};
use crate::access::GroupMember;
use crate::base::error::Result;
use crate::features::{
    feedback::{OfFeedback, path},
    second_wordings::{SecondPage, first_words},
    showing,
};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;

pub(in super::super) async fn show(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
) -> Result<Response> {
    match service::read(&app, &member, of.feedback_id).await? {
        Some(said) => {
            let page = SaidPage::new(&app, &member, &said)?;
            match &said.item.around {
                Some(around) => page::show(&page.with(showing::part_of_item(&app, &member, around).await?)),
                None => page::show(&page),
            }
        }
        None => Ok(page::go(&path(&member, of.feedback_id))),
    }
}

/// Which words the page showed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct Shown {
    version: String,
}

pub(in super::super) async fn confirm(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
    Form(shown): Form<Shown>,
) -> Result<Response> {
    match service::confirm(&app, &member, of.feedback_id, &shown.version).await? {
        Settled::Done => {
            Ok(flash::go_and_say(&path(&member, of.feedback_id), "Confirmed. It stands as both of you know it."))
        }
        Settled::Late => Ok(page::go(&said_path(&member, of.feedback_id))),
        Settled::Changed(item) => {
            let page = SaidPage::new(&app, &member, &Said { item: *item, second: None })?.changed_meanwhile();
            page::show_with(StatusCode::CONFLICT, &page)
        }
    }
}

pub(in super::super) async fn different(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
) -> Result<Response> {
    let Some((item, between)) = service::to_dispute(&app, &member, of.feedback_id).await? else {
        return Ok(page::go(&said_path(&member, of.feedback_id)));
    };
    let typed = (&first_words(&item), Errors::default());
    let around = around(&between, model::version(&item.feedback));
    page::show(&SecondPage::new((&app, &member), &item, &between, typed, around))
}

pub(in super::super) async fn dispute(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
    form: Fields,
) -> Result<Response> {
    let to = said_path(&member, of.feedback_id);
    match service::dispute(&app, &member, of.feedback_id, form.0).await? {
        Disputed::Done => Ok(flash::go_and_say(&to, "Kept. Both of you read both, and it counts nowhere.")),
        Disputed::Late => Ok(page::go(&to)),
        Disputed::Refused(errors, on, typed) => {
            let (item, between) = *on;
            let around = around(&between, model::version(&item.feedback));
            let page = SecondPage::new((&app, &member), &item, &between, (&typed, errors.clone()), around);
            page::show_form(&page, &errors)
        }
        Disputed::Changed(on, typed) => {
            let (item, between) = *on;
            let mut around = around(&between, model::version(&item.feedback));
            around.changed_meanwhile = true;
            let page = SecondPage::new((&app, &member), &item, &between, (&typed, Errors::default()), around);
            page::show_with(StatusCode::CONFLICT, &page)
        }
    }
}

pub(in super::super) async fn accept(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
) -> Result<Response> {
    if service::accept(&app, &member, of.feedback_id).await? {
        Ok(flash::go_and_say(&path(&member, of.feedback_id), "Settled. These are the words now."))
    } else {
        Ok(page::go(&said_path(&member, of.feedback_id)))
    }
}
