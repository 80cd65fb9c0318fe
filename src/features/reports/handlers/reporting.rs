//! A reader reports an item, and reads what became of it.
use super::super::{
    pages::reporting::{FiledPage, ReportPage},
    service::{self, Filing, Found},
};
use super::OfFeedback;
use crate::access::GroupMember;
use crate::base::{error::Result, ids::FeedbackId};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

/// The form as it was sent.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct ReportForm {
    line: String,
}

fn item_path(by: &GroupMember, id: FeedbackId) -> String {
    format!("{}/feedback/{id}", by.group().path())
}

pub(in super::super) async fn form(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfFeedback>,
) -> Result<Response> {
    show(&app, &by, of.feedback_id, "", Errors::default()).await
}

async fn show(app: &App, by: &GroupMember, id: FeedbackId, line: &str, errors: Errors) -> Result<Response> {
    match service::find(app, by, id).await? {
        Found::Reported(own, around, case) => {
            page::show(&FiledPage::of(by.shell(app), by, own, &around).read_by(case.as_ref()))
        }
        Found::CanReport(around, case) => {
            let page = ReportPage::of((by.shell(app), errors.clone()), by, &around, case.as_ref()).with(line);
            page::show_form(&page, &errors)
        }
        Found::Not => Ok(page::go(&item_path(by, id))),
    }
}

pub(in super::super) async fn file(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfFeedback>,
    Form(form): Form<ReportForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let line = errors.paragraphs("line", &form.line, 500);
    if !errors.is_empty() {
        return show(&app, &by, of.feedback_id, &form.line, errors).await;
    }
    let item = item_path(&by, of.feedback_id);
    Ok(match service::file(&app, &by, of.feedback_id, &line).await? {
        Filing::Done => flash::go_and_say(&format!("{item}/report"), "Reported."),
        Filing::Before => {
            flash::go_and_say(&format!("{item}/report"), "You have reported this already. Once is enough.")
        }
        Filing::Late => page::go(&item),
    })
}

pub(in super::super) async fn withdraw(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfFeedback>,
) -> Result<Response> {
    let id = of.feedback_id;
    if service::withdraw(&app, &by, id).await? {
        return Ok(flash::go_and_say(&format!("{}/feedback", by.group().path()), "Withdrawn."));
    }
    // Decided meanwhile, or never reported: the page knows which.
    match service::find(&app, &by, id).await? {
        Found::Reported(..) => {
            let to = format!("{}/report", item_path(&by, id));
            Ok(flash::go_and_say(&to, "It was decided before you withdrew your report."))
        }
        Found::CanReport(..) | Found::Not => Ok(page::go(&item_path(&by, id))),
    }
}
