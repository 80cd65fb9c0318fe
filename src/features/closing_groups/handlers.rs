//! Reads the request, calls one service function, picks the page.
use super::{
    pages::{ClosePage, SmallPage},
    service::{self, Closed, Kept},
};
use crate::access::ProgramCoordinator;
use crate::base::{error::Result, ids::GroupId, words};
use crate::features::groups::Closing;
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

#[derive(Deserialize)]
pub(super) struct OfGroup {
    group_id: GroupId,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct CloseForm {
    how: String,
}

fn groups_path(by: &ProgramCoordinator) -> String {
    format!("{}/groups", by.program().path())
}

pub(super) async fn small_page(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfGroup>,
) -> Result<Response> {
    let seen = service::seen(&app, &by, of.group_id).await?;
    page::show(&SmallPage::of(by.shell(&app), by.program(), &seen))
}

pub(super) async fn keep_small(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfGroup>,
) -> Result<Response> {
    let said = match service::keep_small(&app, &by, of.group_id).await? {
        Kept::Done => "It goes on small. You are told when it loses another member.",
        Kept::Before => "Nothing changed: this was decided before.",
        Kept::NotSmall => "Nothing changed: the group has enough members.",
        Kept::Empty => "Nothing changed: nobody is left in the group, and it can only be closed.",
        Kept::NotNow => "Nothing changed: the group is closed, or the program does not run.",
    };
    Ok(flash::go_and_say(&format!("{}/{}/small", groups_path(&by), of.group_id), said))
}

pub(super) async fn close_page(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfGroup>,
) -> Result<Response> {
    show_close(&app, &by, of.group_id, (String::new(), Errors::default())).await
}

async fn show_close(
    app: &App,
    by: &ProgramCoordinator,
    id: GroupId,
    (how, errors): (String, Errors),
) -> Result<Response> {
    let seen = service::seen(app, by, id).await?;
    let shown = ClosePage::of((by.shell(app), errors), by.program(), &seen, &how);
    page::show_form(&shown, &shown.errors)
}

pub(super) async fn close(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfGroup>,
    Form(form): Form<CloseForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let how = Closing::parse(&form.how).filter(|how| *how != Closing::Merged);
    let Some(how) = how else {
        errors.add("how", "Choose how the group ends");
        return show_close(&app, &by, of.group_id, (form.how, errors)).await;
    };
    let said = match service::close(&app, &by, of.group_id, how).await? {
        Closed::Done(0) => "The group is closed.".to_owned(),
        Closed::Done(1) => "The group is closed. One person is free to be placed again, and told by email.".to_owned(),
        Closed::Done(n) => format!(
            "The group is closed. {} are free to be placed again, and told by email.",
            words::capital(&words::count(n, "person", "people"))
        ),
        Closed::Before => "Nothing changed: the group was closed before.".to_owned(),
        Closed::NotNow => "Nothing changed: groups are closed while the program runs.".to_owned(),
        Closed::HasMembers => {
            errors.add("how", "Somebody is in the group: it can be dissolved, or they can be offered moves first");
            return show_close(&app, &by, of.group_id, (form.how, errors)).await;
        }
    };
    Ok(flash::go_and_say(&groups_path(&by), &said))
}
