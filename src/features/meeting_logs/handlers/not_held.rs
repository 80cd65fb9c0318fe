//! Saying that a meeting did not take place.
use super::super::{
    pages::NotHeldPage,
    service::{self, LogView, Logged},
};
use super::not_now;
use crate::base::{error::Result, words};
use crate::features::meetings::{AtMeeting, MeetingState, NotHeldReason};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{extract::State, http::StatusCode, response::Response};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct NotHeldForm {
    reason: String,
    was: String,
}

pub(in super::super) async fn not_held_page(State(app): State<App>, at: AtMeeting) -> Result<Response> {
    let view = service::log_view(&app, &at.by, at.id).await?;
    if let Err(why) = view.loggable(at.by.participation_id(), app.clock.now()) {
        return not_now(&app, &at, &view.meeting, (StatusCode::OK, why));
    }
    let chosen = view.meeting.not_held_reason.map_or("", NotHeldReason::as_str);
    page::show(&page_of(&app, &at, &view, (chosen, view.fingerprint()), Errors::default()))
}

pub(in super::super) async fn save_not_held(
    State(app): State<App>,
    at: AtMeeting,
    Form(form): Form<NotHeldForm>,
) -> Result<Response> {
    let view = service::log_view(&app, &at.by, at.id).await?;
    let Some(reason) = NotHeldReason::parse(&form.reason) else {
        let mut errors = Errors::default();
        errors.add("reason", "Choose what came in between");
        let page = page_of(&app, &at, &view, ("", form.was), errors);
        return page::show_form(&page, &page.errors);
    };
    let was = Some(form.was.as_str()).filter(|was| !was.is_empty());
    match service::not_held(&app, &at.by, at.id, (reason, was)).await? {
        Logged::NotNow(why) => not_now(&app, &at, &view.meeting, (StatusCode::UNPROCESSABLE_ENTITY, why)),
        Logged::Stale => {
            let view = service::log_view(&app, &at.by, at.id).await?;
            let mut errors = Errors::default();
            let stands = view.stands();
            errors.add(
                "reason",
                format!("One of you logged this meeting meanwhile: {stands}. Say it again to put this instead"),
            );
            let page = page_of(&app, &at, &view, (reason.as_str(), view.fingerprint()), errors);
            page::show_form(&page, &page.errors)
        }
        _ => {
            Ok(flash::go_and_say(&format!("{}/meetings", at.by.group().path()), "Noted. Set a new date when it suits."))
        }
    }
}

fn page_of(app: &App, at: &AtMeeting, view: &LogView, (reason, was): (&str, String), errors: Errors) -> NotHeldPage {
    let meeting = &view.meeting;
    NotHeldPage {
        shell: at.by.shell(app).with(&errors),
        group_path: at.by.group().path(),
        group_name: at.by.group().name.clone(),
        path: at.path(),
        day: words::long_day(meeting.day()),
        may_have_moved: meeting.state == MeetingState::Scheduled,
        reasons: NotHeldReason::ALL.iter().map(|reason| (reason.as_str(), reason.label())).collect(),
        reason: reason.to_owned(),
        was,
        errors,
    }
}
