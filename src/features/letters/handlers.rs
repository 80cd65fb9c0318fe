//! Reads the request, calls one service function, picks the page.
use super::{
    model::{Audience, Draft, to_people},
    pages::{FormPage, LetterForm, LetterPage, ListPage, PreviewPage},
    service::{self, Outcome},
};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::Result,
    ids::{GroupId, LetterId},
};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct OfLetter {
    letter_id: LetterId,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Paging {
    /// The letter that stood last on the page before.
    before: String,
}

pub(super) async fn list(
    State(app): State<App>,
    by: ProgramCoordinator,
    Query(paging): Query<Paging>,
) -> Result<Response> {
    let before = LetterId::parse(&paging.before);
    let (sent, more) = service::sent(&app, &by, before).await?;
    page::show(&ListPage::of(by.shell(&app), by.program(), &sent, (before.is_some(), more)))
}

pub(super) async fn one(State(app): State<App>, by: ProgramCoordinator, Path(of): Path<OfLetter>) -> Result<Response> {
    let whole = service::one(&app, &by, of.letter_id).await?;
    page::show(&LetterPage::of(by.shell(&app), by.program(), &whole))
}

pub(super) async fn new(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    form_page(&app, &by, LetterForm::first(), Errors::default()).await
}

async fn form_page(app: &App, by: &ProgramCoordinator, form: LetterForm, errors: Errors) -> Result<Response> {
    let groups = service::groups(app, by).await?;
    page::show_form(&FormPage::of(by.shell(app), by.program(), &groups, (form, errors.clone())), &errors)
}

/// What a form asks for; `None` with what is wrong noted.
fn read(errors: &mut Errors, by: &ProgramCoordinator, form: &LetterForm) -> Option<Draft> {
    let audience = Audience::parse(&form.audience).filter(|audience| audience.is_offered(by.program().state));
    if audience.is_none() {
        errors.add("audience", "Choose who gets it");
    }
    let mut groups: Vec<GroupId> = Vec::new();
    if audience == Some(Audience::Groups) {
        groups = form.groups.iter().filter_map(|id| GroupId::parse(id)).collect();
        groups.sort_unstable();
        groups.dedup();
        if groups.is_empty() {
            errors.add("groups", "Choose at least one group");
        }
    }
    let subject = errors.required_line("subject", &form.subject, 150, "what it is about");
    let words = errors.required_paragraphs("words", &form.words, 8_000, "what you want to say");
    let id = LetterId::parse(&form.id);
    if id.is_none() {
        errors.add("audience", "Open this page again, and choose anew");
    }
    if errors.is_empty() { Some(Draft { id: id?, audience: audience?, groups, subject, words }) } else { None }
}

/// Every button of the form and of the page that shows it before it is sent.
pub(super) async fn press(
    State(app): State<App>,
    by: ProgramCoordinator,
    Form(mut form): Form<LetterForm>,
) -> Result<Response> {
    if form.pressed == "change" {
        return form_page(&app, &by, form, Errors::default()).await;
    }
    let mut errors = Errors::default();
    let Some(mut draft) = read(&mut errors, &by, &form) else {
        return form_page(&app, &by, form, errors).await;
    };
    let path = format!("{}/letters", by.program().path());
    let (to, changed) = if form.pressed == "send" {
        match service::send(&app, &by, &draft, &form.seen).await? {
            Outcome::Sent(number) => {
                let said = format!("On its way to {}.", to_people(number));
                return Ok(flash::go_and_say(&format!("{path}/{}", draft.id), &said));
            }
            Outcome::Another => {
                form.id = LetterId::generate().to_string();
                errors.add(
                    "words",
                    "What you wrote first was sent already. This would be a second letter: look at it, then send it",
                );
                return form_page(&app, &by, form, errors).await;
            }
            Outcome::NotNow => {
                errors.add("words", "Nothing was sent: the program has ended. Copy your text if you still need it");
                return form_page(&app, &by, form, errors).await;
            }
            Outcome::TooMany => {
                errors.add("words", "You have sent twenty letters today. Send this one tomorrow");
                return form_page(&app, &by, form, errors).await;
            }
            Outcome::Changed(still, to) => {
                draft = still;
                (to, true)
            }
        }
    } else {
        (service::addressees(&app, &by, &draft).await?, false)
    };
    if to.is_empty() {
        errors.add("audience", "Nobody is there to get it now. Choose others");
        return form_page(&app, &by, form, errors).await;
    }
    let groups = service::groups(&app, &by).await?;
    let status = if changed { StatusCode::CONFLICT } else { StatusCode::OK };
    let preview = PreviewPage::of(by.shell(&app), by.program(), (&draft, &groups), (&to, changed));
    page::show_with(status, &preview)
}
