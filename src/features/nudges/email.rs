//! The two emails of this slice: no date after a week, and what waits, once a week. Both are
//! gathered when they are sent, and are not sent when nothing waits any more.
use super::{link, model::Waits, queries};
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, PersonId, ProgramId},
    text, words,
};
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::{Connection, PgConnection};

/// "Your group has no date yet."
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct NoMeetingYet {
    pub(super) program_id: ProgramId,
    pub(super) group_id: GroupId,
    /// The reader.
    pub(super) to: ParticipationId,
}

impl Letter for NoMeetingYet {
    const KIND: &'static str = "no_meeting_yet";
}

impl NoMeetingYet {
    /// Once per group and member.
    pub(super) fn key(&self) -> String {
        format!("no-meeting-yet:{}:{}", self.group_id, self.to)
    }
}

/// "Two things wait for you."
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Nudge {
    pub(super) person_id: PersonId,
}

impl Letter for Nudge {
    const KIND: &'static str = "nudge";
}

/// One thing that waits, with its address.
struct Line {
    words: String,
    href: String,
}

/// What waits in one group.
struct Block {
    group: String,
    lines: Vec<Line>,
}

/// The weekly email.
struct Weekly {
    subject: String,
    institution: String,
    greeting: String,
    blocks: Vec<Block>,
    href: String,
    foot: String,
    stop: String,
}

#[derive(Template)]
#[template(path = "emails/nudge.html")]
struct NudgeHtml<'a> {
    w: &'a Weekly,
}

#[derive(Template)]
#[template(path = "emails/nudge.txt", escape = "none")]
struct NudgeText<'a> {
    w: &'a Weekly,
}

/// Writes a letter of this slice. `None`: not one of its kinds; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    let written = match letter.kind.as_str() {
        NoMeetingYet::KIND => no_meeting_yet(app, db, letter).await,
        Nudge::KIND => nudge(app, db, letter).await,
        _ => return None,
    };
    Some(written)
}

async fn no_meeting_yet(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let of: NoMeetingYet = leased.read()?;
    let found = queries::still_without_a_date(db, of.program_id, of.group_id, of.to).await?;
    let Some(facts) = found else { return Ok(None) };
    let words = Note {
        subject: format!("{} has no date yet", facts.group),
        preview: "A first date is often all that is missing.".to_owned(),
        greeting: format!("Dear {},", text::first_name(&facts.name)),
        sentences: vec![
            format!("{} began a week ago, and no meeting is planned yet.", facts.group),
            "Any of you can set the first date. The agenda can follow, and the date can be moved.".to_owned(),
        ],
        href: format!("{}/programs/{}/groups/{}/meetings/new", app.base_url, of.program_id, of.group_id),
        label: "Set a first date".to_owned(),
        foot: format!("You get this once, because you belong to {} in {}.", facts.group, facts.program),
        institution: facts.institution,
    };
    let to = Mailbox::new(&facts.name, &facts.email);
    Ok(Some(words.email(leased.id, to)?.by_day_in(facts.time_zone)))
}

async fn nudge(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let of: Nudge = leased.read()?;
    let mut tx = db.begin().await?;
    let Some(reader) = queries::reader(&mut tx, of.person_id).await? else { return Ok(None) };
    if queries::is_stopped(&mut tx, of.person_id).await? {
        return Ok(None);
    }
    let found = queries::gather(&mut tx, of.person_id, app.clock.now()).await?;
    let Some(first) = found.first() else { return Ok(None) };
    let (institution, program) = (first.place.institution.clone(), first.place.program.clone());
    let stop = link::draw(app, &mut tx, of.person_id).await?;
    tx.commit().await?;
    let total: usize = found.iter().map(|group| group.waits.len()).sum();
    let wait = if total == 1 { "waits" } else { "wait" };
    let blocks = found.into_iter().map(|group| {
        let path = format!("{}/programs/{}/groups/{}", app.base_url, group.place.program_id, group.place.group_id);
        let line = |waits: Waits| Line {
            href: if waits.to.is_empty() { path.clone() } else { format!("{path}/{}", waits.to) },
            words: waits.words,
        };
        Block { group: group.place.group, lines: group.waits.into_iter().map(line).collect() }
    });
    let words = Weekly {
        subject: format!("{} {wait} for you", words::capital(&words::count(total, "thing", "things"))),
        institution,
        greeting: format!("Dear {},", text::first_name(&reader.name)),
        blocks: blocks.collect(),
        href: format!("{}/", app.base_url),
        foot: format!("You take part in {program}. This comes at most once a week, and only when something waits."),
        stop,
    };
    let (text, html) = (NudgeText { w: &words }, NudgeHtml { w: &words });
    let to = Mailbox::new(&reader.name, &reader.email);
    let email = Email::render(leased.id, to, words.subject.as_str(), &text, &html)?;
    Ok(Some(Email { unsubscribe: Some(words.stop), ..email }.by_day_in(reader.time_zone)))
}
