//! What coordinators read once a day.
use crate::base::{error::Result, ids::ProgramId};
use crate::features::approvals::RequestState;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A yes, as the digest lists it.
#[derive(Debug)]
pub(super) struct DigestLine {
    pub(super) peer_name: String,
    pub(super) supervisor_name: String,
    pub(super) state: RequestState,
    pub(super) promises: i64,
    /// To one trip, not to a place.
    pub(super) for_trip: bool,
}

/// Every yes, on a condition or not, that was given or completed by the peer's acceptance in a
/// half-open stretch of time and still stands; by the peer's name.
pub(super) async fn decided_between(
    db: &mut PgConnection,
    program_id: ProgramId,
    from: OffsetDateTime,
    to: OffsetDateTime,
) -> Result<Vec<DigestLine>> {
    Ok(sqlx::query_as!(
        DigestLine,
        r#"select p.name as peer_name, r.supervisor_name, r.state as "state: RequestState",
                  r.purpose = 'trip' as "for_trip!",
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
