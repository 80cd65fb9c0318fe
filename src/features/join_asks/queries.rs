//! Every statement that writes `join_asks`, and what the public page reads.
use crate::base::{
    error::Result,
    ids::{JoinAskId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// What anyone may know of a program that lets people ask.
#[derive(Debug)]
pub(super) struct PublicProgram {
    pub(super) id: ProgramId,
    pub(super) name: String,
    pub(super) institution: String,
    pub(super) theme: String,
    pub(super) purpose: String,
    pub(super) starts_on: Date,
    pub(super) ends_on: Date,
    pub(super) rhythm_days: i32,
    pub(super) meeting_minutes: i32,
    pub(super) group_min: i32,
    pub(super) group_max: i32,
    pub(super) hours_month: i32,
    pub(super) work_time: bool,
    pub(super) approval_required: bool,
}

/// `None` unless people may ask to join it now.
pub(super) async fn public_program(
    db: &mut PgConnection,
    id: ProgramId,
    now: OffsetDateTime,
) -> Result<Option<PublicProgram>> {
    Ok(sqlx::query_as!(
        PublicProgram,
        r#"select id as "id: ProgramId", name, institution, theme, purpose, starts_on, ends_on, rhythm_days,
                  meeting_minutes, group_min, group_max, hours_month, work_time, approval_required
           from programs where id = $1 and asks_allowed and state in ('open', 'active') and ends_on >= $2"#,
        id as ProgramId,
        now.date()
    )
    .fetch_optional(db)
    .await?)
}

/// Whether a program's coordinators let people ask.
pub(super) async fn asks_allowed(db: &mut PgConnection, id: ProgramId) -> Result<bool> {
    Ok(sqlx::query_scalar!("select asks_allowed from programs where id = $1", id as ProgramId).fetch_one(db).await?)
}

/// What somebody wrote who asks to join.
#[derive(Debug)]
pub(super) struct NewAsk {
    pub(super) program_id: ProgramId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) email_folded: String,
    pub(super) why: String,
}

/// Keeps an ask, unless one of this address waits or its owner takes part already.
pub(super) async fn insert(db: &mut PgConnection, new: &NewAsk, now: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "insert into join_asks (program_id, id, name, email, email_folded, why, asked_at, state)
         select $1, $2, $3, $4, $5, $6, $7, 'pending'
         where not exists (select from participations t join people p on p.id = t.person_id
                           where t.program_id = $1 and t.state in ('invited', 'joined', 'on_hold')
                             and p.email_folded = $5)
         on conflict do nothing",
        new.program_id as ProgramId,
        JoinAskId::generate() as JoinAskId,
        new.name,
        new.email,
        new.email_folded,
        new.why,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An ask that waits.
#[derive(Debug)]
pub(super) struct Ask {
    pub(super) id: JoinAskId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) why: String,
    pub(super) asked_at: OffsetDateTime,
}

/// Those that wait, oldest first, at most `most`.
pub(super) async fn pending(db: &mut PgConnection, program_id: ProgramId, most: i64) -> Result<Vec<Ask>> {
    Ok(sqlx::query_as!(
        Ask,
        r#"select id as "id: JoinAskId", name, email, why, asked_at from join_asks
           where program_id = $1 and state = 'pending' order by asked_at, id limit $2"#,
        program_id as ProgramId,
        most
    )
    .fetch_all(db)
    .await?)
}

/// Decides an ask that waits and gives who it was; `None` when it no longer waits.
pub(super) async fn decide(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: JoinAskId,
    invite: bool,
    now: OffsetDateTime,
) -> Result<Option<Ask>> {
    Ok(sqlx::query_as!(
        Ask,
        r#"update join_asks set state = case when $3 then 'invited' else 'declined' end, decided_at = $4
           where program_id = $1 and id = $2 and state = 'pending'
           returning id as "id: JoinAskId", name, email, why, asked_at"#,
        program_id as ProgramId,
        id as JoinAskId,
        invite,
        now
    )
    .fetch_optional(db)
    .await?)
}

/// Whether there is such an ask, decided or not.
pub(super) async fn exists(db: &mut PgConnection, program_id: ProgramId, id: JoinAskId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from join_asks where program_id = $1 and id = $2) as "exists!""#,
        program_id as ProgramId,
        id as JoinAskId
    )
    .fetch_one(db)
    .await?)
}

/// Programs after one that were ever opened, by id: a page of them.
pub(super) async fn programs_after(db: &mut PgConnection, after: Option<ProgramId>) -> Result<Vec<ProgramId>> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: ProgramId" from programs
           where opened_at is not null and id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid) order by id limit 200"#,
        after as Option<ProgramId>
    )
    .fetch_all(db)
    .await?)
}

/// Deletes what was asked or decided before a moment.
pub(super) async fn delete_before(db: &mut PgConnection, program_id: ProgramId, before: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "delete from join_asks where program_id = $1 and coalesce(decided_at, asked_at) < $2",
        program_id as ProgramId,
        before
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes what was asked from an address in some programs.
pub(super) async fn delete_from(db: &mut PgConnection, programs: &[ProgramId], email_folded: &str) -> Result<()> {
    sqlx::query!(
        "delete from join_asks where program_id = any($1) and email_folded = $2",
        programs as &[ProgramId],
        email_folded
    )
    .execute(db)
    .await?;
    Ok(())
}
