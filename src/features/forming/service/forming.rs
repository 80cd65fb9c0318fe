//! Forming, changing and removing a group.
use super::{note, overview::read, tell};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId},
};
use crate::features::groups::{self, About, Candidate, Refusal};
use crate::features::meeting_letters;
use crate::web::state::App;

/// A group that is to be.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) id: GroupId,
    pub(crate) about: About,
    pub(crate) members: Vec<ParticipationId>,
}

#[derive(Debug)]
pub(in super::super) enum Formed {
    /// With this many people; the program asks for `least`.
    Done {
        size: usize,
        least: usize,
    },
    /// The same form came before.
    Before,
    Refused(Vec<Refusal>),
}

/// Forms a group: planned while the program is open, at once after the launch.
pub(in super::super) async fn form(app: &App, by: &ProgramCoordinator, wanted: &Wanted) -> Result<Formed> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let settings = groups::hold(&mut tx, by.program_id()).await?;
    let seen = read(&mut tx, by.program(), settings, now).await?;
    if seen.groups.iter().any(|group| group.id == wanted.id) {
        return Ok(Formed::Before);
    }
    if !settings.state.takes_people() {
        return Ok(Formed::Refused(vec![Refusal::NotNow]));
    }
    let Some(coming) = seen.pick(&wanted.members) else {
        return Ok(Formed::Refused(vec![Refusal::Stranger]));
    };
    let mut against = groups::objections(&[], &coming, settings.sizes);
    against.extend(seen.newly_together(&[], &coming));
    if seen.name_is_taken(&wanted.about.name, None) {
        against.insert(0, Refusal::NameTaken);
    }
    if !against.is_empty() {
        return Ok(Formed::Refused(against));
    }
    if !groups::insert_group(&mut tx, by.program_id(), wanted.id, &wanted.about, now).await? {
        return Ok(Formed::Refused(vec![Refusal::Stranger]));
    }
    let begins = settings.state.is_running().then_some(seen.today);
    groups::place(&mut tx, by.program_id(), wanted.id, &wanted.members, begins).await?;
    if begins.is_some() {
        tell(&mut tx, by, wanted.id, &wanted.members, now).await?;
    }
    note(&mut tx, by, "group_formed", wanted.id.0, now).await?;
    tx.commit().await?;
    Ok(Formed::Done { size: coming.len(), least: settings.sizes.min })
}

/// What is to change in a group. `was` are the members the form showed with a tick.
#[derive(Debug)]
pub(in super::super) struct Change {
    pub(in super::super) about: About,
    pub(in super::super) was: Vec<ParticipationId>,
    pub(in super::super) members: Vec<ParticipationId>,
}

#[derive(Debug)]
pub(in super::super) enum Changed {
    Done,
    Refused(Vec<Refusal>),
}

/// Renames a group and changes who is in it: freely while it is planned, only adding after the launch.
pub(in super::super) async fn change(
    app: &App,
    by: &ProgramCoordinator,
    id: GroupId,
    change: &Change,
) -> Result<Changed> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let settings = groups::hold(&mut tx, by.program_id()).await?;
    let seen = read(&mut tx, by.program(), settings, now).await?;
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
    let mut against = groups::objections(&staying, &coming, settings.sizes);
    against.extend(seen.newly_together(&staying, &coming));
    against.retain(|refusal| !(launched && *refusal == Refusal::Nobody));
    if seen.name_is_taken(&change.about.name, Some(id)) {
        against.insert(0, Refusal::NameTaken);
    }
    if !against.is_empty() {
        return Ok(Changed::Refused(against));
    }
    groups::update_group(&mut tx, by.program_id(), id, &change.about).await?;
    groups::take_out(&mut tx, by.program_id(), id, &leaving).await?;
    groups::place(&mut tx, by.program_id(), id, &new, launched.then_some(seen.today)).await?;
    if launched {
        tell(&mut tx, by, id, &new, now).await?;
        meeting_letters::invite(&mut tx, by.program_id(), &new, now).await?;
    }
    note(&mut tx, by, "group_changed", id.0, now).await?;
    tx.commit().await?;
    Ok(Changed::Done)
}

#[derive(Debug)]
pub(in super::super) enum Removed {
    /// The group with this name.
    Done(String),
    /// It has begun, and stays.
    Begun,
}

/// Removes a group that was only planned; its people are free again.
pub(in super::super) async fn remove(app: &App, by: &ProgramCoordinator, id: GroupId) -> Result<Removed> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let settings = groups::hold(&mut tx, by.program_id()).await?;
    let seen = read(&mut tx, by.program(), settings, now).await?;
    let name = seen.group(id)?.name.clone();
    let begun = |member: &&Candidate| member.place.as_ref().is_some_and(|place| place.joined_on.is_some());
    if settings.state != ProgramState::Open || seen.members_of(id).iter().any(begun) {
        return Ok(Removed::Begun);
    }
    groups::delete_planned(&mut tx, by.program_id(), id).await?;
    note(&mut tx, by, "group_removed", id.0, now).await?;
    tx.commit().await?;
    Ok(Removed::Done(name))
}
