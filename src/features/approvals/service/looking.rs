//! What the pages read.
use super::super::{
    link::SupervisorLink,
    model::{Promise, Request, RequestFacts},
    queries::{self, Place},
};
use super::answering::is_open;
use crate::access::Peer;
use crate::base::error::Result;
use crate::web::state::App;

/// Where a peer's place stands.
#[derive(Debug)]
pub(in super::super) struct Standing {
    pub(in super::super) place: Place,
    pub(in super::super) request: Option<Request>,
    pub(in super::super) promises: Vec<Promise>,
    pub(in super::super) earlier: Vec<RequestFacts>,
}

pub(in super::super) async fn standing(app: &App, by: &Peer) -> Result<Standing> {
    let (program_id, participation_id) = (by.program_id(), by.participation_id());
    let mut db = app.db.acquire().await?;
    let place = queries::place(&mut db, program_id, participation_id).await?;
    let request = queries::latest(&mut db, program_id, participation_id).await?;
    let Some(request) = request else {
        return Ok(Standing { place, request: None, promises: Vec::new(), earlier: Vec::new() });
    };
    let promises = queries::promises(&mut db, program_id, request.id).await?;
    let earlier = queries::earlier(&mut db, program_id, participation_id, request.id).await?;
    Ok(Standing { place, request: Some(request), promises, earlier })
}

/// What a supervisor's link opens.
#[derive(Debug)]
pub(in super::super) struct Letter {
    pub(in super::super) request: Request,
    pub(in super::super) promises: Vec<Promise>,
    /// The holder may answer, or change the answer.
    pub(in super::super) is_open: bool,
}

pub(in super::super) async fn letter(app: &App, by: &SupervisorLink) -> Result<Letter> {
    let mut db = app.db.acquire().await?;
    let request = queries::find(&mut db, by.program_id(), by.request_id()).await?;
    let promises = queries::promises(&mut db, by.program_id(), request.id).await?;
    let is_open = is_open(&request, app.clock.now());
    Ok(Letter { request, promises, is_open })
}
