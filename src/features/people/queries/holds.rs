//! Who is on hold: derived from pauses and approvals in one statement, so that nothing else needs
//! to know when somebody stops or goes on.
use crate::access::ParticipationState;
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::Date;

/// Somebody who was put on hold, or goes on.
#[derive(Debug, Clone, Copy)]
pub struct HoldChanged {
    pub participation_id: ParticipationId,
    /// `on_hold` or `joined`.
    pub now: ParticipationState,
}

/// Brings the states `joined` and `on_hold` of a program (or of one person in it) in line with the
/// facts as of a day of the program's zone: on hold is who pauses on that day, and, where approval
/// is required, who had a yes and has none in effect (before the program's first day: on that day; after
/// its last: on that one, since what was agreed for the whole program ends with it and nobody is kept from
/// looking back).
/// Call it in every transaction that changes a pause or an approval. Gives who changed.
///
/// # Errors
/// When the database does not answer.
pub async fn settle_holds(
    db: &mut PgConnection,
    program_id: ProgramId,
    of: Option<ParticipationId>,
    today: Date,
) -> Result<Vec<HoldChanged>> {
    Ok(sqlx::query_as!(
        HoldChanged,
        r#"update participations t
           set state = case when f.on_hold then 'on_hold' else 'joined' end
           from (select c.id,
                        coalesce(c.paused_from <= $3 and $3 < c.paused_until, false)
                        or (p.approval_required
                            and exists (select from approval_requests r
                                        where r.program_id = $1 and r.participation_id = c.id
                                          and r.purpose in ('join', 'reconfirm')
                                          and r.state in ('approved', 'revoked', 'superseded'))
                            and not exists (select from approval_requests r
                                            where r.program_id = $1 and r.participation_id = c.id
                                              and r.purpose in ('join', 'reconfirm')
                                              and r.state in ('approved', 'revoked')
                                              and least(greatest($3, p.starts_on), p.ends_on) between r.valid_from and r.valid_until
                                              and (r.revoked_from is null or least(greatest($3, p.starts_on), p.ends_on) < r.revoked_from)))
                        as on_hold
                 from participations c join programs p on p.id = c.program_id
                 where c.program_id = $1 and c.state in ('joined', 'on_hold') and c.id between coalesce($2, '00000000-0000-0000-0000-000000000000'::uuid) and coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)) f
           where t.program_id = $1 and t.id = f.id
             and t.state <> case when f.on_hold then 'on_hold' else 'joined' end
           returning t.id as "participation_id: ParticipationId", t.state as "now: ParticipationState""#,
        program_id as ProgramId,
        of as Option<ParticipationId>,
        today
    )
    .fetch_all(db)
    .await?)
}

/// A program that takes people, and the zone in which its days begin.
#[derive(Debug)]
pub(crate) struct InZone {
    pub(crate) program_id: ProgramId,
    pub(crate) time_zone: String,
}

/// The programs after one that take people, by id: a page of them, so that a tick stays small.
pub(crate) async fn programs_after(db: &mut PgConnection, after: Option<ProgramId>) -> Result<Vec<InZone>> {
    Ok(sqlx::query_as!(
        InZone,
        r#"select id as "program_id: ProgramId", time_zone from programs
           where state in ('open', 'active', 'closing') and id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
           order by id limit 200"#,
        after as Option<ProgramId>
    )
    .fetch_all(db)
    .await?)
}
