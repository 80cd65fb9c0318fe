//! Reads the request, calls one service function, picks the page.
use super::{
    pages::{PersonPage, ThroughPage, WritePage},
    service::{self, Saved, Shared},
};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{FeedbackId, ParticipationId},
};
use crate::features::{
    feedback::{self, Format, OfFeedback, Standing, Typed, list_path, path},
    feedback_asks,
};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;

type Fields = Form<Vec<(String, String)>>;

/// Which button was pressed.
enum Do {
    /// Save, and show it as the receiver will see it.
    ReadThrough,
    KeepForLater,
    /// Ask in another way, and keep what was typed.
    Format(Format),
}

fn pressed(typed: &Typed) -> Do {
    match typed.get("do") {
        "keep" => Do::KeepForLater,
        other => other.strip_prefix("format:").and_then(Format::parse).map_or(Do::ReadThrough, Do::Format),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct To {
    to: String,
}

pub(super) async fn new(State(app): State<App>, member: GroupMember, Query(to): Query<To>) -> Result<Response> {
    let between = match ParticipationId::parse(&to.to) {
        Some(to) => service::between(&app, &member, to).await?,
        None => None,
    };
    let Some(between) = between else {
        return choose(&app, &member, Errors::default()).await;
    };
    let mut typed = Typed::default();
    typed.set("id", FeedbackId::generate().to_string());
    typed.set("to", between.receiver.to_string());
    let asked = feedback_asks::what_was_asked(&app, &member, between.receiver).await?;
    page::show(&WritePage::new(&app, &member, &between, &typed, Errors::default()).asked(asked))
}

/// To whom?
async fn choose(app: &App, member: &GroupMember, errors: Errors) -> Result<Response> {
    let others = service::others(app, member).await?;
    page::show_form(&PersonPage::new(app, member, &others, errors.clone()), &errors)
}

async fn not_to_them(app: &App, member: &GroupMember) -> Result<Response> {
    let mut errors = Errors::default();
    errors.add("to", "Choose somebody else in your group");
    choose(app, member, errors).await
}

pub(super) async fn create(State(app): State<App>, member: GroupMember, form: Fields) -> Result<Response> {
    let mut typed = Typed::of(form.0);
    let id = FeedbackId::parse(typed.get("id")).unwrap_or_else(FeedbackId::generate);
    let for_later = match pressed(&typed) {
        Do::Format(format) => {
            typed.set("format", format.as_str());
            let to = ParticipationId::parse(typed.get("to")).unwrap_or_else(|| member.participation_id());
            return match service::between(&app, &member, to).await? {
                Some(between) => page::show(&WritePage::new(&app, &member, &between, &typed, Errors::default())),
                None => not_to_them(&app, &member).await,
            };
        }
        Do::KeepForLater => true,
        Do::ReadThrough => false,
    };
    match service::create(&app, &member, id, &typed, for_later).await? {
        Saved::Refused(errors, between) => {
            page::show_form(&WritePage::new(&app, &member, &between, &typed, errors.clone()), &errors)
        }
        Saved::NotToThem => not_to_them(&app, &member).await,
        Saved::Done | Saved::Late => Ok(saved(&member, id, for_later)),
    }
}

fn saved(member: &GroupMember, id: FeedbackId, for_later: bool) -> Response {
    if for_later {
        flash::go_and_say(&list_path(member), "Kept. Only you can read it.")
    } else {
        page::go(&path(member, id))
    }
}

pub(super) async fn edit(State(app): State<App>, member: GroupMember, Path(of): Path<OfFeedback>) -> Result<Response> {
    let item = feedback::read(&app, &member, of.feedback_id).await?;
    if item.standing != Standing::Draft {
        return Ok(page::go(&path(&member, of.feedback_id)));
    }
    let Some(between) = service::between(&app, &member, item.feedback.receiver_id).await? else {
        return Ok(page::go(&path(&member, of.feedback_id)));
    };
    let typed = WritePage::typed_of(&item);
    page::show(&WritePage::new(&app, &member, &between, &typed, Errors::default()).changing(of.feedback_id))
}

pub(super) async fn change(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
    form: Fields,
) -> Result<Response> {
    let mut typed = Typed::of(form.0);
    let id = of.feedback_id;
    let for_later = match pressed(&typed) {
        Do::Format(format) => {
            typed.set("format", format.as_str());
            let item = feedback::read(&app, &member, id).await?;
            let between = service::between(&app, &member, item.feedback.receiver_id).await?;
            return match between.filter(|_| item.standing == Standing::Draft) {
                Some(between) => {
                    page::show(&WritePage::new(&app, &member, &between, &typed, Errors::default()).changing(id))
                }
                None => Ok(page::go(&path(&member, id))),
            };
        }
        Do::KeepForLater => true,
        Do::ReadThrough => false,
    };
    match service::change(&app, &member, id, &typed, for_later).await? {
        Saved::Refused(errors, between) => {
            page::show_form(&WritePage::new(&app, &member, &between, &typed, errors.clone()).changing(id), &errors)
        }
        Saved::NotToThem | Saved::Late => Ok(page::go(&path(&member, id))),
        Saved::Done => Ok(saved(&member, id, for_later)),
    }
}

/// The draft as its receiver will see it.
pub(super) async fn through(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
) -> Result<Response> {
    let item = feedback::read(&app, &member, of.feedback_id).await?;
    if item.standing != Standing::Draft {
        return Ok(page::go(&path(&member, of.feedback_id)));
    }
    page::show(&ThroughPage::new(&app, &member, &item, Errors::default()))
}

pub(super) async fn share(State(app): State<App>, member: GroupMember, Path(of): Path<OfFeedback>) -> Result<Response> {
    let to = path(&member, of.feedback_id);
    match service::share(&app, &member, of.feedback_id).await? {
        Shared::Done => Ok(flash::go_and_say(&to, "Shared.")),
        Shared::Late => Ok(page::go(&to)),
        Shared::Refused(errors) => {
            let item = feedback::read(&app, &member, of.feedback_id).await?;
            page::show_form(&ThroughPage::new(&app, &member, &item, errors.clone()), &errors)
        }
    }
}

pub(super) async fn take_back(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
) -> Result<Response> {
    let done = service::take_back(&app, &member, of.feedback_id).await?;
    let words = if done { "Taken back. It is a draft again." } else { "It can no longer be taken back." };
    Ok(flash::go_and_say(&path(&member, of.feedback_id), words))
}

pub(super) async fn discard(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
) -> Result<Response> {
    if service::discard(&app, &member, of.feedback_id).await? {
        Ok(flash::go_and_say(&list_path(&member), "The draft is gone."))
    } else {
        Ok(page::go(&path(&member, of.feedback_id)))
    }
}
