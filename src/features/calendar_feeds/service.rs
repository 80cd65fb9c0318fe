//! Making and ending the address of one's calendar, and what it gives.
use super::queries::{self, Meeting, Trip};
use crate::access::{Viewer, held_link};
use crate::base::{
    error::Result,
    ids::PersonId,
    local_time,
    secret::{self, Secret},
};
use crate::links::{self, Link, LinkKind};
use crate::mail::calendar::{self, Event};
use crate::web::state::App;
use time::{Duration, OffsetDateTime, Time};

/// How long an address is good for, unless it is ended before. Calendars ask for it unattended.
const LIVES: Duration = Duration::days(3 * 365);
/// How far back a calendar goes.
const BACK: Duration = Duration::days(60);
/// How long a field trip is said to take: only its beginning is planned.
const TRIP: Duration = Duration::hours(2);

/// Until when the address that there is can be used.
pub(super) async fn in_force(app: &App, by: &Viewer) -> Result<Option<OffsetDateTime>> {
    let mut db = app.db.acquire().await?;
    links::in_force(&mut db, LinkKind::CalendarFeed, by.person_id().0, app.clock.now()).await
}

/// A new address in the place of the one before. It is shown once: only its hash is kept.
pub(super) async fn make(app: &App, by: &Viewer) -> Result<String> {
    let (now, person_id) = (app.clock.now(), by.person_id());
    let secret = Secret::generate()?;
    let mut tx = app.db.begin().await?;
    links::revoke(&mut tx, LinkKind::CalendarFeed, person_id.0, now).await?;
    let link = Link { kind: LinkKind::CalendarFeed, program_id: None, object_id: person_id.0, expires_at: now + LIVES };
    links::remember(&mut tx, &secret, link, now).await?;
    tx.commit().await?;
    Ok(format!("{}/calendar/{}/see-also.ics", app.base_url, secret.reveal()))
}

/// Ends the address.
pub(super) async fn end(app: &App, by: &Viewer) -> Result<()> {
    let mut tx = app.db.begin().await?;
    links::revoke(&mut tx, LinkKind::CalendarFeed, by.person_id().0, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// The calendar at an address, and what tells one state of it from another.
///
/// # Errors
/// `Gone` for an address that was ended, `DeadLink` for one that never was, `TooMany` when such are tried too often.
pub(super) async fn feed(app: &App, secret: &str) -> Result<(String, String)> {
    let mut db = app.db.acquire().await?;
    let now = app.clock.now();
    let link = held_link::presented(&mut db, secret, LinkKind::CalendarFeed, now).await?;
    let places = queries::places(&mut db, PersonId(link.object_id)).await?;
    let mut events = Vec::new();
    if !places.is_empty() {
        let since = now - BACK;
        events.extend(queries::meetings(&mut db, &places, since).await?.iter().map(|one| meeting(app, one)));
        events.extend(queries::trips(&mut db, &places, since.date()).await?.iter().map(|one| trip(app, one)));
    }
    let text = calendar::feed("See Also", &events);
    let tag = format!("\"{}\"", secret::hex(&secret::sha256(text.as_bytes())[..16]));
    Ok((text, tag))
}

fn meeting(app: &App, one: &Meeting) -> Event {
    Event {
        uid: one.id.to_string(),
        sequence: u32::try_from(one.sequence).unwrap_or(0),
        starts_at: one.starts_at,
        ends_at: one.ends_at,
        stamp: one.created_at,
        title: one.program_name.clone(),
        href: format!("{}/programs/{}/groups/{}/meetings/{}", app.base_url, one.program_id, one.group_id, one.id),
        is_cancelled: one.is_cancelled,
    }
}

/// A trip without an hour begins at nine.
fn trip(app: &App, one: &Trip) -> Event {
    const MORNING: Time = time::macros::time!(9:00);
    let starts_at = local_time::nearest_instant(&one.time_zone, one.on_date, one.starts_time.unwrap_or(MORNING));
    Event {
        uid: one.id.to_string(),
        sequence: 0,
        starts_at,
        ends_at: starts_at + TRIP,
        stamp: one.created_at,
        title: format!("{}: {}", one.program_name, one.kind.noun()),
        href: format!("{}/programs/{}/groups/{}/trips/{}", app.base_url, one.program_id, one.group_id, one.id),
        is_cancelled: false,
    }
}
