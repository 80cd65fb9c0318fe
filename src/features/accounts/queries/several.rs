//! Many people at once, as lists bring them: one statement, however many.
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
    text,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Somebody as a list names them.
#[derive(Debug, Clone)]
pub struct Named {
    pub name: String,
    pub email: String,
    /// IANA name.
    pub time_zone: String,
}

/// Somebody found or made.
#[derive(Debug)]
pub struct Found {
    pub id: PersonId,
    pub email_folded: String,
    pub has_account: bool,
}

/// The people with these addresses, made where there are none; who is there stays as they are.
/// In the order of their addresses, so that two lists cannot wait for each other.
///
/// # Errors
/// When the database does not answer.
pub async fn find_or_add_all(db: &mut PgConnection, people: &[Named], now: OffsetDateTime) -> Result<Vec<Found>> {
    let ids: Vec<PersonId> = people.iter().map(|_| PersonId::generate()).collect();
    let names: Vec<String> = people.iter().map(|new| new.name.clone()).collect();
    let sort_names: Vec<String> = people.iter().map(|new| text::fold_name(&new.name)).collect();
    let emails: Vec<String> = people.iter().map(|new| new.email.clone()).collect();
    let folded: Vec<String> = people.iter().map(|new| text::fold_email(&new.email)).collect();
    let zones: Vec<String> = people.iter().map(|new| new.time_zone.clone()).collect();
    sqlx::query!(
        "insert into people (id, name, email, email_folded, time_zone, created_at, sort_name)
         select new.id, new.name, new.email, new.email_folded, new.time_zone, $6, new.sort_name
         from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $7::text[])
              as new (id, name, email, email_folded, time_zone, sort_name)
         order by new.email_folded
         on conflict on constraint an_email_belongs_to_one_person do nothing",
        &ids as &[PersonId],
        &names,
        &emails,
        &folded,
        &zones,
        now,
        &sort_names
    )
    .execute(&mut *db)
    .await?;
    Ok(sqlx::query_as!(
        Found,
        r#"select id as "id: PersonId", email_folded, password_hash is not null as "has_account!"
           from people where email_folded = any($1) order by email_folded"#,
        &folded
    )
    .fetch_all(db)
    .await?)
}

/// Of these people, those without an account who have to do with no program any more.
///
/// # Errors
/// When the database does not answer.
pub async fn unrelated(db: &mut PgConnection, people: &[PersonId]) -> Result<Vec<PersonId>> {
    Ok(sqlx::query_scalar!(
        r#"select p.id as "id: PersonId" from people p
           where p.id = any($1) and p.password_hash is null
             and not exists (select from person_programs n where n.person_id = p.id)"#,
        people as &[PersonId]
    )
    .fetch_all(db)
    .await?)
}

/// Names and zones of people who have no account, and have to do with this program alone;
/// everybody else stays as they are.
///
/// # Errors
/// When the database does not answer.
pub async fn correct_all(
    db: &mut PgConnection,
    program_id: ProgramId,
    people: &[(PersonId, String, Option<String>)],
    now: OffsetDateTime,
) -> Result<()> {
    let ids: Vec<PersonId> = people.iter().map(|(id, _, _)| *id).collect();
    let names: Vec<String> = people.iter().map(|(_, name, _)| name.clone()).collect();
    let sort_names: Vec<String> = people.iter().map(|(_, name, _)| text::fold_name(name)).collect();
    let zones: Vec<String> = people.iter().map(|(_, _, zone)| zone.clone().unwrap_or_default()).collect();
    sqlx::query!(
        "update people p set name = new.name, sort_name = new.sort_name, renamed_at = $5,
                time_zone = case when new.time_zone = '' then p.time_zone else new.time_zone end
         from unnest($2::uuid[], $3::text[], $4::text[], $6::text[]) as new (id, name, time_zone, sort_name)
         where p.id = new.id and p.password_hash is null
           and not exists (select from person_programs n where n.person_id = p.id and n.program_id <> $1)",
        program_id as ProgramId,
        &ids as &[PersonId],
        &names,
        &zones,
        now,
        &sort_names
    )
    .execute(db)
    .await?;
    Ok(())
}
