//! Many parts at once, as lists bring them. Whoever has an account is never changed by a list.
use super::super::model::Details;
use crate::base::{
    error::Result,
    ids::{ParticipationId, PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Details column by column, as `unnest` takes them.
struct Columns {
    titles: Vec<String>,
    departments: Vec<String>,
    sites: Vec<String>,
    names: Vec<String>,
    emails: Vec<String>,
}

impl Columns {
    fn of<Id>(all: &[(Id, Details)]) -> Self {
        let column = |pick: fn(&Details) -> &String| all.iter().map(|(_, details)| pick(details).clone()).collect();
        Self {
            titles: column(|details| &details.title),
            departments: column(|details| &details.department),
            sites: column(|details| &details.site),
            names: column(|details| &details.supervisor_name),
            emails: column(|details| &details.supervisor_email),
        }
    }
}

/// A part and its person.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub id: ParticipationId,
    pub person_id: PersonId,
}

/// Invites these people; whoever takes part already stays as they are. Gives the new parts.
///
/// # Errors
/// When the database does not answer.
pub async fn add_all(
    db: &mut PgConnection,
    program_id: ProgramId,
    people: &[(PersonId, Details)],
    now: OffsetDateTime,
) -> Result<Vec<Part>> {
    let ids: Vec<ParticipationId> = people.iter().map(|_| ParticipationId::generate()).collect();
    let person_ids: Vec<PersonId> = people.iter().map(|(id, _)| *id).collect();
    let columns = Columns::of(people);
    Ok(sqlx::query_as!(
        Part,
        r#"insert into participations (program_id, id, person_id, state, title, department, site,
                                       supervisor_name, supervisor_email, invited_at, sort_name)
           select $1, new.id, new.person_id, 'invited', new.title, new.department, new.site,
                  new.supervisor_name, new.supervisor_email, $9,
                  (select p.sort_name from people p where p.id = new.person_id)
           from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
                as new (id, person_id, title, department, site, supervisor_name, supervisor_email)
           on conflict on constraint a_person_takes_part_in_a_program_once do nothing
           returning id as "id: ParticipationId", person_id as "person_id: PersonId""#,
        program_id as ProgramId,
        &ids as &[ParticipationId],
        &person_ids as &[PersonId],
        &columns.titles,
        &columns.departments,
        &columns.sites,
        &columns.names,
        &columns.emails,
        now
    )
    .fetch_all(db)
    .await?)
}

/// Writes what coordinators enter about people who have no account. Gives the parts it wrote.
///
/// # Errors
/// When the database does not answer.
pub async fn enter_all(
    db: &mut PgConnection,
    program_id: ProgramId,
    parts: &[(ParticipationId, Details)],
) -> Result<Vec<Part>> {
    let ids: Vec<ParticipationId> = parts.iter().map(|(id, _)| *id).collect();
    let columns = Columns::of(parts);
    Ok(sqlx::query_as!(
        Part,
        r#"update participations t set title = new.title, department = new.department, site = new.site,
                  supervisor_name = new.supervisor_name, supervisor_email = new.supervisor_email
           from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
                as new (id, title, department, site, supervisor_name, supervisor_email),
                people p
           where t.program_id = $1 and t.id = new.id and t.state = 'invited' and p.id = t.person_id
             and p.password_hash is null
           returning t.id as "id: ParticipationId", t.person_id as "person_id: PersonId""#,
        program_id as ProgramId,
        &ids as &[ParticipationId],
        &columns.titles,
        &columns.departments,
        &columns.sites,
        &columns.names,
        &columns.emails
    )
    .fetch_all(db)
    .await?)
}

/// Takes off all of these who are invited and never acted. Gives their people.
///
/// # Errors
/// When the database does not answer.
pub async fn take_off_all(
    db: &mut PgConnection,
    program_id: ProgramId,
    ids: &[ParticipationId],
) -> Result<Vec<PersonId>> {
    Ok(sqlx::query_scalar!(
        r#"delete from participations t
           where t.program_id = $1 and t.id = any($2) and t.state = 'invited' and t.joined_at is null
             and not exists (select from approval_requests r where r.program_id = $1 and r.participation_id = t.id)
             and not exists (select from memberships m where m.program_id = $1 and m.participation_id = t.id)
           returning t.person_id as "person_id: PersonId""#,
        program_id as ProgramId,
        ids as &[ParticipationId]
    )
    .fetch_all(db)
    .await?)
}

/// Whether any of these parts is in the program.
///
/// # Errors
/// When the database does not answer.
pub async fn still_there(db: &mut PgConnection, program_id: ProgramId, ids: &[ParticipationId]) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from participations t where t.program_id = $1 and t.id = any($2)) as "there!""#,
        program_id as ProgramId,
        ids as &[ParticipationId]
    )
    .fetch_one(db)
    .await?)
}

/// Sorts somebody in all their programs by the name they have now.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn sort_again(db: &mut PgConnection, person_id: PersonId) -> Result<()> {
    sqlx::query!(
        "update participations t set sort_name = p.sort_name
         from people p, person_programs q
         where p.id = $1 and q.person_id = p.id and t.program_id = q.program_id and t.person_id = p.id
           and t.sort_name <> p.sort_name",
        person_id as PersonId
    )
    .execute(db)
    .await?;
    Ok(())
}
