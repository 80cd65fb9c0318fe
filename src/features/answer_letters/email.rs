//! What an answer was: to the peer, to the coordinators, and back to the supervisor. None of them holds what somebody
//! wrote for one reader; they say that it is there, and where.
use crate::base::{error::Result, text, words};
use crate::features::approvals::{self, Receipt, Request, TellCoordinator, TellPeer, Told};
use crate::mail::{Email, Mailbox};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use askama::Template;
use sqlx::{Connection, PgConnection};

/// Writes a letter about an answer; `None` when it is of another slice, `Some(Ok(None))` when it is no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    Some(match letter.kind.as_str() {
        Receipt::KIND => receipt(app, db, letter).await,
        TellPeer::KIND => peer(app, db, letter).await,
        TellCoordinator::KIND => coordinator(app, db, letter).await,
        _ => return None,
    })
}

/// What both forms of such an email say: a heading, sentences, facts, one way on.
struct Words {
    subject: String,
    greeting: String,
    heading: String,
    preview: String,
    sentences: Vec<String>,
    facts: Vec<(&'static str, String)>,
    button: &'static str,
    href: String,
    institution: String,
    /// Why the reader gets it.
    sent_for: String,
}

#[derive(Template)]
#[template(path = "emails/answer_told.txt")]
struct Text<'a> {
    w: &'a Words,
}

#[derive(Template)]
#[template(path = "emails/answer_told.html")]
struct Html<'a> {
    w: &'a Words,
}

async fn peer(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: TellPeer = letter.read()?;
    let request = approvals::find(db, of.program_id, of.request_id).await?;
    // Of a trip that has changed since, its own page tells.
    let counts = request.counts() && (request.stands() || of.told != Told::Yes);
    if !of.told.is_still_true(&request) || !counts || !request.participation_state.is_open() {
        return Ok(None);
    }
    let promises = approvals::promises(db, of.program_id, of.request_id).await?;
    let lines: Vec<String> = promises.iter().map(|promise| promise.line(request.first_name())).collect();
    let href = format!("{}{}", app.base_url, request.peers_page());
    let words = Words::for_peer(of.told, &request, &lines, href);
    let email = words.email(letter, request.peer.clone())?;
    Ok(Some(email.on_behalf_of(request.program.coordinator.clone())))
}

async fn coordinator(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: TellCoordinator = letter.read()?;
    let request = approvals::find(db, of.program_id, of.request_id).await?;
    let to = approvals::addressee(db, of.program_id, of.person_id).await?;
    let (Some(to), true) = (to, of.told.is_still_true(&request)) else {
        return Ok(None);
    };
    let people = format!("{}/programs/{}/people", app.base_url, of.program_id);
    let href = match request.trip {
        Some(_) => format!("{people}/{}/approvals", request.participation_id),
        None => people,
    };
    let words = Words::for_coordinator(of.told, &request, &to.name, href);
    Ok(Some(words.email(letter, Mailbox::new(&to.name, &to.email))?))
}

async fn receipt(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: Receipt = letter.read()?;
    // One transaction, so that asking again elsewhere either stops this email or kills its link.
    let mut tx = db.begin().await?;
    approvals::lock(&mut tx, of.program_id, of.request_id).await?;
    let request = approvals::find(&mut tx, of.program_id, of.request_id).await?;
    if !of.told.is_still_true(&request) || !request.counts() {
        return Ok(None);
    }
    let promises = approvals::promises(&mut tx, of.program_id, of.request_id).await?;
    let href = approvals::draw_link(app, &mut tx, &request).await?;
    tx.commit().await?;
    let lines: Vec<String> = promises.iter().map(|promise| promise.line(request.first_name())).collect();
    let words = Words::for_supervisor(of.told, &request, &lines, href);
    let email = words.email(letter, request.supervisor.clone())?;
    Ok(Some(email.on_behalf_of(request.program.coordinator.clone())))
}

/// "said yes", as it goes on after a supervisor's name.
fn said(told: Told, request: &Request) -> String {
    match told {
        Told::Yes => "said yes".to_owned(),
        Told::Condition => "said yes, on a condition".to_owned(),
        Told::Talk => "wants to talk first".to_owned(),
        Told::No if request.trip.is_some() => "said no".to_owned(),
        Told::No => "said not this term".to_owned(),
        Told::Withdrawn if request.trip.is_some() => "takes back the yes".to_owned(),
        Told::Withdrawn => match request.revoked_from {
            Some(day) => format!("takes back the yes from {} on", words::day(day)),
            None => "takes back the yes".to_owned(),
        },
        Told::NotMine => "was the wrong person to ask".to_owned(),
        Told::Lapsed => "set a condition that was not accepted in time".to_owned(),
        Told::Refused => "set a condition that was not accepted".to_owned(),
    }
}

/// What was agreed, promised or required: facts that peer, supervisor and coordinators all see.
fn facts(told: Told, request: &Request, promised: &[String]) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if told == Told::Yes {
        facts.push(("Agreed", request.line()));
        if !promised.is_empty() {
            facts.push(("Promised", format!("{}.", promised.join("; "))));
        }
    }
    if matches!(told, Told::Condition | Told::Lapsed | Told::Refused) {
        facts.push(("Condition", request.conditions.clone()));
    }
    if let (Told::No, Some(reason)) = (told, request.reason) {
        facts.push(("Reason", reason.words().to_owned()));
    }
    if let (Told::No, Some(day)) = (told, request.look_again()) {
        facts.push(("Would look again", format!("From {}", words::day_and_year(day))));
    }
    facts
}

/// What a peer can do after an answer about a trip, and the words on the button.
const fn of_trip(told: Told) -> (&'static str, &'static str) {
    match told {
        Told::Yes => ("The trip can be confirmed, as far as it is about you.", "See the trip"),
        Told::Condition => {
            ("It counts once you accept the condition. It waits for you for ten days.", "Read and accept")
        }
        Told::Talk => ("Talk together; the answer comes by the same link after that.", "See where it stands"),
        Told::NotMine => {
            ("The person at that address is not your supervisor. Nobody decided anything.", "Correct the address")
        }
        Told::Lapsed | Told::Refused | Told::No | Told::Withdrawn => (
            "You can talk about it and ask again. The trip can also become cheaper, go by video, or go without you.",
            "See what you can do",
        ),
    }
}

/// What coordinators read that a request is about: of a trip not which kind, for it may be an observation.
const fn coordinators_word(request: &Request) -> &'static str {
    if request.trip.is_some() { "trip" } else { "place" }
}

impl Words {
    fn email(&self, letter: &Leased, to: Mailbox) -> Result<Email> {
        Email::render(letter.id, to, self.subject.as_str(), &Text { w: self }, &Html { w: self })
    }

    fn for_peer(told: Told, request: &Request, promised: &[String], href: String) -> Self {
        let (supervisor, program) = (&request.supervisor.name, &request.program);
        let what = said(told, request);
        let (next, button) = match told {
            _ if request.trip.is_some() => of_trip(told),
            Told::Yes => (
                "Nothing more is needed from you. If you are in no group yet, you will hear which one.",
                "See what was agreed",
            ),
            Told::Condition => (
                "Your place is backed once you accept the condition. It waits for you for ten days.",
                "Read and accept",
            ),
            Told::Lapsed | Told::Refused => {
                ("The request has ended. You can ask again, the same person or somebody else.", "See what you can do")
            }
            Told::Talk => ("Talk together; the answer comes by the same link after that.", "See where it stands"),
            Told::No => ("You can talk about it, and ask again.", "See what you can do"),
            Told::Withdrawn => ("Talk together first. You can ask again, also somebody else.", "See what you can do"),
            Told::NotMine => {
                ("The person at that address is not your supervisor. Nobody decided anything.", "Correct the address")
            }
        };
        let about = request.about_trip().map_or_else(String::new, |trip| format!("You asked about {trip}. "));
        let mut sentences = vec![format!("{about}{supervisor} {what}."), next.to_owned()];
        if !request.note.is_empty() && told != Told::NotMine {
            sentences.push(format!("There is a note for you from {supervisor}. Only you can read it."));
        }
        Self {
            subject: format!("{supervisor} {what}: {}", program.name),
            greeting: format!("Dear {},", request.first_name()),
            heading: format!("{supervisor} {what}"),
            preview: next.to_owned(),
            sentences,
            facts: facts(told, request, promised),
            button,
            href,
            institution: program.institution.clone(),
            sent_for: format!("Sent for {}, who coordinates {}.", program.coordinator_name(), program.name),
        }
    }

    fn for_coordinator(told: Told, request: &Request, name: &str, href: String) -> Self {
        let (peer, supervisor, program) = (&request.peer.name, &request.supervisor.name, &request.program);
        let what = said(told, request);
        let next = match told {
            Told::Talk => format!("{} is told as well. The request stays open.", request.first_name()),
            Told::NotMine => format!("{} is told, and can correct the address.", request.first_name()),
            Told::Refused => format!("{} can ask again.", request.first_name()),
            _ => format!("{} is told as well, and can ask again.", request.first_name()),
        };
        Self {
            subject: format!("{peer}: {supervisor} {what}"),
            greeting: format!("Dear {},", text::first_name(name)),
            heading: format!("{supervisor} {what}"),
            preview: format!("About {peer}’s {} in {}.", coordinators_word(request), program.name),
            sentences: vec![
                if request.trip.is_some() {
                    format!("{supervisor} was asked for a yes to one trip of {peer}’s, and {what}.")
                } else {
                    format!("{supervisor} was asked to back {peer}’s place in {}, and {what}.", program.name)
                },
                next,
            ],
            facts: facts(told, request, &[]),
            button: if request.trip.is_some() { "See what was asked" } else { "See who is backed" },
            href,
            institution: program.institution.clone(),
            sent_for: format!("You coordinate {}.", program.name),
        }
    }

    fn for_supervisor(told: Told, request: &Request, promised: &[String], href: String) -> Self {
        let (peer, program) = (&request.peer.name, &request.program);
        let answer = match told {
            Told::Yes => "yes".to_owned(),
            Told::Condition => "yes, on a condition".to_owned(),
            Told::Withdrawn if request.trip.is_some() => "no longer".to_owned(),
            Told::Withdrawn => {
                request.revoked_from.map_or_else(String::new, |day| format!("no longer, from {} on", words::day(day)))
            }
            Told::Lapsed | Told::Refused => "yes, on a condition, which was not accepted".to_owned(),
            _ if request.trip.is_some() => "no".to_owned(),
            _ => "not this term".to_owned(),
        };
        let about = request
            .about_trip()
            .map_or_else(|| format!("{peer}’s place in {}", program.name), |trip| format!("{trip}, for {peer}"));
        let until = if request.trip.is_some() { "until the day of the trip" } else { "until the program ends" };
        let first_name = request.first_name();
        let (then, button) = match told {
            Told::Lapsed | Told::Refused => (
                format!("The condition was not accepted, so your answer no longer counts. {first_name} can ask again."),
                "See what was asked",
            ),
            _ => (format!("You can change it or take it back by this link {until}."), "See or change my answer"),
        };
        Self {
            subject: format!("Your answer about {peer}: {answer}"),
            greeting: format!("Dear {},", request.supervisor.name),
            heading: format!("You answered: {answer}"),
            preview: format!("About {about}."),
            sentences: vec![format!("This is your answer about {about}. {first_name} is told."), then],
            facts: facts(told, request, promised),
            button,
            href,
            institution: program.institution.clone(),
            sent_for: format!("Sent for {}, who coordinates {}.", program.coordinator_name(), program.name),
        }
    }
}
