//! The demo program: an archive file inside the binary, moved so that it is always its day 98,
//! and a cast who can sign in. Its passwords are known to everyone: only for an installation
//! that nobody else can reach.
use super::{Document, LoadError, check, load};
use crate::{
    base::{
        error::AppError,
        ids::{ParticipationId, PersonId, ProgramId},
        local_time,
        portable::{Frame, Key},
    },
    features::{
        accounts::{
            self,
            archive::{Given, Person},
        },
        approvals::RequestState,
        programs,
    },
    web::state::App,
};
use sqlx::PgConnection;

const FILE: &str = include_str!("../../../demo/larkspur-spring.json");
/// Everybody's.
const PASSWORD: &str = "quiet-reading-room-lamp";
/// Runs the installation and has no part in the program, so no file names her.
const SITE_ADMIN: [&str; 3] = ["ada", "Ada Brenner", "abrenner@larkspur.example"];
/// Who may create programs.
const CREATOR: &str = "imogen";

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
pub fn demo_document() -> Result<Document, LoadError> {
    Document::read(FILE)
}

/// Writes the demo program with its cast, as it would be today: every date moves by the days
/// between the file's own day and today in the program's zone. People whose address is known
/// here stay as they are, password included.
///
/// # Errors
/// When the file breaks a rule, or the database does not answer or refuses a row: nothing is written then.
pub async fn load_demo(app: &App) -> Result<Loaded, LoadError> {
    let document = demo_document()?;
    let problems = check::problems(&document);
    if !problems.is_empty() {
        return Err(LoadError::Broken(problems));
    }
    let program_id = document.program.id;
    let here = Loaded { program_id, fresh: false };
    if programs::archive::exists(&mut *app.db.acquire().await?, program_id).await? {
        return Ok(here);
    }
    let password_hash = app.passwords.hash(PASSWORD).await?;
    let now = app.clock.now();
    let today = local_time::day_in(&document.program.time_zone, now);
    let mut frame = Frame::new(program_id, (today - document.as_of.0).whole_days());
    let mut transaction = app.db.begin().await?;
    add_cast(&mut transaction, &mut frame, &document, (&password_hash, now)).await?;
    if !load::write(&mut transaction, &frame, &document).await? {
        // Somebody else loaded it meanwhile; what was added here goes with the transaction.
        return Ok(here);
    }
    transaction.commit().await?;
    Ok(Loaded { program_id, fresh: true })
}

/// Whether the demo program is in this database: with passwords that anyone can read.
///
/// # Errors
/// When the database does not answer.
pub async fn is_loaded(app: &App) -> Result<bool, LoadError> {
    Ok(programs::archive::exists(&mut *app.db.acquire().await?, demo_document()?.program.id).await?)
}

async fn add_cast(
    db: &mut PgConnection,
    frame: &mut Frame,
    document: &Document,
    (password_hash, now): (&str, time::OffsetDateTime),
) -> Result<(), LoadError> {
    let mut given = Given { password_hash: Some(password_hash.to_owned()), ..Given::default() };
    for person in &document.people {
        given.may_create_programs = person.key.as_str() == CREATOR;
        let id = accounts::archive::insert(db, frame.id(&person.key), person, &given, now).await?;
        frame.meet(&person.key, id);
    }
    let [key, name, email] = SITE_ADMIN.map(str::to_owned);
    let key: Key<PersonId> = Key::try_from(key).map_err(AppError::internal)?;
    let ada = Person { key, name, email, time_zone: document.program.time_zone.clone() };
    given = Given { site_admin: true, may_create_programs: false, ..given };
    accounts::archive::insert(db, frame.id(&ada.key), &ada, &given, now).await?;
    Ok(())
}

/// Everyone who can sign in, in the file's order after the site admin. The same however often it is asked.
///
/// # Errors
/// As [`demo_document`].
pub fn cast() -> Result<Vec<SignIn>, LoadError> {
    let document = demo_document()?;
    let sign_in = |email: &str, role: String| SignIn { email: email.to_owned(), password: PASSWORD, role };
    let [_, _, email] = SITE_ADMIN;
    let mut all = vec![sign_in(email, "site admin".to_owned())];
    all.extend(document.people.iter().map(|person| sign_in(&person.email, role(&document, &person.key))));
    Ok(all)
}

fn role(document: &Document, person: &Key<PersonId>) -> String {
    if document.coordinators.iter().any(|coordinator| coordinator.person == *person) {
        let contact = document.program.contact == *person;
        return if contact { "coordinator and contact person" } else { "coordinator" }.to_owned();
    }
    let taking_part = document.participations.iter().find(|participation| participation.person == *person);
    taking_part.map_or_else(|| "no part in the program".to_owned(), |participation| part(document, &participation.key))
}

fn part(document: &Document, who: &Key<ParticipationId>) -> String {
    for group in &document.groups {
        if let Some(membership) = group.memberships.iter().find(|membership| membership.participation == *who) {
            let left = membership.left_on.is_some_and(|left| left <= document.as_of);
            return format!("{} {}", if left { "peer who left" } else { "peer in" }, group.name);
        }
    }
    let last = document.approval_requests.iter().rfind(|request| request.participation == *who);
    match last.map(|request| request.state) {
        Some(RequestState::Declined) => "peer, supervisor declined",
        Some(RequestState::Approved) => "peer, waiting for a group",
        _ => "peer, waiting for a supervisor",
    }
    .to_owned()
}
