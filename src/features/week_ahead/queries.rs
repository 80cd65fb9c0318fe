//! Who coordinates which program that runs. This slice has no table: that a letter went out, the outbox knows.
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A page of the programs that run, by id.
pub(super) async fn running_after(db: &mut PgConnection, after: Option<ProgramId>) -> Result<Vec<ProgramId>> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: ProgramId" from programs
           where state in ('active', 'closing') and id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
           order by id limit 200"#,
        after as Option<ProgramId>
    )
    .fetch_all(db)
    .await?)
}

/// Somebody who coordinates, and where they live.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) person_id: PersonId,
    pub(super) time_zone: String,
    /// Since when, of these programs the one they have coordinated the longest.
    pub(super) since: OffsetDateTime,
}

/// Those who coordinate any of these programs and want such emails.
pub(super) async fn readers(db: &mut PgConnection, programs: &[ProgramId]) -> Result<Vec<Reader>> {
    Ok(sqlx::query_as!(
        Reader,
        r#"select p.id as "person_id: PersonId", p.time_zone, min(c.since) as "since!"
           from coordinators c
           join people p on p.id = c.person_id
           left join nudges n on n.person_id = p.id
           where c.program_id = any($1) and n.stopped_at is null
           group by p.id, p.time_zone order by p.id"#,
        programs as &[ProgramId]
    )
    .fetch_all(db)
    .await?)
}

/// Whom the letter is to.
#[derive(Debug)]
pub(super) struct Addressee {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) time_zone: String,
}

pub(super) async fn addressee(db: &mut PgConnection, id: PersonId) -> Result<Option<Addressee>> {
    Ok(sqlx::query_as!(Addressee, "select name, email, time_zone from people where id = $1", id as PersonId)
        .fetch_optional(db)
        .await?)
}

/// The programs that somebody coordinates and that run, with their institutions, the newest first.
pub(super) async fn coordinated(db: &mut PgConnection, by: PersonId) -> Result<Vec<(ProgramId, String)>> {
    let rows = sqlx::query!(
        r#"select r.id as "id: ProgramId", r.institution
           from person_programs pp
           join programs r on r.id = pp.program_id and r.state in ('active', 'closing')
           join coordinators c on c.program_id = r.id and c.person_id = $1
           where pp.person_id = $1
           order by r.starts_on desc, r.id"#,
        by as PersonId
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.institution)).collect())
}
