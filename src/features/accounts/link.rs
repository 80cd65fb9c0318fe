//! What a link from an email proves here.
use crate::access::held_link::held;
use crate::base::{
    error::{AppError, Result},
    ids::PersonId,
    secret::Secret,
};
use crate::links::LinkKind;
use crate::web::state::App;
use axum::{
    RequestPartsExt,
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use serde::Deserialize;

/// Whoever holds the link that was printed at the first start.
pub(super) struct SetupLink {
    secret: Secret,
}

impl SetupLink {
    pub(super) const fn secret(&self) -> &Secret {
        &self.secret
    }
}

impl FromRequestParts<App> for SetupLink {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let (secret, _) = held(app, &parts.headers, LinkKind::Setup).await?;
        Ok(Self { secret })
    }
}

/// Whoever holds the link with which one person sets a password.
pub(super) struct PasswordLink {
    secret: Secret,
    person_id: PersonId,
}

impl PasswordLink {
    pub(super) const fn secret(&self) -> &Secret {
        &self.secret
    }
    pub(super) const fn person_id(&self) -> PersonId {
        self.person_id
    }
}

#[derive(Deserialize)]
struct OfPerson {
    person_id: PersonId,
}

impl FromRequestParts<App> for PasswordLink {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let Path(of) = parts.extract::<Path<OfPerson>>().await.map_err(|_| AppError::NotFound)?;
        let (secret, link) = held(app, &parts.headers, LinkKind::Password).await?;
        if link.object_id == of.person_id.0 {
            Ok(Self { secret, person_id: of.person_id })
        } else {
            Err(AppError::DeadLink)
        }
    }
}
