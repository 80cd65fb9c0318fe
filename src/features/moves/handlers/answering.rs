//! Somebody answers what they were offered.
use super::super::{
    pages::{self, MovePage},
    service::{self, Answered},
};
use crate::access::Peer;
use crate::base::{error::Result, ids::MoveId};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{extract::State, response::Response};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct AnswerForm {
    id: String,
    answer: String,
}

pub(in super::super) async fn page(State(app): State<App>, peer: Peer) -> Result<Response> {
    show(&app, &peer, Errors::default()).await
}

async fn show(app: &App, peer: &Peer, errors: Errors) -> Result<Response> {
    let mine = service::mine(app, peer).await?;
    let shown = MovePage::of((peer.shell(app), errors), peer.program(), mine, app.clock.now());
    page::show_form(&shown, &shown.errors)
}

pub(in super::super) async fn answer(
    State(app): State<App>,
    peer: Peer,
    Form(form): Form<AnswerForm>,
) -> Result<Response> {
    let yes = match form.answer.as_str() {
        "move" => Some(true),
        "stay" => Some(false),
        _ => None,
    };
    let (Some(id), Some(yes)) = (MoveId::parse(&form.id), yes) else {
        let mut errors = Errors::default();
        errors.add("answer", "Choose whether you move or stay");
        return show(&app, &peer, errors).await;
    };
    let path = peer.program().path();
    let here = format!("{path}/move");
    Ok(match service::answer(&app, &peer, id, yes).await? {
        Answered::Moved(offer) => {
            let to = format!("{path}/groups/{}", offer.to_group_id);
            flash::go_and_say(&to, &format!("You belong to {} from today. Welcome.", offer.to_name))
        }
        Answered::Stays(offer) => flash::go_and_say(&here, &format!("You stay in {}.", offer.from_name)),
        Answered::Before(offer) => {
            flash::go_and_say(&here, &pages::nothing_changed(&offer, app.clock.now(), &peer.program().time_zone))
        }
        Answered::Hindered { offer, full } => flash::go_and_say(&here, &pages::hindered(&offer, full)),
        Answered::OnHold => flash::go_and_say(&here, "You are on hold: you can move once you are back."),
    })
}
