//! What the letter about a closed group says. Nothing here writes.
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::Date;

/// About a closed group, to somebody who belonged to it on its last day.
#[derive(Debug)]
pub(super) struct LetterFacts {
    pub(super) program: String,
    pub(super) institution: String,
    pub(super) group: String,
    pub(super) closed_on: Date,
    /// The program's.
    pub(super) time_zone: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) by_name: String,
    pub(super) by_email: String,
}

/// `None` when the group is not closed, or the reader's part has ended.
pub(super) async fn letter_facts(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    to: ParticipationId,
    by: PersonId,
) -> Result<Option<LetterFacts>> {
    Ok(sqlx::query_as!(
        LetterFacts,
        r#"select r.name as program, r.institution, g.name as "group", g.closed_on as "closed_on!", r.time_zone, p.name, p.email,
                  b.name as by_name, b.email as by_email
           from groups g
           join programs r on r.id = g.program_id
           join participations t on t.program_id = $1 and t.id = $3
           join people p on p.id = t.person_id
           join people b on b.id = $4
           where g.program_id = $1 and g.id = $2 and g.closed_on is not null and t.state in ('joined', 'on_hold')"#,
        program_id as ProgramId,
        group_id as GroupId,
        to as ParticipationId,
        by as PersonId
    )
    .fetch_optional(db)
    .await?)
}
