//! Asking, saying "not now", taking back. Each takes the proof that somebody belongs to the group.
use super::{
    email::FeedbackAsked,
    model::End,
    queries::{self, New, Waiting},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{ElementId, FeedbackAskId, ParticipationId},
    local_time,
};
use crate::features::{choices, groups};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use time::Date;

/// Who can be asked, and on what.
#[derive(Debug)]
pub(super) struct Askable {
    /// Id and first name.
    pub(super) people: Vec<(ParticipationId, String)>,
    /// The asker's own agreed elements.
    pub(super) elements: Vec<(ElementId, String)>,
    pub(super) today: Date,
}

pub(super) async fn askable(app: &App, by: &GroupMember) -> Result<Askable> {
    let mut db = app.db.acquire().await?;
    read_askable(&mut db, app, by).await
}

async fn read_askable(db: &mut PgConnection, app: &App, by: &GroupMember) -> Result<Askable> {
    let me = by.participation_id();
    let members = groups::open_members(db, by.program_id(), by.group_id()).await?;
    let elements = choices::agreed_elements(db, by).await?;
    Ok(Askable {
        people: members
            .iter()
            .filter(|one| one.participation_id != me)
            .map(|one| (one.participation_id, one.first_name().to_owned()))
            .collect(),
        elements: elements.into_iter().filter(|one| one.about_id == me).map(|one| (one.id, one.title)).collect(),
        today: local_time::day_in(&by.program().time_zone, app.clock.now()),
    })
}

/// What is asked; each person is asked by themself.
#[derive(Debug)]
pub(super) struct Wish {
    /// Of the form: a second press asks nobody twice.
    pub(super) id: FeedbackAskId,
    pub(super) from: Vec<ParticipationId>,
    pub(super) on: Vec<ElementId>,
    pub(super) due_on: Option<Date>,
    pub(super) line: String,
}

/// Asks for feedback, and tells each of those who are asked. `false`: somebody named has left the
/// group, or an element is not the asker's any more.
pub(super) async fn ask(app: &App, by: &GroupMember, wish: &Wish) -> Result<bool> {
    let now = app.clock.now();
    let (program_id, group_id) = (by.program_id(), by.group_id());
    let mut tx = app.db.begin().await?;
    let can = read_askable(&mut tx, app, by).await?;
    let known = wish.from.iter().all(|id| can.people.iter().any(|(one, _)| one == id))
        && wish.on.iter().all(|id| can.elements.iter().any(|(one, _)| one == id));
    if !known {
        return Ok(false);
    }
    if queries::is_of(&mut tx, (program_id, wish.id), by.participation_id()).await? {
        return Ok(true);
    }
    for (position, giver_id) in wish.from.iter().enumerate() {
        // The first carries the form's id, by which a second press is known.
        let id = if position == 0 { wish.id } else { FeedbackAskId::generate() };
        let asker_id = by.participation_id();
        let new = New { id, asker_id, giver_id: *giver_id, elements: &wish.on, due_on: wish.due_on, line: &wish.line };
        queries::insert(&mut tx, program_id, group_id, &new, now).await?;
        let letter = FeedbackAsked { program_id, group_id, ask_id: id, to: *giver_id };
        outbox::enqueue(&mut tx, &letter, Posting { program_id: Some(program_id), due_at: now, key: None }).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Ends an ask. Nothing happens when it was ended before, or is the other's to end so.
///
/// # Errors
/// `NotFound` when there is no such ask by or to this member.
pub(super) async fn end(app: &App, by: &GroupMember, id: FeedbackAskId, how: End) -> Result<()> {
    let (key, me) = ((by.program_id(), id), by.participation_id());
    let mut tx = app.db.begin().await?;
    if !queries::is_of(&mut tx, key, me).await? {
        return Err(AppError::NotFound);
    }
    queries::end(&mut tx, key, me, how, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// What waits for a member, and from them.
pub(super) async fn waiting(app: &App, by: &GroupMember) -> Result<Vec<Waiting>> {
    let mut db = app.db.acquire().await?;
    queries::waiting(&mut db, by.program_id(), by.group_id(), by.participation_id()).await
}
