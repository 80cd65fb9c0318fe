//! The list of groups, who is ready and who waits, and the form of a new group.
use super::super::{
    pages::{self, GroupLine, OverviewPage, Tick, Typed, WaitingRow},
    service::{self, Formed, Overview, Wanted},
};
use super::{GroupForm, people, say};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::GroupId,
    local_time, words,
};
use crate::features::groups::Refusal;
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{extract::State, response::Response};

pub(in super::super) async fn page(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let seen = service::overview(&app, &by).await?;
    let typed = Typed {
        id: GroupId::generate().to_string(),
        home_time_zone: by.program().time_zone.clone(),
        meeting_minutes: by.program().meeting_minutes.to_string(),
        ..Typed::default()
    };
    show(&app, &by, &seen, (typed, &[]), Errors::default()).await
}

async fn show(
    app: &App,
    by: &ProgramCoordinator,
    seen: &Overview,
    (typed, chosen): (Typed, &[String]),
    errors: Errors,
) -> Result<Response> {
    let path = by.program().path();
    let sizes = seen.settings.sizes;
    let offers = service::offers(app, by).await?.into_iter().map(|offer| {
        let words = words::capital(&offer.words(app.clock.now(), &by.program().time_zone));
        (format!("{}, to {}", offer.name, offer.to_name), words)
    });
    let line = |group| GroupLine::of(group, &seen.members_of(group.id), sizes, &path);
    let page = OverviewPage {
        shell: by.shell(app).with(&errors),
        program: by.program().name.clone(),
        summary: pages::summary(seen),
        groups: seen.groups.iter().map(line).collect(),
        ready: seen.to_place().into_iter().map(|person| Tick::of(person, chosen)).collect(),
        waiting: seen.waiting().into_iter().map(WaitingRow::of).collect(),
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
            Formed::Done(size) => return said(&app, &by, &wanted, size).await,
            Formed::Before => {
                let words = format!("{} is formed.", wanted.about.name);
                return Ok(flash::go_and_say(&overview_path(&by), &words));
            }
            Formed::Refused(refusals) => say(&mut errors, &refusals),
        }
    }
    let seen = service::overview(&app, &by).await?;
    show(&app, &by, &seen, (form.typed(), &form.members), errors).await
}

async fn said(app: &App, by: &ProgramCoordinator, wanted: &Wanted, size: usize) -> Result<Response> {
    let seen = service::overview(app, by).await?;
    let (name, sizes) = (&wanted.about.name, seen.settings.sizes);
    let below = if size < sizes.min {
        format!(
            " That is fewer than the {} people this program asks for: you can add somebody later.",
            words::number(sizes.min)
        )
    } else {
        String::new()
    };
    let people = words::count(size, "person", "people");
    Ok(flash::go_and_say(&overview_path(by), &format!("{name} is formed with {people}.{below}")))
}

pub(super) fn overview_path(by: &ProgramCoordinator) -> String {
    format!("{}/groups", by.program().path())
}
