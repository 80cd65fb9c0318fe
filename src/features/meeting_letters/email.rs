//! Letters about a meeting: set, moved, cancelled, tomorrow, not yours any more. Each says when, in the reader's zone,
//! and links to the meeting; where exactly and what about stands only there.
use super::queries::{self, Ahead, LetterFacts};
use crate::base::{
    error::{AppError, Result},
    ids::{MeetingId, ParticipationId, ProgramId},
    local_time, text, words,
};
use crate::{
    features::{
        groups::OpenMember,
        meetings::{self, MeetingState, zone_words},
    },
    mail::{
        Email, Mailbox,
        calendar::{Event, Invitation, Method},
    },
    outbox::{self, Leased, Letter, Posting},
    web::state::App,
};
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// What all letters about a meeting must know.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Notice {
    program_id: ProgramId,
    meeting_id: MeetingId,
    /// The reader.
    participation_id: ParticipationId,
    /// Who set, moved or cancelled it.
    by_id: ParticipationId,
    /// As it was agreed when the letter was caused: another start makes the letter void.
    #[serde(with = "time::serde::rfc3339")]
    starts_at: OffsetDateTime,
}

/// A meeting has a date.
#[derive(Debug, Serialize, Deserialize)]
struct MeetingSet(Notice);
impl Letter for MeetingSet {
    const KIND: &'static str = "meeting_set";
}

/// It has another time, length or place.
#[derive(Debug, Serialize, Deserialize)]
struct MeetingMoved {
    notice: Notice,
    /// When it was to start before; the same when only length or place changed.
    #[serde(with = "time::serde::rfc3339")]
    was: OffsetDateTime,
}
impl Letter for MeetingMoved {
    const KIND: &'static str = "meeting_moved";
}

/// It does not take place.
#[derive(Debug, Serialize, Deserialize)]
struct MeetingCancelled(Notice);
impl Letter for MeetingCancelled {
    const KIND: &'static str = "meeting_cancelled";
}

/// It is one of the reader's own no more: they left the group. `by_id` is the reader.
#[derive(Debug, Serialize, Deserialize)]
struct MeetingWithdrawn(Notice);
impl Letter for MeetingWithdrawn {
    const KIND: &'static str = "meeting_withdrawn";
}

/// 24 hours before.
#[derive(Debug, Serialize, Deserialize)]
struct MeetingReminder(Notice);
impl Letter for MeetingReminder {
    const KIND: &'static str = "meeting_reminder";
}

/// What the members are told at once.
#[derive(Debug, Clone, Copy)]
pub enum News {
    Set,
    /// With its former start.
    Moved(OffsetDateTime),
    Cancelled,
}

/// What one act has to tell about one meeting.
#[derive(Debug)]
pub struct Telling<'a> {
    pub program_id: ProgramId,
    pub by_id: ParticipationId,
    pub meeting_id: MeetingId,
    pub starts_at: OffsetDateTime,
    pub members: &'a [OpenMember],
}

/// Writes each member's letter into the outbox, and the reminder for the day before.
pub async fn tell(db: &mut PgConnection, to: &Telling<'_>, news: News, now: OffsetDateTime) -> Result<()> {
    let Telling { program_id, by_id, meeting_id, starts_at, .. } = *to;
    let at_once = || Posting { program_id: Some(program_id), due_at: now, key: None };
    for member in to.members {
        let participation_id = member.participation_id;
        let notice = Notice { program_id, meeting_id, participation_id, by_id, starts_at };
        match news {
            News::Set => outbox::enqueue(db, &MeetingSet(notice), at_once()).await?,
            News::Moved(was) => outbox::enqueue(db, &MeetingMoved { notice, was }, at_once()).await?,
            News::Cancelled => outbox::enqueue(db, &MeetingCancelled(notice), at_once()).await?,
        };
        let due_at = starts_at - Duration::days(1);
        // Who hears of it within the last day needs no reminder.
        if !matches!(news, News::Cancelled) && due_at > now {
            remind(db, notice, due_at).await?;
        }
    }
    Ok(())
}

/// Writes to those who came to a group about its meetings that are to come, as everybody else was written
/// to when they were set. Part of the command that places them.
///
/// # Errors
/// When the database does not answer.
pub async fn invite(
    db: &mut PgConnection,
    program_id: ProgramId,
    newcomers: &[ParticipationId],
    now: OffsetDateTime,
) -> Result<()> {
    for ahead in queries::ahead_of(db, program_id, newcomers, now).await? {
        let Ahead { meeting_id, participation_id, by_id, starts_at } = ahead;
        let notice = Notice { program_id, meeting_id, participation_id, by_id, starts_at };
        let posting = Posting { program_id: Some(program_id), due_at: now, key: None };
        outbox::enqueue(db, &MeetingSet(notice), posting).await?;
        let due_at = starts_at - Duration::days(1);
        if due_at > now {
            remind(db, notice, due_at).await?;
        }
    }
    Ok(())
}

/// Plans the reminders of the day before for all that a program has set, where it was not set here.
///
/// # Errors
/// When the database does not answer.
pub async fn remind_all(db: &mut PgConnection, program_id: ProgramId, now: OffsetDateTime) -> Result<()> {
    let everybody = queries::in_groups(db, program_id).await?;
    for Ahead { meeting_id, participation_id, by_id, starts_at } in
        queries::ahead_of(db, program_id, &everybody, now).await?
    {
        let notice = Notice { program_id, meeting_id, participation_id, by_id, starts_at };
        let due_at = starts_at - Duration::days(1);
        if due_at > now {
            remind(db, notice, due_at).await?;
        }
    }
    Ok(())
}

/// Takes the meetings that are to come out of the calendars of people who are about to leave their group. Part
/// of the command that ends the membership, before it does.
///
/// # Errors
/// When the database does not answer.
pub async fn withdraw(
    db: &mut PgConnection,
    program_id: ProgramId,
    leaving: &[ParticipationId],
    now: OffsetDateTime,
) -> Result<()> {
    let ahead = queries::ahead_of(db, program_id, leaving, now).await?;
    // What takes it out is newer than what put it in; so is what puts it in again for who comes back.
    let theirs: Vec<MeetingId> = ahead.iter().map(|one| one.meeting_id).collect();
    meetings::raise_sequence(db, program_id, &theirs).await?;
    for Ahead { meeting_id, participation_id, starts_at, .. } in ahead {
        let notice = Notice { program_id, meeting_id, participation_id, by_id: participation_id, starts_at };
        let posting = Posting { program_id: Some(program_id), due_at: now, key: None };
        outbox::enqueue(db, &MeetingWithdrawn(notice), posting).await?;
    }
    Ok(())
}

/// The reminder of the day before, once however often it is asked for.
async fn remind(db: &mut PgConnection, notice: Notice, due_at: OffsetDateTime) -> Result<()> {
    let Notice { program_id, meeting_id, participation_id, starts_at, .. } = notice;
    let key = format!("meeting-reminder:{meeting_id}:{participation_id}:{}", starts_at.unix_timestamp());
    let posting = Posting { program_id: Some(program_id), due_at, key: Some(key) };
    outbox::enqueue(db, &MeetingReminder(notice), posting).await?;
    Ok(())
}

#[derive(Template)]
#[template(path = "emails/meeting.html")]
struct Html<'a> {
    letter: &'a Words,
}

#[derive(Template)]
#[template(path = "emails/meeting.txt")]
struct Text<'a> {
    letter: &'a Words,
}

/// The words of one letter, the same in both forms.
struct Words {
    subject: String,
    institution: String,
    heading: String,
    greeting: String,
    said: String,
    /// None when there is nothing to come to.
    when: Option<String>,
    zone: String,
    length: String,
    how: &'static str,
    href: String,
    button: &'static str,
    sent_for: String,
}

/// Writes the email of a letter of this slice: outer `None` when it is none of its own, inner `None`
/// when what it would say is no longer so.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    let read = || -> Result<Option<(Notice, What)>> {
        let payload = letter.payload.clone();
        let read = |error| AppError::internal(error);
        Ok(Some(match letter.kind.as_str() {
            MeetingSet::KIND => (serde_json::from_value::<MeetingSet>(payload).map_err(read)?.0, What::Set),
            MeetingCancelled::KIND => {
                (serde_json::from_value::<MeetingCancelled>(payload).map_err(read)?.0, What::Cancelled)
            }
            MeetingWithdrawn::KIND => {
                (serde_json::from_value::<MeetingWithdrawn>(payload).map_err(read)?.0, What::Withdrawn)
            }
            MeetingReminder::KIND => {
                (serde_json::from_value::<MeetingReminder>(payload).map_err(read)?.0, What::Reminder)
            }
            MeetingMoved::KIND => {
                let moved = serde_json::from_value::<MeetingMoved>(payload).map_err(read)?;
                (moved.notice, What::Moved { was: moved.was })
            }
            _ => return Ok(None),
        }))
    };
    match read() {
        Ok(None) => None,
        Ok(Some((notice, what))) => Some(write(app, db, letter, (&notice, what)).await),
        Err(error) => Some(Err(error)),
    }
}

#[derive(Debug, Clone, Copy)]
enum What {
    Set,
    Moved { was: OffsetDateTime },
    Cancelled,
    Withdrawn,
    Reminder,
}

async fn write(
    app: &App,
    db: &mut PgConnection,
    letter: &Leased,
    (notice, what): (&Notice, What),
) -> Result<Option<Email>> {
    let left = matches!(what, What::Withdrawn);
    let Notice { program_id, meeting_id, participation_id, by_id, .. } = *notice;
    let facts = queries::letter_facts(db, program_id, meeting_id, (participation_id, by_id), left).await?;
    let Some(facts) = facts else { return Ok(None) };
    let stands = match what {
        What::Cancelled => facts.state == MeetingState::Cancelled,
        // Whatever became of it since: in this calendar it is not to be.
        What::Withdrawn => true,
        _ => facts.state == MeetingState::Scheduled,
    };
    if !stands || facts.starts_at != notice.starts_at || facts.starts_at <= app.clock.now() {
        return Ok(None);
    }
    let words = words_of(app, notice, what, &facts);
    let invitation = invitation(app, notice, what, &facts, &words.href);
    let (text, html) = (Text { letter: &words }, Html { letter: &words });
    let email = Email::render(
        letter.id,
        Mailbox::new(facts.reader_name, facts.reader_email),
        words.subject.as_str(),
        &text,
        &html,
    )?;
    Ok(Some(match invitation {
        Some(invitation) => email.inviting(invitation),
        None => email,
    }))
}

/// For the reader's calendar; a reminder leaves there what is there.
fn invitation(app: &App, notice: &Notice, what: What, facts: &LetterFacts, href: &str) -> Option<Invitation> {
    let (method, is_cancelled) = match what {
        What::Set | What::Moved { .. } => (Method::Request, false),
        What::Cancelled | What::Withdrawn => (Method::Cancel, true),
        What::Reminder => return None,
    };
    let event = Event {
        uid: notice.meeting_id.to_string(),
        sequence: u32::try_from(facts.sequence).unwrap_or(0),
        starts_at: facts.starts_at,
        ends_at: facts.ends_at,
        stamp: app.clock.now(),
        title: facts.program_name.clone(),
        href: href.to_owned(),
        is_cancelled,
    };
    Some(Invitation { method, event })
}

fn words_of(app: &App, notice: &Notice, what: What, facts: &LetterFacts) -> Words {
    let zone = facts.reader_zone.as_str();
    let at = |instant| {
        let local = local_time::to_local(zone, instant);
        format!("{}, {}", words::long_day(local.date()), words::clock_time(local.time()))
    };
    let start = at(facts.starts_at);
    let (heading, said) = heading_and_said(notice, what, facts, at);
    let place = format!("{}/programs/{}/groups/{}/meetings", app.base_url, notice.program_id, facts.group_id);
    let cancelled = matches!(what, What::Cancelled);
    let withdrawn = matches!(what, What::Withdrawn);
    let reminder = if matches!(what, What::Reminder) { "Reminder: " } else { "" };
    let minutes = (facts.ends_at - facts.starts_at).whole_minutes();
    Words {
        subject: format!("{}: {reminder}{}", facts.program_name, uncapital(&heading)),
        institution: facts.institution.clone(),
        heading,
        greeting: format!("Hello {},", text::first_name(&facts.reader_name)),
        said,
        when: (!cancelled && !withdrawn).then_some(start),
        zone: format!(" ({})", zone_words(zone)),
        length: format!("{minutes} minutes"),
        how: facts.mode.label(),
        href: match (withdrawn, cancelled) {
            (true, _) => format!("{}/", app.base_url),
            (false, true) => place,
            (false, false) => format!("{place}/{}", notice.meeting_id),
        },
        button: match (withdrawn, cancelled) {
            (true, _) => "See your programs",
            (false, true) => "Set a new date",
            (false, false) => "See the meeting",
        },
        sent_for: format!(
            "You get this because you {} a member of {}.",
            if withdrawn { "were" } else { "are" },
            facts.group_name
        ),
    }
}

/// What the letter is about, and what happened; `at` says an instant by the reader's clock.
fn heading_and_said(
    notice: &Notice,
    what: What,
    facts: &LetterFacts,
    at: impl Fn(OffsetDateTime) -> String,
) -> (String, String) {
    let (start, group) = (at(facts.starts_at), &facts.group_name);
    let by = if notice.by_id == notice.participation_id { "You" } else { text::first_name(&facts.by_name) };
    let have = if by == "You" { "have" } else { "has" };
    match what {
        What::Set => (
            format!("You meet on {start}"),
            format!("{by} {have} set a meeting of {group}. It starts with an agenda that all of you can change."),
        ),
        What::Moved { was } if was == facts.starts_at => (
            format!("A change to the meeting on {start}"),
            format!("{by} {have} changed how long or where {group} meets. The date stays."),
        ),
        What::Moved { was } => (
            format!("Your meeting moved to {start}"),
            format!("{by} {have} moved the meeting of {group}. It was to be on {}.", at(was)),
        ),
        What::Cancelled => (
            format!("The meeting on {start} is cancelled"),
            format!("{by} {have} cancelled this meeting of {group}. A new date can be set at any time."),
        ),
        What::Withdrawn => (
            format!("The meeting on {start} is not yours any more"),
            format!(
                "You do not belong to {group} any more. This takes its meeting out of your calendar, if your \
                 calendar can do that; else delete it there."
            ),
        ),
        What::Reminder => {
            (format!("You meet on {start}"), format!("{group} meets soon. The agenda can be changed until it starts."))
        }
    }
}

fn uncapital(heading: &str) -> String {
    let mut chars = heading.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
