//! Reads the request, calls one service function, picks the page.
use super::{
    model::week_from,
    pages::{Frame, GroupPage, KeptApartPage, MemberCard, NotWithPage, Pair, ProfilePage, Typed},
    service::{self, MOST_APART, NewProfile},
};
use crate::access::{GroupMember, Peer, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::{ParticipationId, ThemeId},
};
use crate::features::people::About;
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

/// The most characters of what somebody wants, or offers.
const LONGEST: usize = 600;
const LONGEST_LINE: usize = 120;

fn read(typed: &Typed, errors: &mut Errors) -> NewProfile {
    NewProfile {
        about: About {
            wants: errors.paragraphs("wants", &typed.wants, LONGEST),
            offers: errors.paragraphs("offers", &typed.offers, LONGEST),
            title: errors.line("title", &typed.title, LONGEST_LINE),
            department: errors.line("department", &typed.department, LONGEST_LINE),
            site: errors.line("site", &typed.site, LONGEST_LINE),
        },
        themes: typed.themes.iter().filter_map(|id| ThemeId::parse(id)).collect(),
        week: week_from(&typed.from, &typed.to, errors),
    }
}

fn own_frame(app: &App, peer: &Peer, errors: Errors) -> Frame {
    let path = peer.program().path();
    Frame {
        shell: peer.shell(app),
        errors,
        action: format!("{path}/profile"),
        path,
        program: peer.program().name.clone(),
        may_change: service::may_change(peer.program()),
    }
}

pub(super) async fn own(State(app): State<App>, peer: Peer) -> Result<Response> {
    show_own(&app, &peer, None, Errors::default()).await
}

async fn show_own(app: &App, peer: &Peer, typed: Option<Typed>, errors: Errors) -> Result<Response> {
    let (profile, apart) = service::own(app, peer).await?;
    let typed = typed.unwrap_or_else(|| Typed::of(&profile));
    let shown = ProfilePage::of(own_frame(app, peer, errors), &profile, typed, Some(&apart));
    page::show_form(&shown, &shown.errors)
}

pub(super) async fn save_own(State(app): State<App>, peer: Peer, Form(typed): Form<Typed>) -> Result<Response> {
    let mut errors = Errors::default();
    let new = read(&typed, &mut errors);
    if !errors.is_empty() {
        return show_own(&app, &peer, Some(typed), errors).await;
    }
    service::save_own(&app, &peer, &new).await?;
    Ok(flash::go_and_say(&format!("{}/profile", peer.program().path()), "Your profile is saved."))
}

#[derive(Deserialize)]
pub(super) struct OfPerson {
    participation_id: ParticipationId,
}

pub(super) async fn of_somebody(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPerson>,
) -> Result<Response> {
    show_somebody(&app, &by, of.participation_id, (None, Errors::default())).await
}

async fn show_somebody(
    app: &App,
    by: &ProgramCoordinator,
    of: ParticipationId,
    (typed, errors): (Option<Typed>, Errors),
) -> Result<Response> {
    let profile = service::of_somebody(app, by, of).await?;
    let typed = typed.unwrap_or_else(|| Typed::of(&profile));
    let path = by.program().path();
    let frame = Frame {
        shell: by.shell(app),
        errors,
        action: format!("{path}/people/{of}/profile"),
        path,
        program: by.program().name.clone(),
        may_change: service::may_change(by.program()),
    };
    let shown = ProfilePage::of(frame, &profile, typed, None);
    page::show_form(&shown, &shown.errors)
}

pub(super) async fn save_of_somebody(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPerson>,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let new = read(&typed, &mut errors);
    if !errors.is_empty() {
        return show_somebody(&app, &by, of.participation_id, (Some(typed), errors)).await;
    }
    service::save_of_somebody(&app, &by, of.participation_id, &new).await?;
    let back = format!("{}/people/{}/profile", by.program().path(), of.participation_id);
    Ok(flash::go_and_say(&back, "The profile is saved."))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Search {
    name: String,
}

pub(super) async fn not_with(State(app): State<App>, peer: Peer, Query(search): Query<Search>) -> Result<Response> {
    show_not_with(&app, &peer, search.name.trim(), Errors::default()).await
}

async fn show_not_with(app: &App, peer: &Peer, name: &str, errors: Errors) -> Result<Response> {
    let seen = service::not_with(app, peer, name).await?;
    let shown = NotWithPage::of(own_frame(app, peer, errors), &seen, name);
    page::show_form(&shown, &shown.errors)
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct NotWithForm {
    add: String,
    remove: String,
    name: String,
}

pub(super) async fn change_not_with(
    State(app): State<App>,
    peer: Peer,
    Form(form): Form<NotWithForm>,
) -> Result<Response> {
    let back = format!("{}/profile/not-with", peer.program().path());
    match (ParticipationId::parse(&form.add), ParticipationId::parse(&form.remove)) {
        (Some(other), _) => {
            let said = if service::change_not_with(&app, &peer, other, true).await? {
                "Noted. You are not put into one group.".to_owned()
            } else {
                format!("Nothing changed. The list holds at most {MOST_APART} other people, each once.")
            };
            Ok(flash::go_and_say(&back, &said))
        }
        (None, Some(other)) => {
            service::change_not_with(&app, &peer, other, false).await?;
            Ok(flash::go_and_say(&back, "Taken off your list."))
        }
        (None, None) => {
            let mut errors = Errors::default();
            errors.add("name", "Find somebody by name, then choose them");
            show_not_with(&app, &peer, form.name.trim(), errors).await
        }
    }
}

pub(super) async fn kept_apart(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let pairs = service::kept_apart(&app, &by).await?.into_iter();
    page::show(&KeptApartPage {
        shell: by.shell(&app),
        path: by.program().path(),
        program: by.program().name.clone(),
        pairs: pairs.map(|p| Pair { one: p.one, other: p.other, group: p.group_name.unwrap_or_default() }).collect(),
    })
}

pub(super) async fn of_the_group(State(app): State<App>, by: GroupMember) -> Result<Response> {
    let members = service::of_the_group(&app, &by).await?;
    if members.is_empty() {
        return Err(AppError::NotFound);
    }
    page::show(&GroupPage {
        shell: by.shell(&app),
        program: by.program().path(),
        path: by.group().path(),
        group: by.group().name.clone(),
        members: members.iter().map(MemberCard::of).collect(),
    })
}
