//! The demo program: an archive file inside the binary, moved so that it is always its day 98, and a cast who can
//! sign in. Its passwords are known to everyone: only for an installation that nobody else can reach.
use super::{File, LoadError, import, moved, queries};
use crate::{
    base::{
        error::AppError,
        ids::{PersonId, ProgramId},
        local_time,
    },
    features::{
        accounts::rows::{self as accounts, Given, Person},
        programs,
    },
    web::state::App,
};
use serde_json::{Map, Value};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::uuid;

const FILE: &str = include_str!("../../../demo/larkspur-spring.json");
/// The day of the program on which the file shows it: everything is as it was then.
const DAY: i64 = 98;
/// Everybody's.
const PASSWORD: &str = "quiet-reading-room-lamp";
/// Runs the installation and has no part in the program, so no file names her.
const SITE_ADMIN: (PersonId, &str, &str) =
    (PersonId(uuid!("019bb324-9c00-7000-8000-0000000000ad")), "Ada Brenner", "abrenner@larkspur.example");
/// Who may create programs.
const CREATOR: &str = "icastellane@larkspur.example";

/// What loading came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded {
    pub program_id: ProgramId,
    /// `false`: it was here already, and nothing was changed.
    pub fresh: bool,
}

/// How one of the cast signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    pub email: String,
    pub password: &'static str,
    /// In words: "coordinator", "peer in Reading Room".
    pub role: String,
}

/// The demo program as its file has it, with its own dates.
///
/// # Errors
/// When the file was changed to something that cannot be read.
pub fn demo_file() -> Result<File, LoadError> {
    File::read(FILE)
}

/// Writes the demo program with its cast, as it would be today: every date moves by the days
/// between the file's own day and today in the program's zone. People whose address is known
/// here stay as they are, password included.
///
/// # Errors
/// When the file breaks a rule, or the database does not answer or refuses a row: nothing is written then.
pub async fn load_demo(app: &App) -> Result<Loaded, LoadError> {
    let mut file = demo_file()?;
    let program_id = file.program_id()?;
    let here = Loaded { program_id, fresh: false };
    if is_loaded(app).await? {
        return Ok(here);
    }
    let password_hash = app.passwords.hash(PASSWORD).await?;
    let now = app.clock.now();
    let by = until_today(&file, now).ok_or_else(|| LoadError::Unreadable("it has no first day".to_owned()))?;
    let mut db = app.db.begin().await?;
    moved::move_dates(&mut file, by, &queries::columns(&mut db).await?);
    add_cast(&mut db, &file, (&password_hash, now)).await?;
    match import::write(&mut db, file, now).await {
        Ok(_) => {}
        Err(why) => {
            db.rollback().await?;
            // Somebody else may have loaded it meanwhile.
            return if is_loaded(app).await? { Ok(here) } else { Err(why) };
        }
    }
    db.commit().await?;
    Ok(Loaded { program_id, fresh: true })
}

/// From the file's own day to today.
fn until_today(file: &File, now: OffsetDateTime) -> Option<Duration> {
    let text = |column: &str| file.program.get(column)?.as_str();
    let day = local_time::parse_date(text("starts_on")?)? + Duration::days(DAY);
    Some(local_time::day_in(text("time_zone")?, now) - day)
}

/// Whether the demo program is in this database: with passwords that anyone can read.
///
/// # Errors
/// When the database does not answer.
pub async fn is_loaded(app: &App) -> Result<bool, LoadError> {
    Ok(programs::rows::exists(&mut *app.db.acquire().await?, demo_file()?.program_id()?).await?)
}

/// Adds those whom the file names before it is read, so that they have a password.
async fn add_cast(
    db: &mut PgConnection,
    file: &File,
    (password_hash, now): (&str, OffsetDateTime),
) -> Result<(), AppError> {
    let mut given = Given { password_hash: Some(password_hash.to_owned()), ..Given::default() };
    for person in &file.people {
        given.may_create_programs = person.email == CREATOR;
        accounts::meet(db, person, &given, now).await?;
    }
    let (id, name, email) = SITE_ADMIN;
    let time_zone = file.program.get("time_zone").and_then(Value::as_str).unwrap_or("UTC").to_owned();
    let ada = Person { id, name: name.to_owned(), email: email.to_owned(), time_zone };
    given = Given { site_admin: true, may_create_programs: false, ..given };
    accounts::meet(db, &ada, &given, now).await?;
    Ok(())
}

/// Everyone who can sign in, in the file's order after the site admin. The same however often it is asked.
///
/// # Errors
/// As [`demo_file`].
pub fn cast() -> Result<Vec<SignIn>, LoadError> {
    let file = demo_file()?;
    let sign_in = |email: &str, role: String| SignIn { email: email.to_owned(), password: PASSWORD, role };
    let (_, _, email) = SITE_ADMIN;
    let mut all = vec![sign_in(email, "site admin".to_owned())];
    all.extend(file.people.iter().map(|person| sign_in(&person.email, role(&file, person))));
    Ok(all)
}

/// What stands in a column of a row, where it is a text.
fn text<'r>(row: &'r Map<String, Value>, column: &str) -> Option<&'r str> {
    row.get(column)?.as_str()
}

fn role(file: &File, person: &Person) -> String {
    let id = person.id.to_string();
    if file.rows("coordinators").any(|row| text(row, "person_id") == Some(&id)) {
        let contact = text(&file.program, "contact_id") == Some(&id);
        return if contact { "coordinator and contact person" } else { "coordinator" }.to_owned();
    }
    let taking_part = file.rows("participations").find(|row| text(row, "person_id") == Some(&id));
    let participation = taking_part.and_then(|row| text(row, "id"));
    participation.map_or_else(|| "no part in the program".to_owned(), |participation| part(file, participation))
}

fn part(file: &File, who: &str) -> String {
    if let Some(membership) = file.rows("memberships").find(|row| text(row, "participation_id") == Some(who)) {
        let group = file.rows("groups").find(|group| text(group, "id") == text(membership, "group_id"));
        let left = if text(membership, "left_on").is_some() { "peer who left" } else { "peer in" };
        return format!("{left} {}", group.and_then(|group| text(group, "name")).unwrap_or("a group"));
    }
    let asked = file.rows("approval_requests").filter(|row| text(row, "participation_id") == Some(who));
    match asked.max_by_key(|row| text(row, "asked_at")).and_then(|row| text(row, "state")) {
        Some("declined") => "peer, supervisor declined",
        Some("approved") => "peer, waiting for a group",
        _ => "peer, waiting for a supervisor",
    }
    .to_owned()
}
