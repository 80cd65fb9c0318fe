//! The one who logs it: with whom, the form, correcting it, taking it back.
use super::super::{
    model::Way,
    pages::{ChoosePage, LogPage},
    service::{self, Saved},
};
use super::{Fields, said_path};
use crate::access::GroupMember;
use crate::base::{error::Result, ids::FeedbackId};
use crate::features::{
    drafts::typed_of,
    feedback::{Format, OfFeedback, Standing, Typed, list_path},
};
use crate::web::{flash, form::Errors, page, state::App};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;

/// With whom, and where it was said, as a link from another page names them.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct Start {
    to: String,
    from: String,
    occasion: String,
}

pub(in super::super) async fn new(
    State(app): State<App>,
    member: GroupMember,
    Query(start): Query<Start>,
) -> Result<Response> {
    let way = Way::parse(&start.to, &start.from);
    let between = match way {
        Some(way) => service::between(&app, &member, way).await?,
        None => None,
    };
    let (Some(way), Some(between)) = (way, between) else {
        return choose(&app, &member, &start.occasion, Errors::default()).await;
    };
    let mut typed = Typed::default();
    typed.set("id", FeedbackId::generate().to_string());
    typed.set("occasion", start.occasion);
    page::show(&LogPage::new((&app, &member), way, &between, (&typed, Errors::default())))
}

async fn choose(app: &App, member: &GroupMember, occasion: &str, errors: Errors) -> Result<Response> {
    let people = service::people(app, member).await?;
    page::show_form(&ChoosePage::new(app, member, (&people, occasion), errors.clone()), &errors)
}

async fn not_with_them(app: &App, member: &GroupMember, occasion: &str) -> Result<Response> {
    let mut errors = Errors::default();
    errors.add("with", "Choose somebody else in your group");
    choose(app, member, occasion, errors).await
}

/// Another format was chosen: the form again, with all that was typed.
fn other_format(typed: &mut Typed) -> bool {
    let format = typed.get("do").strip_prefix("format:").and_then(Format::parse);
    if let Some(format) = format {
        typed.set("format", format.as_str());
    }
    format.is_some()
}

pub(in super::super) async fn create(State(app): State<App>, member: GroupMember, form: Fields) -> Result<Response> {
    let mut typed = Typed::of(form.0);
    let Some(way) = Way::typed(&typed) else { return not_with_them(&app, &member, "").await };
    if other_format(&mut typed) {
        return match service::between(&app, &member, way).await? {
            Some(between) => page::show(&LogPage::new((&app, &member), way, &between, (&typed, Errors::default()))),
            None => not_with_them(&app, &member, typed.get("occasion")).await,
        };
    }
    let id = FeedbackId::parse(typed.get("id")).unwrap_or_else(FeedbackId::generate);
    match service::log(&app, &member, id, &typed).await? {
        Saved::Refused(errors, between) => {
            page::show_form(&LogPage::new((&app, &member), way, &between, (&typed, errors.clone())), &errors)
        }
        Saved::NotWithThem => not_with_them(&app, &member, typed.get("occasion")).await,
        Saved::Done | Saved::Late => {
            Ok(flash::go_and_say(&said_path(&member, id), "Logged. It counts once the other confirms the words."))
        }
    }
}

pub(in super::super) async fn correct(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
) -> Result<Response> {
    let said = service::read(&app, &member, of.feedback_id).await?;
    let item = said.map(|said| said.item).filter(|item| item.standing == Standing::Logged);
    let Some(item) = item else { return Ok(page::go(&said_path(&member, of.feedback_id))) };
    let way = Way::of(&item.feedback, member.participation_id());
    let Some(between) = service::between(&app, &member, way).await? else {
        return Ok(page::go(&said_path(&member, of.feedback_id)));
    };
    let typed = typed_of(&item);
    let form = (&typed, Errors::default());
    page::show(&LogPage::new((&app, &member), way, &between, form).correcting(of.feedback_id))
}

pub(in super::super) async fn change(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
    form: Fields,
) -> Result<Response> {
    let (id, to) = (of.feedback_id, said_path(&member, of.feedback_id));
    let mut typed = Typed::of(form.0);
    let Some(said) = service::read(&app, &member, id).await? else { return Ok(page::go(&to)) };
    let way = Way::of(&said.item.feedback, member.participation_id());
    let show = |between: &_, typed: &Typed, errors: Errors| {
        let page = LogPage::new((&app, &member), way, between, (typed, errors.clone())).correcting(id);
        page::show_form(&page, &errors)
    };
    if other_format(&mut typed) {
        return match service::between(&app, &member, way).await? {
            Some(between) => show(&between, &typed, Errors::default()),
            None => Ok(page::go(&to)),
        };
    }
    match service::correct(&app, &member, id, &typed).await? {
        Saved::Refused(errors, between) => show(&between, &typed, errors),
        Saved::Done => Ok(flash::go_and_say(&to, "Corrected. These are now the words to confirm.")),
        Saved::Late => Ok(flash::go_and_say(&to, "It can no longer be corrected.")),
        Saved::NotWithThem => Ok(page::go(&to)),
    }
}

pub(in super::super) async fn take_back(
    State(app): State<App>,
    member: GroupMember,
    Path(of): Path<OfFeedback>,
) -> Result<Response> {
    if service::take_back(&app, &member, of.feedback_id).await? {
        Ok(flash::go_and_say(&list_path(&member), "Taken back. Nothing of it is kept."))
    } else {
        Ok(flash::go_and_say(&said_path(&member, of.feedback_id), "It can no longer be taken back."))
    }
}
