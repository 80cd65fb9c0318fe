//! Reading all of one's own, and erasing it.
pub(super) use super::queries::Place;
use super::{
    email::{Erased, key},
    model::{Counts, Hindrance, Section},
    queries::{self, Erasure, download},
};
use crate::access::{SiteAdmin, Viewer};
use crate::base::{
    error::{AppError, Result},
    ids::{PersonId, ProgramId},
    local_time,
    text::fold_email,
};
use crate::features::{
    accounts, actions, approvals, did_you_meet, elements, email_changes, feedback, feedback_asks, field_trips,
    goal_notes, goal_versions, goals, groups, help, host_thanks, imports, join_asks, leaving, letters, meetings,
    move_offers, nudges, observation_notes, off_limits, people, pledges, portfolios, products, profiles, programs,
    pulse, reports, retrospectives, second_wordings, shared_reports, showing, suggestions, time_polls, trip_hosts,
    trip_needs,
};
use crate::history::{self, Act, Actor};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Everything held about the person that they may read.
pub(super) async fn everything(app: &App, by: &Viewer) -> Result<Vec<Section>> {
    let mut db = app.db.acquire().await?;
    download::everything(&mut db, by.person_id(), app.clock.now()).await
}

/// The programs in which something of theirs can be taken back.
pub(super) async fn places(app: &App, by: &Viewer) -> Result<Vec<Place>> {
    let mut db = app.db.acquire().await?;
    let programs = programs::all_of(&mut db, by.person_id()).await?;
    queries::places(&mut db, &programs, by.person_id()).await
}

/// Whose word an erasure is carried out on: one's own, or a site admin's, for somebody who asked.
#[derive(Clone, Copy)]
pub(super) enum By<'a> {
    Owner(&'a Viewer),
    SiteAdmin(&'a SiteAdmin, PersonId),
}

impl By<'_> {
    const fn person_id(self) -> PersonId {
        match self {
            Self::Owner(viewer) => viewer.person_id(),
            Self::SiteAdmin(_, id) => id,
        }
    }
}

/// What an erasure would do.
pub(super) struct Preview {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) hindrances: Vec<Hindrance>,
    /// For the person alone: how much there is in their groups is no business of a site admin.
    pub(super) counts: Option<Counts>,
}

/// What an erasure would do, and what is in its way.
pub(super) async fn preview(app: &App, by: By<'_>) -> Result<Preview> {
    let mut db = app.db.acquire().await?;
    let id = by.person_id();
    let account = accounts::account(&mut db, id, false).await?.ok_or(AppError::NotFound)?;
    let hindrances = hindrances(&mut db, id, &account, false).await?;
    let counts = match by {
        By::Owner(_) => {
            let programs = programs::all_of(&mut db, id).await?;
            Some(queries::counts(&mut db, &programs, id).await?)
        }
        By::SiteAdmin(..) => None,
    };
    Ok(Preview { name: account.name, email: account.email, hindrances, counts })
}

async fn hindrances(
    db: &mut PgConnection,
    id: PersonId,
    account: &accounts::Account,
    lock: bool,
) -> Result<Vec<Hindrance>> {
    let mut found = Vec::new();
    for program in programs::to_hand_over(db, id, lock).await? {
        let href = Some(format!("/programs/{}/settings", program.program_id));
        let name = &program.program_name;
        if program.coordinates_alone {
            found.push(Hindrance { words: format!("{name} has no other coordinator"), href: href.clone() });
        }
        if program.only_contact {
            // Only coordinators can name another; a contact person asks them.
            let href = href.filter(|_| program.coordinates);
            found.push(Hindrance { words: format!("{name} has no other contact person"), href });
        }
    }
    if account.only_site_admin {
        found.push(Hindrance { words: "See also has no other site admin".to_owned(), href: None });
    }
    Ok(found)
}

/// What became of asking for an erasure.
pub(super) enum Outcome {
    Erased,
    /// Nothing is written until this is handed over.
    HandOverFirst,
}

/// Erases a person: one transaction, and a letter to the address they had.
pub(super) async fn erase(app: &App, by: By<'_>) -> Result<Outcome> {
    let now = app.clock.now();
    let id = by.person_id();
    let mut tx = app.db.begin().await?;
    let account = accounts::account(&mut tx, id, true).await?.ok_or(AppError::NotFound)?;
    if !hindrances(&mut tx, id, &account, true).await?.is_empty() {
        return Ok(Outcome::HandOverFirst);
    }
    for program_id in programs::all_of(&mut tx, id).await? {
        erase_in(&mut tx, program_id, id, now).await?;
    }
    join_asks::erase(&mut tx, &fold_email(&account.email)).await?;
    email_changes::erase(&mut tx, id).await?;
    nudges::erase(&mut tx, id).await?;
    accounts::erase(&mut tx, id, now).await?;
    let carried_out_by = match by {
        By::Owner(_) => "owner",
        By::SiteAdmin(admin, _) => {
            tracing::info!(admin = %admin.viewer().person_id(), person = %id, "a site admin erases a person");
            "site_admin"
        }
    };
    queries::insert_erasure(&mut tx, Erasure { person_id: id, email: &account.email, carried_out_by }, now).await?;
    let posting = Posting { program_id: None, due_at: now, key: Some(key(id)) };
    outbox::enqueue(&mut tx, &Erased { person_id: id }, posting).await?;
    tx.commit().await?;
    Ok(Outcome::Erased)
}

/// One program's part of it: each slice forgets what is its own.
async fn erase_in(db: &mut PgConnection, program_id: ProgramId, id: PersonId, now: OffsetDateTime) -> Result<()> {
    if let Some(part) = queries::part_in(db, program_id, id).await? {
        let (me, today) = (part.id, local_time::day_in(&part.time_zone, now));
        portfolios::erase(db, program_id, me).await?;
        observation_notes::erase(db, program_id, me).await?;
        feedback_asks::erase(db, program_id, me).await?;
        second_wordings::erase(db, program_id, me).await?;
        showing::erase(db, program_id, me).await?;
        reports::erase(db, program_id, me).await?;
        feedback::erase(db, program_id, me).await?;
        trip_hosts::erase(db, program_id, me).await?;
        host_thanks::erase(db, program_id, me).await?;
        shared_reports::erase(db, program_id, me).await?;
        field_trips::erase(db, program_id, me).await?;
        trip_needs::erase(db, program_id, me).await?;
        actions::erase(db, program_id, me, today).await?;
        time_polls::erase(db, program_id, me).await?;
        pulse::erase(db, program_id, me).await?;
        help::erase(db, program_id, me).await?;
        retrospectives::erase(db, program_id, me).await?;
        did_you_meet::erase(db, program_id, me).await?;
        meetings::erase(db, program_id, me).await?;
        products::erase(db, program_id, me).await?;
        elements::erase(db, program_id, me, today).await?;
        off_limits::erase(db, program_id, me).await?;
        goal_notes::erase(db, program_id, me).await?;
        goal_versions::erase(db, program_id, me).await?;
        goals::erase(db, program_id, me, today).await?;
        leaving::erase(db, program_id, me, now).await?;
        move_offers::erase(db, program_id, me, now).await?;
        groups::erase(db, program_id, me, today).await?;
        suggestions::erase(db, program_id, me).await?;
        imports::erase(db, program_id, me).await?;
        profiles::erase(db, program_id, me).await?;
        pledges::erase(db, program_id, me).await?;
        approvals::erase(db, program_id, me).await?;
        if people::erase(db, program_id, me, today).await? {
            let act = Act { actor: Actor::Person(id), action: "left", object_id: me.0 };
            history::record(db, program_id, act, now).await?;
        }
    }
    letters::erase(db, program_id, id).await?;
    programs::erase(db, program_id, id).await
}
