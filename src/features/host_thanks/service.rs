//! Thanking the host, once.
use super::{
    card::ThanksCard,
    email::HostThanked,
    queries::{self, Thanks},
};
use crate::access::GroupMember;
use crate::base::{error::Result, ids::FieldTripId};
use crate::features::trips::{self, TripView};
use crate::outbox::{self, Letter, Posting};
use crate::web::{
    limits::{self, Limit},
    state::App,
};
use sqlx::PgConnection;
use time::Duration;

/// What the page of the thanks shows.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) trip: TripView,
    pub(super) thanks: Option<Thanks>,
    /// The server's words, where the email did not reach them.
    pub(super) lost: Option<String>,
    pub(super) my_name: String,
}

impl Whole {
    /// The host of a visit can be thanked once it took place; whoever comes in return is a guest.
    pub(super) fn is_open(&self) -> bool {
        !self.trip.is_observation()
            && !self.trip.is_return
            && self.trip.state.took_place()
            && (self.thanks.is_none() || self.lost.is_some())
    }

    /// By email: once, by who reads the address.
    pub(super) fn can_send(&self) -> bool {
        self.is_open() && self.thanks.is_none() && !self.trip.host_email.is_empty()
    }
}

async fn read_in(db: &mut PgConnection, by: &GroupMember, trip: TripView) -> Result<Whole> {
    let thanks = queries::thanks(db, (by.program_id(), trip.id)).await?;
    let lost = match &thanks {
        Some(thanks) if thanks.by_email => outbox::did_not_arrive(db, HostThanked::KIND, trip.id.0).await?,
        _ => None,
    };
    Ok(Whole { my_name: queries::name_of(db, by.program_id(), by.participation_id()).await?, trip, thanks, lost })
}

/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn read(app: &App, by: &GroupMember, id: FieldTripId) -> Result<Whole> {
    let mut db = app.db.acquire().await?;
    let trip = trips::read(&mut db, by, id).await?;
    read_in(&mut db, by, trip).await
}

/// What the page after a visit says of it.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn card(db: &mut PgConnection, by: &GroupMember, trip: &TripView) -> Result<ThanksCard> {
    Ok(ThanksCard::of(by, &read_in(db, by, trip.clone()).await?))
}

/// What became of thanking.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Sent,
    Noted,
    /// Somebody did before, or it has not taken place.
    Late,
}

/// Sends a member's words to the host, or without words notes that they were thanked in another way.
///
/// # Errors
/// `NotFound` when the group has no such trip, `TooMany` after very many letters in one day.
pub(super) async fn thank(app: &App, by: &GroupMember, id: FieldTripId, message: Option<&str>) -> Result<Outcome> {
    let now = app.clock.now();
    let key = (by.program_id(), id);
    let me = by.participation_id();
    let mut tx = app.db.begin().await?;
    let trip = trips::take(&mut tx, by, id).await?;
    let whole = read_in(&mut tx, by, trip).await?;
    let fits = if message.is_some() { whole.can_send() } else { whole.is_open() };
    if !fits {
        return Ok(Outcome::Late);
    }
    if whole.thanks.is_some() {
        queries::thank_otherwise(&mut tx, key, (me, now)).await?;
    } else if !queries::thank(&mut tx, key, (me, now), message, trips::today(by, now)).await? {
        return Ok(Outcome::Late);
    }
    if message.is_some() {
        // Nobody's server is to be a way to write to strangers in numbers.
        let subject = me.to_string();
        let limit = Limit { kind: "host_thanked", subject: &subject, most: 20, window: Duration::days(1) };
        limits::count(&mut tx, limit, now).await?;
        let letter = HostThanked { program_id: key.0, trip_id: id };
        outbox::enqueue(&mut tx, &letter, Posting { program_id: Some(key.0), due_at: now, key: None }).await?;
    }
    tx.commit().await?;
    Ok(if message.is_some() { Outcome::Sent } else { Outcome::Noted })
}
