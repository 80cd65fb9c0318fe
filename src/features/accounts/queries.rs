//! Every statement that writes `people` and `sign_in_sessions`.
mod several;

pub use several::{Found, Named, correct_all, find_or_add_all, unrelated};

use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId, SignInId},
    secret::Secret,
    text,
};
use crate::links::{self, Link, LinkKind};
use crate::mail::Mailbox;
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// The person with this address, made when there is none. A person who is there stays as they are.
///
/// # Errors
/// When the database does not answer.
pub async fn find_or_add(
    db: &mut PgConnection,
    who: &Mailbox,
    time_zone: &str,
    now: OffsetDateTime,
) -> Result<PersonId> {
    let folded = text::fold_email(&who.email);
    let id = PersonId::generate();
    sqlx::query!(
        "insert into people (id, name, email, email_folded, time_zone, created_at, sort_name) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict on constraint an_email_belongs_to_one_person do nothing",
        id as PersonId,
        who.name,
        who.email,
        folded,
        time_zone,
        now,
        text::fold_name(&who.name)
    )
    .execute(&mut *db)
    .await?;
    Ok(sqlx::query_scalar!(r#"select id as "id: PersonId" from people where email_folded = $1"#, folded)
        .fetch_one(db)
        .await?)
}

/// Whether a person has set a password.
///
/// # Errors
/// When the database does not answer.
pub async fn has_account(db: &mut PgConnection, id: PersonId) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select password_hash is not null as "has!" from people where id = $1"#, id as PersonId)
        .fetch_one(db)
        .await?)
}

/// A fresh address where this person, and whoever else holds it, can set their password.
/// For an email's `compose` only: the secret lives nowhere else.
///
/// # Errors
/// When the database does not answer.
pub async fn password_link(app: &App, db: &mut PgConnection, id: PersonId, lives: Duration) -> Result<String> {
    let now = app.clock.now();
    let secret = Secret::generate()?;
    let link = Link { kind: LinkKind::Password, program_id: None, object_id: id.0, expires_at: now + lives };
    links::remember(db, &secret, link, now).await?;
    Ok(format!("{}/password/{}", app.base_url, secret.reveal()))
}

/// A person as accounts know them.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) id: PersonId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) password_hash: Option<String>,
    pub(super) may_create_programs: bool,
}

pub(super) async fn person(db: &mut PgConnection, id: PersonId) -> Result<Person> {
    Ok(sqlx::query_as!(
        Person,
        r#"select id as "id: PersonId", name, email, password_hash, may_create_programs from people where id = $1"#,
        id as PersonId
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn person_by_email(db: &mut PgConnection, email: &str) -> Result<Option<Person>> {
    Ok(sqlx::query_as!(
        Person,
        r#"select id as "id: PersonId", name, email, password_hash, may_create_programs
           from people where email_folded = $1"#,
        text::fold_email(email)
    )
    .fetch_optional(db)
    .await?)
}

pub(super) async fn a_site_admin_exists(db: &mut PgConnection) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select exists (select from people where site_admin) as "exists!""#).fetch_one(db).await?)
}

pub(super) async fn make_site_admin(db: &mut PgConnection, id: PersonId, name: &str) -> Result<()> {
    sqlx::query!(
        "update people set site_admin = true, may_create_programs = true, name = $2, sort_name = $3 where id = $1",
        id as PersonId,
        name,
        text::fold_name(name)
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn set_password_hash(db: &mut PgConnection, id: PersonId, hash: &str) -> Result<()> {
    sqlx::query!("update people set password_hash = $2 where id = $1", id as PersonId, hash).execute(db).await?;
    Ok(())
}

/// Corrects the name of somebody without an account whom only this program knows; `false` when that is not so.
///
/// # Errors
/// When the database does not answer.
pub async fn correct_name(
    db: &mut PgConnection,
    id: PersonId,
    program_id: ProgramId,
    name: &str,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "update people set name = $2, sort_name = $4, renamed_at = $5
         where id = $1 and password_hash is null
           and not exists (select from person_programs where person_id = $1 and program_id <> $3)",
        id as PersonId,
        name,
        program_id as ProgramId,
        text::fold_name(name),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives a person another address; `false` when it belongs to somebody else: the transaction is then over.
///
/// # Errors
/// When the database does not answer.
pub async fn set_email(db: &mut PgConnection, id: PersonId, email: &str) -> Result<bool> {
    let done = sqlx::query!(
        "update people set email = $2, email_folded = $3 where id = $1",
        id as PersonId,
        email,
        text::fold_email(email)
    )
    .execute(db)
    .await;
    match done {
        Ok(_) => Ok(true),
        Err(sqlx::Error::Database(refused)) if refused.is_unique_violation() => Ok(false),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn set_profile(
    db: &mut PgConnection,
    id: PersonId,
    name: &str,
    time_zone: &str,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update people set name = $2, time_zone = $3, sort_name = $4, renamed_at = $5 where id = $1",
        id as PersonId,
        name,
        time_zone,
        text::fold_name(name),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `false` when the person had it, or had it not, already.
pub(super) async fn set_right(db: &mut PgConnection, id: PersonId, may: bool) -> Result<bool> {
    let done = sqlx::query!(
        "update people set may_create_programs = $2 where id = $1 and may_create_programs <> $2",
        id as PersonId,
        may
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A person in the site admin's list.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) id: PersonId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) site_admin: bool,
    pub(super) may_create_programs: bool,
    pub(super) has_account: bool,
}

/// One page of people by name, after the given name and id.
pub(super) async fn page_of_people(
    db: &mut PgConnection,
    after: Option<(&str, PersonId)>,
    most: i64,
) -> Result<Vec<Listed>> {
    let (name, id) = after.map_or((None, None), |(name, id)| (Some(name), Some(id)));
    Ok(sqlx::query_as!(
        Listed,
        r#"select id as "id: PersonId", name, email, site_admin, may_create_programs,
                  password_hash is not null as "has_account!"
           from people
           where (name, id) > (coalesce($1, ''), coalesce($2, '00000000-0000-0000-0000-000000000000'::uuid)) and id not in (select person_id from erasures)
           order by name, id limit $3"#,
        name,
        id as Option<PersonId>,
        most
    )
    .fetch_all(db)
    .await?)
}

/// A sign-in that is to be remembered.
pub(super) struct NewSignIn<'a> {
    pub(super) person_id: PersonId,
    pub(super) secret: &'a Secret,
    pub(super) device: &'a str,
    pub(super) expires_at: OffsetDateTime,
}

pub(super) async fn insert_sign_in(db: &mut PgConnection, new: NewSignIn<'_>, now: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "insert into sign_in_sessions (secret_hash, id, person_id, device, started_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
        new.secret.hash(),
        SignInId::generate() as SignInId,
        new.person_id as PersonId,
        new.device,
        now,
        new.expires_at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One of a person's own sign-ins.
#[derive(Debug)]
pub(super) struct SignIn {
    pub(super) id: SignInId,
    pub(super) device: String,
    pub(super) started_at: OffsetDateTime,
}

pub(super) async fn sign_ins(db: &mut PgConnection, id: PersonId, now: OffsetDateTime) -> Result<Vec<SignIn>> {
    Ok(sqlx::query_as!(
        SignIn,
        r#"select id as "id: SignInId", device, started_at from sign_in_sessions
           where person_id = $1 and expires_at > $2 order by started_at desc, id limit 50"#,
        id as PersonId,
        now
    )
    .fetch_all(db)
    .await?)
}

/// Ends one of a person's own sign-ins; `false` when there is none of that id.
pub(super) async fn end_sign_in(db: &mut PgConnection, person_id: PersonId, id: SignInId) -> Result<bool> {
    let done = sqlx::query!(
        "delete from sign_in_sessions where person_id = $1 and id = $2",
        person_id as PersonId,
        id as SignInId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends all of a person's sign-ins but, if given, one.
pub(super) async fn end_sign_ins(db: &mut PgConnection, person_id: PersonId, but: Option<SignInId>) -> Result<()> {
    sqlx::query!(
        "delete from sign_in_sessions where person_id = $1 and ($2::uuid is null or id <> $2)",
        person_id as PersonId,
        but as Option<SignInId>
    )
    .execute(db)
    .await?;
    Ok(())
}

/// People whose new name the lists of their programs do not know yet, the longest-waiting first, and since when.
///
/// # Errors
/// When the database does not answer.
pub async fn renamed(db: &mut PgConnection) -> Result<Vec<(PersonId, OffsetDateTime)>> {
    let rows = sqlx::query!(
        r#"select id as "id: PersonId", renamed_at as "renamed_at!" from people
           where renamed_at is not null order by renamed_at, id limit 200"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.renamed_at)).collect())
}

/// Notes that the lists know the name as of then.
///
/// # Errors
/// When the database does not answer.
pub async fn sorted(db: &mut PgConnection, id: PersonId, renamed_at: OffsetDateTime) -> Result<()> {
    sqlx::query!("update people set renamed_at = null where id = $1 and renamed_at = $2", id as PersonId, renamed_at)
        .execute(db)
        .await?;
    Ok(())
}
