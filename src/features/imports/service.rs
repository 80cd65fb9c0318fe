//! Commands on lists. Reading one writes nothing but the list; confirming it is one transaction.
use super::{
    model::{self, Counts, Effect, Entered, ImportState, Line, Step, counts, effect},
    queries::{self, Batch},
};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result, broken_constraint},
    ids::{ImportId, ParticipationId, PersonId},
    text,
};
use crate::features::{
    accounts::{self, Named},
    inviting,
    people::{self, Details},
    programs,
};
use crate::history;
use crate::links::{self, LinkKind};
use crate::web::state::App;
use sqlx::PgConnection;
use std::collections::HashMap;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// Work that has not ended by then was cut off.
const CUT_OFF: Duration = Duration::minutes(1);

fn addresses(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| text::fold_email(&line.email)).collect()
}

/// Reads a list and keeps it with what it would do. Nobody is added yet.
///
/// The inner error: what is wrong with the whole of it, for its field.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn preview(
    app: &App,
    by: &ProgramCoordinator,
    bytes: Vec<u8>,
) -> Result<std::result::Result<ImportId, String>> {
    let domains = programs::supervisor_domains(&mut *app.db.acquire().await?, by.program_id()).await?;
    let list =
        match tokio::task::spawn_blocking(move || model::read(&bytes, &domains)).await.map_err(AppError::internal)? {
            Ok(list) => list,
            Err(problem) => return Ok(Err(problem)),
        };
    let id = ImportId::generate();
    let mut tx = app.db.begin().await?;
    let known = queries::known(&mut tx, by.program_id(), &addresses(&list.lines)).await?;
    let counts = counts(&list.lines, &known);
    let key = (by.program_id(), id);
    queries::insert(&mut tx, key, by.viewer().person_id(), (&list, counts), app.clock.now()).await?;
    tx.commit().await?;
    Ok(Ok(id))
}

/// A list, as it stands.
///
/// # Errors
/// `NotFound` when this program has no such list.
pub(super) async fn find(app: &App, by: &ProgramCoordinator, id: ImportId) -> Result<Batch> {
    let mut db = app.db.acquire().await?;
    let batch = queries::find(&mut db, by.program_id(), id).await?.ok_or(AppError::NotFound)?;
    Ok(Batch { gone: queries::gone(&mut db, by.program_id(), id).await?, ..batch })
}

/// What stands in the way of undoing a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hindrance {
    /// Somebody in it has acted.
    Acted,
    /// A later list changed somebody whom this one changed: which, and when it was confirmed.
    Followed(ImportId, OffsetDateTime),
    /// It was not confirmed, changed nothing, or is undone already.
    Nothing,
    /// What it changed is no longer kept.
    TooOld,
}

/// What stands in the way of undoing a list, if anything does.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn hindrance(
    app: &App,
    by: &ProgramCoordinator,
    (id, batch): (ImportId, &Batch),
) -> Result<Option<Hindrance>> {
    if batch.state != ImportState::Confirmed || batch.done.new + batch.done.changed == 0 {
        return Ok(Some(Hindrance::Nothing));
    }
    let mut db = app.db.acquire().await?;
    let steps = queries::steps(&mut db, by.program_id(), id).await?;
    in_the_way(&mut db, by, id, &steps).await
}

async fn in_the_way(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    id: ImportId,
    steps: &[Step],
) -> Result<Option<Hindrance>> {
    if steps.is_empty() {
        return Ok(Some(Hindrance::TooOld));
    }
    if queries::acted(db, by.program_id(), steps).await? {
        return Ok(Some(Hindrance::Acted));
    }
    let later = queries::follower(db, by.program_id(), id).await?;
    Ok(later.map(|(id, at)| Hindrance::Followed(id, at)))
}

/// Whether work on a list was cut off, so that it may be started again.
pub(super) fn cut_off(batch: &Batch, now: OffsetDateTime) -> bool {
    batch.started_at.is_some_and(|at| at < now - CUT_OFF)
}

/// Takes a list in hand; `false` when it is in hand or done already.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn start(app: &App, by: &ProgramCoordinator, id: ImportId) -> Result<bool> {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    queries::start(&mut db, by.program_id(), id, now, now - CUT_OFF).await
}

/// How carrying out a list ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CarriedOut {
    Done,
    /// Since the preview the program limited where supervisors are asked, to these domains: the lines
    /// it concerns are refused now, and the list is previewed again.
    LimitedSince(Vec<String>),
    /// It was not in hand, or the program takes nobody any more.
    Not,
}

/// Carries out a list that was started: all of it or, when anything fails, nothing, and it
/// stands as it was before it was started.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn carry_out(app: &App, by: &ProgramCoordinator, id: ImportId) -> Result<CarriedOut> {
    let done = try_to_carry_out(app, by, id).await;
    if matches!(done, Ok(CarriedOut::Not) | Err(_)) {
        let mut db = app.db.acquire().await?;
        queries::give_back(&mut db, by.program_id(), id).await?;
    }
    done
}

/// What is gathered while a list is carried out.
#[derive(Default)]
struct Work {
    counts: Counts,
    steps: Vec<Step>,
    entries: Vec<(String, ParticipationId, Entered)>,
}

async fn try_to_carry_out(app: &App, by: &ProgramCoordinator, id: ImportId) -> Result<CarriedOut> {
    let program_id = by.program_id();
    let mut tx = app.db.begin().await?;
    // Opening waits for this, so that nobody is added to a draft and missed when it opens.
    let state = programs::lock(&mut tx, program_id).await?;
    // Not before: lists that wait for each other are in the order in which they were carried out.
    let now = app.clock.now();
    let Some(list) =
        queries::lines(&mut tx, program_id, id).await?.filter(|_| state == ProgramState::Draft || state.takes_people())
    else {
        return Ok(CarriedOut::Not);
    };
    let known = queries::known(&mut tx, program_id, &addresses(&list.lines)).await?;
    let domains = programs::supervisor_domains(&mut tx, program_id).await?;
    let before = list.lines.len();
    let list = model::asked_only_at(&domains, list);
    if list.lines.len() < before {
        queries::preview_again(&mut tx, (program_id, id), (&list, counts(&list.lines, &known))).await?;
        tx.commit().await?;
        return Ok(CarriedOut::LimitedSince(domains));
    }
    let mut work = Work::default();
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for line in list.lines {
        match effect(&line, &known) {
            Effect::New => new.push(line),
            Effect::Changed { id, before, after } => changed.push((line.email, id, *before, *after)),
            Effect::Unchanged => work.counts.unchanged += 1,
        }
    }
    let added = add(&mut tx, by, new, &mut work, now).await?;
    change(&mut tx, by, changed, &mut work, now).await?;
    queries::keep_entries(&mut tx, program_id, &work.entries).await?;
    if state.takes_people() {
        inviting::send_invitations(&mut tx, by, &added, now).await?;
    }
    queries::confirm(&mut tx, (program_id, id), &work.steps, work.counts, now).await?;
    tx.commit().await?;
    Ok(CarriedOut::Done)
}

fn details(entered: &Entered) -> Details {
    let cell = |value: &Option<String>| value.clone().unwrap_or_default();
    Details {
        title: cell(&entered.title),
        department: cell(&entered.department),
        site: cell(&entered.site),
        supervisor_name: cell(&entered.supervisor_name),
        supervisor_email: cell(&entered.supervisor_email),
    }
}

/// Adds those who are new. Gives their parts.
async fn add(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    lines: Vec<Line>,
    work: &mut Work,
    now: OffsetDateTime,
) -> Result<Vec<ParticipationId>> {
    let program_id = by.program_id();
    let zone = |entered: &Entered| entered.time_zone.clone().unwrap_or_else(|| by.program().time_zone.clone());
    let named: Vec<Named> = lines
        .iter()
        .map(|line| Named {
            name: line.entered.name.clone(),
            email: line.email.clone(),
            time_zone: zone(&line.entered),
        })
        .collect();
    let found = accounts::find_or_add_all(db, &named, now).await?;
    let mut by_email: HashMap<String, Line> =
        lines.into_iter().map(|line| (text::fold_email(&line.email), line)).collect();
    let mut people = Vec::with_capacity(found.len());
    let mut entered: HashMap<PersonId, (String, bool, Entered)> = HashMap::new();
    for person in found {
        if let Some(line) = by_email.remove(&person.email_folded) {
            people.push((person.id, details(&line.entered)));
            entered.insert(person.id, (person.email_folded, person.has_account, line.entered));
        }
    }
    let parts = people::add_all(db, program_id, &people, now).await?;
    for part in &parts {
        if let Some((email, had_account, entered)) = entered.remove(&part.person_id) {
            work.steps.push(Step { email: email.clone(), id: part.id, before: None, had_account });
            work.entries.push((email, part.id, entered));
        }
    }
    work.counts.new = parts.len();
    // Whoever came in by another way since this transaction looked.
    work.counts.unchanged += entered.len();
    let person_ids: Vec<PersonId> = parts.iter().map(|part| part.person_id).collect();
    programs::remember_all(db, &person_ids, program_id).await?;
    let ids: Vec<ParticipationId> = parts.iter().map(|part| part.id).collect();
    let objects: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    history::record_all(db, program_id, (by.viewer().person_id(), "person_added"), &objects, now).await?;
    Ok(ids)
}

/// Enters what is different about those who were entered before. Whoever has an account by now
/// keeps what they say of themselves; what was entered is kept all the same, so that the same
/// list is the same the next time.
async fn change(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    changed: Vec<(String, ParticipationId, Entered, Entered)>,
    work: &mut Work,
    now: OffsetDateTime,
) -> Result<()> {
    let entering: Vec<(ParticipationId, Entered)> =
        changed.iter().map(|(_, id, _, after)| (*id, after.clone())).collect();
    let written = enter(db, by, &entering, now).await?;
    work.counts.changed = changed.len();
    for (email, id, before, after) in changed {
        let email = text::fold_email(&email);
        let had_account = !written.contains(&id);
        work.steps.push(Step { email: email.clone(), id, before: Some(before), had_account });
        work.entries.push((email, id, after));
    }
    Ok(())
}

/// Writes what was entered, and gives the parts where it was written.
async fn enter(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    entering: &[(ParticipationId, Entered)],
    now: OffsetDateTime,
) -> Result<Vec<ParticipationId>> {
    let all: Vec<(ParticipationId, Details)> = entering.iter().map(|(id, entered)| (*id, details(entered))).collect();
    let written = people::enter_all(db, by.program_id(), &all).await?;
    let words: HashMap<ParticipationId, &Entered> = entering.iter().map(|(id, entered)| (*id, entered)).collect();
    let named: Vec<(PersonId, String, Option<String>)> = written
        .iter()
        .filter_map(|part| words.get(&part.id).map(|e| (part.person_id, e.name.clone(), e.time_zone.clone())))
        .collect();
    accounts::correct_all(db, by.program_id(), &named, now).await?;
    Ok(written.iter().map(|part| part.id).collect())
}

/// How many people one statement takes off.
const AT_ONCE: usize = 500;

/// Takes a list in hand to undo it; `false` when it is in hand, or there is nothing to undo.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn start_undoing(app: &App, by: &ProgramCoordinator, id: ImportId) -> Result<bool> {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    queries::start_undoing(&mut db, by.program_id(), id, now, now - CUT_OFF).await
}

/// Puts everything back as it was before a list that was started to be undone: whoever was new is
/// taken off, what was changed is as before. All of it or, with the reason, nothing.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn undo(app: &App, by: &ProgramCoordinator, id: ImportId) -> Result<Option<Hindrance>> {
    let done = match try_to_undo(app, by, id).await {
        // Something of theirs hangs on a part that was to go: they have acted.
        Err(error) if broken_constraint(&error).is_some() => Ok(Some(Hindrance::Acted)),
        other => other,
    };
    if !matches!(done, Ok(None)) {
        let mut db = app.db.acquire().await?;
        queries::give_back(&mut db, by.program_id(), id).await?;
    }
    done
}

/// Commits exactly when nothing is in the way.
async fn try_to_undo(app: &App, by: &ProgramCoordinator, id: ImportId) -> Result<Option<Hindrance>> {
    let program_id = by.program_id();
    let mut tx = app.db.begin().await?;
    programs::lock(&mut tx, program_id).await?;
    let now = app.clock.now();
    if !queries::hold(&mut tx, program_id, id).await? {
        return Ok(Some(Hindrance::Nothing));
    }
    let steps = queries::steps(&mut tx, program_id, id).await?;
    if let Some(hindrance) = in_the_way(&mut tx, by, id, &steps).await? {
        return Ok(Some(hindrance));
    }
    let (new, changed): (Vec<Step>, Vec<Step>) = steps.into_iter().partition(|step| step.before.is_none());
    let ids: Vec<ParticipationId> = new.iter().map(|step| step.id).collect();
    queries::forget_entries(&mut tx, program_id, &ids).await?;
    let mut gone = Vec::with_capacity(ids.len());
    // For each row the database looks whether anything refers to it, in every table that could: a statement for all
    // of a long list would take longer than a statement may.
    for some in ids.chunks(AT_ONCE) {
        gone.extend(people::take_off_all(&mut tx, program_id, some).await?);
    }
    if people::still_there(&mut tx, program_id, &ids).await? {
        return Ok(Some(Hindrance::Acted));
    }
    programs::forget_all_unrelated(&mut tx, &gone, program_id).await?;
    // An invitation that has left leads nowhere any more, unless another program waits for its reader.
    let strangers: Vec<Uuid> = accounts::unrelated(&mut tx, &gone).await?.into_iter().map(|id| id.0).collect();
    links::forget_all(&mut tx, LinkKind::Password, &strangers).await?;
    let restoring: Vec<(ParticipationId, Entered)> =
        changed.iter().filter_map(|step| step.before.clone().map(|before| (step.id, before))).collect();
    enter(&mut tx, by, &restoring, now).await?;
    let entries: Vec<(String, ParticipationId, Entered)> =
        changed.into_iter().filter_map(|step| step.before.map(|before| (step.email, step.id, before))).collect();
    queries::keep_entries(&mut tx, program_id, &entries).await?;
    let objects: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    history::record_all(&mut tx, program_id, (by.viewer().person_id(), "person_taken_off"), &objects, now).await?;
    queries::undo(&mut tx, program_id, id, now).await?;
    tx.commit().await?;
    Ok(None)
}
