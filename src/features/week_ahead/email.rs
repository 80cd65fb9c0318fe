//! The letter, gathered when it is sent; not sent where nothing is coordinated any more, where somebody stopped it,
//! or where its Monday is long past.
use super::{
    model::{self, Week, week},
    queries,
};
use crate::base::{error::Result, ids::PersonId, local_time::day_in, text, words};
use crate::features::progress::ProgramFacts;
use crate::features::{desk, nudges, progress, putting_off};
use crate::mail::{Email, Mailbox};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::{Connection, PgConnection};
use time::Date;

/// "Your week."
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WeekAhead {
    pub(super) person_id: PersonId,
    pub(super) monday: Date,
}

impl Letter for WeekAhead {
    const KIND: &'static str = "week_ahead";
}

impl WeekAhead {
    /// Once a person and Monday.
    pub(super) fn key(&self) -> String {
        format!("week-ahead:{}:{}", self.person_id, self.monday)
    }
}

/// What is said of one program.
struct Block {
    program: String,
    href: String,
    week: Week,
}

/// What both forms of the email say.
struct Words {
    subject: String,
    institution: String,
    greeting: String,
    blocks: Vec<Block>,
    /// The first desk.
    href: String,
    foot: &'static str,
    stop: String,
}

#[derive(Template)]
#[template(path = "emails/week_ahead.html")]
struct Html<'a> {
    w: &'a Words,
}

#[derive(Template)]
#[template(path = "emails/week_ahead.txt", escape = "none")]
struct Text<'a> {
    w: &'a Words,
}

/// Writes the letter of this slice. `None`: not its kind; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    match letter.kind.as_str() {
        WeekAhead::KIND => Some(week_ahead(app, db, letter).await),
        _ => None,
    }
}

async fn week_ahead(app: &App, db: &mut PgConnection, leased: &Leased) -> Result<Option<Email>> {
    let of: WeekAhead = leased.read()?;
    let mut tx = db.begin().await?;
    let Some(to) = queries::addressee(&mut tx, of.person_id).await? else { return Ok(None) };
    if model::is_late(&to.time_zone, of.monday, app.clock.now()) || nudges::is_stopped(&mut tx, of.person_id).await? {
        return Ok(None);
    }
    let coordinated = queries::coordinated(&mut tx, of.person_id).await?;
    let Some((_, institution)) = coordinated.first().cloned() else { return Ok(None) };
    let ids: Vec<_> = coordinated.iter().map(|(id, _)| *id).collect();
    let programs = progress::programs(&mut tx, &ids).await?;
    let put_off = putting_off::of_programs(&mut tx, &ids).await?;
    let stop = nudges::draw_stop(app, &mut tx, of.person_id).await?;
    tx.commit().await?;
    let block = |facts: &ProgramFacts| {
        let today = day_in(&facts.time_zone, app.clock.now());
        Block {
            program: facts.name.clone(),
            href: format!("{}{}", app.base_url, facts.path()),
            week: week(facts, &desk::waiting(facts, &put_off, today), today),
        }
    };
    let blocks: Vec<Block> = programs.iter().map(block).collect();
    let subject = match blocks.as_slice() {
        [] => return Ok(None),
        [one] => format!("Your week: {}", one.program),
        many => format!("Your week: {}", words::count(many.len(), "program", "programs")),
    };
    let greeting = format!("Dear {},", text::first_name(&to.name));
    let href = blocks.first().map_or_else(String::new, |block| block.href.clone());
    let foot = "You coordinate this. It comes on Mondays, with facts only: nothing of what people say to one another.";
    let words = Words { subject, institution, greeting, blocks, href, foot, stop };
    let (text, html) = (Text { w: &words }, Html { w: &words });
    let email = Email::render(leased.id, Mailbox::new(&to.name, &to.email), words.subject.as_str(), &text, &html)?;
    Ok(Some(Email { unsubscribe: Some(words.stop), ..email }.by_day_in(to.time_zone)))
}
