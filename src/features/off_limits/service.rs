//! Saying what one wants left alone, and no longer. No row of the history tells of it.
use super::queries::{self, Area};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::OffLimitsId,
};
use crate::features::groups::{self, OpenMember};
use crate::web::state::App;

/// More would say: do not look at me.
const MOST: usize = 6;

/// What stands on the page.
#[derive(Debug)]
pub(super) struct View {
    pub(super) areas: Vec<Area>,
    pub(super) members: Vec<OpenMember>,
}

impl View {
    pub(super) fn has_room(&self) -> bool {
        self.areas.len() < MOST
    }
}

pub(super) async fn read(app: &App, by: &GroupMember) -> Result<View> {
    let mut db = app.db.acquire().await?;
    Ok(View {
        areas: queries::areas(&mut db, by.program_id(), by.participation_id()).await?,
        members: groups::open_members(&mut db, by.program_id(), by.group_id()).await?,
    })
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Added {
    Done,
    There,
    Full,
}

pub(super) async fn add(app: &App, by: &GroupMember, id: OffLimitsId, words: &str) -> Result<Added> {
    let mut tx = app.db.begin().await?;
    let there = queries::areas(&mut tx, by.program_id(), by.participation_id()).await?;
    if there.iter().any(|area| area.id == id) {
        return Ok(Added::Done);
    }
    if there.iter().any(|area| area.words.to_lowercase() == words.to_lowercase()) {
        return Ok(Added::There);
    }
    if there.len() >= MOST {
        return Ok(Added::Full);
    }
    queries::insert(&mut tx, (by.program_id(), id), by.participation_id(), words, app.clock.now()).await?;
    tx.commit().await?;
    Ok(Added::Done)
}

/// Takes an area of one's own away.
///
/// # Errors
/// `NotFound` when this member has no such area.
pub(super) async fn remove(app: &App, by: &GroupMember, id: OffLimitsId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if !queries::delete(&mut tx, (by.program_id(), id), by.participation_id()).await? {
        return Err(AppError::NotFound);
    }
    tx.commit().await?;
    Ok(())
}
