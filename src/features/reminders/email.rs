//! The emails that go out while a request waits.
use super::{
    link,
    model::{Step, still_until},
};
use crate::base::{
    error::{AppError, Result},
    ids::{ApprovalRequestId, PersonId, ProgramId},
    local_time, text, words,
};
use crate::features::approvals::{self, Request, RequestState};
use crate::mail::{Email, Mailbox};
use crate::outbox::{self, Leased, Letter, Posting};
use crate::web::state::App;
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::{Connection, PgConnection};
use time::{Date, Duration};

/// One of the emails that [`Step`] lists.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Reminder {
    program_id: ProgramId,
    request_id: ApprovalRequestId,
    step: Step,
    /// The coordinator it goes to, if it goes to one.
    person_id: Option<PersonId>,
    /// Unix seconds of the end of the time to answer: another one after the request was sent once
    /// more, whose own reminders then count.
    round: i64,
}
impl Letter for Reminder {
    const KIND: &'static str = "approval_reminder";
}

impl Reminder {
    pub(super) fn of(request: &Request, step: Step, person_id: Option<PersonId>) -> Self {
        let round = request.expires_at.unix_timestamp();
        Self { program_id: request.program_id, request_id: request.id, step, person_id, round }
    }

    /// The one on the day from which a supervisor who said no would look again; another day is another round.
    pub(super) fn of_another_look(request: &Request, day: Date) -> Self {
        Self { round: round_of(day), ..Self::of(request, Step::LookAgain, None) }
    }

    /// Once per request, round, step and reader.
    pub(super) fn key(&self) -> String {
        let reader = self.person_id.map_or_else(String::new, |id| format!(":{id}"));
        format!("approval_reminder:{}:{}:{}{reader}", self.request_id, self.round, self.step.as_str())
    }

    /// Whether it still says what is so.
    fn is_needed(&self, request: &Request, standing: RequestState) -> bool {
        let (as_told, round) = match self.step {
            Step::LookAgain => (request.look_again().is_some(), request.look_again().map(round_of)),
            Step::Over => (standing == RequestState::Expired, Some(request.expires_at.unix_timestamp())),
            _ => (standing == RequestState::Pending, Some(request.expires_at.unix_timestamp())),
        };
        as_told
            && Some(self.round) == round
            && request.is_latest
            && request.stands()
            && request.participation_state.is_open()
            && request.program.state.takes_people()
            && !(self.step.reminds() && request.reminders_stopped_at.is_some())
    }
}

/// A day as a round.
fn round_of(day: Date) -> i64 {
    i64::from(day.to_julian_day())
}

/// Writes a letter of this slice; `None` when it is of another, `Some(Ok(None))` when it is no
/// longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind != Reminder::KIND {
        return None;
    }
    Some(write(app, db, letter).await)
}

async fn write(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: Reminder = letter.read()?;
    let now = app.clock.now();
    // One transaction, so that asking again elsewhere either stops this email or kills its link.
    let mut tx = db.begin().await?;
    approvals::lock(&mut tx, of.program_id, of.request_id).await?;
    let request = approvals::find(&mut tx, of.program_id, of.request_id).await?;
    if !of.is_needed(&request, request.standing(now)) {
        return Ok(None);
    }
    if let (true, Some(until)) = (of.step.reminds(), still_until(request.talk_first_at, now)) {
        let later = Reminder::of(&request, Step::AfterTalk, None);
        let due_at = local_time::next_permitted(&request.program.time_zone, until);
        let posting = Posting { program_id: Some(of.program_id), due_at, key: Some(later.key()) };
        outbox::enqueue(&mut tx, &later, posting).await?;
        tx.commit().await?;
        return Ok(None);
    }
    // Two that fall on one day are one, the later.
    let others = Step::ALL.iter().filter(|step| step.reminds()).map(|step| Reminder { step: *step, ..of }.key());
    if of.step.reminds()
        && outbox::is_followed(&mut tx, letter, &others.collect::<Vec<_>>(), now + Duration::DAY).await?
    {
        return Ok(None);
    }
    let written = match of.step {
        Step::CoordinatorWaits => to_coordinator(app, &mut tx, &of, &request).await?,
        Step::PeerWaits | Step::Over | Step::LookAgain => Some(to_peer(app, &of, &request)),
        _ => Some(to_supervisor(app, &mut tx, &request).await?),
    };
    tx.commit().await?;
    written.map(|(to, words)| seal(letter, &request, to, &words)).transpose()
}

/// What both forms of such an email say.
struct Words {
    subject: String,
    greeting: String,
    heading: String,
    sentences: Vec<String>,
    button: &'static str,
    href: String,
    institution: String,
    sent_for: String,
    /// Where to stop them.
    stop: Option<String>,
    /// The reader's; a supervisor has none, and the program's is the nearest to theirs.
    zone: String,
}

#[derive(Template)]
#[template(path = "emails/approval_reminder.txt")]
struct Text<'a> {
    w: &'a Words,
}

#[derive(Template)]
#[template(path = "emails/approval_reminder.html")]
struct Html<'a> {
    w: &'a Words,
}

fn seal(letter: &Leased, request: &Request, to: Mailbox, words: &Words) -> Result<Email> {
    Ok(Email {
        to,
        on_behalf_of: request.program.coordinator.clone(),
        subject: words.subject.clone(),
        text: Text { w: words }.render().map_err(AppError::internal)?,
        html: Html { w: words }.render().map_err(AppError::internal)?,
        unsubscribe: words.stop.clone(),
        by_day_in: Some(words.zone.clone()),
        invitation: None,
        id: letter.id,
    })
}

fn last_day(request: &Request) -> String {
    words::day(local_time::day_in(&request.program.time_zone, request.expires_at))
}

fn sent_for(request: &Request) -> String {
    format!("Sent for {}, who coordinates {}.", request.program.coordinator_name(), request.program.name)
}

async fn to_supervisor(app: &App, db: &mut PgConnection, request: &Request) -> Result<(Mailbox, Words)> {
    let href = approvals::draw_link(app, db, request).await?;
    let stop = link::draw(app, db, request).await?;
    let (peer, first_name, program) = (&request.peer.name, request.first_name(), &request.program.name);
    let words = Words {
        subject: format!("{peer} still waits for your answer: {program}"),
        greeting: format!("Dear {},", request.supervisor.name),
        heading: format!("{first_name} still waits for your answer"),
        sentences: vec![
            request.about_trip().map_or_else(
                || format!("{peer} asked you to back a place in {program}, and nobody has answered yet."),
                |trip| format!("{peer} asked for your yes to {trip}, and nobody has answered yet."),
            ),
            format!(
                "Please answer by {}. It takes about a minute and needs no account. A no, or a wish to talk first, helps as well.",
                last_day(request)
            ),
        ],
        button: "Read and answer",
        href,
        institution: request.program.institution.clone(),
        sent_for: format!("{} Not {first_name}’s supervisor? Say so on that page.", sent_for(request)),
        stop: Some(stop),
        zone: request.program.time_zone.clone(),
    };
    Ok((request.supervisor.clone(), words))
}

fn to_peer(app: &App, of: &Reminder, request: &Request) -> (Mailbox, Words) {
    let (supervisor, program) = (&request.supervisor.name, &request.program.name);
    let look_again = request.look_again().filter(|_| of.step == Step::LookAgain);
    let (heading, sentences, button) = if let Some(day) = look_again {
        (
            format!("You can ask {supervisor} again"),
            vec![
                format!(
                    "{supervisor} said not this term, and would look at it again from {} on. That day has come.",
                    words::day(day)
                ),
                "One button on your page asks again, with the words you wrote. Nothing is sent before you press it."
                    .to_owned(),
            ],
            "Ask again",
        )
    } else if of.step == Step::Over {
        (
            format!("{supervisor} did not answer in time"),
            vec![
                format!("The time to answer is over. An answer by the link {supervisor} has still counts."),
                "You can ask again, the same person or somebody else.".to_owned(),
            ],
            "Ask again",
        )
    } else {
        (
            format!("{supervisor} has not answered yet"),
            vec![
                format!(
                    "{supervisor} was asked a week ago {}, and has until {}.",
                    request
                        .about_trip()
                        .map_or_else(|| "to back your place".to_owned(), |trip| format!("about {trip}")),
                    last_day(request)
                ),
                "A word in person often helps. You can also correct the address.".to_owned(),
            ],
            "See where it stands",
        )
    };
    let words = Words {
        subject: format!("{heading}: {program}"),
        greeting: format!("Dear {},", request.first_name()),
        heading,
        sentences,
        button,
        href: format!("{}{}", app.base_url, request.peers_page()),
        institution: request.program.institution.clone(),
        sent_for: sent_for(request),
        stop: None,
        zone: request.peer_zone.clone(),
    };
    (request.peer.clone(), words)
}

async fn to_coordinator(
    app: &App,
    db: &mut PgConnection,
    of: &Reminder,
    request: &Request,
) -> Result<Option<(Mailbox, Words)>> {
    let Some(person_id) = of.person_id else { return Ok(None) };
    let Some(to) = approvals::addressee(db, of.program_id, person_id).await? else { return Ok(None) };
    let (peer, supervisor, program) = (&request.peer.name, &request.supervisor.name, &request.program.name);
    let words = Words {
        subject: format!("{peer}: no answer from {supervisor} in ten days"),
        greeting: format!("Dear {},", text::first_name(&to.name)),
        heading: format!("{supervisor} has not answered in ten days"),
        sentences: if request.trip.is_some() {
            vec![
                format!(
                    "{supervisor} was asked for a yes to one trip of {peer}’s, and has until {}.",
                    last_day(request)
                ),
                format!("You can talk to them. {} can ask again.", request.first_name()),
            ]
        } else {
            vec![
                format!(
                    "{supervisor} was asked to back {peer}’s place in {program}, and has until {}.",
                    last_day(request)
                ),
                "You can send the request once more, or talk to them.".to_owned(),
            ]
        },
        button: "See who waits",
        href: format!("{}/programs/{}/people", app.base_url, of.program_id),
        institution: request.program.institution.clone(),
        sent_for: format!("You coordinate {program}."),
        stop: None,
        zone: to.own_zone.clone(),
    };
    Ok(Some((Mailbox::new(&to.name, &to.email), words)))
}
