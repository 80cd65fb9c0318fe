//! Commands: offer, withdraw, answer. All of a program's run one after the other, so that an offer
//! that is withdrawn while somebody says yes has one outcome.
use crate::access::{InProgram, Peer, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::{GroupId, MoveId, ParticipationId, PersonId},
    local_time,
};
use crate::features::forming::{self, Overview};
use crate::features::groups::{self, Candidate, GroupFormed, GroupRow, Readiness, Refusal};
use crate::features::meeting_letters;
use crate::features::move_offers::{self, GroupNews, MoveOffered, MoveState, NewOffer, Offer, Standing};
use crate::features::people;
use crate::history::{self, Act, Actor};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A group whose members can be offered a place elsewhere.
pub(super) struct Seen {
    pub(super) all: Overview,
    pub(super) group: GroupRow,
    /// Offers to its people, newest first, at most one a person.
    pub(super) offers: Vec<Offer>,
}

impl Seen {
    /// Belongs to the group, and no offer waits for their answer.
    pub(super) fn movable(&self, now: OffsetDateTime) -> Vec<&Candidate> {
        let waits = |person: &&Candidate| {
            self.offers.iter().any(|offer| offer.participation_id == person.id && offer.standing(now) == Standing::Open)
        };
        self.all.members_of(self.group.id).into_iter().filter(|person| !waits(person)).collect()
    }
    /// The groups a place can be offered in.
    pub(super) fn targets(&self) -> Vec<&GroupRow> {
        self.all.groups.iter().filter(|group| group.id != self.group.id && group.closed_on.is_none()).collect()
    }
}

async fn see(db: &mut PgConnection, by: &ProgramCoordinator, all: Overview, id: GroupId) -> Result<Seen> {
    let group = all.group(id)?.clone();
    let mut offers: Vec<Offer> = Vec::new();
    for offer in move_offers::all_of(db, by.program_id()).await? {
        let is_first = !offers.iter().any(|newer| newer.participation_id == offer.participation_id);
        if offer.from_group_id == id && is_first {
            offers.push(offer);
        }
    }
    Ok(Seen { all, group, offers })
}

pub(super) async fn seen(app: &App, by: &ProgramCoordinator, id: GroupId) -> Result<Seen> {
    let mut db = app.db.acquire().await?;
    let settings = groups::settings(&mut db, by.program_id()).await?;
    let all = forming::read(&mut db, by.program(), settings, app.clock.now()).await?;
    see(&mut db, by, all, id).await
}

/// What a coordinator offers: the same place to each of these.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) people: Vec<ParticipationId>,
    pub(super) to: GroupId,
    pub(super) line: String,
}

/// How offering ended.
#[derive(Debug)]
pub(super) enum Offered {
    /// To these, by name.
    Done {
        names: Vec<String>,
        to: String,
    },
    /// The group it leads to is closed, or none of this program.
    NoSuchTarget,
    /// These have an open offer: the same form came before, or somebody else was first.
    Waiting(Vec<String>),
    /// These do not belong to the group any more.
    NotHere,
    Refused(Vec<Refusal>),
    /// The program does not run.
    NotNow,
}

/// Offers each of these people a place in another group, and writes to them.
pub(super) async fn offer(app: &App, by: &ProgramCoordinator, from: GroupId, wanted: &Wanted) -> Result<Offered> {
    let (program_id, person, now) = (by.program_id(), by.viewer().person_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let settings = groups::hold(&mut tx, program_id).await?;
    let all = forming::read(&mut tx, by.program(), settings, now).await?;
    let seen = see(&mut tx, by, all, from).await?;
    if !settings.state.is_running() || seen.group.closed_on.is_some() {
        return Ok(Offered::NotNow);
    }
    let Some(target) = seen.targets().into_iter().find(|group| group.id == wanted.to) else {
        return Ok(Offered::NoSuchTarget);
    };
    let members = seen.all.members_of(from);
    let chosen: Vec<&Candidate> = members.iter().filter(|member| wanted.people.contains(&member.id)).copied().collect();
    if chosen.len() != wanted.people.len() {
        return Ok(Offered::NotHere);
    }
    let free = seen.movable(now);
    let waiting = chosen.iter().filter(|one| !free.iter().any(|free| free.id == one.id));
    let waiting: Vec<String> = waiting.map(|one| one.name.clone()).collect();
    if waiting.len() == chosen.len() && offered_before(&mut tx, by, (&seen, wanted), now).await? {
        // A button pressed twice: each has this very offer, and was written to.
        return Ok(Offered::Done { names: waiting, to: target.name.clone() });
    }
    if !waiting.is_empty() {
        return Ok(Offered::Waiting(waiting));
    }
    let staying = seen.all.members_of(target.id);
    let against = move_offers::objections(&staying, &chosen, settings.sizes, &seen.all.apart);
    if !against.is_empty() {
        return Ok(Offered::Refused(against));
    }
    let over: Vec<MoveId> = seen.offers.iter().filter(|o| o.state == MoveState::Offered).map(|o| o.id).collect();
    let chosen_ids: Vec<ParticipationId> = chosen.iter().map(|one| one.id).collect();
    lapse_others(&mut tx, by, (&chosen_ids, over), now).await?;
    for one in &chosen {
        let id = MoveId::generate();
        let new = NewOffer { id, participation_id: one.id, from, to: target.id, line: &wanted.line, by: person };
        if !move_offers::insert(&mut tx, program_id, &new, now).await? {
            return Ok(Offered::Waiting(vec![one.name.clone()]));
        }
        let posting = Posting { program_id: Some(program_id), due_at: now, key: None };
        outbox::enqueue(&mut tx, &MoveOffered { program_id, move_id: id }, posting).await?;
        note(&mut tx, by.program(), (person, "move_offered", id), now).await?;
    }
    tx.commit().await?;
    let names = chosen.iter().map(|one| one.name.clone()).collect();
    Ok(Offered::Done { names, to: target.name.clone() })
}

/// Whether each of these people has the very offer already: the same place, with the same line.
async fn offered_before(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    (seen, wanted): (&Seen, &Wanted),
    now: OffsetDateTime,
) -> Result<bool> {
    for id in &wanted.people {
        let open =
            seen.offers.iter().find(|offer| offer.participation_id == *id && offer.standing(now) == Standing::Open);
        let Some(offer) = open.filter(|offer| offer.to_group_id == wanted.to) else { return Ok(false) };
        if move_offers::line_to(db, by.program_id(), offer.id, *id).await? != wanted.line {
            return Ok(false);
        }
    }
    Ok(!wanted.people.is_empty())
}

/// Offers that nobody can answer any more make room: those of this group, and older ones of the
/// same people from groups they were in before.
async fn lapse_others(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    (people, mut ids): (&[ParticipationId], Vec<MoveId>),
    now: OffsetDateTime,
) -> Result<()> {
    let all = move_offers::all_of(db, by.program_id()).await?;
    ids.retain(|id| all.iter().any(|offer| offer.id == *id && offer.standing(now) != Standing::Open));
    ids.extend(
        all.iter()
            .filter(|offer| people.contains(&offer.participation_id) && offer.standing(now) != Standing::Open)
            .map(|offer| offer.id),
    );
    move_offers::lapse(db, by.program_id(), &ids, now).await
}

async fn note(
    db: &mut PgConnection,
    program: &InProgram,
    (by, action, id): (PersonId, &str, MoveId),
    now: OffsetDateTime,
) -> Result<()> {
    history::record(db, program.id, Act { actor: Actor::Person(by), action, object_id: id.0 }, now).await
}

/// Takes an offer back. `true` when it was open; the offer as it was found.
pub(super) async fn withdraw(app: &App, by: &ProgramCoordinator, id: MoveId) -> Result<(bool, Offer)> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    groups::hold(&mut tx, by.program_id()).await?;
    let offer = move_offers::find(&mut tx, by.program_id(), id).await?.ok_or(AppError::NotFound)?;
    if offer.standing(now) != Standing::Open {
        return Ok((false, offer));
    }
    move_offers::end(&mut tx, by.program_id(), id, MoveState::Withdrawn, now).await?;
    note(&mut tx, by.program(), (by.viewer().person_id(), "move_withdrawn", id), now).await?;
    tx.commit().await?;
    Ok((true, offer))
}

/// What somebody was offered last, with what was written with it and how many are in that group.
pub(super) struct Mine {
    pub(super) offer: Offer,
    pub(super) line: String,
    pub(super) people_there: usize,
    /// The program asks supervisors.
    pub(super) approval_required: bool,
}

/// `None` when they were never offered anything.
pub(super) async fn mine(app: &App, by: &Peer) -> Result<Option<Mine>> {
    let mut db = app.db.acquire().await?;
    let Some(offer) = move_offers::latest_of(&mut db, by.program_id(), by.participation_id()).await? else {
        return Ok(None);
    };
    let line = move_offers::line_to(&mut db, by.program_id(), offer.id, by.participation_id()).await?;
    let people_there = groups::open_members(&mut db, by.program_id(), offer.to_group_id).await?.len();
    let approval_required = groups::settings(&mut db, by.program_id()).await?.approval_required;
    Ok(Some(Mine { offer, line, people_there, approval_required }))
}

/// How answering ended; the offer as it was found.
#[derive(Debug)]
pub(super) enum Answered {
    Moved(Offer),
    Stays(Offer),
    /// It was answered, withdrawn or over before.
    Before(Offer),
    /// A rule stands in the way by now; whether it is only that the group is full.
    Hindered {
        offer: Offer,
        full: bool,
    },
    /// On hold: the answer can wait until they are back.
    OnHold,
}

/// Says yes or stays. A yes ends one membership and begins the next, in one transaction.
pub(super) async fn answer(app: &App, by: &Peer, id: MoveId, yes: bool) -> Result<Answered> {
    let (program, me, now) = (by.program(), by.participation_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let settings = groups::hold(&mut tx, program.id).await?;
    people::lock_part(&mut tx, program.id, me).await?;
    let offer = move_offers::find(&mut tx, program.id, id).await?.filter(|offer| offer.participation_id == me);
    let offer = offer.ok_or(AppError::NotFound)?;
    if offer.standing(now) != Standing::Open || !settings.state.is_running() {
        return Ok(Answered::Before(offer));
    }
    let person = by.viewer().person_id();
    if !yes {
        move_offers::end(&mut tx, program.id, id, MoveState::Stayed, now).await?;
        note(&mut tx, program, (person, "move_declined", id), now).await?;
        tx.commit().await?;
        return Ok(Answered::Stays(offer));
    }
    let all = forming::read(&mut tx, program, settings, now).await?;
    let staying = all.members_of(offer.to_group_id);
    let Some(mover) = all.people.iter().find(|one| one.id == me) else { return Err(AppError::NotFound) };
    if mover.readiness == Readiness::OnHold {
        return Ok(Answered::OnHold);
    }
    let against = move_offers::objections(&staying, &[mover], settings.sizes, &all.apart);
    if !against.is_empty() {
        move_offers::end(&mut tx, program.id, id, MoveState::Hindered, now).await?;
        note(&mut tx, program, (person, "move_hindered", id), now).await?;
        tx.commit().await?;
        let full = against.iter().all(|refusal| matches!(refusal, Refusal::TooMany { .. }));
        return Ok(Answered::Hindered { offer, full });
    }
    let today = local_time::day_in(&program.time_zone, now);
    move_offers::end(&mut tx, program.id, id, MoveState::Accepted, now).await?;
    meeting_letters::withdraw(&mut tx, program.id, &[me], now).await?;
    groups::leave_group(&mut tx, program.id, me, today).await?;
    groups::place(&mut tx, program.id, offer.to_group_id, &[me], Some(today)).await?;
    tell(&mut tx, program, &offer, now).await?;
    meeting_letters::invite(&mut tx, program.id, &[me], now).await?;
    note(&mut tx, program, (person, "moved", id), now).await?;
    tx.commit().await?;
    Ok(Answered::Moved(offer))
}

/// Writes to the members of both groups, and to the one who moved.
async fn tell(db: &mut PgConnection, program: &InProgram, offer: &Offer, now: OffsetDateTime) -> Result<()> {
    let posting = || Posting { program_id: Some(program.id), due_at: now, key: None };
    for group_id in [offer.from_group_id, offer.to_group_id] {
        for member in groups::open_members(db, program.id, group_id).await? {
            if member.participation_id != offer.participation_id {
                let letter = GroupNews { program_id: program.id, move_id: offer.id, to: member.participation_id };
                outbox::enqueue(db, &letter, posting()).await?;
            }
        }
    }
    let letter = GroupFormed {
        program_id: program.id,
        group_id: offer.to_group_id,
        participation_id: offer.participation_id,
        by: offer.offered_by,
    };
    outbox::enqueue(db, &letter, posting()).await?;
    Ok(())
}
