//! Reads what others see of a peer; the proof is the peer's own.
use crate::access::Peer;
use crate::base::error::Result;
use crate::features::{
    answers::Sample,
    approvals::{self, Promise, Request, RequestState},
    group_page::{self, OwnGroup},
    joining,
    people::{self, OnePerson},
    products::{self, ShownProduct},
    profiles::{self, Profile},
    standings::{self, History},
};
use crate::web::state::App;

/// What the supervisor sees.
pub(super) enum BySupervisor {
    /// This program asks none.
    Nobody,
    /// What whoever is asked next will see.
    Sample(Sample),
    /// What the supervisor of the newest request sees now.
    Now(Box<Request>, Vec<Promise>, Vec<ShownProduct>),
}

pub(super) async fn by_supervisor(app: &App, by: &Peer) -> Result<BySupervisor> {
    let (program_id, me) = (by.program_id(), by.participation_id());
    let mut db = app.db.acquire().await?;
    let request = approvals::latest(&mut db, program_id, me).await?;
    let own_words = match request {
        // The links of a request that was called off are dead: nobody sees it.
        Some(request) if request.state != RequestState::Cancelled => {
            let promises = approvals::promises(&mut db, program_id, request.id).await?;
            let shown = products::shown(&mut db, program_id, request.id).await?;
            return Ok(BySupervisor::Now(Box::new(request), promises, shown));
        }
        Some(request) => request.own_words,
        None => String::new(),
    };
    let place = joining::place(&mut db, program_id, me).await?;
    if !place.approval_required {
        return Ok(BySupervisor::Nobody);
    }
    Ok(BySupervisor::Sample(Sample { asked: place.asked, own_words, coordinator: place.coordinator }))
}

/// What coordinators see.
pub(super) struct ByCoordinators {
    pub(super) one: OnePerson,
    pub(super) history: History,
    pub(super) profile: Profile,
    pub(super) group: Option<OwnGroup>,
}

pub(super) async fn by_coordinators(app: &App, by: &Peer) -> Result<ByCoordinators> {
    let one = people::listed_as(app, by).await?;
    let history = standings::history_of(&mut *app.db.acquire().await?, by.program(), by.participation_id()).await?;
    let profile = profiles::read_own(app, by).await?;
    let group = group_page::own_facts(app, by).await?;
    Ok(ByCoordinators { one, history, profile, group })
}
