//! Who was backed since the last working day: one email a day, not one for each yes.
use super::{
    model::stretch,
    queries::{self, DigestLine},
};
use crate::base::{
    error::{AppError, Result},
    text, words,
};
use crate::features::approvals::{self, Addressee, DecisionsDigest, RequestState};
use crate::mail::{Email, Mailbox};
use crate::outbox::{Leased, Letter};
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

/// Writes the letter of this slice; `None` when it is of another, `Some(Ok(None))` when nothing is to be told.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    match letter.kind.as_str() {
        DecisionsDigest::KIND => Some(digest(app, db, letter).await),
        _ => None,
    }
}

async fn digest(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: DecisionsDigest = serde_json::from_value(letter.payload.clone()).map_err(AppError::internal)?;
    let Some(to) = approvals::addressee(db, of.program_id, of.person_id).await? else {
        return Ok(None);
    };
    let (from, until) = stretch(&to.time_zone, of.day);
    let decided = queries::decided_between(db, of.program_id, from, until).await?;
    if decided.is_empty() {
        return Ok(None);
    }
    let words = Words::of(&to, &decided, format!("{}/programs/{}/people", app.base_url, of.program_id));
    let (text, html) = (Text { w: &words }, Html { w: &words });
    let email = Email::render(letter.id, Mailbox::new(&to.name, &to.email), words.subject.as_str(), &text, &html)?;
    Ok(Some(email))
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
    let to = if one.for_trip { " to a trip" } else { "" };
    let promises = usize::try_from(one.promises).unwrap_or(0);
    match one.state {
        RequestState::Conditional => format!("{supervisor} said yes{to}, on a condition"),
        _ if promises > 0 => format!("{supervisor} said yes, with {}", words::count(promises, "promise", "promises")),
        _ => format!("{supervisor} said yes{to}"),
    }
}
