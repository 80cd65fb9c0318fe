//! The letters of feedback. They say from whom it is, never what.
use crate::base::{
    error::{AppError, Result},
    ids::{FeedbackId, GroupId, ProgramId},
    local_time, text,
};
use crate::features::{
    feedback::{self, Feedback, FeedbackState, Key},
    groups,
};
use crate::mail::{Email, Mailbox};
use crate::outbox::{self, Leased, Letter, Posting};
use crate::web::state::App;
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// How long something stays unopened before its receiver is told once more.
const UNOPENED: Duration = Duration::days(5);

/// Which sharing of which item a letter is about. An item that was taken back and shared
/// again is another sharing.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Sharing {
    program_id: ProgramId,
    group_id: GroupId,
    feedback_id: FeedbackId,
    /// Seconds since 1970.
    shared_at: i64,
}

/// To the receiver, at once.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct FeedbackShared(Sharing);

impl Letter for FeedbackShared {
    const KIND: &'static str = "feedback_shared";
}

/// To the receiver, once more, five days on.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct FeedbackReminder(Sharing);

impl Letter for FeedbackReminder {
    const KIND: &'static str = "feedback_reminder";
}

#[derive(Template)]
#[template(path = "emails/feedback_shared.html")]
struct Html<'a> {
    words: &'a Words,
}

#[derive(Template)]
#[template(path = "emails/feedback_shared.txt")]
struct Text<'a> {
    words: &'a Words,
}

struct Words {
    subject: String,
    greeting: String,
    giver: String,
    reminds: bool,
    group: String,
    href: String,
    email: String,
    institution: String,
}

/// The email of a letter of this slice. `None`: another slice's letter. `Some(Ok(None))`: it was
/// opened, answered or taken back.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    let reminds = match letter.kind.as_str() {
        FeedbackShared::KIND => false,
        FeedbackReminder::KIND => true,
        _ => return None,
    };
    Some(match serde_json::from_value(letter.payload.clone()) {
        Ok(sharing) => tell(app, db, &sharing, letter, reminds).await,
        Err(error) => Err(AppError::internal(error)),
    })
}

/// Tells the receiver of an item that was shared just now, and once more later if they do not open it.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn tell_receiver(db: &mut PgConnection, key: Key, zone: &str, now: OffsetDateTime) -> Result<()> {
    let sharing =
        Sharing { program_id: key.program, group_id: key.group, feedback_id: key.id, shared_at: now.unix_timestamp() };
    let at_once = Posting { program_id: Some(key.program), due_at: now, key: None };
    outbox::enqueue(db, &FeedbackShared(sharing.clone()), at_once).await?;
    let later = Posting {
        program_id: Some(key.program),
        due_at: local_time::next_permitted(zone, now + UNOPENED),
        key: Some(format!("feedback-reminder:{}:{}", key.id, sharing.shared_at)),
    };
    outbox::enqueue(db, &FeedbackReminder(sharing), later).await?;
    Ok(())
}

fn is_settled(item: &Feedback, sharing: &Sharing) -> bool {
    item.state != FeedbackState::Shared
        || !item.is_live
        || item.opened_at.is_some()
        || item.shared_at.is_none_or(|at| at.unix_timestamp() != sharing.shared_at)
}

async fn tell(
    app: &App,
    db: &mut PgConnection,
    sharing: &Sharing,
    letter: &Leased,
    reminds: bool,
) -> Result<Option<Email>> {
    let key = Key { program: sharing.program_id, group: sharing.group_id, id: sharing.feedback_id };
    let Some(item) = feedback::find(db, key).await?.filter(|item| !is_settled(item, sharing)) else {
        return Ok(None);
    };
    let members = groups::open_members(db, key.program, key.group).await?;
    // Who has left the group could not open the page.
    let Some(reader) = members.iter().find(|member| member.participation_id == item.receiver_id) else {
        return Ok(None);
    };
    let giver = members.iter().find(|member| member.participation_id == item.giver_id);
    let place = groups::names(db, key.program, key.group).await?;
    let first = text::first_name(&item.giver_name);
    let words = Words {
        subject: if reminds {
            format!("Still to open: feedback from {first}")
        } else {
            format!("You have feedback from {first}")
        },
        greeting: format!("Dear {},", reader.first_name()),
        giver: first.to_owned(),
        reminds,
        group: place.group,
        href: format!("{}/programs/{}/groups/{}/feedback/{}", app.base_url, key.program, key.group, item.id),
        email: reader.email.clone(),
        institution: place.institution,
    };
    let to = Mailbox::new(&reader.name, &reader.email);
    let email = Email::render(letter.id, to, words.subject.as_str(), &Text { words: &words }, &Html { words: &words })?;
    let email = email.on_behalf_of(giver.map(|giver| Mailbox::new(&giver.name, &giver.email)));
    Ok(Some(if reminds { email.by_day_in(&reader.time_zone) } else { email }))
}
