//! Reads for the program's page. Nothing here writes.
use super::queries::{self, Addressee, MyGroup, Public, Theme};
use crate::access::{Peer, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::ProgramId,
};
use crate::features::progress::{self, ProgramFacts};
use crate::web::state::App;

/// What a coordinator's page is made of.
pub(super) struct Desk {
    pub(super) facts: ProgramFacts,
    pub(super) themes: Vec<Theme>,
}

pub(super) async fn desk(app: &App, by: &ProgramCoordinator) -> Result<Desk> {
    let mut db = app.db.acquire().await?;
    let id = by.program_id();
    let facts = progress::programs(&mut db, &[id]).await?.pop().ok_or(AppError::NotFound)?;
    let themes = queries::themes(&mut db, id).await?;
    Ok(Desk { facts, themes })
}

/// What the program says of itself, and to whom to write.
pub(super) struct About {
    pub(super) public: Public,
    pub(super) themes: Vec<Theme>,
    pub(super) addressees: Vec<Addressee>,
    pub(super) my_group: Option<MyGroup>,
}

/// For a peer; without one, for the contact person.
pub(super) async fn about(app: &App, program_id: ProgramId, peer: Option<&Peer>) -> Result<About> {
    let mut db = app.db.acquire().await?;
    let my_group = match peer {
        Some(peer) => queries::my_group(&mut db, program_id, peer.participation_id()).await?,
        None => None,
    };
    Ok(About {
        public: queries::public(&mut db, program_id).await?,
        themes: queries::themes(&mut db, program_id).await?,
        addressees: queries::addressees(&mut db, program_id).await?,
        my_group,
    })
}
