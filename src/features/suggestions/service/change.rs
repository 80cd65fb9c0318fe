//! Changing a suggestion, and what becomes of it.
use super::{
    super::{
        model::DraftState,
        queries::{self, Draft, SeatRow},
    },
    gather::zones_of,
    note,
};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::{AppError, Result},
    ids::{GroupId, ParticipationId, SuggestionId},
    words,
};
use crate::features::{
    forming::{self, Wanted},
    groups::{self, About, Candidate, Readiness, Refusal, Settings},
    matching::Somebody,
};
use crate::web::state::App;
use sqlx::PgConnection;
use std::collections::{HashMap, HashSet};
use time::OffsetDateTime;

/// Where somebody is moved to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Target {
    Group(i32),
    New,
    Nowhere,
}

#[derive(Debug)]
pub(in super::super) enum Moved {
    /// Who, and the number of the group they sit in now.
    Done(String, Option<i32>),
    /// What stands in the way.
    Refused(Vec<String>),
    /// It is not open for changes any more.
    Closed,
}

/// Gives somebody another seat, if the hard rules let them.
///
/// # Errors
/// `NotFound` when this program has no such suggestion.
pub(in super::super) async fn move_to(
    app: &App,
    by: &ProgramCoordinator,
    id: SuggestionId,
    (person, to): (ParticipationId, Target),
) -> Result<Moved> {
    let (now, program_id) = (app.clock.now(), by.program_id());
    let mut tx = app.db.begin().await?;
    let settings = groups::hold(&mut tx, program_id).await?;
    let draft = queries::hold(&mut tx, program_id, id).await?.ok_or(AppError::NotFound)?;
    if draft.state != DraftState::Ready || !settings.state.takes_people() {
        return Ok(Moved::Closed);
    }
    let said = queries::somebody(&mut tx, program_id, &[person]).await?;
    let Some((_, about)) = said.get(&person) else {
        return Ok(Moved::Refused(vec!["Choose somebody from the list".to_owned()]));
    };
    let number = match to {
        Target::Group(number) => Some(number),
        Target::New => Some(queries::totals(&mut tx, program_id, id).await?.last + 1),
        Target::Nowhere => None,
    };
    if let Some(number) = number {
        let seated = queries::seats_after(&mut tx, (program_id, id), number - 1, 1).await?;
        let sitting: Vec<ParticipationId> = seated
            .iter()
            .filter(|seat| seat.group_number == Some(number) && seat.participation_id != person)
            .map(|seat| seat.participation_id)
            .collect();
        if sitting.is_empty() && to != Target::New {
            return Ok(Moved::Refused(vec![format!(
                "There is no other person in group {number}: choose another group"
            )]));
        }
        let against = against(&mut tx, by, (&draft, settings), (person, &about.name, &sitting), now).await?;
        if !against.is_empty() {
            return Ok(Moved::Refused(against));
        }
    }
    if !queries::reseat(&mut tx, program_id, id, SeatRow { participation_id: person, group_number: number }).await? {
        return Ok(Moved::Refused(vec!["Choose somebody from the list".to_owned()]));
    }
    tx.commit().await?;
    Ok(Moved::Done(about.name.clone(), number))
}

/// The hard rules that keep somebody from joining these: those of forming by hand, and a time in common.
async fn against(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    (draft, settings): (&Draft, Settings),
    (person, name, sitting): (ParticipationId, &str, &[ParticipationId]),
    now: OffsetDateTime,
) -> Result<Vec<String>> {
    let seen = forming::read(db, by.program(), settings, now).await?;
    let known: HashMap<ParticipationId, &Candidate> = seen.people.iter().map(|who| (who.id, who)).collect();
    let Some(coming) = known.get(&person).map(|who| vec![*who]) else {
        return Ok(vec![no_more(name.to_owned())]);
    };
    let staying: Vec<&Candidate> = sitting.iter().filter_map(|id| known.get(id).copied()).collect();
    let mut refusals = groups::objections(&staying, &coming, settings.sizes);
    refusals.extend(seen.newly_together(&staying, &coming));
    let mut against: Vec<String> = refusals.iter().map(Refusal::words).collect();
    let all: Vec<ParticipationId> = sitting.iter().copied().chain([person]).collect();
    let said = queries::somebody(db, by.program_id(), &all).await?;
    let about: Vec<&Somebody> = said.values().map(|(_, about)| about).collect();
    let zones = zones_of(by, about.iter().copied(), now);
    let hours: Vec<_> = about.iter().map(|who| (who.time_zone.as_str(), who.slots.as_slice())).collect();
    if zones.meeting(&hours, draft.meeting_minutes).is_none() {
        let mut names: Vec<String> = about.iter().map(|who| who.name.clone()).collect();
        names.sort();
        let who = words::list(&names);
        against.push(format!("{who} share no time at which {} minutes fit every week", draft.meeting_minutes));
    }
    Ok(against)
}

#[derive(Debug)]
pub(in super::super) enum Used {
    /// So many groups with so many people.
    Done(usize, usize),
    Refused(Vec<String>),
    /// Its groups were formed before.
    Before,
    Closed,
}

/// Forms the suggested groups, by the rules of forming by hand and with people as they are now: all of
/// them or none.
///
/// # Errors
/// `NotFound` when this program has no such suggestion.
pub(in super::super) async fn use_it(app: &App, by: &ProgramCoordinator, id: SuggestionId) -> Result<Used> {
    let (now, program_id) = (app.clock.now(), by.program_id());
    let mut tx = app.db.begin().await?;
    let settings = groups::hold(&mut tx, program_id).await?;
    let draft = queries::hold(&mut tx, program_id, id).await?.ok_or(AppError::NotFound)?;
    match draft.state {
        DraftState::Ready => {}
        DraftState::Used => return Ok(Used::Before),
        DraftState::Working | DraftState::Dropped => return Ok(Used::Closed),
    }
    let wanted = wanted(&mut tx, by, &draft, now).await?;
    if wanted.is_empty() {
        return Ok(Used::Refused(vec!["Nobody sits in a group yet: move people into one first".to_owned()]));
    }
    let refusals = forming::form_all(&mut tx, by, &wanted, now).await?;
    if !refusals.is_empty() {
        let mut said = gone(&mut tx, by, settings, &wanted, now).await?;
        said.extend(refusals.iter().filter(|(_, refusal)| *refusal != Refusal::Stranger).map(|(at, refusal)| {
            let name = wanted.get(*at).map_or("", |group| group.about.name.as_str());
            format!("{name}: {}", refusal.words())
        }));
        return Ok(Used::Refused(said));
    }
    queries::mark_used(&mut tx, program_id, id).await?;
    note(&mut tx, by, "suggestion_used", id, now).await?;
    tx.commit().await?;
    Ok(Used::Done(wanted.len(), wanted.iter().map(|group| group.members.len()).sum()))
}

/// Who sits in a group and is not of the program any more, by name.
async fn gone(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    settings: Settings,
    wanted: &[Wanted],
    now: OffsetDateTime,
) -> Result<Vec<String>> {
    let seen = forming::read(db, by.program(), settings, now).await?;
    let here: HashSet<ParticipationId> = seen.people.iter().map(|person| person.id).collect();
    let missing: Vec<ParticipationId> =
        wanted.iter().flat_map(|group| &group.members).filter(|id| !here.contains(id)).copied().collect();
    let said = queries::somebody(db, by.program_id(), &missing).await?;
    let mut names: Vec<String> = said.into_values().map(|(_, about)| no_more(about.name)).collect();
    names.sort();
    Ok(names)
}

fn no_more(name: String) -> String {
    Refusal::NotReady { name, why: Readiness::Gone }.words()
}

/// The suggested groups as they are to be formed: "Group 1" and on, past names that are taken, with
/// meetings in the zone in which their time in common holds.
async fn wanted(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    draft: &Draft,
    now: OffsetDateTime,
) -> Result<Vec<Wanted>> {
    let seats = queries::all_seated(db, by.program_id(), draft.id).await?;
    let ids: Vec<ParticipationId> = seats.iter().map(|seat| seat.participation_id).collect();
    let said = queries::somebody(db, by.program_id(), &ids).await?;
    let zones = zones_of(by, said.values().map(|(_, about)| about), now);
    let there = groups::groups(db, by.program_id()).await?;
    let mut taken: HashSet<String> = there.iter().map(|group| group.name.to_lowercase()).collect();
    let mut next = seats.last().and_then(|seat| seat.group_number).unwrap_or(0);
    let mut wanted = Vec::new();
    for group in seats.chunk_by(|a, b| a.group_number == b.group_number) {
        let mut name = format!("Group {}", group.first().and_then(|seat| seat.group_number).unwrap_or(0));
        while !taken.insert(name.to_lowercase()) {
            next += 1;
            name = format!("Group {next}");
        }
        let members: Vec<ParticipationId> = group.iter().map(|seat| seat.participation_id).collect();
        let about = members.iter().filter_map(|id| said.get(id));
        let hours: Vec<_> = about.map(|(_, who)| (who.time_zone.as_str(), who.slots.as_slice())).collect();
        let zone = zones.meeting(&hours, draft.meeting_minutes).map(|meeting| meeting.time_zone);
        let about = About {
            name,
            focus: String::new(),
            home_time_zone: zone.unwrap_or_else(|| by.program().time_zone.clone()),
            meeting_minutes: draft.meeting_minutes,
        };
        wanted.push(Wanted { id: GroupId::generate(), about, members });
    }
    Ok(wanted)
}

/// Drops the open suggestion; `false` when this one is not open.
///
/// # Errors
/// `NotFound` when this program has no such suggestion.
pub(in super::super) async fn drop_it(app: &App, by: &ProgramCoordinator, id: SuggestionId) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    groups::hold(&mut tx, by.program_id()).await?;
    let draft = queries::hold(&mut tx, by.program_id(), id).await?.ok_or(AppError::NotFound)?;
    if !matches!(draft.state, DraftState::Working | DraftState::Ready) {
        return Ok(false);
    }
    queries::drop_open(&mut tx, by.program_id()).await?;
    tx.commit().await?;
    Ok(true)
}
