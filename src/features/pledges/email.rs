//! The one email by which a supervisor is asked what became of their pledges.
use super::{model::stands, queries};
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, ProgramId},
    local_time,
    secret::Secret,
    words,
};
use crate::features::approvals::{self, Request};
use crate::links::{self, Link, LinkKind};
use crate::mail::Email;
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::{Connection, PgConnection};
use time::{Duration, Time};

/// Asks a supervisor what became of the pledges of one request.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PledgeCheck {
    pub(super) program_id: ProgramId,
    pub(super) request_id: ApprovalRequestId,
}

impl Letter for PledgeCheck {
    const KIND: &'static str = "pledge_check";
}

/// How long after a program's last day the link still shows what was answered.
const AFTERLIFE: Duration = Duration::days(31);

/// What both forms of the email say.
struct Words {
    subject: String,
    greeting: String,
    heading: String,
    opening: String,
    pledges: Vec<String>,
    until: String,
    href: String,
    institution: String,
    sent_for: String,
}

#[derive(Template)]
#[template(path = "emails/pledge_check.txt", escape = "none")]
struct Text<'a> {
    w: &'a Words,
}

#[derive(Template)]
#[template(path = "emails/pledge_check.html")]
struct Html<'a> {
    w: &'a Words,
}

/// Writes a letter of this slice. `None`: not one of its kinds; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind == PledgeCheck::KIND { Some(check(app, db, letter).await) } else { None }
}

async fn check(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: PledgeCheck = letter.read()?;
    // One transaction, so that a change of the request elsewhere comes before this email or after it.
    let mut tx = db.begin().await?;
    approvals::lock(&mut tx, of.program_id, of.request_id).await?;
    let request = approvals::find(&mut tx, of.program_id, of.request_id).await?;
    let pledges = queries::followed(&mut tx, of.program_id, of.request_id).await?;
    let wanted = request.program.state.is_running() && stands(&request, app.clock.now()) && !pledges.is_empty();
    if !wanted || pledges.iter().all(|pledge| pledge.answer.is_some()) {
        return Ok(None);
    }
    let href = draw(app, &mut tx, &request).await?;
    tx.commit().await?;
    let lines = pledges.iter().map(|pledge| pledge.promise.line(request.first_name())).collect();
    let words = words_of(&request, lines, href);
    let (text, html) = (Text { w: &words }, Html { w: &words });
    let email = Email::render(letter.id, request.supervisor.clone(), words.subject.as_str(), &text, &html)?;
    Ok(Some(email.on_behalf_of(request.program.coordinator.clone()).by_day_in(request.program.time_zone)))
}

/// A fresh address of the page. The secret lives in this email only.
async fn draw(app: &App, db: &mut PgConnection, request: &Request) -> Result<String> {
    let end = request.program.ends_on.saturating_add(AFTERLIFE);
    let secret = Secret::generate()?;
    let link = Link {
        kind: LinkKind::Pledges,
        program_id: Some(request.program_id),
        object_id: request.id.0,
        expires_at: local_time::nearest_instant(&request.program.time_zone, end, Time::MIDNIGHT),
    };
    links::remember(db, &secret, link, app.clock.now()).await?;
    Ok(format!("{}/pledge-check/{}", app.base_url, secret.reveal()))
}

fn words_of(request: &Request, pledges: Vec<String>, href: String) -> Words {
    let (peer, first_name, program) = (&request.peer.name, request.first_name(), &request.program);
    let what = if pledges.len() == 1 { "what you promised" } else { "each thing that you promised" };
    Words {
        subject: format!("What became of your promise to {peer}: {}", program.name),
        greeting: format!("Dear {},", request.supervisor.name),
        heading: format!("What became of your promise to {first_name}?"),
        opening: format!(
            "{} is half-way through. You backed {peer}’s place in it. Please say of {what}: done, not yet, or cannot.",
            program.name
        ),
        pledges,
        until: format!(
            "It takes a minute and needs no account. {first_name} and the coordinators read your answer; you can change \
             it by the same link until {}.",
            words::day_and_year(program.ends_on)
        ),
        href,
        institution: program.institution.clone(),
        sent_for: format!("Sent for {}, who coordinates {}.", program.coordinator_name(), program.name),
    }
}
