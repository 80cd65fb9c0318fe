//! The page of those who take part: answering while it is open, and what came of it.
use super::{THANKS, read};
use crate::access::Peer;
use crate::base::error::Result;
use crate::features::pulse::{
    pages::{AnswerForm, PeerPage},
    service::{self, Answered, Answerer},
};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{extract::State, http::StatusCode, response::Response};

pub(in super::super) async fn show(State(app): State<App>, by: Peer) -> Result<Response> {
    let own = service::own(&app, &by).await?;
    page::show(&PeerPage::of(by.shell(&app), by.program(), &own, (AnswerForm::default(), Errors::default())))
}

pub(in super::super) async fn answer(
    State(app): State<App>,
    by: Peer,
    Form(form): Form<AnswerForm>,
) -> Result<Response> {
    let to = format!("{}/pulse", by.program().path());
    let own = service::own(&app, &by).await?;
    let mut errors = Errors::default();
    let answer = read(&mut errors, &form);
    let page = PeerPage::of(by.shell(&app), by.program(), &own, (form, errors.clone()));
    match (page.takes_answers(), answer) {
        (false, _) if own.invitation.is_some_and(|one| one.answered) => Ok(flash::go_and_say(&to, THANKS)),
        (false, _) => page::show_with(StatusCode::CONFLICT, &page),
        (true, None) => page::show_form(&page, &errors),
        (true, Some(answer)) => match service::answer(&app, Answerer::peer(&by), &answer).await? {
            Answered::Done | Answered::Before => Ok(flash::go_and_say(&to, THANKS)),
            Answered::Closed => Ok(page::go(&to)),
        },
    }
}
