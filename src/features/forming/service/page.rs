//! What the page of groups shows: a page of them, and some of the people without a group.
use super::overview::candidate;
use crate::access::ProgramCoordinator;
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId},
    local_time::day_in,
    text,
};
use crate::features::{
    groups::{self, Candidate, GroupRow, Readiness, Settings, Unplaced},
    move_offers::{self, Offer},
};
use crate::web::state::App;
use time::Duration;

/// Groups on one page.
const GROUPS: usize = 50;
/// People without a group on one page, of the ready and of the others.
const PEOPLE: usize = 60;
/// How many days an offer of a move that has ended is still shown.
const SHOWN_DAYS: i64 = 30;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Asked<'a> {
    /// Groups after this one.
    pub(in super::super) after: Option<GroupId>,
    /// Part of the name of who is to be placed.
    pub(in super::super) find: &'a str,
    /// Who was ticked already.
    pub(in super::super) chosen: &'a [ParticipationId],
}

/// As of one moment.
pub(in super::super) struct Shown {
    pub(in super::super) settings: Settings,
    /// Open groups, and the people in them.
    pub(in super::super) open_groups: usize,
    pub(in super::super) placed: usize,
    pub(in super::super) groups: Vec<(GroupRow, Vec<Candidate>)>,
    /// There are more groups after these.
    pub(in super::super) more_groups: bool,
    pub(in super::super) ready: Vec<Candidate>,
    pub(in super::super) more_ready: bool,
    pub(in super::super) waiting: Vec<Candidate>,
    pub(in super::super) more_waiting: bool,
    /// Offers of moves that wait or ended lately, newest first.
    pub(in super::super) offers: Vec<Offer>,
}

pub(in super::super) async fn shown(app: &App, by: &ProgramCoordinator, asked: Asked<'_>) -> Result<Shown> {
    let now = app.clock.now();
    let program = by.program();
    let mut db = app.db.acquire().await?;
    let (settings, open_groups, placed) = groups::sums(&mut db, program.id).await?;
    let on = groups::needed_on(day_in(&program.time_zone, now), program.starts_on);
    let with = |(row, requests): groups::WithRequests| candidate(row, &requests, settings.approval_required, on);
    let one_more = |most: usize| i64::try_from(most + 1).unwrap_or(i64::MAX);
    let mut page: Vec<(GroupRow, Vec<Candidate>)> =
        groups::page_of_groups(&mut db, program.id, asked.after, one_more(GROUPS))
            .await?
            .into_iter()
            .map(|(group, members)| (group, members.into_iter().map(with).collect()))
            .collect();
    let more_groups = page.len() > GROUPS;
    page.truncate(GROUPS);
    let which = Unplaced {
        backed_on: settings.approval_required.then_some(on),
        search: &text::fold_name(asked.find),
        chosen: asked.chosen,
        most: one_more(PEOPLE.max(asked.chosen.len())),
    };
    let people = groups::unplaced(&mut db, program.id, which).await?.into_iter().map(with);
    let (mut ready, mut waiting): (Vec<Candidate>, Vec<Candidate>) =
        people.partition(|person| person.readiness == Readiness::Ready);
    let more_ready = ready.len() > PEOPLE.max(asked.chosen.len());
    let more_waiting = waiting.len() > PEOPLE;
    ready.truncate(PEOPLE.max(asked.chosen.len()));
    waiting.truncate(PEOPLE);
    let since = now - Duration::days(SHOWN_DAYS);
    let mut offers = move_offers::all_of(&mut db, program.id).await?;
    offers.retain(|offer| offer.ended_at.unwrap_or_else(|| offer.open_until()) > since);
    Ok(Shown {
        settings,
        open_groups,
        placed,
        groups: page,
        more_groups,
        ready,
        more_ready,
        waiting,
        more_waiting,
        offers,
    })
}
