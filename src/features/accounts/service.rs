//! Signing in and out, passwords, rights. Each command is one transaction.
use super::{
    email::{PasswordReset, RightGiven},
    link::{PasswordLink, SetupLink},
    model,
    queries::{self, NewSignIn, Person},
};
use crate::access::{SiteAdmin, Viewer};
use crate::base::{
    error::{AppError, Result},
    ids::{PersonId, SignInId},
    secret::Secret,
};
use crate::links::{self, Link, LinkKind};
use crate::mail::Mailbox;
use crate::outbox::{self, Posting};
use crate::web::{
    limits::{self, Limit},
    passwords::Checked,
    state::App,
};
use sqlx::PgConnection;
use time::Duration;
use uuid::Uuid;

/// How long a sign-in lasts on one device.
pub(super) const SIGN_IN_LIVES: Duration = Duration::days(30);
const SETUP_LIVES: Duration = Duration::days(7);

/// Someone who has just shown who they are; the secret goes into their cookie.
pub(super) struct SignedIn {
    pub(super) secret: Secret,
}

/// On an installation without a site admin: a fresh address for making their account. Older
/// ones end. `None` when there is a site admin.
///
/// # Errors
/// When the database does not answer.
pub async fn setup_link(app: &App) -> Result<Option<String>> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    if queries::a_site_admin_exists(&mut tx).await? {
        return Ok(None);
    }
    links::forget(&mut tx, LinkKind::Setup, Uuid::nil()).await?;
    let secret = Secret::generate()?;
    let link = Link { kind: LinkKind::Setup, program_id: None, object_id: Uuid::nil(), expires_at: now + SETUP_LIVES };
    links::remember(&mut tx, &secret, link, now).await?;
    tx.commit().await?;
    Ok(Some(format!("{}/setup/{}", app.base_url, secret.reveal())))
}

/// What the first person says of themselves, checked.
pub(super) struct FirstPerson {
    pub(super) who: Mailbox,
    pub(super) time_zone: String,
    pub(super) password: String,
}

/// Makes the site admin's account and uses the link up.
pub(super) async fn set_up(app: &App, by: &SetupLink, first: FirstPerson, device: &str) -> Result<SignedIn> {
    let hash = app.passwords.hash(&first.password).await?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    links::take(&mut tx, by.secret(), LinkKind::Setup, now).await?.ok_or(AppError::NotFound)?;
    let id = queries::find_or_add(&mut tx, &first.who, &first.time_zone, now).await?;
    queries::make_site_admin(&mut tx, id, &first.who.name).await?;
    queries::set_password_hash(&mut tx, id, &hash).await?;
    let signed_in = start_sign_in(app, &mut tx, id, device).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Checks an address and a password; `None` when they do not fit, whether or not the address is known.
pub(super) async fn sign_in(app: &App, email: &str, password: &str, device: &str) -> Result<Option<SignedIn>> {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    // Guesses at one address are slowed down. Who is signed in stays so, and the link of
    // "forgotten password" always lets the owner in.
    let tries = Limit {
        kind: "sign_in",
        subject: &crate::base::text::fold_email(email),
        most: 20,
        window: Duration::minutes(15),
    };
    limits::count(&mut db, tries, now).await?;
    let person = queries::person_by_email(&mut db, email).await?;
    drop(db);
    let kept = person.as_ref().and_then(|person| person.password_hash.as_deref());
    let checked = app.passwords.check(password, kept).await?;
    let (Some(person), Checked::Right | Checked::RightButOld) = (person, checked) else {
        return Ok(None);
    };
    let renewed = if checked == Checked::RightButOld { Some(app.passwords.hash(password).await?) } else { None };
    let mut tx = app.db.begin().await?;
    if let Some(hash) = renewed {
        queries::set_password_hash(&mut tx, person.id, &hash).await?;
    }
    let signed_in = start_sign_in(app, &mut tx, person.id, device).await?;
    tx.commit().await?;
    Ok(Some(signed_in))
}

async fn start_sign_in(app: &App, db: &mut PgConnection, person_id: PersonId, device: &str) -> Result<SignedIn> {
    let now = app.clock.now();
    let secret = Secret::generate()?;
    let new =
        NewSignIn { person_id, secret: &secret, device: &model::device_name(device), expires_at: now + SIGN_IN_LIVES };
    queries::insert_sign_in(db, new, now).await?;
    Ok(SignedIn { secret })
}

pub(super) async fn sign_out(app: &App, viewer: &Viewer) -> Result<()> {
    let mut db = app.db.acquire().await?;
    queries::end_sign_in(&mut db, viewer.person_id(), viewer.sign_in_id()).await.map(drop)
}

/// Sends a link to whoever has this address; answers the same when nobody does.
pub(super) async fn forgotten(app: &App, email: &str) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let asks = Limit {
        kind: "forgotten",
        subject: &crate::base::text::fold_email(email),
        most: 5,
        window: Duration::hours(1),
    };
    limits::count(&mut tx, asks, now).await?;
    if let Some(person) = queries::person_by_email(&mut tx, email).await? {
        let posting = Posting { program_id: None, due_at: now, key: None };
        outbox::enqueue(&mut tx, &PasswordReset { person_id: person.id }, posting).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The person whose password the link sets.
pub(super) async fn person_of(app: &App, link: &PasswordLink) -> Result<Person> {
    let mut db = app.db.acquire().await?;
    queries::person(&mut db, link.person_id()).await
}

/// Sets the password, ends every sign-in and every other such link, and signs in here.
pub(super) async fn set_password(app: &App, by: &PasswordLink, password: &str, device: &str) -> Result<SignedIn> {
    let hash = app.passwords.hash(password).await?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let link = links::take(&mut tx, by.secret(), LinkKind::Password, now).await?.ok_or(AppError::NotFound)?;
    let person_id = PersonId(link.object_id);
    links::forget(&mut tx, LinkKind::Password, link.object_id).await?;
    queries::set_password_hash(&mut tx, person_id, &hash).await?;
    queries::end_sign_ins(&mut tx, person_id, None).await?;
    let signed_in = start_sign_in(app, &mut tx, person_id, device).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Changes one's own password; `false` when the present one was wrong. Other sign-ins end.
pub(super) async fn change_password(app: &App, by: &Viewer, present: &str, new: &str) -> Result<bool> {
    let mut db = app.db.acquire().await?;
    let tries = Limit { kind: "own_password", subject: by.email(), most: 10, window: Duration::minutes(15) };
    limits::count(&mut db, tries, app.clock.now()).await?;
    let person = queries::person(&mut db, by.person_id()).await?;
    drop(db);
    if app.passwords.check(present, person.password_hash.as_deref()).await? == Checked::Wrong {
        return Ok(false);
    }
    let hash = app.passwords.hash(new).await?;
    let mut tx = app.db.begin().await?;
    queries::set_password_hash(&mut tx, by.person_id(), &hash).await?;
    queries::end_sign_ins(&mut tx, by.person_id(), Some(by.sign_in_id())).await?;
    links::forget(&mut tx, LinkKind::Password, by.person_id().0).await?;
    tx.commit().await?;
    Ok(true)
}

pub(super) async fn sign_ins(app: &App, by: &Viewer) -> Result<Vec<queries::SignIn>> {
    let mut db = app.db.acquire().await?;
    queries::sign_ins(&mut db, by.person_id(), app.clock.now()).await
}

pub(super) async fn end_sign_in(app: &App, by: &Viewer, id: SignInId) -> Result<()> {
    let mut db = app.db.acquire().await?;
    if queries::end_sign_in(&mut db, by.person_id(), id).await? { Ok(()) } else { Err(AppError::NotFound) }
}

pub(super) async fn save_profile(app: &App, by: &Viewer, name: &str, time_zone: &str) -> Result<()> {
    let mut db = app.db.acquire().await?;
    queries::set_profile(&mut db, by.person_id(), name, time_zone, app.clock.now()).await
}

/// One page of people, and whether more follow.
pub(super) async fn people(
    app: &App,
    _by: &SiteAdmin,
    after: Option<(&str, PersonId)>,
    most: usize,
) -> Result<(Vec<queries::Listed>, bool)> {
    let mut db = app.db.acquire().await?;
    let mut page = queries::page_of_people(&mut db, after, i64::try_from(most).unwrap_or(50) + 1).await?;
    let more = page.len() > most;
    page.truncate(most);
    Ok((page, more))
}

/// What became of giving somebody the right to create programs.
pub(super) enum Given {
    Now,
    HadIt,
}

/// Gives the right to create programs to the person with this address, and tells them.
pub(super) async fn give_right(app: &App, by: &SiteAdmin, who: &Mailbox) -> Result<Given> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let id = queries::find_or_add(&mut tx, who, by.viewer().time_zone(), now).await?;
    let given = change(&mut tx, by, id, true, now).await?;
    tx.commit().await?;
    Ok(if given { Given::Now } else { Given::HadIt })
}

/// Gives the right to somebody in the list, or takes it.
pub(super) async fn change_right(app: &App, by: &SiteAdmin, id: PersonId, may: bool) -> Result<String> {
    let mut tx = app.db.begin().await?;
    let person = queries::person(&mut tx, id).await?;
    change(&mut tx, by, id, may, app.clock.now()).await?;
    tx.commit().await?;
    Ok(person.name)
}

async fn change(
    db: &mut PgConnection,
    by: &SiteAdmin,
    id: PersonId,
    may: bool,
    now: time::OffsetDateTime,
) -> Result<bool> {
    let changed = queries::set_right(db, id, may).await?;
    if changed && may {
        let letter = RightGiven { person_id: id, by: by.viewer().person_id() };
        outbox::enqueue(db, &letter, Posting { program_id: None, due_at: now, key: None }).await?;
    }
    Ok(changed)
}
