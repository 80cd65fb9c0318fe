//! Forming many groups at once, as by hand: all of them or none.
use super::{Wanted, overview::read};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId},
};
use crate::features::groups::{self, Candidate, GroupFormed, Refusal};
use crate::history;
use crate::outbox;
use sqlx::PgConnection;
use std::collections::{HashMap, HashSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// Forms all of these inside the caller's transaction: planned while the program is open, at once after
/// the launch. Whatever stands in the way comes back, with the place of the group it is about, and
/// nothing is written.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn form_all(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    wanted: &[Wanted],
    now: OffsetDateTime,
) -> Result<Vec<(usize, Refusal)>> {
    let settings = groups::hold(db, by.program_id()).await?;
    let seen = read(db, by.program(), settings, now).await?;
    if !settings.state.takes_people() {
        return Ok(vec![(0, Refusal::NotNow)]);
    }
    let known: HashMap<ParticipationId, &Candidate> = seen.people.iter().map(|person| (person.id, person)).collect();
    let at: HashMap<ParticipationId, usize> =
        wanted.iter().enumerate().flat_map(|(at, group)| group.members.iter().map(move |id| (*id, at))).collect();
    let mut apart: HashMap<usize, Vec<(ParticipationId, ParticipationId)>> = HashMap::new();
    for (one, other) in &seen.apart {
        if let (Some(group), Some(same)) = (at.get(one), at.get(other))
            && group == same
        {
            apart.entry(*group).or_default().push((*one, *other));
        }
    }
    let mut names: HashSet<String> = seen.groups.iter().map(|group| group.name.to_lowercase()).collect();
    let mut against = Vec::new();
    for (at, group) in wanted.iter().enumerate() {
        if !names.insert(group.about.name.to_lowercase()) {
            against.push((at, Refusal::NameTaken));
        }
        let coming: Option<Vec<&Candidate>> = group.members.iter().map(|id| known.get(id).copied()).collect();
        let Some(coming) = coming else {
            against.push((at, Refusal::Stranger));
            continue;
        };
        against.extend(groups::objections(&[], &coming, settings.sizes).into_iter().map(|refusal| (at, refusal)));
        let pairs = apart.get(&at).map_or(&[][..], Vec::as_slice);
        against.extend(groups::kept_apart(&coming, pairs).into_iter().map(|pair| (at, Refusal::Apart(pair))));
    }
    if against.is_empty() {
        let begins = settings.state.is_running().then_some(seen.today);
        let new: Vec<_> = wanted.iter().map(|group| (group.id, &group.about)).collect();
        groups::insert_groups(db, by.program_id(), &new, now).await?;
        let seats: Vec<(GroupId, ParticipationId)> =
            wanted.iter().flat_map(|group| group.members.iter().map(|member| (group.id, *member))).collect();
        groups::place_all(db, by.program_id(), &seats, begins).await?;
        if begins.is_some() {
            tell_all(db, by, &seats, now).await?;
        }
        let objects: Vec<Uuid> = wanted.iter().map(|group| group.id.0).collect();
        let act = (by.viewer().person_id(), "group_formed");
        history::record_all(db, by.program_id(), act, &objects, now).await?;
    }
    Ok(against)
}

/// One letter to each of them.
async fn tell_all(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    seats: &[(GroupId, ParticipationId)],
    now: OffsetDateTime,
) -> Result<()> {
    let letter = |(group_id, participation_id): &(GroupId, ParticipationId)| {
        let letter = GroupFormed {
            program_id: by.program_id(),
            group_id: *group_id,
            participation_id: *participation_id,
            by: by.viewer().person_id(),
        };
        (letter, format!("group_formed:{group_id}:{participation_id}"))
    };
    let letters: Vec<(GroupFormed, String)> = seats.iter().map(letter).collect();
    outbox::enqueue_all(db, &letters, Some(by.program_id()), now).await
}
