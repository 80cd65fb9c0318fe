//! Whoever takes part in a program, or took part: what is their own stays theirs.
use super::{InProgram, ParticipationState, Viewer, in_program};
use crate::base::{
    error::{AppError, Result},
    ids::{ParticipationId, ProgramId},
};
use crate::web::{
    page::{Link, Shell},
    state::App,
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// Someone with a part in the program named in the URL, going on or ended. Reads what is their own,
/// and nothing of others by it.
#[derive(Debug)]
pub struct OwnPart {
    viewer: Viewer,
    program: InProgram,
    participation_id: ParticipationId,
    state: ParticipationState,
}

impl OwnPart {
    pub const fn viewer(&self) -> &Viewer {
        &self.viewer
    }
    pub const fn program(&self) -> &InProgram {
        &self.program
    }
    pub const fn program_id(&self) -> ProgramId {
        self.program.id
    }
    pub const fn participation_id(&self) -> ParticipationId {
        self.participation_id
    }
    /// Still takes part, or may yet.
    pub const fn is_open(&self) -> bool {
        self.state.is_open()
    }

    /// Takes part now: has joined, and is not on hold.
    pub fn has_joined(&self) -> bool {
        self.state == ParticipationState::Joined
    }

    pub fn shell(&self, app: &App) -> Shell {
        let mut shell = self.viewer.shell(app);
        if self.is_open() {
            shell.nav.push(Link::to(self.program.path(), "The program").here());
        }
        shell
    }
}

impl FromRequestParts<App> for OwnPart {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let (viewer, scope) = in_program(parts, app).await?;
        let inside = scope.is_inside();
        match scope.participation {
            Some((participation_id, state)) => Ok(Self { viewer, program: scope.program, participation_id, state }),
            None if inside => Err(AppError::NotAllowed("peers only")),
            None => Err(AppError::NotFound),
        }
    }
}
