//! What the links in the letters open: a page first, and only its button does anything.
use super::super::{
    link::{AtNewAddress, AtOldAddress},
    pages::LinkedPage,
    service::{self, Confirmed},
};
use crate::access::held_link::hold;
use crate::base::error::Result;
use crate::links::LinkKind;
use crate::web::{
    page::{self, Shell},
    state::App,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

pub(in super::super) async fn open_confirm(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    let page_of = |link: &crate::links::Link| format!("/email-changes/{}/confirm", link.object_id);
    hold(&app, &secret, LinkKind::ConfirmEmailChange, page_of).await
}

pub(in super::super) async fn confirm_page(State(app): State<App>, link: AtNewAddress) -> Result<Response> {
    let change = service::change_of(&app, link.change_id()).await?;
    page::show(&LinkedPage {
        shell: Shell::for_anyone(&app),
        heading: "Sign in with this address?",
        lede: format!("From then on you sign in with {}, and your emails go there.", change.new_email),
        button: Some((format!("/email-changes/{}/confirm", change.id), "Use this address")),
    })
}

pub(in super::super) async fn confirm(State(app): State<App>, link: AtNewAddress) -> Result<Response> {
    let shell = Shell::for_anyone(&app);
    match service::confirm(&app, &link).await? {
        Confirmed::Done(address) => page::show(&LinkedPage {
            shell,
            heading: "Your address is changed",
            lede: format!("You sign in with {address} from now on. Your password is the same."),
            button: None,
        }),
        Confirmed::Taken => page::show_with(
            StatusCode::CONFLICT,
            &LinkedPage {
                shell,
                heading: "This address has an account already",
                lede: "Nothing was changed. Sign in with it, or ask for a different address from your account."
                    .to_owned(),
                button: None,
            },
        ),
    }
}

pub(in super::super) async fn open_stop(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    let page_of = |link: &crate::links::Link| format!("/email-changes/{}/stop", link.object_id);
    hold(&app, &secret, LinkKind::StopEmailChange, page_of).await
}

pub(in super::super) async fn stop_page(State(app): State<App>, link: AtOldAddress) -> Result<Response> {
    let change = service::change_of(&app, link.change_id()).await?;
    page::show(&LinkedPage {
        shell: Shell::for_anyone(&app),
        heading: "Stop the change of your address?",
        lede: format!("You go on signing in with {}, and {} gets no access.", change.old_email, change.new_email),
        button: Some((format!("/email-changes/{}/stop", change.id), "Stop the change")),
    })
}

pub(in super::super) async fn stop(State(app): State<App>, link: AtOldAddress) -> Result<Response> {
    service::stop(&app, &link).await?;
    page::show(&LinkedPage {
        shell: Shell::for_anyone(&app),
        heading: "The change is stopped",
        lede: "You sign in with the address you had. If somebody else asked for this, set a new password.".to_owned(),
        button: None,
    })
}
