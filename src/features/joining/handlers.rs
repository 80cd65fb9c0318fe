//! The peer's side, and the coordinator's one button.
use super::{
    pages::{AskForm, JoinForm, JoinPage, PlaceFrame, PlacePage},
    service::{self, Accepted, Asked, Wishes, Words},
};
use crate::access::{ParticipationState, Peer, ProgramCoordinator};
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, ParticipationId},
};
use crate::features::approvals::OnceMore;
use crate::mail::Mailbox;
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

/// The most characters of a wish, and of the words to the supervisor.
const LONGEST: usize = 600;

fn place_path(peer: &Peer) -> String {
    format!("{}/join", peer.program().path())
}

pub(super) async fn show(State(app): State<App>, peer: Peer) -> Result<Response> {
    if peer.state() == ParticipationState::Invited {
        let place = service::standing(&app, &peer).await?.place;
        let ask = AskForm::to_ask(&place.supervisor.name, &place.supervisor.email, "");
        let form = JoinForm { wants: place.wants.clone(), offers: place.offers.clone(), ask };
        return page::show(&JoinPage::of(&peer, peer.shell(&app), place, form, Errors::default()));
    }
    show_place(&app, &peer, None, Errors::default()).await
}

async fn show_place(app: &App, peer: &Peer, typed: Option<AskForm>, errors: Errors) -> Result<Response> {
    let standing = service::standing(app, peer).await?;
    let frame = PlaceFrame { shell: peer.shell(app), now: app.clock.now(), typed, errors: errors.clone() };
    page::show_form(&PlacePage::of(peer, standing, frame), &errors)
}

fn read_wishes(errors: &mut Errors, wants: &str, offers: &str) -> Wishes {
    Wishes { wants: errors.paragraphs("wants", wants, LONGEST), offers: errors.paragraphs("offers", offers, LONGEST) }
}

fn read_words(errors: &mut Errors, form: &AskForm) -> Words {
    let name = errors.required_line("supervisor_name", &form.supervisor_name, 120, "your supervisor’s name");
    let email = errors.email("supervisor_email", &form.supervisor_email, "your supervisor’s email address");
    let text = errors.required_paragraphs("words", &form.words, LONGEST, "a sentence to your supervisor");
    // A form of ours always has an id; without it, sending twice is only caught by "one open request".
    let id = ApprovalRequestId::parse(&form.id).unwrap_or_else(ApprovalRequestId::generate);
    Words { id, supervisor: Mailbox::new(name, email), text, over_yes: form.over_yes == "yes" }
}

/// The message for an address that rule 3 forbids.
fn refusal(asked: &Asked) -> Option<String> {
    match asked {
        Asked::Forbidden(why) => Some(why.words()),
        Asked::Now | Asked::Before | Asked::BackedAlready => None,
    }
}

pub(super) async fn join(State(app): State<App>, peer: Peer, Form(form): Form<JoinForm>) -> Result<Response> {
    if peer.state() != ParticipationState::Invited {
        return Ok(page::go(&place_path(&peer)));
    }
    service::takes_people(&peer)?;
    let place = service::standing(&app, &peer).await?.place;
    let mut errors = Errors::default();
    let wishes = read_wishes(&mut errors, &form.wants, &form.offers);
    let words = place.approval_required.then(|| read_words(&mut errors, &form.ask));
    if errors.is_empty() {
        let supervisor = words.as_ref().map(|words| words.supervisor.name.clone());
        let asked = service::join(&app, &peer, &wishes, words).await?;
        match refusal(&asked) {
            Some(message) => errors.add("supervisor_email", message),
            None => return Ok(flash::go_and_say(&place_path(&peer), &joined(supervisor))),
        }
    }
    let page = JoinPage::of(&peer, peer.shell(&app), place, form, errors.clone());
    page::show_form(&page, &errors)
}

fn joined(supervisor: Option<String>) -> String {
    supervisor.map_or_else(|| "You are in.".to_owned(), |name| format!("You are in, and {name} is asked."))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WishesForm {
    wants: String,
    offers: String,
}

pub(super) async fn change_wishes(
    State(app): State<App>,
    peer: Peer,
    Form(form): Form<WishesForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let wishes = read_wishes(&mut errors, &form.wants, &form.offers);
    if errors.is_empty() {
        service::change_wishes(&app, &peer, &wishes).await?;
        return Ok(flash::go_and_say(&place_path(&peer), "Saved."));
    }
    let mut standing = service::standing(&app, &peer).await?;
    standing.place.wants = form.wants;
    standing.place.offers = form.offers;
    let frame = PlaceFrame { shell: peer.shell(&app), now: app.clock.now(), typed: None, errors: errors.clone() };
    page::show_form(&PlacePage::of(&peer, standing, frame), &errors)
}

pub(super) async fn ask_again(State(app): State<App>, peer: Peer, Form(form): Form<AskForm>) -> Result<Response> {
    let mut errors = Errors::default();
    let words = read_words(&mut errors, &form);
    if errors.is_empty() {
        let said = if words.over_yes {
            format!("{} is asked. The yes that you have holds until a new one takes its place.", words.supervisor.name)
        } else {
            format!("{} is asked. Links in earlier emails take no answer any more.", words.supervisor.name)
        };
        let asked = service::ask_again(&app, &peer, words).await?;
        match (refusal(&asked), asked) {
            (Some(message), _) => errors.add("supervisor_email", message),
            (None, Asked::BackedAlready) => {
                return Ok(flash::go_and_say(&place_path(&peer), "The answer came in the meantime."));
            }
            (None, _) => return Ok(flash::go_and_say(&place_path(&peer), &said)),
        }
    }
    show_place(&app, &peer, Some(form), errors).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AcceptForm {
    seen: String,
}

pub(super) async fn accept(State(app): State<App>, peer: Peer, Form(form): Form<AcceptForm>) -> Result<Response> {
    let said = match service::accept(&app, &peer, &form.seen).await? {
        Accepted::Now => "Accepted. Your place is backed.",
        Accepted::Before => "Your place is backed.",
        Accepted::Changed => "The answer has changed since you read it. Read it again.",
    };
    Ok(flash::go_and_say(&place_path(&peer), said))
}

pub(super) async fn refuse(State(app): State<App>, peer: Peer, Form(form): Form<AcceptForm>) -> Result<Response> {
    let said = match service::refuse(&app, &peer, &form.seen).await? {
        Accepted::Now => "Noted. Your supervisor is told that you do not take the condition.",
        Accepted::Before => "This request is over, and nothing changed.",
        Accepted::Changed => "The answer has changed since you read it. Read it again.",
    };
    Ok(flash::go_and_say(&place_path(&peer), said))
}

#[derive(Deserialize)]
pub(super) struct OfPerson {
    participation_id: ParticipationId,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SendAgainForm {
    /// The page with the button: "approvals", "person", or the list of people.
    back: String,
}

pub(super) async fn send_again(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPerson>,
    Form(form): Form<SendAgainForm>,
) -> Result<Response> {
    let people = format!("{}/people", by.program().path());
    let back = match form.back.as_str() {
        "approvals" => format!("{}/approvals", by.program().path()),
        "person" => format!("{people}/{}/approvals", of.participation_id),
        _ => people,
    };
    let said = match service::send_again(&app, &by, of.participation_id).await? {
        OnceMore::Sent => "The supervisor is asked again. Links in earlier emails no longer work.",
        OnceMore::JustSent => "Already sent: the supervisor was asked within the last minute. Nothing more is sent.",
        OnceMore::NotWaiting => "Nothing was sent: no request of this person waits for an answer.",
    };
    Ok(flash::go_and_say(&back, said))
}
