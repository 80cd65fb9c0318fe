//! What a link about a change of address proves: that its holder reads the mail of one of the two.
use crate::access::held_link::held;
use crate::base::{
    error::{AppError, Result},
    ids::EmailChangeId,
};
use crate::links::LinkKind;
use crate::web::state::App;
use axum::{
    RequestPartsExt,
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct OfChange {
    change_id: EmailChangeId,
}

async fn change_held(parts: &mut Parts, app: &App, kind: LinkKind) -> Result<EmailChangeId> {
    let Path(of) = parts.extract::<Path<OfChange>>().await.map_err(|_| AppError::NotFound)?;
    let (_, link) = held(app, &parts.headers, kind).await?;
    if link.object_id == of.change_id.0 { Ok(of.change_id) } else { Err(AppError::DeadLink) }
}

/// Whoever reads the mail of the new address.
pub(super) struct AtNewAddress {
    change_id: EmailChangeId,
}

impl AtNewAddress {
    pub(super) const fn change_id(&self) -> EmailChangeId {
        self.change_id
    }
}

impl FromRequestParts<App> for AtNewAddress {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        Ok(Self { change_id: change_held(parts, app, LinkKind::ConfirmEmailChange).await? })
    }
}

/// Whoever reads the mail of the old address.
pub(super) struct AtOldAddress {
    change_id: EmailChangeId,
}

impl AtOldAddress {
    pub(super) const fn change_id(&self) -> EmailChangeId {
        self.change_id
    }
}

impl FromRequestParts<App> for AtOldAddress {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        Ok(Self { change_id: change_held(parts, app, LinkKind::StopEmailChange).await? })
    }
}
