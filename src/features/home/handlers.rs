//! One address: for strangers what this is, for everyone else what is next.
use super::{
    pages::{HomePage, WelcomePage},
    service,
};
use crate::access::Viewer;
use crate::base::error::Result;
use crate::web::{
    page::{self, Shell},
    state::App,
};
use axum::{extract::State, response::Response};

pub(super) async fn home(State(app): State<App>, viewer: Option<Viewer>) -> Result<Response> {
    let Some(viewer) = viewer else {
        return page::show(&WelcomePage { shell: Shell::for_anyone(&app) });
    };
    let home = service::home(&app, &viewer).await?;
    page::show(&HomePage::of(viewer.shell(&app), &viewer, &home, app.clock.now()))
}
