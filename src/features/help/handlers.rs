//! Reads the request, calls one service function, picks the page.
use super::{
    model::{Ask, came_from, own_path},
    pages::{HelpForm, HelpPage},
    service::{self, Outcome},
};
use crate::access::Viewer;
use crate::base::{error::Result, ids::HelpAskId};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};

pub(super) async fn show(State(app): State<App>, by: Viewer, headers: HeaderMap) -> Result<Response> {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let form = HelpForm::first(came_from(referer, &app.base_url).unwrap_or_default());
    page_of(&app, &by, form, Errors::default()).await
}

async fn page_of(app: &App, by: &Viewer, form: HelpForm, errors: Errors) -> Result<Response> {
    let help = service::read(app, by).await?;
    page::show_form(&HelpPage::of(by.shell(app), &help, (form, errors.clone())), &errors)
}

pub(super) async fn ask(State(app): State<App>, by: Viewer, Form(mut form): Form<HelpForm>) -> Result<Response> {
    let mut errors = Errors::default();
    if form.to.is_empty() {
        errors.add("to", "Choose whom you write to");
    }
    let words = errors.required_paragraphs("words", &form.words, 4_000, "what you would like help with");
    let page = if form.with_page.is_empty() { None } else { own_path(&form.page) };
    let ask = HelpAskId::parse(&form.id).map(|id| Ask { id, words, page: page.unwrap_or_default() });
    if ask.is_none() {
        errors.add("words", "Open this page again, and send it anew");
    }
    if errors.is_empty()
        && let Some(ask) = ask
    {
        match service::ask(&app, &by, &form.to, &ask).await? {
            Outcome::Sent(name) => {
                let said = format!("Sent to {name} alone. The answer comes to your email.");
                return Ok(flash::go_and_say("/help", &said));
            }
            Outcome::Another => {
                form.id = HelpAskId::generate().to_string();
                errors.add(
                    "words",
                    "What you sent first is on its way. This would be a second one: send it if you mean to",
                );
            }
            Outcome::NotThere => errors.add("to", "Choose somebody from this list"),
            Outcome::TooOften => {
                errors.add("words", "You have asked ten times today. Send this tomorrow, or write to them yourself");
            }
        }
    }
    page_of(&app, &by, form, errors).await
}
