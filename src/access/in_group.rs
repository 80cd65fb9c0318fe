//! Who stands before a page of a group.
use super::{GroupMember, GroupReader, OfGroup, ParticipationState, ProgramCoordinator, Scope, Viewer, hold::Hold};
use crate::base::error::{AppError, Result};
use crate::web::state::App;
use axum::{
    RequestPartsExt,
    extract::{FromRequestParts, Path},
    http::{Method, request::Parts},
};

impl FromRequestParts<App> for GroupReader {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let mut db = app.db.acquire().await?;
        let viewer = Viewer::of(&parts.headers, app, &mut db).await?;
        let Path(of) = parts.extract::<Path<OfGroup>>().await.map_err(|_| AppError::NotFound)?;
        let scope = Scope::read(&mut db, viewer.person_id, of.program_id, Some(of.group_id), app.clock.now()).await?;
        let group = scope.group.ok_or(AppError::NotFound)?;
        if let Some((participation_id, state @ (ParticipationState::Joined | ParticipationState::OnHold))) =
            scope.participation
            && let Some(joined_on) = scope.belongs_since
            && scope.program.state.was_launched()
        {
            let hold = match state {
                ParticipationState::OnHold => {
                    let place = (of.program_id, scope.program.time_zone.as_str());
                    Some(Hold::read(&mut db, place, participation_id, app.clock.now()).await?)
                }
                _ => None,
            };
            // Whoever is on hold keeps their place, and reads; taking part waits until they are back.
            if let Some(hold) = hold.as_ref().filter(|_| parts.method != Method::GET) {
                return Err(hold.refusal(&scope.program.path()));
            }
            // What an ended program holds can be read by its members, and changed by nobody.
            if parts.method != Method::GET && !scope.program.state.is_running() {
                return Err(AppError::NotAllowed("the program has ended"));
            }
            return Ok(Self::Member(GroupMember {
                viewer,
                program: scope.program,
                participation_id,
                group,
                joined_on,
                hold,
            }));
        }
        if scope.coordinates {
            return Ok(Self::Coordinator(ProgramCoordinator { viewer, program: scope.program }, group));
        }
        Err(AppError::NotFound)
    }
}

impl FromRequestParts<App> for GroupMember {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        match GroupReader::from_request_parts(parts, app).await? {
            GroupReader::Member(member) => Ok(member),
            GroupReader::Coordinator(..) => Err(AppError::NotFound),
        }
    }
}
