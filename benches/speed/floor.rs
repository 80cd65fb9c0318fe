//! The least that can show the same: plain axum, four prepared statements on one connection, one template. No rights,
//! no rules, no compression, no headers but the type. It reads the rows that the page is made of, and sends as many
//! bytes as the program's page has.
use super::Fallible;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgPool, postgres::PgPoolOptions};
use std::{str::FromStr, sync::Arc};
use uuid::Uuid;

/// What a page shows: statements after the one of the session, and how many bytes it has.
pub(super) struct Page {
    pub(super) name: String,
    pub(super) statements: Vec<String>,
    pub(super) bytes: usize,
}

struct Floor {
    db: PgPool,
    /// The program in which is written.
    program: Uuid,
    pages: Vec<Page>,
    filler: String,
}

#[derive(Template)]
#[template(
    source = "<!DOCTYPE html><html lang=en><title>{{ who }}</title><main>{% for rows in parts %}<ul>{% for row in rows %}<li>{{ row }}</li>{% endfor %}</ul>{% endfor %}</main>{{ filler }}</html>",
    ext = "html"
)]
struct Sheet<'a> {
    who: &'a str,
    parts: &'a [Vec<String>],
    filler: &'a str,
}

/// Serves until it is killed.
pub(super) async fn serve(port: u16, url: &str, (program, pages): (Uuid, Vec<Page>)) -> Fallible<()> {
    let most = u32::try_from(4 * std::thread::available_parallelism()?.get())?;
    let db = PgPoolOptions::new().max_connections(most).test_before_acquire(false).connect(url).await?;
    let filler = "x".repeat(pages.iter().map(|page| page.bytes).max().unwrap_or(0));
    let state = Arc::new(Floor { db, program, pages, filler });
    let router = Router::new().route("/{page}", get(show).post(write)).with_state(state);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    Ok(axum::serve(listener, router).await?)
}

/// Who is signed in by this cookie.
async fn session(db: &mut PgConnection, headers: &HeaderMap) -> Fallible<(Uuid, String)> {
    let cookie = headers.get(header::COOKIE).ok_or("no cookie")?.to_str()?;
    let secret = cookie.strip_prefix("session=").ok_or("no session")?;
    let hash = Sha256::digest(secret.as_bytes()).to_vec();
    Ok(sqlx::query_as(
        "select p.id, p.name from sign_in_sessions s join people p on p.id = s.person_id
         where s.secret_hash = $1 and s.expires_at > now()",
    )
    .bind(hash)
    .fetch_one(db)
    .await?)
}

async fn show(State(floor): State<Arc<Floor>>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    match sheet(&floor, &name, &headers).await {
        Ok(html) => Html(html).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

async fn sheet(floor: &Floor, name: &str, headers: &HeaderMap) -> Fallible<String> {
    let page = floor.pages.iter().find(|page| page.name == name).ok_or("no such page")?;
    let mut db = floor.db.acquire().await?;
    let (_, who) = session(&mut db, headers).await?;
    let mut parts = Vec::with_capacity(3);
    for statement in &page.statements {
        parts.push(sqlx::query_scalar(sqlx::AssertSqlSafe(statement.as_str())).fetch_all(&mut *db).await?);
    }
    let used: usize = 120 + parts.iter().flatten().map(|row: &String| row.len() + 9).sum::<usize>();
    let filler = &floor.filler[..page.bytes.saturating_sub(used)];
    Ok(Sheet { who: &who, parts: &parts, filler }.render()?)
}

/// Adds one row of feedback in one transaction, as the least that keeps what was typed.
async fn write(State(floor): State<Arc<Floor>>, headers: HeaderMap, body: String) -> Response {
    match feedback(&floor, &headers, &body).await {
        Ok(()) => (StatusCode::SEE_OTHER, [(header::LOCATION, "/")]).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

async fn feedback(floor: &Floor, headers: &HeaderMap, body: &str) -> Fallible<()> {
    let field = |name: &str| {
        form_urlencoded::parse(body.as_bytes())
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.into_owned())
            .ok_or("a field is missing")
    };
    let (id, to) = (Uuid::from_str(&field("id")?)?, Uuid::from_str(&field("to")?)?);
    let (element, words) = form_urlencoded::parse(body.as_bytes())
        .find_map(|(name, value)| Some((name.strip_prefix("behaviour-")?.to_owned(), value.into_owned())))
        .ok_or("no words")?;
    let mut tx = floor.db.begin().await?;
    let (person, _) = session(&mut tx, headers).await?;
    sqlx::query(
        "insert into feedback (program_id, id, group_id, giver_id, receiver_id, mode, format, happened_on, state, created_at, kept_by)
         select m.program_id, $1, m.group_id, t.id, $2, 'written', 'sbi', current_date, 'draft', now(), t.id
         from participations t
         join memberships m on m.program_id = t.program_id and m.participation_id = t.id and m.left_on is null
         where t.program_id = $4 and t.person_id = $3",
    )
    .bind(id)
    .bind(to)
    .bind(person)
    .bind(floor.program)
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "insert into feedback_texts (program_id, feedback_id, receiver_id, element_id, words) values ($1, $2, $3, $4, $5)",
    )
    .bind(floor.program)
    .bind(id)
    .bind(to)
    .bind(Uuid::from_str(&element)?)
    .bind(words)
    .execute(&mut *tx)
    .await?;
    Ok(tx.commit().await?)
}
