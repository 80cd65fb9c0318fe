//! The coordinators, and what they read once a day.
use super::super::model::RequestState;
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A coordinator, and the program they are written to about.
#[derive(Debug)]
pub(crate) struct Addressee {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(in super::super) program_name: String,
    pub(in super::super) institution: String,
    /// The program's, an IANA name.
    pub(in super::super) time_zone: String,
    /// The person's own.
    pub(crate) own_zone: String,
}

/// `None` once this person no longer coordinates the program.
pub(crate) async fn addressee(
    db: &mut PgConnection,
    program_id: ProgramId,
    person_id: PersonId,
) -> Result<Option<Addressee>> {
    Ok(sqlx::query_as!(
        Addressee,
        r#"select p.name, p.email, g.name as program_name, g.institution, g.time_zone, p.time_zone as own_zone
           from coordinators c join people p on p.id = c.person_id join programs g on g.id = c.program_id
           where c.program_id = $1 and c.person_id = $2"#,
        program_id as ProgramId,
        person_id as PersonId
    )
    .fetch_optional(db)
    .await?)
}

/// Who coordinates a program, the longest-serving first.
pub(crate) async fn coordinators(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<PersonId>> {
    Ok(sqlx::query_scalar!(
        r#"select person_id as "person_id: PersonId" from coordinators where program_id = $1 order by since, person_id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// A yes, as the digest lists it.
#[derive(Debug)]
pub(in super::super) struct DigestLine {
    pub(in super::super) peer_name: String,
    pub(in super::super) supervisor_name: String,
    pub(in super::super) state: RequestState,
    pub(in super::super) promises: i64,
}

/// Every yes, on a condition or not, that was given or completed by the peer's acceptance in a
/// half-open stretch of time and still stands; by the peer's name.
pub(in super::super) async fn decided_between(
    db: &mut PgConnection,
    program_id: ProgramId,
    from: OffsetDateTime,
    to: OffsetDateTime,
) -> Result<Vec<DigestLine>> {
    Ok(sqlx::query_as!(
        DigestLine,
        r#"select p.name as peer_name, r.supervisor_name, r.state as "state: RequestState",
                  (select count(*) from pledges k where k.program_id = $1 and k.request_id = r.id) as "promises!"
           from approval_requests r
           join participations t on t.program_id = r.program_id and t.id = r.participation_id
           join people p on p.id = t.person_id
           where r.program_id = $1 and r.state in ('approved', 'conditional')
             and greatest(r.accepted_at, r.decided_at) >= $2 and greatest(r.accepted_at, r.decided_at) < $3
           order by p.name, r.id"#,
        program_id as ProgramId,
        from,
        to
    )
    .fetch_all(db)
    .await?)
}
