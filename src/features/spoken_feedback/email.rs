//! "Was it said like this?": who logged it, never what.
use crate::base::{
    error::{AppError, Result},
    ids::{FeedbackId, GroupId, ProgramId},
    local_time, text,
};
use crate::features::{
    feedback::{self, Feedback, FeedbackState, Key},
    groups,
};
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{self, Leased, Letter, Posting};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// How long something waits for its confirmation before the other is told once more.
const UNCONFIRMED: Duration = Duration::days(5);

/// Which item a letter is about.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(clippy::struct_field_names, reason = "they are called as the columns are")]
struct Logged {
    program_id: ProgramId,
    group_id: GroupId,
    feedback_id: FeedbackId,
}

/// To the one who did not log it, at once.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct SpokenLogged(Logged);

impl Letter for SpokenLogged {
    const KIND: &'static str = "spoken_logged";
}

/// To the same, once more, five days on.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct SpokenReminder(Logged);

impl Letter for SpokenReminder {
    const KIND: &'static str = "spoken_reminder";
}

/// Asks the other whether it was said like this, and once more later if they do not say.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn ask_other(db: &mut PgConnection, key: Key, zone: &str, now: OffsetDateTime) -> Result<()> {
    let logged = Logged { program_id: key.program, group_id: key.group, feedback_id: key.id };
    let at_once = Posting { program_id: Some(key.program), due_at: now, key: None };
    outbox::enqueue(db, &SpokenLogged(logged.clone()), at_once).await?;
    let later = Posting {
        program_id: Some(key.program),
        due_at: local_time::next_permitted(zone, now + UNCONFIRMED),
        key: Some(format!("spoken-reminder:{}", key.id)),
    };
    outbox::enqueue(db, &SpokenReminder(logged), later).await?;
    Ok(())
}

/// The email of a letter of this slice. `None`: another slice's letter. `Some(Ok(None))`: it was confirmed, disputed
/// or taken back.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    let reminds = match letter.kind.as_str() {
        SpokenLogged::KIND => false,
        SpokenReminder::KIND => true,
        _ => return None,
    };
    Some(ask(app, db, letter, reminds).await)
}

async fn ask(app: &App, db: &mut PgConnection, leased: &Leased, reminds: bool) -> Result<Option<Email>> {
    let of: Logged = serde_json::from_value(leased.payload.clone()).map_err(AppError::internal)?;
    let key = Key { program: of.program_id, group: of.group_id, id: of.feedback_id };
    let waits = |item: &Feedback| item.state == FeedbackState::Logged;
    let Some(item) = feedback::find(db, key).await?.filter(waits) else { return Ok(None) };
    let Some(logged_by) = item.logged_by else { return Ok(None) };
    let members = groups::open_members(db, key.program, key.group).await?;
    let (reader_id, _) = item.other(logged_by);
    // Who has left the group could not open the page.
    let Some(reader) = members.iter().find(|member| member.participation_id == reader_id) else {
        return Ok(None);
    };
    let place = groups::names(db, key.program, key.group).await?;
    let (_, logger_name) = item.other(reader_id);
    let logger = text::first_name(logger_name);
    let what = if item.giver_id == reader_id {
        format!("the feedback you gave {logger}")
    } else {
        format!("the feedback you got from {logger}")
    };
    let note = Note {
        subject: if reminds {
            format!("Still to confirm: {what}")
        } else {
            format!("{logger} asks: was it said like this?")
        },
        preview: "It counts once you confirm the words. Only the two of you can read them.".to_owned(),
        greeting: format!("Dear {},", reader.first_name()),
        sentences: vec![
            format!("{logger} wrote down {what}, as it was said."),
            "Read the words, and say whether they are the ones. If you remember it differently, you can write how; \
             then both stay, and it counts nowhere."
                .to_owned(),
        ],
        href: format!("{}/programs/{}/groups/{}/feedback/{}/said", app.base_url, key.program, key.group, key.id),
        label: "Read the words".to_owned(),
        foot: format!("You get this because you belong to {} with {logger}.", place.group),
        institution: place.institution,
    };
    let email = note.email(leased.id, Mailbox::new(&reader.name, &reader.email))?;
    let from = members.iter().find(|member| member.participation_id == logged_by);
    let email = email.on_behalf_of(from.map(|one| Mailbox::new(&one.name, &one.email)));
    Ok(Some(if reminds { email.by_day_in(&reader.time_zone) } else { email }))
}
