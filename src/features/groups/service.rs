//! Commands of the coordinators: form, change and remove groups, launch.
use super::email::GroupFormed;
use super::model::{self, Candidate, Place, Readiness, Refusal, Request};
use super::queries::{self, About, GroupRow, RosterRow, Settings};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::{GroupId, ParticipationId},
    local_time::day_in,
    text, words,
};
use crate::features::programs;
use crate::history::{self, Act, Actor};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use std::collections::{BTreeMap, HashMap};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Everyone and every group of a program, as of one moment.
#[derive(Debug)]
pub(super) struct Overview {
    pub(super) settings: Settings,
    pub(super) people: Vec<Candidate>,
    pub(super) groups: Vec<GroupRow>,
    /// In the program's zone.
    pub(super) today: Date,
}

impl Overview {
    pub(super) fn members_of(&self, group_id: GroupId) -> Vec<&Candidate> {
        self.people.iter().filter(|p| p.place.as_ref().is_some_and(|place| place.group_id == group_id)).collect()
    }
    /// Ready, and in no group.
    pub(super) fn to_place(&self) -> Vec<&Candidate> {
        self.people.iter().filter(|p| p.place.is_none() && p.readiness == Readiness::Ready).collect()
    }
    /// In no group, and not ready.
    pub(super) fn waiting(&self) -> Vec<&Candidate> {
        self.people.iter().filter(|p| p.place.is_none() && p.readiness != Readiness::Ready).collect()
    }
    pub(super) fn group(&self, id: GroupId) -> Result<&GroupRow> {
        self.groups.iter().find(|group| group.id == id).ok_or(AppError::NotFound)
    }
    /// The people with these ids; `None` when one of them is not in the program.
    fn pick(&self, ids: &[ParticipationId]) -> Option<Vec<&Candidate>> {
        ids.iter().map(|id| self.people.iter().find(|person| person.id == *id)).collect()
    }
    fn name_is_taken(&self, name: &str, by_another_than: Option<GroupId>) -> bool {
        let folded = name.to_lowercase();
        self.groups.iter().any(|g| Some(g.id) != by_another_than && g.name.to_lowercase() == folded)
    }
}

async fn read(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    settings: Settings,
    now: OffsetDateTime,
) -> Result<Overview> {
    let program = by.program();
    let today = day_in(&program.time_zone, now);
    let on = model::needed_on(today, program.starts_on);
    let mut requests: HashMap<ParticipationId, Vec<Request>> = HashMap::new();
    for request in queries::requests(db, program.id).await? {
        requests.entry(request.participation_id).or_default().push(request);
    }
    let none = Vec::new();
    let people = queries::roster(db, program.id).await?.into_iter().map(|row| {
        let own = requests.get(&row.id).unwrap_or(&none);
        candidate(row, own, settings.approval_required, on)
    });
    Ok(Overview { settings, people: people.collect(), groups: queries::groups(db, program.id).await?, today })
}

fn candidate(row: RosterRow, requests: &[Request], approval_required: bool, on: Date) -> Candidate {
    let mut about: Vec<String> = [row.department, row.site].into_iter().filter(|text| !text.is_empty()).collect();
    if !row.wants.is_empty() {
        about.push(format!("wants: {}", row.wants));
    }
    if !row.offers.is_empty() {
        about.push(format!("offers: {}", row.offers));
    }
    let place = match (row.membership_id, row.group_id, row.group_name) {
        (Some(membership_id), Some(group_id), Some(group_name)) => {
            Some(Place { membership_id, group_id, group_name, joined_on: row.joined_on })
        }
        _ => None,
    };
    Candidate {
        id: row.id,
        person_id: row.person_id,
        name: row.name,
        email: row.email_folded,
        about: words::capital(&about.join("; ")),
        readiness: model::readiness(row.state, approval_required, requests, on),
        supervisors: model::supervisors(&text::fold_email(&row.supervisor_email), requests),
        place,
    }
}

/// What the pages show.
pub(super) async fn overview(app: &App, by: &ProgramCoordinator) -> Result<Overview> {
    let mut db = app.db.acquire().await?;
    let settings = queries::settings(&mut db, by.program_id()).await?;
    read(&mut db, by, settings, app.clock.now()).await
}

/// A group that is to be.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) id: GroupId,
    pub(super) about: About,
    pub(super) members: Vec<ParticipationId>,
}

#[derive(Debug)]
pub(super) enum Formed {
    /// With this many people.
    Done(usize),
    /// The same form came before.
    Before,
    Refused(Vec<Refusal>),
}

/// Forms a group: planned while the program is open, at once after the launch.
pub(super) async fn form(app: &App, by: &ProgramCoordinator, wanted: &Wanted) -> Result<Formed> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let settings = queries::hold(&mut tx, by.program_id()).await?;
    let seen = read(&mut tx, by, settings, now).await?;
    if seen.groups.iter().any(|group| group.id == wanted.id) {
        return Ok(Formed::Before);
    }
    if !settings.state.takes_people() {
        return Ok(Formed::Refused(vec![Refusal::NotNow]));
    }
    let Some(coming) = seen.pick(&wanted.members) else {
        return Ok(Formed::Refused(vec![Refusal::Stranger]));
    };
    let mut against = model::objections(&[], &coming, settings.sizes);
    if seen.name_is_taken(&wanted.about.name, None) {
        against.insert(0, Refusal::NameTaken);
    }
    if !against.is_empty() {
        return Ok(Formed::Refused(against));
    }
    if !queries::insert_group(&mut tx, by.program_id(), wanted.id, &wanted.about, now).await? {
        return Ok(Formed::Refused(vec![Refusal::Stranger]));
    }
    let begins = settings.state.is_running().then_some(seen.today);
    queries::place(&mut tx, by.program_id(), wanted.id, &wanted.members, begins).await?;
    if begins.is_some() {
        tell(&mut tx, by, wanted.id, &wanted.members, now).await?;
    }
    note(&mut tx, by, "group_formed", wanted.id.0, now).await?;
    tx.commit().await?;
    Ok(Formed::Done(coming.len()))
}

/// What is to change in a group. `was` are the members the form showed with a tick.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) about: About,
    pub(super) was: Vec<ParticipationId>,
    pub(super) members: Vec<ParticipationId>,
}

#[derive(Debug)]
pub(super) enum Changed {
    Done,
    Refused(Vec<Refusal>),
}

/// Renames a group and changes who is in it: freely while it is planned, only adding after the launch.
pub(super) async fn change(app: &App, by: &ProgramCoordinator, id: GroupId, change: &Change) -> Result<Changed> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let settings = queries::hold(&mut tx, by.program_id()).await?;
    let seen = read(&mut tx, by, settings, now).await?;
    let group = seen.group(id)?;
    if !settings.state.takes_people() || group.closed_on.is_some() {
        return Ok(Changed::Refused(vec![Refusal::NotNow]));
    }
    // Only what the form changed is done, so that two coordinators do not undo each other.
    let present: Vec<ParticipationId> = seen.members_of(id).iter().map(|member| member.id).collect();
    let leaving: Vec<ParticipationId> = change.was.iter().filter(|id| !change.members.contains(id)).copied().collect();
    let new: Vec<ParticipationId> = change.members.iter().filter(|id| !present.contains(id)).copied().collect();
    let launched = settings.state.is_running();
    if launched && !leaving.is_empty() {
        return Ok(Changed::Refused(vec![Refusal::Begun]));
    }
    let staying: Vec<&Candidate> =
        seen.members_of(id).into_iter().filter(|member| !leaving.contains(&member.id)).collect();
    let Some(coming) = seen.pick(&new) else {
        return Ok(Changed::Refused(vec![Refusal::Stranger]));
    };
    let mut against = model::objections(&staying, &coming, settings.sizes);
    against.retain(|refusal| !(launched && *refusal == Refusal::Nobody));
    if seen.name_is_taken(&change.about.name, Some(id)) {
        against.insert(0, Refusal::NameTaken);
    }
    if !against.is_empty() {
        return Ok(Changed::Refused(against));
    }
    queries::update_group(&mut tx, by.program_id(), id, &change.about).await?;
    queries::take_out(&mut tx, by.program_id(), id, &leaving).await?;
    queries::place(&mut tx, by.program_id(), id, &new, launched.then_some(seen.today)).await?;
    if launched {
        tell(&mut tx, by, id, &new, now).await?;
    }
    note(&mut tx, by, "group_changed", id.0, now).await?;
    tx.commit().await?;
    Ok(Changed::Done)
}

#[derive(Debug)]
pub(super) enum Removed {
    /// The group with this name.
    Done(String),
    /// It has begun, and stays.
    Begun,
}

/// Removes a group that was only planned; its people are free again.
pub(super) async fn remove(app: &App, by: &ProgramCoordinator, id: GroupId) -> Result<Removed> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let settings = queries::hold(&mut tx, by.program_id()).await?;
    let seen = read(&mut tx, by, settings, now).await?;
    let name = seen.group(id)?.name.clone();
    let begun = |member: &&Candidate| member.place.as_ref().is_some_and(|place| place.joined_on.is_some());
    if settings.state != ProgramState::Open || seen.members_of(id).iter().any(begun) {
        return Ok(Removed::Begun);
    }
    queries::delete_planned(&mut tx, by.program_id(), id).await?;
    note(&mut tx, by, "group_removed", id.0, now).await?;
    tx.commit().await?;
    Ok(Removed::Done(name))
}

#[derive(Debug)]
pub(super) enum Launched {
    Done {
        groups: usize,
        people: usize,
    },
    /// It was launched before.
    Before,
    /// It is a draft, or was cancelled.
    NotOpen,
    /// Sentences.
    Refused(Vec<String>),
}

/// `open → active`: every planned membership begins today, and everyone is told their group.
pub(super) async fn launch(app: &App, by: &ProgramCoordinator) -> Result<Launched> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let settings = queries::hold(&mut tx, by.program_id()).await?;
    if settings.state.was_launched() {
        return Ok(Launched::Before);
    }
    if settings.state != ProgramState::Open {
        return Ok(Launched::NotOpen);
    }
    let seen = read(&mut tx, by, settings, now).await?;
    let problems = launch_problems(&seen, by);
    if !problems.is_empty() {
        return Ok(Launched::Refused(problems));
    }
    if !programs::launch(&mut tx, by.program_id(), seen.today).await? {
        return Ok(Launched::NotOpen);
    }
    let begun = queries::begin_all(&mut tx, by.program_id(), seen.today).await?;
    let mut by_group: BTreeMap<GroupId, Vec<ParticipationId>> = BTreeMap::new();
    for one in &begun {
        by_group.entry(one.group_id).or_default().push(one.participation_id);
    }
    for (group_id, people) in &by_group {
        tell(&mut tx, by, *group_id, people, now).await?;
    }
    note(&mut tx, by, "program_launched", by.program_id().0, now).await?;
    tx.commit().await?;
    Ok(Launched::Done { groups: by_group.len(), people: begun.len() })
}

/// Why the program cannot be launched as things stand; sentences.
pub(super) fn launch_problems(seen: &Overview, by: &ProgramCoordinator) -> Vec<String> {
    let groups: Vec<(&str, Vec<&Candidate>)> =
        seen.groups.iter().map(|group| (group.name.as_str(), seen.members_of(group.id))).collect();
    let mut problems = model::launch_problems(&groups);
    let ends_on = by.program().ends_on;
    if ends_on < seen.today {
        problems.push(format!("The program ended on {}: change its dates first", words::day_and_year(ends_on)));
    }
    problems
}

/// One letter to each of them.
async fn tell(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    group_id: GroupId,
    people: &[ParticipationId],
    now: OffsetDateTime,
) -> Result<()> {
    for participation_id in people {
        let letter = GroupFormed {
            program_id: by.program_id(),
            group_id,
            participation_id: *participation_id,
            by: by.viewer().person_id(),
        };
        let posting = Posting { program_id: Some(by.program_id()), due_at: now, key: None };
        outbox::enqueue(db, &letter, posting).await?;
    }
    Ok(())
}

async fn note(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    action: &str,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<()> {
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action, object_id: id };
    history::record(db, by.program_id(), act, now).await
}
