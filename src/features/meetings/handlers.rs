//! The meeting that a URL names, for the slices that have its pages.
use crate::access::GroupMember;
use crate::base::{
    error::AppError,
    ids::{AgendaItemId, MeetingId},
};
use crate::web::state::App;
use axum::{
    RequestPartsExt,
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use serde::Deserialize;

/// A member of a group at one of its meetings. Whether the group has this meeting is for the query to say.
#[derive(Debug)]
pub struct AtMeeting {
    pub by: GroupMember,
    pub id: MeetingId,
    /// The agenda item, where the URL names one.
    pub item_id: Option<AgendaItemId>,
}

impl AtMeeting {
    /// Where the meeting's page is.
    pub fn path(&self) -> String {
        format!("{}/meetings/{}", self.by.group().path(), self.id)
    }
}

#[derive(Deserialize)]
struct OfMeeting {
    meeting_id: MeetingId,
    #[serde(default)]
    item_id: Option<AgendaItemId>,
}

impl FromRequestParts<App> for AtMeeting {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        let by = GroupMember::from_request_parts(parts, app).await?;
        let Path(of) = parts.extract::<Path<OfMeeting>>().await.map_err(|_| AppError::NotFound)?;
        Ok(Self { by, id: of.meeting_id, item_id: of.item_id })
    }
}
