//! The one email by which a supervisor hears of a program.
use super::super::{
    link,
    model::{Purpose, Request, RequestState},
    queries,
};
use super::{AskSupervisor, Envelope, read, seal};
use crate::base::{error::Result, local_time, words};
use crate::mail::Email;
use crate::outbox::Leased;
use crate::web::state::App;
use askama::Template;
use sqlx::{Connection, PgConnection};

/// What both forms of the email say.
struct Words {
    subject: String,
    said: Said,
    first_name: String,
    supervisor: String,
    program: String,
    institution: String,
    coordinator: String,
    /// What it takes: a name, what stands out, and the rest.
    facts: Vec<(&'static str, String, String)>,
    answer_by: String,
    href: String,
}

#[derive(Template)]
#[template(path = "emails/ask_supervisor.txt")]
struct Text<'a> {
    w: &'a Words,
}

#[derive(Template)]
#[template(path = "emails/ask_supervisor.html")]
struct Html<'a> {
    w: &'a Words,
}

pub(super) async fn ask(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: AskSupervisor = read(letter)?;
    let now = app.clock.now();
    // One transaction, so that asking again elsewhere either stops this email or kills its link.
    let mut tx = db.begin().await?;
    queries::lock(&mut tx, of.program_id, of.request_id).await?;
    let request = queries::find(&mut tx, of.program_id, of.request_id).await?;
    let needed = request.standing(now) == RequestState::Pending
        && request.participation_state.is_open()
        && request.stands()
        && request.program.state.takes_people();
    if !needed {
        return Ok(None);
    }
    queries::mark_sent(&mut tx, of.program_id, of.request_id, now).await?;
    let href = link::draw(app, &mut tx, &request).await?;
    tx.commit().await?;
    let words = Words::of(&request, href);
    let envelope = Envelope {
        to: request.supervisor.clone(),
        on_behalf_of: request.program.coordinator.clone(),
        subject: words.subject.clone(),
    };
    seal(letter, envelope, &Text { w: &words }, &Html { w: &words })
}

/// What differs between asking for a first yes and asking to go on.
struct Said {
    about: String,
    heading: String,
    opening: String,
    sees: &'static str,
}

const SEES_OF_A_PLACE: &str =
    "You will see your own answer and what you promise. You will not see notes, or feedback between peers.";
const SEES_OF_A_TRIP: &str =
    "You see what it takes and your own answer. What they want to see and ask there stays with their group.";

impl Said {
    fn of(request: &Request) -> Self {
        let (peer, first_name, program) = (&request.peer.name, request.first_name(), &request.program.name);
        if let Some(trip) = request.about_trip() {
            return Self {
                about: format!("{peer} asks for your yes to one trip"),
                heading: format!("May {first_name} go on {trip}?"),
                opening: format!(
                    "{peer} takes part in {program}, where peers go and see each other’s work and other places. One trip goes beyond what was approved for {first_name}, so it needs a yes of its own."
                ),
                sees: SEES_OF_A_TRIP,
            };
        }
        match request.purpose {
            Purpose::Reconfirm => Self {
                about: format!("{peer} asks you to go on"),
                heading: format!("Will you go on backing {first_name}’s place?"),
                opening: format!(
                    "You have backed {peer}’s place in {program} before, and that yes ends or has ended. {first_name} asks you to go on, for what stands below."
                ),
                sees: SEES_OF_A_PLACE,
            },
            Purpose::Join | Purpose::Trip => Self {
                about: format!("{peer} asks for your yes"),
                heading: format!("Will you back {first_name}’s place?"),
                opening: format!(
                    "{peer} would like to join {program}: a small group of peers who learn from each other’s work. {first_name} named you, because you plan the working time it takes."
                ),
                sees: SEES_OF_A_PLACE,
            },
        }
    }
}

impl Words {
    fn of(request: &Request, href: String) -> Self {
        let program = &request.program;
        let said = Said::of(request);
        let last_day = local_time::day_in(&program.time_zone, request.expires_at);
        Self {
            subject: format!("{}: {}", said.about, program.name),
            said,
            first_name: request.first_name().to_owned(),
            supervisor: request.supervisor.name.clone(),
            program: program.name.clone(),
            institution: program.institution.clone(),
            coordinator: program.coordinator_name().to_owned(),
            facts: facts(request),
            answer_by: words::day(last_day),
            href,
        }
    }
}

fn facts(request: &Request) -> Vec<(&'static str, String, String)> {
    let (asked, currency) = (&request.asked, &request.program.currency);
    if let Some(trip) = &request.trip {
        let line = asked.trip_line(currency);
        return vec![
            ("What", words::capital(&trip.with_article()), String::new()),
            ("When", words::long_day(request.valid_from), String::new()),
            ("Where", trip.where_to().to_owned(), String::new()),
            ("Takes", line.trim_end_matches('.').to_owned(), String::new()),
        ];
    }
    vec![
        ("Time", asked.hours(), format!(", {}", asked.when())),
        ("Dates", words::from_to(request.valid_from, request.valid_until), String::new()),
        ("Away", asked.away(), format!(" {}", asked.away_note(currency))),
    ]
}
