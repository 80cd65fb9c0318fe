//! Who would get a letter, sending it once, and reading what was sent.
pub(super) use super::queries::{Delivery, OpenGroup, SentLetter};
use super::{
    email::{Copy, key},
    model::{Addressee, Draft, fingerprint},
    queries,
};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::{AppError, Result},
    ids::LetterId,
};
use crate::features::programs;
use crate::history::{self, Act, Actor};
use crate::outbox::{self, Letter};
use crate::web::{
    limits::{self, Limit},
    state::App,
};
use time::Duration;

/// Letters on one page of the list.
const PAGE: usize = 20;

/// So many letters may one person send in a day, over all programs: nobody who holds their sign-in mails for ever.
const LETTERS_A_DAY: i32 = 20;

pub(super) async fn groups(app: &App, by: &ProgramCoordinator) -> Result<Vec<OpenGroup>> {
    let mut db = app.db.acquire().await?;
    queries::open_groups(&mut db, by.program_id()).await
}

/// Who would get it now.
pub(super) async fn addressees(app: &App, by: &ProgramCoordinator, draft: &Draft) -> Result<Vec<Addressee>> {
    let mut db = app.db.acquire().await?;
    queries::addressees(&mut db, by.program_id(), (draft.audience, &draft.groups), app.clock.now()).await
}

/// What became of pressing the button.
#[derive(Debug)]
pub(super) enum Outcome {
    /// To so many: now, or by the same form before.
    Sent(usize),
    /// The same form was sent before, with other words or to others.
    Another,
    /// It would go to others than its writer has seen: to those groups of the draft that still meet.
    Changed(Draft, Vec<Addressee>),
    /// The program ended meanwhile.
    NotNow,
    /// Very many in one day.
    TooMany,
}

/// Sends a letter to exactly those whom its writer has `seen`, or to nobody.
pub(super) async fn send(app: &App, by: &ProgramCoordinator, draft: &Draft, seen: &str) -> Result<Outcome> {
    let (program_id, me, now) = (by.program_id(), by.viewer().person_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let state = programs::lock(&mut tx, program_id).await?;
    if let Some(before) = queries::sent_before(&mut tx, program_id, draft.id).await? {
        let number = usize::try_from(before.addressees).unwrap_or(0);
        return Ok(if before.is(draft) { Outcome::Sent(number) } else { Outcome::Another });
    }
    if !draft.audience.is_offered(state) {
        return Ok(Outcome::NotNow);
    }
    let open = queries::open_groups(&mut tx, program_id).await?;
    let mut still = draft.clone();
    still.groups.retain(|id| open.iter().any(|group| group.id == *id));
    let to = queries::addressees(&mut tx, program_id, (still.audience, &still.groups), now).await?;
    if to.is_empty() || fingerprint(&to) != seen || still.groups != draft.groups {
        return Ok(Outcome::Changed(still, to));
    }
    let subject = me.to_string();
    let limit = Limit { kind: "letters", subject: &subject, most: LETTERS_A_DAY, window: Duration::days(1) };
    match limits::count(&mut tx, limit, now).await {
        Err(AppError::TooMany(_)) => return Ok(Outcome::TooMany),
        counted => counted?,
    }
    queries::insert(&mut tx, program_id, (draft, &to), (me, now)).await?;
    let copies: Vec<(Copy, String)> = to
        .iter()
        .map(|one| Copy { program_id, letter_id: draft.id, to: one.id })
        .map(|copy| {
            let key = key(&copy);
            (copy, key)
        })
        .collect();
    outbox::enqueue_all(&mut tx, &copies, Some(program_id), now).await?;
    let act = Act { actor: Actor::Person(me), action: "letter_sent", object_id: draft.id.0 };
    history::record(&mut tx, program_id, act, now).await?;
    tx.commit().await?;
    Ok(Outcome::Sent(to.len()))
}

/// Letters that were sent, and whether there are older ones.
pub(super) async fn sent(
    app: &App,
    by: &ProgramCoordinator,
    before: Option<LetterId>,
) -> Result<(Vec<SentLetter>, bool)> {
    let mut db = app.db.acquire().await?;
    let one_more = i64::try_from(PAGE).unwrap_or(20) + 1;
    let mut found = queries::sent(&mut db, by.program_id(), (before, None), one_more).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    Ok((found, more))
}

/// One letter, and what became of its emails.
pub(super) struct Whole {
    pub(super) sent: SentLetter,
    pub(super) delivery: Delivery,
    pub(super) not_reached: Vec<String>,
}

/// # Errors
/// `NotFound` when the program has no such letter.
pub(super) async fn one(app: &App, by: &ProgramCoordinator, id: LetterId) -> Result<Whole> {
    let mut db = app.db.acquire().await?;
    let sent = queries::sent(&mut db, by.program_id(), (None, Some(id)), 1).await?;
    let sent = sent.into_iter().next().ok_or(AppError::NotFound)?;
    let delivery = queries::delivery(&mut db, Copy::KIND, id).await?;
    let not_reached = if delivery.failed > 0 {
        queries::not_reached(&mut db, by.program_id(), (Copy::KIND, id)).await?
    } else {
        Vec::new()
    };
    Ok(Whole { sent, delivery, not_reached })
}
