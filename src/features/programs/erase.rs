//! What stays of those who ran a program when they are erased: nothing but the history's rows.
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;

/// What one person has to hand over before they can be erased, in one program that goes on.
#[derive(Debug)]
pub struct ToHandOver {
    pub program_id: ProgramId,
    pub program_name: String,
    pub coordinates: bool,
    pub coordinates_alone: bool,
    pub only_contact: bool,
}

/// The programs that would be left without a coordinator or a contact person. With `lock`, nobody
/// else can leave them in the same moment.
///
/// # Errors
/// When the database does not answer.
pub async fn to_hand_over(db: &mut PgConnection, me: PersonId, lock: bool) -> Result<Vec<ToHandOver>> {
    if lock {
        sqlx::query_scalar!(
            "select p.id from person_programs m join programs p on p.id = m.program_id
             where m.person_id = $1 order by p.id for update of p",
            me as PersonId
        )
        .fetch_all(&mut *db)
        .await?;
    }
    Ok(sqlx::query_as!(
        ToHandOver,
        r#"select program_id as "program_id!: ProgramId", program_name as "program_name!",
                  coordinates as "coordinates!", coordinates_alone as "coordinates_alone!", only_contact as "only_contact!"
           from (select p.id as program_id, p.name as program_name,
                        exists (select from coordinators c where c.program_id = p.id and c.person_id = $1) as coordinates,
                        exists (select from coordinators c where c.program_id = p.id and c.person_id = $1)
                        and not exists (select from coordinators c where c.program_id = p.id and c.person_id <> $1)
                          as coordinates_alone,
                        p.contact_id = $1 and p.second_contact_id is null as only_contact
                 from person_programs m join programs p on p.id = m.program_id
                 where m.person_id = $1 and p.state not in ('archived', 'cancelled')) as left_alone
           where coordinates_alone or only_contact
           order by program_name, program_id"#,
        me as PersonId
    )
    .fetch_all(db)
    .await?)
}

/// Every program that one person has to do with.
///
/// # Errors
/// When the database does not answer.
pub async fn all_of(db: &mut PgConnection, me: PersonId) -> Result<Vec<ProgramId>> {
    Ok(sqlx::query_scalar!(
        r#"select program_id as "id: ProgramId" from person_programs where person_id = $1 order by program_id"#,
        me as PersonId
    )
    .fetch_all(db)
    .await?)
}

/// Takes somebody out of the roles they have in one program. A program that has ended keeps its contact's id.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: PersonId) -> Result<()> {
    sqlx::query!(
        "update programs set contact_id = second_contact_id, second_contact_id = null
         where id = $1 and contact_id = $2 and second_contact_id is not null",
        program_id as ProgramId,
        me as PersonId
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update programs set second_contact_id = null where id = $1 and second_contact_id = $2",
        program_id as ProgramId,
        me as PersonId
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from coordinators where program_id = $1 and person_id = $2",
        program_id as ProgramId,
        me as PersonId
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from person_programs where program_id = $1 and person_id = $2",
        program_id as ProgramId,
        me as PersonId
    )
    .execute(db)
    .await?;
    Ok(())
}
