//! The launch.
use super::{Overview, note, overview::read, tell};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId},
    words,
};
use crate::features::{
    earlier_lessons,
    groups::{self, Candidate},
    profiles, programs,
};
use crate::web::state::App;
use std::collections::BTreeMap;

#[derive(Debug)]
pub(in super::super) enum Launched {
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
pub(in super::super) async fn launch(app: &App, by: &ProgramCoordinator) -> Result<Launched> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let settings = groups::hold(&mut tx, by.program_id()).await?;
    if settings.state.was_launched() {
        return Ok(Launched::Before);
    }
    if settings.state != ProgramState::Open {
        return Ok(Launched::NotOpen);
    }
    let seen = read(&mut tx, by.program(), settings, now).await?;
    let mut problems = launch_problems(&seen, by);
    problems.extend(earlier_lessons::problem(earlier_lessons::unanswered(&mut tx, by.program_id()).await?));
    if !problems.is_empty() {
        return Ok(Launched::Refused(problems));
    }
    if !programs::launch(&mut tx, by.program_id(), seen.today).await? {
        return Ok(Launched::NotOpen);
    }
    let begun = groups::begin_all(&mut tx, by.program_id(), seen.today).await?;
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

/// What the lessons of last time keep it from, while one has no answer; a sentence.
///
/// # Errors
/// When the database does not answer.
pub(in super::super) async fn lessons_problem(app: &App, by: &ProgramCoordinator) -> Result<Option<String>> {
    let mut db = app.db.acquire().await?;
    Ok(earlier_lessons::problem(earlier_lessons::unanswered(&mut db, by.program_id()).await?))
}

/// Why the program cannot be launched as things stand; sentences.
pub(in super::super) fn launch_problems(seen: &Overview, by: &ProgramCoordinator) -> Vec<String> {
    let groups: Vec<(&str, Vec<&Candidate>)> =
        seen.groups.iter().map(|group| (group.name.as_str(), seen.members_of(group.id))).collect();
    let mut problems = groups::launch_problems(&groups);
    for (_, members) in &groups {
        problems.extend(groups::kept_apart(members, &seen.apart).iter().map(profiles::Apart::words));
    }
    let ends_on = by.program().ends_on;
    if ends_on < seen.today {
        problems.push(format!("The program ended on {}: change its dates first", words::day_and_year(ends_on)));
    }
    problems
}
