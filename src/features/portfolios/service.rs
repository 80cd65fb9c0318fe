//! Choosing what goes in, sharing it, and asking the givers of feedback.
use super::{
    email::PortfolioAsked,
    link::{self, Reader},
    model::{Letter, Lifetime, Thing},
    queries,
};
pub(super) use super::{
    model::{Answer, Owner, Portfolio},
    queries::AskedOf,
};
use crate::access::OwnPart;
use crate::base::{
    error::{AppError, Result},
    ids::FeedbackId,
    local_time::day_in,
};
use crate::links::{self, LinkKind};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use time::{Date, Duration};

/// What the owner's page shows.
#[derive(Debug)]
pub(super) struct Own {
    pub(super) offered: Portfolio,
    /// The last day of the link that is in force.
    pub(super) link_until: Option<Date>,
    /// How many wait for one's own yes or no, as the giver.
    pub(super) to_answer: usize,
}

pub(super) async fn own(app: &App, by: &OwnPart) -> Result<Own> {
    let (program_id, me) = (by.program_id(), by.participation_id());
    let mut db = app.db.acquire().await?;
    let offered = queries::offered(&mut db, program_id, me).await?;
    let ends = links::in_force(&mut db, LinkKind::Portfolio, me.0, app.clock.now()).await?;
    let asked = queries::asked_of(&mut db, program_id, me).await?;
    Ok(Own {
        offered,
        link_until: ends.map(|at| day_in(&by.program().time_zone, at - Duration::seconds(1))),
        to_answer: asked.iter().filter(|one| one.answer.is_none()).count(),
    })
}

/// Puts exactly these things in. What is not offered, such as feedback whose giver has just said no, stays out.
pub(super) async fn choose(app: &App, by: &OwnPart, things: &[Thing]) -> Result<()> {
    let (program_id, me) = (by.program_id(), by.participation_id());
    let mut tx = app.db.begin().await?;
    queries::hold(&mut tx, program_id, me).await?;
    let offered = queries::offered(&mut tx, program_id, me).await?;
    let things: Vec<Thing> = things.iter().copied().filter(|thing| offered.offers(*thing)).collect();
    queries::put_in(&mut tx, program_id, me, &things).await?;
    tx.commit().await?;
    Ok(())
}

/// What is in, for its owner to print or save.
pub(super) async fn ticked(app: &App, by: &OwnPart) -> Result<(Owner, Portfolio)> {
    let (program_id, me) = (by.program_id(), by.participation_id());
    let mut db = app.db.acquire().await?;
    let owner = queries::owner(&mut db, program_id, me).await?;
    Ok((owner, queries::offered(&mut db, program_id, me).await?.ticked()))
}

/// The same for whoever holds the link.
pub(super) async fn shared(app: &App, by: &Reader) -> Result<(Owner, Portfolio)> {
    let mut db = app.db.acquire().await?;
    let owner = queries::owner(&mut db, by.program_id, by.owner_id).await?;
    Ok((owner, queries::offered(&mut db, by.program_id, by.owner_id).await?.ticked()))
}

/// Makes the link: its address, which is shown once, and its last day. An earlier one ends.
pub(super) async fn make_link(app: &App, by: &OwnPart, lives: Lifetime) -> Result<(String, Date)> {
    let (program_id, me) = (by.program_id(), by.participation_id());
    let (now, zone) = (app.clock.now(), by.program().time_zone.as_str());
    let last_day = lives.last_day(day_in(zone, now));
    let mut tx = app.db.begin().await?;
    queries::hold(&mut tx, program_id, me).await?;
    links::revoke(&mut tx, LinkKind::Portfolio, me.0, now).await?;
    let address = link::draw(app, &mut tx, (program_id, me), (last_day, zone)).await?;
    tx.commit().await?;
    Ok((address, last_day))
}

/// Ends the link at once.
pub(super) async fn end_link(app: &App, by: &OwnPart) -> Result<()> {
    let mut tx = app.db.begin().await?;
    links::revoke(&mut tx, LinkKind::Portfolio, by.participation_id().0, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Asks the giver of feedback whether it may go in, once.
///
/// # Errors
/// `NotFound` when it was not received by this person, or not answered yet.
pub(super) async fn ask(app: &App, by: &OwnPart, id: FeedbackId) -> Result<()> {
    let now = app.clock.now();
    let program_id = by.program_id();
    let mut tx = app.db.begin().await?;
    let asked = queries::ask(&mut tx, program_id, (by.participation_id(), id), now).await?.ok_or(AppError::NotFound)?;
    if asked {
        let posting = Posting { program_id: Some(program_id), due_at: now, key: Some(format!("portfolio-asked:{id}")) };
        outbox::enqueue(&mut tx, &PortfolioAsked { program_id, feedback_id: id }, posting).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What others would like to show of what this person gave.
pub(super) async fn asked_of(app: &App, by: &OwnPart) -> Result<Vec<AskedOf>> {
    queries::asked_of(&mut *app.db.acquire().await?, by.program_id(), by.participation_id()).await
}

/// The giver's yes or no, at any time. With a no it leaves the portfolio; a later yes does not put it back.
///
/// # Errors
/// `NotFound` when nobody asked this person about it, `Unreadable` for what is neither yes nor no.
pub(super) async fn answer(app: &App, by: &OwnPart, id: FeedbackId, answer: Option<Answer>) -> Result<Answer> {
    let program_id = by.program_id();
    let mut tx = app.db.begin().await?;
    if !queries::asks_me(&mut tx, program_id, (by.participation_id(), id)).await? {
        return Err(AppError::NotFound);
    }
    let answer = answer.ok_or(AppError::Unreadable("neither yes nor no"))?;
    if !queries::answer(&mut tx, program_id, (by.participation_id(), id), answer, app.clock.now()).await? {
        return Err(AppError::NotFound);
    }
    if answer == Answer::No {
        queries::take_out(&mut tx, program_id, id).await?;
    }
    tx.commit().await?;
    Ok(answer)
}

/// What the letter of participation says.
pub(super) async fn letter(app: &App, by: &OwnPart) -> Result<(Owner, Letter)> {
    let (program_id, me) = (by.program_id(), by.participation_id());
    let mut db = app.db.acquire().await?;
    let owner = queries::owner(&mut db, program_id, me).await?;
    Ok((owner, queries::letter(&mut db, program_id, me).await?))
}
