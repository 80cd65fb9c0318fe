//! Reads the request, calls one service function, picks the page.
use super::{
    pages::{PersonPage, ThroughPage, WritePage},
    service::{self, Saved, Shared},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{FeedbackId, ParticipationId},
    local_time, words,
};
use crate::features::{
    feedback::{Format, OfFeedback, Typed, list_path, path},
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
    http::header,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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
    /// Where it was seen, for who comes from there.
    occasion: String,
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
    typed.set("window", Uuid::new_v4().to_string());
    typed.set("occasion", to.occasion);
    let asked = feedback_asks::what_was_asked(&app, &member, between.receiver).await?;
    let begun = service::begun_to(&app, &member, between.receiver).await?;
    page::show(&WritePage::new(&app, &member, &between, &typed, Errors::default()).asked(asked).begun(&begun))
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
    let typed = Typed::of(form.0);
    let id = FeedbackId::parse(typed.get("id")).unwrap_or_else(FeedbackId::generate);
    send(&app, &member, id, typed).await
}

pub(super) async fn change(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
    form: Fields,
) -> Result<Response> {
    send(&app, &member, of.feedback_id, Typed::of(form.0)).await
}

const COPIED: &str =
    "Another window had this draft too, and changed it. What you wrote here is kept as a draft of its own.";

async fn send(app: &App, member: &GroupMember, id: FeedbackId, mut typed: Typed) -> Result<Response> {
    match pressed(&typed) {
        Do::Format(format) => {
            typed.set("format", format.as_str());
            let Some(kept) = service::keep(app, member, id, &typed).await? else {
                return not_to_them(app, member).await;
            };
            let to = edit_path(member, kept.id);
            Ok(if kept.is_copy { flash::go_and_say(&to, COPIED) } else { page::go(&to) })
        }
        Do::KeepForLater => match service::keep(app, member, id, &typed).await? {
            Some(kept) => {
                let words = if kept.is_copy { COPIED } else { "Kept. Only you can read it." };
                Ok(flash::go_and_say(&list_path(member), words))
            }
            None => not_to_them(app, member).await,
        },
        Do::ReadThrough => match service::save(app, member, id, &typed).await? {
            Saved::Done => Ok(page::go(&draft_path(member, id))),
            Saved::Copied(copy) => Ok(flash::go_and_say(&edit_path(member, copy), COPIED)),
            Saved::NotToThem => not_to_them(app, member).await,
            Saved::Refused(errors, between) => {
                let page = WritePage::new(app, member, &between, &typed, errors.clone()).changing(id);
                page::show_form(&page, &errors)
            }
        },
    }
}

fn draft_path(member: &GroupMember, id: FeedbackId) -> String {
    format!("{}/draft", path(member, id))
}

fn edit_path(member: &GroupMember, id: FeedbackId) -> String {
    format!("{}/edit", path(member, id))
}

/// What the page that keeps a draft by itself hears.
#[derive(Serialize)]
struct KeptItself {
    /// Where the draft is now.
    id: FeedbackId,
    path: String,
    is_copy: bool,
    /// "14:03", where its writer lives.
    at: String,
}

/// The page keeps what is typed, by itself.
pub(super) async fn keep(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
    form: Fields,
) -> Result<Response> {
    let typed = Typed::of(form.0);
    let kept = service::keep(&app, &member, of.feedback_id, &typed).await?.ok_or(AppError::NotFound)?;
    let said = KeptItself {
        id: kept.id,
        path: path(&member, kept.id),
        is_copy: kept.is_copy,
        at: words::clock_time(local_time::to_local(member.viewer().time_zone(), kept.at).time()),
    };
    let body = serde_json::to_string(&said).map_err(AppError::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

pub(super) async fn edit(State(app): State<App>, member: GroupMember, Path(of): Path<OfFeedback>) -> Result<Response> {
    let id = of.feedback_id;
    let Some(begun) = service::begun(&app, &member, id).await? else { return Ok(page::go(&path(&member, id))) };
    match service::between(&app, &member, begun.item.feedback.receiver_id).await? {
        Some(between) => {
            page::show(&WritePage::new(&app, &member, &between, &begun.typed, Errors::default()).changing(id))
        }
        // Nobody would read it: all that can be done is to read it oneself, or throw it away.
        None => page::show(&ThroughPage::new(&app, &member, &begun, Errors::default())),
    }
}

/// The draft as its receiver will see it.
pub(super) async fn through(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
) -> Result<Response> {
    match service::begun(&app, &member, of.feedback_id).await? {
        None => Ok(page::go(&path(&member, of.feedback_id))),
        Some(begun) if begun.is_open => Ok(page::go(&edit_path(&member, of.feedback_id))),
        Some(begun) => page::show(&ThroughPage::new(&app, &member, &begun, Errors::default())),
    }
}

pub(super) async fn share(State(app): State<App>, member: GroupMember, Path(of): Path<OfFeedback>) -> Result<Response> {
    let to = path(&member, of.feedback_id);
    match service::share(&app, &member, of.feedback_id).await? {
        Shared::Done => Ok(flash::go_and_say(&to, "Shared.")),
        Shared::Late => Ok(page::go(&to)),
        Shared::ReadAgain => {
            let words = "You changed it in another window since. Read it through once more.";
            Ok(flash::go_and_say(&edit_path(&member, of.feedback_id), words))
        }
        Shared::Refused(errors) => {
            let Some(begun) = service::begun(&app, &member, of.feedback_id).await? else { return Ok(page::go(&to)) };
            page::show_form(&ThroughPage::new(&app, &member, &begun, errors.clone()), &errors)
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
    let to = if done { draft_path(&member, of.feedback_id) } else { path(&member, of.feedback_id) };
    Ok(flash::go_and_say(&to, words))
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
