//! A suggestion as its page shows it: some of its groups with what speaks for each, and who is left.
use super::{
    super::{
        model::DraftState,
        queries::{self, Draft, SeatRow, Totals},
    },
    gather::{together_before, zones_of},
};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::{AppError, Result},
    ids::{ParticipationId, PersonId, SuggestionId},
};
use crate::features::{
    groups::{self, Settings},
    matching::{Pair, Somebody, reasons},
};
use crate::web::state::App;
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// Groups on one page.
const A_PAGE: usize = 50;
/// People without a group who are shown.
const LEFT_SHOWN: usize = 50;
/// A list to choose a group from has no more than these.
const TO_CHOOSE_FROM: i64 = 200;

/// Somebody with a name.
#[derive(Debug, Clone)]
pub(in super::super) struct Person {
    pub(in super::super) id: ParticipationId,
    pub(in super::super) name: String,
}

#[derive(Debug)]
pub(in super::super) struct Suggested {
    pub(in super::super) number: i32,
    pub(in super::super) members: Vec<Person>,
    pub(in super::super) reasons: Vec<String>,
}

#[derive(Debug)]
pub(in super::super) struct Left {
    pub(in super::super) person: Person,
    /// What stands in the way, each a sentence.
    pub(in super::super) because: Vec<String>,
}

#[derive(Debug)]
pub(in super::super) struct View {
    pub(in super::super) draft: Draft,
    pub(in super::super) settings: Settings,
    pub(in super::super) totals: Totals,
    pub(in super::super) groups: Vec<Suggested>,
    pub(in super::super) left: Vec<Left>,
    /// Groups that somebody can be moved to.
    pub(in super::super) numbers: Vec<i32>,
    /// The last group of this page, when there are more.
    pub(in super::super) next: Option<i32>,
}

/// The groups after one, and everything around them.
///
/// # Errors
/// `NotFound` when this program has no such suggestion.
pub(in super::super) async fn view(app: &App, by: &ProgramCoordinator, id: SuggestionId, after: i32) -> Result<View> {
    let program_id = by.program_id();
    let mut db = app.db.acquire().await?;
    let draft = queries::find(&mut db, program_id, id).await?.ok_or(AppError::NotFound)?;
    let settings = groups::settings(&mut db, program_id).await?;
    let totals = queries::totals(&mut db, program_id, id).await?;
    let mut view =
        View { draft, settings, totals, groups: Vec::new(), left: Vec::new(), numbers: Vec::new(), next: None };
    if draft.state != DraftState::Ready {
        return Ok(view);
    }
    let mut seats = queries::seats_after(&mut db, (program_id, id), after, most(A_PAGE + 1)).await?;
    let mut on_page: Vec<i32> = seats.iter().filter_map(|seat| seat.group_number).collect();
    on_page.dedup();
    if on_page.len() > A_PAGE {
        on_page.truncate(A_PAGE);
        view.next = on_page.last().copied();
        seats.retain(|seat| seat.group_number <= view.next);
    }
    view.groups = suggested(&mut db, by, &draft, &seats, app.clock.now()).await?;
    view.left = left(&mut db, by, &draft).await?;
    view.numbers = queries::numbers(&mut db, program_id, id, TO_CHOOSE_FROM + 1).await?;
    if view.numbers.len() > usize::try_from(TO_CHOOSE_FROM).unwrap_or(0) {
        view.numbers = on_page;
    }
    Ok(view)
}

fn most(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

async fn suggested(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    draft: &Draft,
    seats: &[SeatRow],
    now: OffsetDateTime,
) -> Result<Vec<Suggested>> {
    let ids: Vec<ParticipationId> = seats.iter().map(|seat| seat.participation_id).collect();
    let mut said = queries::somebody(db, by.program_id(), &ids).await?;
    let persons: Vec<PersonId> = ids.iter().filter_map(|id| said.get(id)).map(|(person, _)| *person).collect();
    let before = together_before(db, by, &persons).await?;
    let known: HashMap<PersonId, usize> = persons.iter().enumerate().map(|(at, person)| (*person, at)).collect();
    let zones = zones_of(by, said.values().map(|(_, about)| about), now);
    let mut found = Vec::new();
    for group in seats.chunk_by(|a, b| a.group_number == b.group_number) {
        let mut members: Vec<(Person, usize, Somebody)> = Vec::new();
        for seat in group {
            if let Some((person, about)) = said.remove(&seat.participation_id) {
                let named = Person { id: seat.participation_id, name: about.name.clone() };
                members.push((named, known.get(&person).copied().unwrap_or(usize::MAX), about));
            }
        }
        members.sort_by(|a, b| a.0.name.cmp(&b.0.name));
        let at = |place: usize| members.iter().position(|(_, known, _)| *known == place);
        let pairs = before.iter().filter_map(|(a, b)| Some((at(*a)?, at(*b)?)));
        let mut pairs: Vec<Pair> = pairs.map(|(a, b)| (a.min(b), a.max(b))).collect();
        pairs.sort_unstable();
        let hours: Vec<_> = members.iter().map(|(_, _, m)| (m.time_zone.as_str(), m.slots.as_slice())).collect();
        let meeting = zones.meeting(&hours, draft.meeting_minutes);
        let (people, about): (Vec<Person>, Vec<Somebody>) =
            members.into_iter().map(|(person, _, about)| (person, about)).unzip();
        found.push(Suggested {
            number: group.first().and_then(|seat| seat.group_number).unwrap_or_default(),
            reasons: reasons(&about, &pairs, meeting.as_ref(), &draft.weights),
            members: people,
        });
    }
    Ok(found)
}

async fn left(db: &mut PgConnection, by: &ProgramCoordinator, draft: &Draft) -> Result<Vec<Left>> {
    let program_id = by.program_id();
    let ids = queries::left_over(db, program_id, draft.id, most(LEFT_SHOWN)).await?;
    let obstacles = queries::obstacles(db, program_id, draft.id, &ids).await?;
    let others = obstacles.iter().filter_map(|obstacle| obstacle.other_id);
    let all: Vec<ParticipationId> = ids.iter().copied().chain(others).collect();
    let said = queries::somebody(db, program_id, &all).await?;
    let name = |id: &ParticipationId| said.get(id).map_or("", |(_, about)| about.name.as_str());
    let mut left: Vec<Left> = ids
        .iter()
        .map(|id| Left {
            person: Person { id: *id, name: name(id).to_owned() },
            because: obstacles
                .iter()
                .filter(|obstacle| obstacle.participation_id == *id)
                .map(|obstacle| {
                    let other = obstacle.other_id.as_ref().map_or("", name);
                    obstacle.rule.words(name(id), other, draft.meeting_minutes)
                })
                .collect(),
        })
        .collect();
    left.sort_by(|a, b| a.person.name.cmp(&b.person.name));
    Ok(left)
}
