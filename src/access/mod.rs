//! Who may do what. Each type here is a proof: it is made only by the check it names, and
//! commands ask for one, so a forgotten check does not compile.
//!
//! A stranger to a program gets "not found"; so does everyone outside a group, except its
//! coordinators on the pages that show facts. A wrong role inside a program gets "not allowed";
//! nobody signed in is sent to sign in.
pub mod held_link;
mod hold;
mod in_group;
mod model;
mod own_part;
mod scope;
mod shell;

pub use model::{ParticipationState, ProgramState};
pub use own_part::OwnPart;
pub use scope::{InGroup, InProgram};
pub use shell::{SESSION_COOKIE, SESSION_COOKIE_HTTPS};

use crate::base::{
    error::{AppError, Result},
    ids::{GroupId, ParticipationId, PersonId, ProgramId, SignInId},
    local_time::day_in,
    secret::Secret,
};
use crate::web::{cookies, flash, state::App};
use axum::{
    RequestPartsExt,
    extract::{FromRequestParts, OptionalFromRequestParts, Path},
    http::{HeaderMap, request::Parts},
};
use hold::Hold;
use scope::Scope;
use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Someone who is signed in.
#[derive(Debug, Clone)]
pub struct Viewer {
    person_id: PersonId,
    sign_in_id: SignInId,
    name: String,
    email: String,
    time_zone: String,
    site_admin: bool,
    may_create_programs: bool,
    /// Has or had a part in some program.
    is_peer: bool,
    flash: Option<String>,
}

impl Viewer {
    pub const fn person_id(&self) -> PersonId {
        self.person_id
    }
    pub const fn sign_in_id(&self) -> SignInId {
        self.sign_in_id
    }
    pub fn name(&self) -> &str {
        &self.name
    }
    pub fn email(&self) -> &str {
        &self.email
    }
    /// The IANA name of the zone this person lives by.
    pub fn time_zone(&self) -> &str {
        &self.time_zone
    }
    pub const fn is_site_admin(&self) -> bool {
        self.site_admin
    }
    pub const fn may_create_programs(&self) -> bool {
        self.may_create_programs
    }

    async fn of(headers: &HeaderMap, app: &App, db: &mut PgConnection) -> Result<Self> {
        let name = if app.https { SESSION_COOKIE_HTTPS } else { SESSION_COOKIE };
        let secret = cookies::read(headers, name).ok_or(AppError::SignInFirst)?;
        let row = sqlx::query!(
            r#"select p.id as "id: PersonId", s.id as "sign_in_id: SignInId", p.name, p.email, p.time_zone,
                      p.site_admin, p.may_create_programs,
                      exists (select from person_programs q
                              join participations t on t.program_id = q.program_id and t.person_id = q.person_id
                              where q.person_id = p.id) as "is_peer!"
               from sign_in_sessions s join people p on p.id = s.person_id
               where s.secret_hash = $1 and s.expires_at > $2"#,
            Secret::presented(secret).hash(),
            app.clock.now()
        )
        .fetch_optional(db)
        .await?
        .ok_or(AppError::SignInFirst)?;
        Ok(Self {
            person_id: row.id,
            sign_in_id: row.sign_in_id,
            name: row.name,
            email: row.email,
            time_zone: row.time_zone,
            site_admin: row.site_admin,
            may_create_programs: row.may_create_programs,
            is_peer: row.is_peer,
            flash: flash::read(headers),
        })
    }
}

impl FromRequestParts<App> for Viewer {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let mut db = app.db.acquire().await?;
        Self::of(&parts.headers, app, &mut db).await
    }
}

/// `Option<Viewer>`: pages that anyone may see and that greet whoever is signed in.
impl OptionalFromRequestParts<App> for Viewer {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>> {
        match <Self as FromRequestParts<App>>::from_request_parts(parts, app).await {
            Ok(viewer) => Ok(Some(viewer)),
            Err(AppError::SignInFirst) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Someone who looks after accounts and settings, and sees nothing of any program by that.
#[derive(Debug)]
pub struct SiteAdmin {
    viewer: Viewer,
}

impl SiteAdmin {
    pub const fn viewer(&self) -> &Viewer {
        &self.viewer
    }
}

impl FromRequestParts<App> for SiteAdmin {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let viewer = <Viewer as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        if viewer.site_admin { Ok(Self { viewer }) } else { Err(AppError::NotAllowed("site admins only")) }
    }
}

/// Someone with the right to create programs.
#[derive(Debug)]
pub struct ProgramCreator {
    viewer: Viewer,
}

impl ProgramCreator {
    pub const fn viewer(&self) -> &Viewer {
        &self.viewer
    }
}

impl FromRequestParts<App> for ProgramCreator {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let viewer = <Viewer as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        if viewer.may_create_programs {
            Ok(Self { viewer })
        } else {
            Err(AppError::NotAllowed("the right to create programs is given by a site admin"))
        }
    }
}

/// A coordinator of the program named in the URL. Sees facts, never what people said.
#[derive(Debug)]
pub struct ProgramCoordinator {
    viewer: Viewer,
    program: InProgram,
}

impl ProgramCoordinator {
    pub const fn viewer(&self) -> &Viewer {
        &self.viewer
    }
    pub const fn program(&self) -> &InProgram {
        &self.program
    }
    pub const fn program_id(&self) -> ProgramId {
        self.program.id
    }
}

/// Someone who takes part in the program named in the URL, placed in a group or not, and
/// whose part has not ended.
#[derive(Debug)]
pub struct Peer {
    viewer: Viewer,
    program: InProgram,
    participation_id: ParticipationId,
    state: ParticipationState,
}

impl Peer {
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
    pub const fn state(&self) -> ParticipationState {
        self.state
    }
}

/// The contact person or the second contact: reads reported items, nothing else.
#[derive(Debug)]
pub struct ProgramContact {
    viewer: Viewer,
    program: InProgram,
}

impl ProgramContact {
    pub const fn viewer(&self) -> &Viewer {
        &self.viewer
    }
    pub const fn program(&self) -> &InProgram {
        &self.program
    }
    pub const fn program_id(&self) -> ProgramId {
        self.program.id
    }
}

/// A coordinator or a contact person of the program named in the URL: those of whom two take
/// somebody off together.
#[derive(Debug)]
pub struct CoordinatorOrContact {
    viewer: Viewer,
    program: InProgram,
    coordinates: bool,
}

impl CoordinatorOrContact {
    pub const fn viewer(&self) -> &Viewer {
        &self.viewer
    }
    pub const fn program(&self) -> &InProgram {
        &self.program
    }
    pub const fn program_id(&self) -> ProgramId {
        self.program.id
    }
    pub const fn coordinates(&self) -> bool {
        self.coordinates
    }
}

/// Whoever may open the program's page, by the strongest of their roles.
#[derive(Debug)]
pub enum ProgramVisitor {
    Coordinator(ProgramCoordinator),
    Peer(Peer),
    Contact(ProgramContact),
}

/// A member of the group named in the URL. All of them may do the same things; who is on hold only reads.
#[derive(Debug)]
pub struct GroupMember {
    viewer: Viewer,
    program: InProgram,
    participation_id: ParticipationId,
    group: InGroup,
    joined_on: Date,
    hold: Option<Hold>,
}

impl GroupMember {
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
    pub const fn group(&self) -> &InGroup {
        &self.group
    }
    pub const fn group_id(&self) -> GroupId {
        self.group.id
    }
    /// Since when they belong to it.
    pub const fn joined_on(&self) -> Date {
        self.joined_on
    }
    /// They read, and change nothing of the group's until they are back.
    pub const fn is_on_hold(&self) -> bool {
        self.hold.is_some()
    }
    /// Whether they belonged to it then: what was written before is not theirs to read.
    pub fn belonged_at(&self, at: OffsetDateTime) -> bool {
        day_in(&self.program.time_zone, at) >= self.joined_on
    }
}

/// Whoever may open a group's page: its members, and coordinators for the facts.
#[derive(Debug)]
pub enum GroupReader {
    Member(GroupMember),
    Coordinator(ProgramCoordinator, InGroup),
}

#[derive(Deserialize)]
struct OfProgram {
    program_id: ProgramId,
}

#[derive(Deserialize)]
struct OfGroup {
    program_id: ProgramId,
    group_id: GroupId,
}

async fn in_program(parts: &mut Parts, app: &App) -> Result<(Viewer, Scope)> {
    let mut db = app.db.acquire().await?;
    let viewer = Viewer::of(&parts.headers, app, &mut db).await?;
    let Path(of) = parts.extract::<Path<OfProgram>>().await.map_err(|_| AppError::NotFound)?;
    let scope = Scope::read(&mut db, viewer.person_id, of.program_id, None, app.clock.now()).await?;
    // A draft is its coordinators' business alone.
    if scope.program.state == ProgramState::Draft && !scope.coordinates {
        return Err(AppError::NotFound);
    }
    Ok((viewer, scope))
}

impl FromRequestParts<App> for ProgramCoordinator {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let (viewer, scope) = in_program(parts, app).await?;
        match (scope.coordinates, scope.is_inside()) {
            (true, _) => Ok(Self { viewer, program: scope.program }),
            (false, true) => Err(AppError::NotAllowed("coordinators only")),
            (false, false) => Err(AppError::NotFound),
        }
    }
}

impl FromRequestParts<App> for CoordinatorOrContact {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let (viewer, scope) = in_program(parts, app).await?;
        match (scope.coordinates || scope.is_contact, scope.is_inside()) {
            (true, _) => Ok(Self { viewer, coordinates: scope.coordinates, program: scope.program }),
            (false, true) => Err(AppError::NotAllowed("coordinators and contacts only")),
            (false, false) => Err(AppError::NotFound),
        }
    }
}

impl FromRequestParts<App> for ProgramContact {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let (viewer, scope) = in_program(parts, app).await?;
        match (scope.is_contact, scope.is_inside()) {
            (true, _) => Ok(Self { viewer, program: scope.program }),
            (false, true) => Err(AppError::NotAllowed("contacts only")),
            (false, false) => Err(AppError::NotFound),
        }
    }
}

/// Why somebody is kept out whose part in the program is over.
pub const PART_ENDED: &str = "their part has ended";

impl FromRequestParts<App> for Peer {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let (viewer, scope) = in_program(parts, app).await?;
        let inside = scope.is_inside();
        match scope.participation {
            Some((participation_id, state)) if state.is_open() => {
                Ok(Self { viewer, program: scope.program, participation_id, state })
            }
            Some(_) => Err(AppError::NotAllowed(PART_ENDED)),
            _ if inside => Err(AppError::NotAllowed("peers only")),
            _ => Err(AppError::NotFound),
        }
    }
}

impl FromRequestParts<App> for ProgramVisitor {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let (viewer, scope) = in_program(parts, app).await?;
        if scope.coordinates {
            return Ok(Self::Coordinator(ProgramCoordinator { viewer, program: scope.program }));
        }
        match scope.participation {
            Some((participation_id, state)) if state.is_open() => {
                Ok(Self::Peer(Peer { viewer, program: scope.program, participation_id, state }))
            }
            _ if scope.is_contact => Ok(Self::Contact(ProgramContact { viewer, program: scope.program })),
            _ => Err(AppError::NotFound),
        }
    }
}
