//! Every statement that writes `put_off_warnings`.
use super::model::PutOff;
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, PersonId, ProgramId},
};
use crate::features::warnings::{Kind, Warning};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// What is put off in programs.
///
/// # Errors
/// When the database does not answer.
pub async fn of_programs(db: &mut PgConnection, programs: &[ProgramId]) -> Result<Vec<PutOff>> {
    let rows = sqlx::query!(
        r#"select w.program_id as "program_id: ProgramId", w.kind, w.group_id as "group_id: GroupId",
                  w.participation_id as "participation_id: ParticipationId", w.degree, w.until_on, p.name
           from put_off_warnings w
           join people p on p.id = w.put_off_by
           where w.program_id = any($1)
           order by w.until_on, w.id"#,
        programs as &[ProgramId]
    )
    .fetch_all(db)
    .await?;
    // A kind that is not known any more keeps nothing away.
    let known = |word: &str| Kind::parse(word);
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            known(&row.kind).map(|kind| PutOff {
                program_id: row.program_id,
                kind,
                group: row.group_id,
                person: row.participation_id,
                degree: row.degree,
                until: row.until_on,
                by: row.name,
            })
        })
        .collect())
}

/// Who puts something off, and until when.
pub(super) struct Putting {
    pub(super) by: PersonId,
    pub(super) until: Date,
    pub(super) at: OffsetDateTime,
}

/// Puts warnings off, each once; what was put off before is put off anew.
pub(super) async fn put_off(
    db: &mut PgConnection,
    program_id: ProgramId,
    warnings: &[Warning],
    putting: &Putting,
) -> Result<()> {
    let ids: Vec<Uuid> = warnings.iter().map(|_| Uuid::now_v7()).collect();
    let kinds: Vec<String> = warnings.iter().map(|one| one.kind.code().to_owned()).collect();
    let groups: Vec<Option<Uuid>> = warnings.iter().map(|one| one.group.map(|id| id.0)).collect();
    let people: Vec<Option<Uuid>> = warnings.iter().map(|one| one.person.map(|id| id.0)).collect();
    let degrees: Vec<i32> = warnings.iter().map(|one| one.degree).collect();
    sqlx::query!(
        "insert into put_off_warnings (program_id, id, kind, group_id, participation_id, about_id, degree,
                                       until_on, put_off_by, put_off_at)
         select $1, w.id, w.kind, w.group_id, w.participation_id, coalesce(w.group_id, w.participation_id, $1), w.degree,
                $7, $8, $9
         from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::int[]) as w (id, kind, group_id, participation_id, degree)
         on conflict (program_id, kind, about_id) do update
         set degree = excluded.degree, until_on = excluded.until_on, put_off_by = excluded.put_off_by,
             put_off_at = excluded.put_off_at",
        program_id as ProgramId,
        &ids,
        &kinds,
        &groups as &[Option<Uuid>],
        &people as &[Option<Uuid>],
        &degrees,
        putting.until,
        putting.by as PersonId,
        putting.at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets what was put off until a day that has come.
pub(super) async fn forget_past(db: &mut PgConnection, program_id: ProgramId, today: Date) -> Result<()> {
    sqlx::query!(
        "delete from put_off_warnings where program_id = $1 and until_on <= $2",
        program_id as ProgramId,
        today
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Brings warnings back.
pub(super) async fn bring_back(db: &mut PgConnection, program_id: ProgramId, warnings: &[Warning]) -> Result<()> {
    let kinds: Vec<String> = warnings.iter().map(|one| one.kind.code().to_owned()).collect();
    let about: Vec<Uuid> = warnings
        .iter()
        .map(|one| one.group.map(|id| id.0).or_else(|| one.person.map(|id| id.0)).unwrap_or(program_id.0))
        .collect();
    sqlx::query!(
        "delete from put_off_warnings w using unnest($2::text[], $3::uuid[]) as b (kind, about)
         where w.program_id = $1 and w.kind = b.kind and w.about_id = b.about",
        program_id as ProgramId,
        &kinds,
        &about
    )
    .execute(db)
    .await?;
    Ok(())
}
