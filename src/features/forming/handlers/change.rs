//! Changing a group, and removing one that was only planned.
use super::super::{
    pages::{self, EditPage, MemberRow, RemovePage, Tick, Typed},
    service::{self, Change, Changed, GroupRow, Overview, Removed},
};
use super::{GroupForm, overview::overview_path, people, say};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{error::Result, ids::GroupId, local_time};
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
pub(in super::super) struct OfGroup {
    group_id: GroupId,
}

pub(in super::super) async fn page(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfGroup>,
) -> Result<Response> {
    let seen = service::overview(&app, &by).await?;
    let group = seen.group(of.group_id)?;
    let typed = Typed {
        id: group.id.to_string(),
        name: group.name.clone(),
        focus: group.focus.clone(),
        home_time_zone: group.home_time_zone.clone(),
        meeting_minutes: group.meeting_minutes.to_string(),
    };
    let members: Vec<String> = seen.members_of(group.id).iter().map(|member| member.id.to_string()).collect();
    show(&app, &by, (&seen, group), (typed, &members), Errors::default())
}

fn show(
    app: &App,
    by: &ProgramCoordinator,
    (seen, group): (&Overview, &GroupRow),
    (typed, chosen): (Typed, &[String]),
    errors: Errors,
) -> Result<Response> {
    let path = by.program().path();
    let members = seen.members_of(group.id);
    let launched = seen.settings.state != ProgramState::Open;
    let planned = if launched { Vec::new() } else { members.clone() };
    let choices = planned.iter().copied().chain(seen.to_place()).map(|person| Tick::of(person, chosen));
    let page = EditPage {
        shell: by.shell(app).with(&errors),
        group: format!("{path}/groups/{}", group.id),
        name: group.name.clone(),
        typed,
        zones: local_time::zone_names(),
        launched,
        members: members.iter().copied().map(MemberRow::of).collect(),
        choices: choices.collect(),
        was: planned.iter().map(|member| member.id.to_string()).collect(),
        size_hint: pages::size_hint(seen.settings.sizes),
        details_open: Typed::details_matter(&errors),
        path,
        errors,
    };
    page::show_form(&page, &page.errors)
}

pub(in super::super) async fn save(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfGroup>,
    Form(form): Form<GroupForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let about = form.about(&mut errors);
    let members = people(&mut errors, &form.members);
    let was = people(&mut errors, &form.was);
    if errors.is_empty() {
        let change = Change { about, was, members };
        match service::change(&app, &by, of.group_id, &change).await? {
            Changed::Done => {
                let words = format!("{} is changed.", change.about.name);
                return Ok(flash::go_and_say(&overview_path(&by), &words));
            }
            Changed::Refused(refusals) => say(&mut errors, &refusals),
        }
    }
    let seen = service::overview(&app, &by).await?;
    let group = seen.group(of.group_id)?;
    show(&app, &by, (&seen, group), (form.typed(), &form.members), errors)
}

pub(in super::super) async fn ask_to_remove(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfGroup>,
) -> Result<Response> {
    let seen = service::overview(&app, &by).await?;
    let group = seen.group(of.group_id)?;
    let members = seen.members_of(group.id);
    let path = by.program().path();
    page::show(&RemovePage {
        shell: by.shell(&app),
        group: format!("{path}/groups/{}", group.id),
        path,
        name: group.name.clone(),
        people: pages::first_names(&members),
        several: members.len() > 1,
        begun: seen.settings.state != ProgramState::Open,
    })
}

pub(in super::super) async fn remove(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfGroup>,
) -> Result<Response> {
    let words = match service::remove(&app, &by, of.group_id).await? {
        Removed::Done(name) => format!("{name} is removed. Its people are free to be placed again."),
        Removed::Begun => "A group that has begun stays: its people and what they did are part of it.".to_owned(),
    };
    Ok(flash::go_and_say(&overview_path(&by), &words))
}
