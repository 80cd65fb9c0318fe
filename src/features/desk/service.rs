//! Reads for the program's page, and what is put off from it.
use super::queries::{self, Addressee, MyGroup, Public, Theme};
use crate::access::{Peer, ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::ProgramId,
    local_time::day_in,
};
use crate::features::putting_off::{self, Sorted, sort_out};
use crate::features::warnings::{Thing, things};
use crate::features::{
    earlier_lessons,
    lessons::{self, Learned},
    progress::{self, ProgramFacts},
};
use crate::web::state::App;
use time::Date;

/// What a coordinator's page is made of.
pub(super) struct Desk {
    pub(super) facts: ProgramFacts,
    pub(super) things: Sorted,
    pub(super) themes: Vec<Theme>,
    /// Of a program that has not begun and follows another, or that brings lessons from elsewhere.
    pub(super) earlier: Option<earlier_lessons::Card>,
    /// Of a program that closes or has ended.
    pub(super) look_back: Option<lessons::Card>,
    /// The day in the program's zone.
    pub(super) today: Date,
}

impl Desk {
    /// A thing by its key, whether it stands on the desk or is put off.
    pub(super) fn thing(&self, key: &str) -> Option<&Thing> {
        let away = self.things.away.iter().map(|away| &away.thing);
        self.things.here.iter().chain(away).find(|thing| thing.key() == key)
    }
}

pub(super) async fn desk(app: &App, by: &ProgramCoordinator) -> Result<Desk> {
    let mut db = app.db.acquire().await?;
    let id = by.program_id();
    let facts = progress::programs(&mut db, &[id]).await?.pop().ok_or(AppError::NotFound)?;
    let themes = queries::themes(&mut db, id).await?;
    let (mut earlier, mut look_back) = (None, None);
    match facts.state {
        ProgramState::Draft | ProgramState::Open => {
            earlier = earlier_lessons::Card::of(&earlier_lessons::standing(&mut db, id).await?);
        }
        ProgramState::Closing | ProgramState::Archived => {
            look_back = Some(lessons::Card::of(lessons::look_back(&mut db, id).await?));
        }
        ProgramState::Active | ProgramState::Cancelled => {}
    }
    let put_off = putting_off::of_programs(&mut db, &[id]).await?;
    let today = day_in(&facts.time_zone, app.clock.now());
    let things = sort_out(id, things(&facts, today), &put_off, today);
    Ok(Desk { facts, things, themes, earlier, look_back, today })
}

/// The facts alone, and the day.
pub(super) async fn facts(app: &App, by: &ProgramCoordinator) -> Result<(ProgramFacts, Date)> {
    let mut db = app.db.acquire().await?;
    let facts = progress::programs(&mut db, &[by.program_id()]).await?.pop().ok_or(AppError::NotFound)?;
    let today = day_in(&facts.time_zone, app.clock.now());
    Ok((facts, today))
}

/// What the program says of itself, and to whom to write.
pub(super) struct About {
    pub(super) public: Public,
    pub(super) themes: Vec<Theme>,
    pub(super) addressees: Vec<Addressee>,
    pub(super) my_group: Option<MyGroup>,
    /// What the program learned, as far as it is published.
    pub(super) lessons: Vec<Learned>,
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
        lessons: lessons::published(&mut db, program_id).await?,
    })
}
