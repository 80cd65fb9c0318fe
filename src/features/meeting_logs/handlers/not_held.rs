//! Saying that a meeting did not take place.
use super::super::{
    pages::NotHeldPage,
    service::{self, Logged},
};
use super::not_now;
use crate::base::{error::Result, words};
use crate::features::meetings::{AtMeeting, Meeting, MeetingState, NotHeldReason};
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
}

pub(in super::super) async fn not_held_page(State(app): State<App>, at: AtMeeting) -> Result<Response> {
    let view = service::log_view(&app, &at.by, at.id).await?;
    if let Err(why) = view.loggable(at.by.participation_id(), app.clock.now()) {
        return not_now(&app, &at, &view.meeting, (StatusCode::OK, why));
    }
    let meeting = view.meeting;
    let chosen = meeting.not_held_reason.map_or("", NotHeldReason::as_str);
    page::show(&page_of(&app, &at, &meeting, chosen, Errors::default()))
}

pub(in super::super) async fn save_not_held(
    State(app): State<App>,
    at: AtMeeting,
    Form(form): Form<NotHeldForm>,
) -> Result<Response> {
    let meeting = service::log_view(&app, &at.by, at.id).await?.meeting;
    let Some(reason) = NotHeldReason::parse(&form.reason) else {
        let mut errors = Errors::default();
        errors.add("reason", "Choose what came in between");
        let page = page_of(&app, &at, &meeting, "", errors);
        return page::show_form(&page, &page.errors);
    };
    match service::not_held(&app, &at.by, at.id, reason).await? {
        Logged::NotNow(why) => not_now(&app, &at, &meeting, (StatusCode::UNPROCESSABLE_ENTITY, why)),
        _ => {
            Ok(flash::go_and_say(&format!("{}/meetings", at.by.group().path()), "Noted. Set a new date when it suits."))
        }
    }
}

fn page_of(app: &App, at: &AtMeeting, meeting: &Meeting, reason: &str, errors: Errors) -> NotHeldPage {
    NotHeldPage {
        shell: at.by.shell(app).with(&errors),
        group_path: at.by.group().path(),
        group_name: at.by.group().name.clone(),
        path: at.path(),
        day: words::long_day(meeting.day()),
        may_have_moved: meeting.state == MeetingState::Scheduled,
        reasons: NotHeldReason::ALL.iter().map(|reason| (reason.as_str(), reason.label())).collect(),
        reason: reason.to_owned(),
        errors,
    }
}
