//! The emails kept on this machine, where no mail server is set: so that the whole product
//! can be tried here.
use super::super::{
    model,
    pages::{EmailPage, MailboxPage, MailboxRow},
};
use crate::access::SiteAdmin;
use crate::base::{
    error::{AppError, Result},
    ids::EmailId,
};
use crate::web::{page, state::App};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

pub(in super::super) async fn list(State(app): State<App>, admin: SiteAdmin) -> Result<Response> {
    let folder = app.mailbox.clone().ok_or(AppError::NotFound)?;
    let kept = tokio::task::spawn_blocking(move || folder.newest()).await.map_err(AppError::internal)?;
    let rows = kept.map_err(AppError::internal)?.into_iter().map(|email| MailboxRow {
        href: format!("/mailbox/{}", email.id),
        subject: email.subject,
        to: format!("{} <{}>", email.to.name, email.to.email),
    });
    page::show(&MailboxPage { shell: admin.shell(&app), emails: rows.collect() })
}

#[derive(Deserialize)]
pub(in super::super) struct OfEmail {
    email_id: EmailId,
}

pub(in super::super) async fn one(
    State(app): State<App>,
    admin: SiteAdmin,
    Path(of): Path<OfEmail>,
) -> Result<Response> {
    let folder = app.mailbox.clone().ok_or(AppError::NotFound)?;
    let kept = tokio::task::spawn_blocking(move || folder.one(of.email_id)).await.map_err(AppError::internal)?;
    let email = kept.map_err(AppError::internal)?.ok_or(AppError::NotFound)?;
    page::show(&EmailPage {
        shell: admin.shell(&app),
        subject: email.subject,
        to: format!("{} <{}>", email.to.name, email.to.email),
        pieces: model::pieces(&email.text),
    })
}
