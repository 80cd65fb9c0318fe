//! What coordinators entered about each address last.
use super::super::model::{Entered, Known, Step};
use crate::base::{
    error::Result,
    ids::{ImportId, ParticipationId, ProgramId},
};
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;
use uuid::Uuid;

/// What the program holds under these addresses.
pub(crate) async fn known(
    db: &mut PgConnection,
    program_id: ProgramId,
    folded: &[String],
) -> Result<HashMap<String, Known>> {
    let here = sqlx::query_scalar!(
        "select p.email_folded from participations t join people p on p.id = t.person_id
         where t.program_id = $1 and p.email_folded = any($2)",
        program_id as ProgramId,
        folded
    )
    .fetch_all(&mut *db)
    .await?;
    let mut known: HashMap<String, Known> = here.into_iter().map(|email| (email, Known::Here)).collect();
    let entered = sqlx::query!(
        r#"select e.email_folded, t.id as "id: ParticipationId", e.entered as "entered: Json<Entered>"
           from import_entries e join participations t on t.program_id = $1 and t.id = e.participation_id
           where e.program_id = $1 and e.email_folded = any($2)"#,
        program_id as ProgramId,
        folded
    )
    .fetch_all(db)
    .await?;
    known.extend(entered.into_iter().map(|row| (row.email_folded, Known::Entered(row.id, row.entered.0))));
    Ok(known)
}

/// How many people of a list that waits to be confirmed have left the program or were taken off.
pub(crate) async fn gone(db: &mut PgConnection, program_id: ProgramId, id: ImportId) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "people!"
           from imports i cross join lateral jsonb_array_elements(i.lines) l
           join people p on p.email_folded = lower(normalize(l ->> 'email'))
           join participations t on t.program_id = $1 and t.person_id = p.id and t.state in ('withdrawn', 'removed')
           where i.program_id = $1 and i.id = $2 and i.state = 'previewed'"#,
        program_id as ProgramId,
        id as ImportId
    )
    .fetch_one(db)
    .await?)
}

/// Keeps what was entered, in place of what was entered before.
pub(crate) async fn keep_entries(
    db: &mut PgConnection,
    program_id: ProgramId,
    entries: &[(String, ParticipationId, Entered)],
) -> Result<()> {
    let ids: Vec<Uuid> = entries.iter().map(|_| Uuid::now_v7()).collect();
    let emails: Vec<String> = entries.iter().map(|(email, _, _)| email.clone()).collect();
    let parts: Vec<ParticipationId> = entries.iter().map(|(_, id, _)| *id).collect();
    let entered: Vec<Json<&Entered>> = entries.iter().map(|(_, _, entered)| Json(entered)).collect();
    sqlx::query!(
        "insert into import_entries (program_id, id, email_folded, participation_id, entered)
         select $1, new.id, new.email_folded, new.participation_id, new.entered
         from unnest($2::uuid[], $3::text[], $4::uuid[], $5::jsonb[]) as new (id, email_folded, participation_id, entered)
         on conflict on constraint an_address_is_entered_once_in_a_program
         do update set participation_id = excluded.participation_id, entered = excluded.entered",
        program_id as ProgramId,
        &ids,
        &emails,
        &parts as &[ParticipationId],
        &entered as &[Json<&Entered>]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets what was entered about these parts.
pub(crate) async fn forget_entries(
    db: &mut PgConnection,
    program_id: ProgramId,
    parts: &[ParticipationId],
) -> Result<()> {
    sqlx::query!(
        "delete from import_entries where program_id = $1 and participation_id = any($2)",
        program_id as ProgramId,
        parts as &[ParticipationId]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether somebody of a list has acted since: joined, or made their account.
pub(crate) async fn acted(db: &mut PgConnection, program_id: ProgramId, steps: &[Step]) -> Result<bool> {
    let ids: Vec<ParticipationId> = steps.iter().map(|step| step.id).collect();
    // Compared here: joined to the steps of a long list in the database, a plan made when the program was small went
    // through all people for each step.
    let may_have = sqlx::query!(
        r#"select t.id as "id: ParticipationId", t.state <> 'invited' as "is_in!", p.password_hash is not null as "has_account!"
           from participations t join people p on p.id = t.person_id
           where t.program_id = $1 and t.id = any($2) and (t.state <> 'invited' or p.password_hash is not null)"#,
        program_id as ProgramId,
        &ids as &[ParticipationId]
    )
    .fetch_all(db)
    .await?;
    let by_id: HashMap<ParticipationId, &Step> = steps.iter().map(|step| (step.id, step)).collect();
    Ok(may_have.iter().any(|row| {
        by_id
            .get(&row.id)
            .is_some_and(|step| (row.has_account && !step.had_account) || (row.is_in && step.before.is_none()))
    }))
}
