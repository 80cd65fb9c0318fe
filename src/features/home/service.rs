//! Reads for the page where everyone arrives. Nothing here writes.
use super::{
    model::{Backing, Mine, Past},
    queries::{self, Places},
    tasks::Waiting,
};
use crate::access::{ProgramState, Viewer};
use crate::base::{error::Result, ids::ProgramId};
use crate::features::move_offers::OFFER_DAYS;
use crate::features::progress::{self, GroupFacts, ProgramFacts, Which};
use crate::features::putting_off::{self, PutOff};
use crate::features::{reports, retrospectives};
use crate::web::state::App;
use time::Duration;

/// Everything about one person that their home is made of.
pub(super) struct Home {
    pub(super) mine: Vec<Mine>,
    /// Facts of the programs the person coordinates and that have not ended.
    pub(super) coordinated: Vec<ProgramFacts>,
    /// What is put off in them.
    pub(super) put_off: Vec<PutOff>,
    /// Facts of the groups the person may open.
    pub(super) groups: Vec<GroupFacts>,
    pub(super) backing: Vec<Backing>,
    pub(super) waiting: Waiting,
    /// Programs in which their part has ended.
    pub(super) past: Vec<Past>,
}

pub(super) async fn home(app: &App, viewer: &Viewer) -> Result<Home> {
    let mut db = app.db.acquire().await?;
    let offers_since = app.clock.now() - Duration::days(OFFER_DAYS);
    let (mine, past) = queries::mine(&mut db, viewer.person_id(), offers_since).await?;
    let leads = |program: &&Mine| program.coordinates && !program.has_ended();
    let ids: Vec<ProgramId> = mine.iter().filter(leads).map(|program| program.id).collect();
    let coordinated = if ids.is_empty() { Vec::new() } else { progress::programs(&mut db, &ids).await? };
    let put_off = if ids.is_empty() { Vec::new() } else { putting_off::of_programs(&mut db, &ids).await? };
    let at = places(&mine);
    let backing = if at.parts.is_empty() { Vec::new() } else { queries::backing(&mut db, &at).await? };
    let contact_of: Vec<ProgramId> = mine.iter().filter(|program| program.is_contact).map(|one| one.id).collect();
    let reports = if contact_of.is_empty() {
        Vec::new()
    } else {
        reports::to_decide(&mut db, &contact_of, viewer.person_id()).await?
    };
    if at.groups.is_empty() {
        let waiting = Waiting { reports, ..Waiting::default() };
        return Ok(Home { mine, coordinated, put_off, groups: Vec::new(), backing, waiting, past });
    }
    let closing: Vec<ProgramId> =
        mine.iter().filter(|program| program.state == ProgramState::Closing).map(|program| program.id).collect();
    let waiting = Waiting {
        look_backs: retrospectives::waiting(&mut db, &closing, (&at.groups, &at.parts), app.clock.now()).await?,
        received: queries::received(&mut db, &at).await?,
        drafts: queries::drafts(&mut db, &at).await?,
        goals: queries::goals(&mut db, &at).await?,
        actions: queries::actions(&mut db, &at).await?,
        reworded: queries::reworded(&mut db, &at).await?,
        proposed: queries::proposed(&mut db, &at).await?,
        meetings: queries::meetings(&mut db, &at, app.clock.now()).await?,
        polls: queries::polls(&mut db, &at, app.clock.now()).await?,
        trips: queries::trips(&mut db, &at).await?,
        products: queries::products(&mut db, &at).await?,
        reports,
    };
    let groups = progress::groups(&mut db, Which { programs: &at.programs, groups: Some(&at.groups) }).await?;
    Ok(Home { mine, coordinated, put_off, groups, backing, waiting, past })
}

/// Programs that have not ended, where the person takes part.
fn places(mine: &[Mine]) -> Places {
    let mut at = Places::default();
    for program in mine.iter().filter(|program| !program.has_ended()) {
        if let Some(part) = &program.part {
            at.programs.push(program.id);
            at.parts.push(part.id);
            at.groups.extend(program.group().map(|group| group.id));
        }
    }
    at
}
