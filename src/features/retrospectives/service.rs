//! Writing lines alone, showing them to the group, and sharing them with the program.
pub(super) use super::queries::{LineRow, NewLine, OwnLine, SharedLine};
use super::{
    model::{MOST_LINES, Member, Stage, counted_from, is_overdue, reads, stage},
    queries::{self, Place, Retrospective},
};
use crate::access::{GroupMember, OwnPart, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::{GroupId, ParticipationId, ProgramId, RetrospectiveLineId},
    local_time::day_in,
};
use crate::features::{
    groups::{self, OpenMember},
    programs::closing_from,
};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// All that a member's page shows.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) stage: Stage,
    /// From when the two weeks count, if one has begun.
    pub(super) counted_from: Option<Date>,
    pub(super) members: Vec<Member>,
    pub(super) open: Vec<OpenMember>,
    pub(super) i_am_done: bool,
    /// As far as the member reads them.
    pub(super) lines: Vec<LineRow>,
}

fn day(by: &GroupMember, at: OffsetDateTime) -> Date {
    day_in(&by.program().time_zone, at)
}

fn counts_from(by: &GroupMember, of: Retrospective) -> Date {
    counted_from(day(by, of.begun_at), closing_from(by.program().ends_on))
}

/// Who is in the group, and which of them are done.
async fn members(
    db: &mut PgConnection,
    by: &GroupMember,
) -> Result<(Vec<OpenMember>, Vec<ParticipationId>, Vec<Member>)> {
    let open = groups::open_members(db, by.program_id(), by.group_id()).await?;
    let done = queries::done(db, by.program_id(), by.group_id()).await?;
    let members = open
        .iter()
        .map(|one| Member {
            id: one.participation_id,
            name: one.first_name().to_owned(),
            is_done: done.contains(&one.participation_id),
        })
        .collect();
    Ok((open, done, members))
}

fn stage_of(by: &GroupMember, of: Option<Retrospective>, members: &[Member], now: OffsetDateTime) -> Stage {
    let revealed = of.is_some_and(|one| one.revealed_at.is_some());
    stage(revealed, of.map(|one| counts_from(by, one)), day(by, now), members)
}

/// # Errors
/// When the database does not answer.
pub(super) async fn read(app: &App, by: &GroupMember) -> Result<Whole> {
    let mut db = app.db.acquire().await?;
    let of = queries::of_group(&mut db, by.program_id(), by.group_id()).await?;
    let (open, done, members) = members(&mut db, by).await?;
    let i_am_done = done.contains(&by.participation_id());
    let revealed = of.is_some_and(|one| one.revealed_at.is_some());
    let mut lines = queries::lines(&mut db, by).await?;
    lines.retain(|line| {
        let is_own = line.written_by == by.participation_id();
        reads(is_own, revealed, i_am_done && line.writer_is_done, by.belonged_at(line.written_at))
    });
    Ok(Whole {
        stage: stage_of(by, of, &members, app.clock.now()),
        counted_from: of.map(|one| counts_from(by, one)),
        members,
        open,
        i_am_done,
        lines,
    })
}

/// What became of writing a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Nobody else reads it yet.
    Alone,
    /// The group reads it.
    Together,
    /// They have written as many as they may.
    Full,
    /// The same form was sent before, with other words.
    Another,
}

/// Writes a line. Sent twice, it is written once.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn write(app: &App, by: &GroupMember, new: &NewLine) -> Result<Written> {
    let (place, now, me) = ((by.program_id(), by.group_id()), app.clock.now(), by.participation_id());
    let mut tx = app.db.begin().await?;
    let of = queries::hold(&mut tx, place.0, place.1, now).await?;
    match queries::written(&mut tx, place, (new.id, me)).await? {
        Some((kind, words)) if (kind, &words) != (new.kind, &new.words) => return Ok(Written::Another),
        Some(_) => {}
        None if queries::count_of(&mut tx, place, me).await? >= MOST_LINES => return Ok(Written::Full),
        None => queries::insert(&mut tx, place, new, (me, now)).await?,
    }
    let is_done = queries::done(&mut tx, place.0, place.1).await?.contains(&me);
    tx.commit().await?;
    Ok(if is_done && of.revealed_at.is_some() { Written::Together } else { Written::Alone })
}

/// Says that one is done, with or without lines; whether the group reads them at once.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn say_done(app: &App, by: &GroupMember) -> Result<bool> {
    let (place, now) = ((by.program_id(), by.group_id()), app.clock.now());
    let mut tx = app.db.begin().await?;
    let of = queries::hold(&mut tx, place.0, place.1, now).await?;
    queries::say_done(&mut tx, place, (by.participation_id(), now)).await?;
    tx.commit().await?;
    Ok(of.revealed_at.is_some())
}

/// What became of showing the lines.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Revealed {
    Done,
    /// Another member was quicker.
    Before,
    /// Some still write, or the reader does.
    NotYet,
}

/// Shows the lines of who is done to who is done.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn reveal(app: &App, by: &GroupMember) -> Result<Revealed> {
    let (place, now, me) = ((by.program_id(), by.group_id()), app.clock.now(), by.participation_id());
    let mut tx = app.db.begin().await?;
    if queries::of_group(&mut tx, place.0, place.1).await?.is_none() {
        return Ok(Revealed::NotYet);
    }
    let of = queries::hold(&mut tx, place.0, place.1, now).await?;
    let (_, done, members) = members(&mut tx, by).await?;
    match stage_of(by, Some(of), &members, now) {
        Stage::Revealed => return Ok(Revealed::Before),
        Stage::Ready | Stage::Overdue if done.contains(&me) => {}
        _ => return Ok(Revealed::NotYet),
    }
    queries::reveal(&mut tx, place, (me, now)).await?;
    tx.commit().await?;
    Ok(Revealed::Done)
}

/// Shares a line of one's own with the program, while it runs. `false`: there is none that could be.
///
/// # Errors
/// `NotAllowed` once the program or one's part in it has ended, or is on hold.
pub(super) async fn share(app: &App, by: &OwnPart, id: RetrospectiveLineId) -> Result<bool> {
    if !by.program().state.is_running() {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    if !by.has_joined() {
        return Err(AppError::NotAllowed("your part has ended or is on hold"));
    }
    let mut db = app.db.acquire().await?;
    queries::share(&mut db, by.program_id(), (id, by.participation_id()), app.clock.now()).await
}

/// Takes a line of one's own back, also after the program, or once one's part in it has ended. `false`: there is none.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn take_back(app: &App, by: &OwnPart, id: RetrospectiveLineId) -> Result<bool> {
    let mut db = app.db.acquire().await?;
    queries::take_back(&mut db, by.program_id(), (id, by.participation_id())).await
}

/// Takes a line of one's own away, from everybody who read it; at any time. `false`: there is none.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn remove(app: &App, by: &OwnPart, id: RetrospectiveLineId) -> Result<bool> {
    let mut db = app.db.acquire().await?;
    queries::delete(&mut db, by.program_id(), (id, by.participation_id())).await
}

/// How many shared lines stand on a page.
pub(crate) const A_PAGE: usize = 30;

/// What others share, nothing once one's part has ended, with where the next page begins; and one's own lines.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn own(
    app: &App,
    by: &OwnPart,
    below: Option<RetrospectiveLineId>,
) -> Result<(Vec<SharedLine>, Option<RetrospectiveLineId>, Vec<OwnLine>)> {
    let mut db = app.db.acquire().await?;
    let most = i64::try_from(A_PAGE + 1).map_err(AppError::internal)?;
    let mut shared =
        if by.is_open() { queries::shared(&mut db, by.program_id(), below, most).await? } else { Vec::new() };
    // One more than is shown tells whether more come.
    let more = shared.len() > A_PAGE;
    shared.truncate(A_PAGE);
    let next = shared.last().filter(|_| more).map(|last| last.id);
    Ok((shared, next, queries::own(&mut db, by.program_id(), by.participation_id()).await?))
}

/// What waits for somebody in a group that looks back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// Their own lines, or that they have none.
    Write,
    /// All are done: the lines can be shown.
    Show,
    /// Some are silent for two weeks: the lines of who is done can be shown.
    ShowWithout,
}

/// What waits for a person in these groups, of programs that close.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn waiting(
    db: &mut PgConnection,
    programs: &[ProgramId],
    (groups, parts): (&[GroupId], &[ParticipationId]),
    now: OffsetDateTime,
) -> Result<Vec<(GroupId, Waiting)>> {
    if programs.is_empty() || groups.is_empty() {
        return Ok(Vec::new());
    }
    let is_overdue = |place: &Place| {
        let on = |at| day_in(&place.time_zone, at);
        place.begun_at.is_some_and(|at| is_overdue(counted_from(on(at), closing_from(place.ends_on)), on(now)))
    };
    let what = |place: Place| {
        let waits = match (place.is_done, place.is_revealed, place.others_write) {
            (false, ..) => Some(Waiting::Write),
            (true, false, false) => Some(Waiting::Show),
            (true, false, true) if is_overdue(&place) => Some(Waiting::ShowWithout),
            _ => None,
        };
        waits.map(|waits| (place.group_id, waits))
    };
    Ok(queries::places(db, programs, (groups, parts)).await?.into_iter().filter_map(what).collect())
}

/// What a group's page says of it.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) words: String,
    pub(crate) button: &'static str,
    pub(crate) asks_me: bool,
}

/// What a group's page says of looking back, once the program closes; `None` before, unless somebody has begun.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn line(db: &mut PgConnection, by: &GroupMember, now: OffsetDateTime) -> Result<Option<Line>> {
    if !matches!(by.program().state, ProgramState::Closing | ProgramState::Archived) {
        return Ok(None);
    }
    let of = queries::of_group(db, by.program_id(), by.group_id()).await?;
    let (_, done, members) = members(db, by).await?;
    let stage = stage_of(by, of, &members, now);
    let i_am_done = done.contains(&by.participation_id());
    let so_far = members.iter().filter(|member| member.is_done).count();
    let (words, button) = match (stage, i_am_done) {
        (Stage::Revealed, true) => ("You have looked back together.".to_owned(), "Read it again"),
        (Stage::Revealed, false) => {
            ("The others have looked back. Say yours, then you read theirs.".to_owned(), "Say yours")
        }
        (Stage::Ready, _) => ("All of you have written. Show each other what.".to_owned(), "Show the lines"),
        (_, true) => (format!("You are done, {so_far} of {} are.", members.len()), "See how far you are"),
        (_, false) => (
            "What worked, what did not, what to try next: each of you writes alone, and you read it together."
                .to_owned(),
            "Write your lines",
        ),
    };
    let (words, button) = match (by.program().state, stage) {
        (ProgramState::Archived, _) if of.is_none() => return Ok(None),
        (ProgramState::Archived, Stage::Revealed) if i_am_done => (words, button),
        (ProgramState::Archived, Stage::Revealed) => {
            ("The others looked back together. Your lines stayed with you.".to_owned(), "See your own lines")
        }
        (ProgramState::Archived, _) => {
            ("The lines were never shown: they stayed with whoever wrote them.".to_owned(), "See your own lines")
        }
        _ => (words, button),
    };
    let asks_me = by.program().state.is_running() && (!i_am_done || stage == Stage::Ready);
    Ok(Some(Line { words, button, asks_me }))
}
