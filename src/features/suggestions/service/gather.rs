//! Everything the search needs to know about a program, and the search itself.
use super::super::queries::{self, ObstacleRow, SeatRow};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, PersonId},
    local_time::day_in,
};
use crate::features::{
    forming::{self, Overview},
    groups::{self, Candidate, Sizes},
    matching::{Obstacle, Pair, Problem, Somebody, Weights, Zones, obstacles, search, seats},
};
use sqlx::PgConnection;
use std::{
    collections::{BTreeMap, HashMap},
    sync::atomic::AtomicU32,
};
use time::OffsetDateTime;

/// Everybody who is to be placed. Pairs are places in the list.
#[derive(Debug)]
pub(super) struct Gathered {
    ids: Vec<ParticipationId>,
    people: Vec<Somebody>,
    supervisors: Vec<Pair>,
    apart: Vec<Pair>,
    before: Vec<Pair>,
    zones: Zones,
    sizes: Sizes,
}

/// The zones of these people, over what is left of the program.
pub(super) fn zones_of<'a>(
    by: &ProgramCoordinator,
    people: impl Iterator<Item = &'a Somebody>,
    now: OffsetDateTime,
) -> Zones {
    let program = by.program();
    let from = groups::needed_on(day_in(&program.time_zone, now), program.starts_on);
    let names = people.map(|person| person.time_zone.clone()).chain([program.time_zone.clone()]);
    Zones::between(names, from, program.ends_on)
}

pub(super) async fn gather(db: &mut PgConnection, by: &ProgramCoordinator, now: OffsetDateTime) -> Result<Gathered> {
    let settings = groups::settings(db, by.program_id()).await?;
    let seen = forming::read(db, by.program(), settings, now).await?;
    // By id, so that the same people come in the same order whatever they are called by now.
    let mut ready = seen.to_place();
    ready.sort_by_key(|person| person.id);
    let ids: Vec<ParticipationId> = ready.iter().map(|person| person.id).collect();
    let mut said = queries::somebody(db, by.program_id(), &ids).await?;
    let (mut persons, mut people) = (Vec::new(), Vec::new());
    for id in &ids {
        let (person, about) = said.remove(id).unwrap_or((PersonId::generate(), Somebody::default()));
        persons.push(person);
        people.push(about);
    }
    let before = together_before(db, by, &persons).await?;
    let zones = zones_of(by, people.iter(), now);
    let (supervisors, apart) = (supervisors(&ready), apart(&seen, &ids));
    Ok(Gathered { ids, people, supervisors, apart, before, zones, sizes: settings.sizes })
}

fn places<K: Copy + Eq + std::hash::Hash>(keys: &[K]) -> HashMap<K, usize> {
    keys.iter().enumerate().map(|(at, key)| (*key, at)).collect()
}

fn supervisors(ready: &[&Candidate]) -> Vec<Pair> {
    let by_email: HashMap<&str, usize> =
        ready.iter().enumerate().map(|(at, person)| (person.email.as_str(), at)).collect();
    let named = |(at, person): (usize, &&Candidate)| {
        let places = person.supervisors.iter().filter_map(|email| by_email.get(email.as_str()));
        places.filter(|other| **other != at).map(|other| (at, *other)).collect::<Vec<Pair>>()
    };
    ready.iter().enumerate().flat_map(named).collect()
}

fn apart(seen: &Overview, ids: &[ParticipationId]) -> Vec<Pair> {
    let at = places(ids);
    seen.apart.iter().filter_map(|(one, other)| Some((*at.get(one)?, *at.get(other)?))).collect()
}

/// Who of these was in a group with whom.
pub(super) async fn together_before(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    persons: &[PersonId],
) -> Result<Vec<Pair>> {
    let at = places(persons);
    let mut members: BTreeMap<GroupId, Vec<usize>> = BTreeMap::new();
    for was in queries::earlier_groups(db, by.program_id(), persons).await? {
        if let Some(place) = at.get(&was.person_id) {
            members.entry(was.group_id).or_default().push(*place);
        }
    }
    let mut pairs: Vec<Pair> = members
        .values()
        .flat_map(|group| {
            group.iter().enumerate().flat_map(|(n, a)| group[n + 1..].iter().map(|b| (*a.min(b), *a.max(b))))
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    Ok(pairs)
}

/// What was found, as it is kept.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) seats: Vec<SeatRow>,
    pub(super) obstacles: Vec<ObstacleRow>,
}

/// Searches; takes its time, so it is for a thread of its own.
pub(super) fn find(gathered: &Gathered, seed: i32, weights: Weights, minutes: i32, progress: &AtomicU32) -> Found {
    let apart: Vec<Pair> = gathered.apart.iter().chain(&gathered.supervisors).copied().collect();
    let seats = seats(&gathered.people, &apart, &gathered.before, &gathered.zones, minutes);
    let Sizes { min, target, max } = gathered.sizes;
    let problem = Problem { seats, min, target, max, weights };
    let (groups, left) = search(&problem, u64::from(seed.unsigned_abs()), progress);
    let obstacles = obstacles(&problem, &groups, &left, &gathered.supervisors);
    let seat = |place: &usize, group_number| SeatRow { participation_id: gathered.ids[*place], group_number };
    let in_groups = groups.iter().zip(1..).flat_map(|(group, n)| group.iter().map(move |place| seat(place, Some(n))));
    let row = |obstacle: Obstacle| ObstacleRow {
        participation_id: gathered.ids[obstacle.person],
        rule: obstacle.rule,
        other_id: obstacle.other.map(|other| gathered.ids[other]),
    };
    Found {
        seats: in_groups.chain(left.iter().map(|place| seat(place, None))).collect(),
        obstacles: obstacles.into_iter().map(row).collect(),
    }
}
