//! Reads the request, calls one service function, picks the page.
use super::{
    pages::{RevisionPage, around},
    service::{self, Answered, Revised},
};
use crate::access::GroupMember;
use crate::base::{error::Result, local_time, words};
use crate::features::{
    feedback::{OfFeedback, Typed, path},
    second_wordings::{SecondPage, first_words},
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

type Fields = Form<Vec<(String, String)>>;

pub(super) async fn write(State(app): State<App>, member: GroupMember, Path(of): Path<OfFeedback>) -> Result<Response> {
    let Some((item, between)) = service::to_revise(&app, &member, of.feedback_id).await? else {
        return Ok(page::go(&path(&member, of.feedback_id)));
    };
    let typed = (&first_words(&item), Errors::default());
    page::show(&SecondPage::new((&app, &member), &item, &between, typed, around(&item)))
}

pub(super) async fn revise(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
    form: Fields,
) -> Result<Response> {
    let to = path(&member, of.feedback_id);
    match service::revise(&app, &member, of.feedback_id, form.0).await? {
        Revised::Done => Ok(flash::go_and_say(&format!("{to}/revision"), "Revised. Your first words stay beside it.")),
        Revised::Late => Ok(page::go(&to)),
        Revised::Refused(errors, on, typed) => {
            let (item, between) = *on;
            let page = SecondPage::new((&app, &member), &item, &between, (&typed, errors.clone()), around(&item));
            page::show_form(&page, &errors)
        }
        Revised::Before(on, typed) => {
            let (item, between) = *on;
            let mut errors = Errors::default();
            let zone = member.viewer().time_zone();
            let day = item.feedback.reworded_at.map(|at| words::day(local_time::day_in(zone, at)));
            errors.add(
                "elements",
                format!(
                    "You revised this on {}, and it can be revised only once. What you wrote here is not shared",
                    day.unwrap_or_default()
                ),
            );
            let page = SecondPage::new((&app, &member), &item, &between, (&typed, errors), around(&item));
            page::show_with(StatusCode::CONFLICT, &page)
        }
    }
}

pub(super) async fn show(State(app): State<App>, member: GroupMember, Path(of): Path<OfFeedback>) -> Result<Response> {
    match service::both(&app, &member, of.feedback_id).await? {
        Some((item, second)) => {
            page::show(&RevisionPage::new((&app, &member), (&item, &second), None, Errors::default())?)
        }
        None => Ok(page::go(&path(&member, of.feedback_id))),
    }
}

pub(super) async fn answer(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
    form: Fields,
) -> Result<Response> {
    let to = format!("{}/revision", path(&member, of.feedback_id));
    let typed = Typed::of(form.0);
    match service::answer(&app, &member, of.feedback_id, &typed).await? {
        Answered::Done => Ok(flash::go_and_say(&to, "Your answer is with them.")),
        Answered::Late => Ok(flash::go_and_say(&to, "You answered before, and that answer stands.")),
        Answered::Refused(errors, on) => {
            let (item, second) = *on;
            let page = RevisionPage::new((&app, &member), (&item, &second), Some(&typed), errors.clone())?;
            page::show_form(&page, &errors)
        }
    }
}
