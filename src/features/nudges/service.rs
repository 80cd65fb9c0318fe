//! Gathers what waits for somebody, and stops the weekly email.
use super::{
    link::WeeklyLink,
    model::{self, WEEK, Waits},
    queries::{self, Place},
};
use crate::base::{
    error::Result,
    ids::{GroupId, PersonId, ProgramId},
    local_time::day_in,
};
use crate::features::progress::{self, Which};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What waits in one group.
#[derive(Debug)]
pub(super) struct InGroup {
    pub(super) place: Place,
    pub(super) waits: Vec<Waits>,
}

/// What waits for somebody now, in every group they belong to; groups where nothing does are left out.
pub(super) async fn gather(db: &mut PgConnection, of: PersonId, now: OffsetDateTime) -> Result<Vec<InGroup>> {
    let places = queries::places(db, of).await?;
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let programs: Vec<ProgramId> = places.iter().map(|place| place.program_id).collect();
    let groups: Vec<GroupId> = places.iter().map(|place| place.group_id).collect();
    let facts = progress::groups(db, Which { programs: &programs, groups: Some(&groups) }).await?;
    let mut found = Vec::new();
    for place in places {
        let Some(group) = facts.iter().find(|group| group.id == place.group_id) else { continue };
        let today = day_in(&place.time_zone, now);
        let mine = queries::mine(db, &place, now - WEEK, today).await?;
        let waits = model::waits(group, mine, today);
        if !waits.is_empty() {
            found.push(InGroup { place, waits });
        }
    }
    Ok(found)
}

/// Stops the weekly email of whoever holds it, or lets it come again.
pub(super) async fn set_stopped(app: &App, by: &WeeklyLink, stopped: bool) -> Result<()> {
    let mut db = app.db.acquire().await?;
    queries::set_stopped(&mut db, by.person_id, stopped, app.clock.now()).await
}

pub(super) async fn is_stopped(app: &App, by: &WeeklyLink) -> Result<bool> {
    let mut db = app.db.acquire().await?;
    queries::is_stopped(&mut db, by.person_id).await
}
