//! The list of groups, who is ready and who waits, and the form of a new group.
use super::super::{
    pages::{self, GroupLine, OverviewPage, Tick, Typed, WaitingRow},
    service::{self, Asked, Formed, Wanted},
};
use super::{GroupForm, people, say};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::{GroupId, ParticipationId},
    local_time, words,
};
use crate::features::groups::Refusal;
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct Paging {
    /// The group that stood last on the page before.
    after: String,
    /// Part of the name of who is to be placed.
    find: String,
}

pub(in super::super) async fn page(
    State(app): State<App>,
    by: ProgramCoordinator,
    Query(paging): Query<Paging>,
) -> Result<Response> {
    let typed = Typed {
        id: GroupId::generate().to_string(),
        home_time_zone: by.program().time_zone.clone(),
        meeting_minutes: by.program().meeting_minutes.to_string(),
        ..Typed::default()
    };
    show(&app, &by, &paging, (typed, &[]), Errors::default()).await
}

async fn show(
    app: &App,
    by: &ProgramCoordinator,
    paging: &Paging,
    (typed, chosen): (Typed, &[String]),
    errors: Errors,
) -> Result<Response> {
    let ids: Vec<ParticipationId> = chosen.iter().filter_map(|id| ParticipationId::parse(id)).collect();
    let find = paging.find.trim();
    let asked = Asked { after: GroupId::parse(&paging.after), find, chosen: &ids };
    let seen = service::shown(app, by, asked).await?;
    let path = by.program().path();
    let sizes = seen.settings.sizes;
    let offers = seen.offers.iter().map(|offer| {
        let words = words::capital(&offer.words(app.clock.now(), &by.program().time_zone));
        (format!("{}, to {}", offer.name, offer.to_name), words)
    });
    let next = seen.groups.last().filter(|_| seen.more_groups);
    let page = OverviewPage {
        shell: by.shell(app).with(&errors),
        program: by.program().name.clone(),
        summary: pages::summary((seen.ready.len(), seen.more_ready), seen.open_groups, seen.placed),
        groups: seen
            .groups
            .iter()
            .map(|(group, members)| GroupLine::of(group, &members.iter().collect::<Vec<_>>(), sizes, &path))
            .collect(),
        later: asked.after.is_some(),
        next: next.map_or_else(String::new, |(group, _)| group.id.to_string()),
        ready: seen.ready.iter().map(|person| Tick::of(person, chosen)).collect(),
        // A short list is read faster than searched.
        searchable: seen.more_ready || !find.is_empty(),
        find: find.to_owned(),
        waiting: seen.waiting.iter().map(WaitingRow::of).collect(),
        more_waiting: seen.more_waiting,
        moves: offers.collect(),
        running: seen.settings.state.is_running(),
        typed,
        zones: local_time::zone_names(),
        size_hint: pages::size_hint(sizes),
        planning: seen.settings.state == ProgramState::Open,
        can_form: seen.settings.state.takes_people(),
        closed_because: pages::closed_because(seen.settings.state),
        details_open: Typed::details_matter(&errors),
        path,
        errors,
    };
    page::show_form(&page, &page.errors)
}

pub(in super::super) async fn form(
    State(app): State<App>,
    by: ProgramCoordinator,
    Form(form): Form<GroupForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let id = GroupId::parse(&form.id).ok_or(AppError::Unreadable("a form without its id"))?;
    let about = form.about(&mut errors);
    let members = people(&mut errors, &form.members);
    if form.members.is_empty() {
        say(&mut errors, &[Refusal::Nobody]);
    }
    if errors.is_empty() {
        let wanted = Wanted { id, about, members };
        match service::form(&app, &by, &wanted).await? {
            Formed::Done { size, least } => return Ok(said(&by, &wanted, size, least)),
            Formed::Before => {
                let words = format!("{} is formed.", wanted.about.name);
                return Ok(flash::go_and_say(&overview_path(&by), &words));
            }
            Formed::Refused(refusals) => say(&mut errors, &refusals),
        }
    }
    show(&app, &by, &Paging::default(), (form.typed(), &form.members), errors).await
}

fn said(by: &ProgramCoordinator, wanted: &Wanted, size: usize, least: usize) -> Response {
    let below = if size < least {
        format!(
            " That is fewer than the {} people this program asks for: you can add somebody later.",
            words::number(least)
        )
    } else {
        String::new()
    };
    let people = words::count(size, "person", "people");
    flash::go_and_say(&overview_path(by), &format!("{} is formed with {people}.{below}", wanted.about.name))
}

pub(super) fn overview_path(by: &ProgramCoordinator) -> String {
    format!("{}/groups", by.program().path())
}
