//! The page of a group's agreement, writing a version, saying yes.
use super::model::{self, Clause, ClauseKind, MOST_OWN};
use super::pages::{self, AgreementPage, EditPage, Row, Shown};
use super::service::{self, Agreed, Seen, Written, Wrote};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::AgreementId,
};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{extract::State, http::StatusCode, response::Response};
use serde::Deserialize;

fn path(by: &GroupMember) -> String {
    format!("{}/agreement", by.group().path())
}

pub(super) async fn page(State(app): State<App>, by: GroupMember) -> Result<Response> {
    let seen = service::read(&app, &by).await?;
    page::show(&AgreementPage::of(by.shell(&app), &by, &seen))
}

pub(super) async fn edit_page(State(app): State<App>, by: GroupMember) -> Result<Response> {
    let seen = service::read(&app, &by).await?;
    let rows = match seen.newest() {
        Some(newest) => pages::rows(&newest.clauses),
        None => pages::rows(&model::template()),
    };
    page::show(&view(&app, &by, &seen, rows, AgreementId::generate().to_string()))
}

fn view(app: &App, by: &GroupMember, seen: &Seen, rows: Vec<Row>, id: String) -> EditPage {
    EditPage {
        shell: by.shell(app),
        errors: Errors::default(),
        group: by.group().path(),
        group_name: by.group().name.clone(),
        id,
        base: seen.newest().map_or(0, |newest| newest.row.number),
        rows,
        stands: None,
        readers: pages::readers(by, seen),
    }
}

/// One kind, title and body for each clause, in order.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct WriteForm {
    id: String,
    base: String,
    kind: Vec<String>,
    title: Vec<String>,
    body: Vec<String>,
}

impl WriteForm {
    /// The lines as they were typed.
    fn rows(&self) -> Result<Vec<Row>> {
        let most = ClauseKind::OFFERED.len() + MOST_OWN;
        let count = self.kind.len();
        if count != self.title.len() || count != self.body.len() || count > most {
            return Err(AppError::Unreadable("clauses that do not belong together"));
        }
        let typed = self.kind.iter().zip(&self.title).zip(&self.body).enumerate();
        typed
            .map(|(at, ((kind, title), body))| {
                let kind = ClauseKind::parse(kind).ok_or(AppError::Unreadable("a clause of no known kind"))?;
                let own = kind == ClauseKind::Own;
                let title = if own { title.clone() } else { kind.heading().to_owned() };
                Ok(Row { number: at + 1, kind: kind.as_str(), title, body: body.clone(), own })
            })
            .collect()
    }
}

/// What stands in the lines; an empty one is dropped.
fn clauses(rows: &[Row], errors: &mut Errors) -> Vec<Clause> {
    let mut found = Vec::new();
    for row in rows {
        let body = errors.paragraphs(&format!("body-{}", row.number), &row.body, 2_000);
        let field = format!("title-{}", row.number);
        let title = if row.own { errors.line(&field, &row.title, 80) } else { row.title.clone() };
        if row.own && title.is_empty() && !row.body.trim().is_empty() {
            errors.add(&field, "Enter a heading for this clause");
        }
        if row.own && row.body.trim().is_empty() && !row.title.trim().is_empty() {
            errors.add(&format!("body-{}", row.number), "Enter what you agree, or clear the heading");
        }
        if let (Some(kind), false) = (ClauseKind::parse(row.kind), body.is_empty()) {
            found.push(Clause { kind, title, body });
        }
    }
    if found.is_empty() && errors.is_empty() {
        errors.add("body-1", "Keep at least one clause");
    }
    found
}

pub(super) async fn write(State(app): State<App>, by: GroupMember, Form(form): Form<WriteForm>) -> Result<Response> {
    let id = AgreementId::parse(&form.id).ok_or(AppError::Unreadable("a form without its id"))?;
    let base = form.base.parse().map_err(|_| AppError::Unreadable("a form without its version"))?;
    let rows = form.rows()?;
    let mut errors = Errors::default();
    let clauses = clauses(&rows, &mut errors);
    if !errors.is_empty() {
        let seen = service::read(&app, &by).await?;
        let plain = view(&app, &by, &seen, rows, form.id);
        // The number stays that of the words the form was drawn with.
        let page = EditPage { shell: plain.shell.with(&errors), errors, base, ..plain };
        return page::show_form(&page, &page.errors);
    }
    match service::write(&app, &by, &Written { id, base, clauses }).await? {
        Wrote::Done => Ok(flash::go_and_say(&path(&by), "Saved with your yes. The others are asked for theirs.")),
        Wrote::Same => Ok(flash::go_and_say(&path(&by), "Nothing was changed.")),
        Wrote::Stale => {
            let seen = service::read(&app, &by).await?;
            let stands = seen.newest().map(|newest| newest.clauses.iter().map(Shown::of).collect());
            let page = EditPage { stands, ..view(&app, &by, &seen, rows, form.id) };
            page::show_with(StatusCode::CONFLICT, &page)
        }
    }
}

/// The number of the version that was read.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct AgreeForm {
    number: String,
}

pub(super) async fn agree(State(app): State<App>, by: GroupMember, Form(form): Form<AgreeForm>) -> Result<Response> {
    let number = form.number.parse().map_err(|_| AppError::Unreadable("a form without its version"))?;
    let words = match service::agree(&app, &by, number).await? {
        Agreed::Noted => "Your yes is noted.",
        Agreed::InForce => "Your yes is noted, and the agreement is in force.",
        Agreed::Changed => "The words have changed since you read them. Read them again before you agree.",
    };
    Ok(flash::go_and_say(&path(&by), words))
}
