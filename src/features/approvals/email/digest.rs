//! Who was backed since the last working day: one email a day, not one for each yes.
use super::super::{
    model::{RequestState, stretch},
    queries::{self, Addressee, DigestLine},
};
use super::{DecisionsDigest, Envelope, read, seal};
use crate::base::{error::Result, text, words};
use crate::mail::{Email, Mailbox};
use crate::outbox::Leased;
use crate::web::state::App;
use askama::Template;
use sqlx::PgConnection;

struct Line {
    peer: String,
    what: String,
}

/// What both forms of the email say.
struct Words {
    subject: String,
    heading: String,
    greeting: String,
    program: String,
    institution: String,
    lines: Vec<Line>,
    href: String,
}

#[derive(Template)]
#[template(path = "emails/decisions_digest.txt")]
struct Text<'a> {
    w: &'a Words,
}

#[derive(Template)]
#[template(path = "emails/decisions_digest.html")]
struct Html<'a> {
    w: &'a Words,
}

pub(super) async fn digest(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: DecisionsDigest = read(letter)?;
    let Some(to) = queries::addressee(db, of.program_id, of.person_id).await? else {
        return Ok(None);
    };
    let (from, until) = stretch(&to.time_zone, of.day);
    let decided = queries::decided_between(db, of.program_id, from, until).await?;
    if decided.is_empty() {
        return Ok(None);
    }
    let words = Words::of(&to, &decided, format!("{}/programs/{}/people", app.base_url, of.program_id));
    let envelope =
        Envelope { to: Mailbox::new(&to.name, &to.email), on_behalf_of: None, subject: words.subject.clone() };
    seal(letter, envelope, &Text { w: &words }, &Html { w: &words })
}

impl Words {
    fn of(to: &Addressee, decided: &[DigestLine], href: String) -> Self {
        let lines: Vec<Line> =
            decided.iter().map(|one| Line { peer: one.peer_name.clone(), what: what(one) }).collect();
        let count = words::capital(&words::count(lines.len(), "yes", "yeses"));
        Self {
            subject: format!("{count} from supervisors: {}", to.program_name),
            heading: format!("{count} from supervisors"),
            greeting: format!("Dear {},", text::first_name(&to.name)),
            program: to.program_name.clone(),
            institution: to.institution.clone(),
            lines,
            href,
        }
    }
}

fn what(one: &DigestLine) -> String {
    let supervisor = &one.supervisor_name;
    let promises = usize::try_from(one.promises).unwrap_or(0);
    match one.state {
        RequestState::Conditional => format!("{supervisor} said yes, on a condition"),
        _ if promises > 0 => format!("{supervisor} said yes, with {}", words::count(promises, "promise", "promises")),
        _ => format!("{supervisor} said yes"),
    }
}
