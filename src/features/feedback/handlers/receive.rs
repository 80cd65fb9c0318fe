//! The receiver's side.
use super::super::{
    model::Typed,
    pages::received::{OpenPage, ReadPage},
    service::{self, Answered, Opened},
};
use super::{OfFeedback, list_path, path};
use crate::access::GroupMember;
use crate::base::error::Result;
use crate::web::{flash, form::Form, page, state::App};
use axum::{
    extract::{Path, State},
    response::Response,
};

type Fields = Form<Vec<(String, String)>>;

pub(in super::super) async fn open(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
    form: Fields,
) -> Result<Response> {
    let typed = Typed::of(form.0);
    let for_later = typed.get("do") == "keep";
    let opened = if for_later {
        service::keep_views(&app, &member, of.feedback_id, &typed).await?
    } else {
        service::open(&app, &member, of.feedback_id, &typed).await?
    };
    match opened {
        Opened::Done if for_later => {
            Ok(flash::go_and_say(&list_path(&member), "Kept. Only you can read your own view."))
        }
        Opened::Done => Ok(page::go(&path(&member, of.feedback_id))),
        Opened::Refused(errors, item) => {
            page::show_form(&OpenPage::new(&app, &member, &item, Some(&typed), errors.clone()), &errors)
        }
    }
}

pub(in super::super) async fn answer(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
    form: Fields,
) -> Result<Response> {
    let typed = Typed::of(form.0);
    let to = path(&member, of.feedback_id);
    match service::answer(&app, &member, of.feedback_id, &typed).await? {
        Answered::Done => Ok(flash::go_and_say(&to, "Your answer is with them.")),
        Answered::Before => Ok(flash::go_and_say(&to, "You answered before, and that answer stands.")),
        Answered::NotOpened => Ok(page::go(&to)),
        Answered::Refused(errors, item) => {
            page::show_form(&ReadPage::new(&app, &member, &item, Some(&typed), errors.clone()), &errors)
        }
    }
}
