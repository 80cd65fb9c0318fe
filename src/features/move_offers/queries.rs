//! Every statement that writes `moves`.
use super::model::{MoveState, Offer};
use crate::access::ParticipationState;
use crate::base::{
    error::Result,
    ids::{GroupId, MoveId, ParticipationId, PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// An offer that is to be.
#[derive(Debug)]
pub(crate) struct NewOffer<'a> {
    pub(crate) id: MoveId,
    pub(crate) participation_id: ParticipationId,
    pub(crate) from: GroupId,
    pub(crate) to: GroupId,
    pub(crate) line: &'a str,
    pub(crate) by: PersonId,
}

/// `false` when the person has an open offer already.
pub(crate) async fn insert(
    db: &mut PgConnection,
    program_id: ProgramId,
    new: &NewOffer<'_>,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into moves (program_id, id, participation_id, from_group_id, to_group_id, line, offered_by, offered_at, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'offered') on conflict do nothing",
        program_id as ProgramId,
        new.id as MoveId,
        new.participation_id as ParticipationId,
        new.from as GroupId,
        new.to as GroupId,
        new.line,
        new.by as PersonId,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Marks offers that were over by themselves, so that others can take their place.
pub(crate) async fn lapse(
    db: &mut PgConnection,
    program_id: ProgramId,
    ids: &[MoveId],
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update moves set state = 'lapsed', ended_at = $3
         where program_id = $1 and id = any($2) and state = 'offered'",
        program_id as ProgramId,
        ids as &[MoveId],
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `false` when it had ended before.
pub(crate) async fn end(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: MoveId,
    state: MoveState,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "update moves set state = $3, ended_at = $4 where program_id = $1 and id = $2 and state = 'offered'",
        program_id as ProgramId,
        id as MoveId,
        state as MoveState,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The newest offers, newest first, at most 200: all, one, or those to one person.
async fn list(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: Option<MoveId>,
    to: Option<ParticipationId>,
) -> Result<Vec<Offer>> {
    Ok(sqlx::query_as!(
        Offer,
        r#"select v.id as "id: MoveId", v.participation_id as "participation_id: ParticipationId", p.name,
                  t.state as "part: ParticipationState", v.from_group_id as "from_group_id: GroupId",
                  f.name as from_name, v.to_group_id as "to_group_id: GroupId", g.name as to_name, g.focus as to_focus,
                  (g.closed_on is not null) as "to_closed!",
                  exists (select from memberships m
                          where m.program_id = $1 and m.group_id = v.from_group_id
                            and m.participation_id = v.participation_id and m.joined_on is not null
                            and m.left_on is null) as "belongs!",
                  v.offered_by as "offered_by: PersonId", b.name as by_name, v.offered_at,
                  v.state as "state: MoveState", v.ended_at
           from moves v
           join participations t on t.program_id = $1 and t.id = v.participation_id
           join people p on p.id = t.person_id
           join people b on b.id = v.offered_by
           join groups f on f.program_id = $1 and f.id = v.from_group_id
           join groups g on g.program_id = $1 and g.id = v.to_group_id
           where v.program_id = $1 and v.id between coalesce($2, '00000000-0000-0000-0000-000000000000'::uuid) and coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid) and ($3::uuid is null or v.participation_id = $3)
           order by v.offered_at desc, v.id desc limit 200"#,
        program_id as ProgramId,
        id as Option<MoveId>,
        to as Option<ParticipationId>
    )
    .fetch_all(db)
    .await?)
}

/// The newest offers of a program, newest first.
pub(crate) async fn all_of(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Offer>> {
    list(db, program_id, None, None).await
}

/// `None` when the program has no such offer.
pub(crate) async fn find(db: &mut PgConnection, program_id: ProgramId, id: MoveId) -> Result<Option<Offer>> {
    Ok(list(db, program_id, Some(id), None).await?.pop())
}

/// What somebody was offered last.
pub(crate) async fn latest_of(
    db: &mut PgConnection,
    program_id: ProgramId,
    to: ParticipationId,
) -> Result<Option<Offer>> {
    Ok(list(db, program_id, None, Some(to)).await?.into_iter().next())
}

/// What letters say of the program, and the addresses of two people in it.
#[derive(Debug)]
pub(super) struct LetterFacts {
    pub(super) program: String,
    pub(super) institution: String,
    pub(super) time_zone: String,
    pub(super) email: String,
    pub(super) by_email: String,
    pub(super) is_running: bool,
}

/// The addresses are those of the person who is offered a place, and of who offers it.
pub(super) async fn letter_facts(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: MoveId,
) -> Result<Option<LetterFacts>> {
    Ok(sqlx::query_as!(
        LetterFacts,
        r#"select r.name as program, r.institution, r.time_zone, p.email, b.email as by_email,
                  (r.state in ('active', 'closing')) as "is_running!"
           from moves v
           join programs r on r.id = v.program_id
           join participations t on t.program_id = $1 and t.id = v.participation_id
           join people p on p.id = t.person_id
           join people b on b.id = v.offered_by
           where v.program_id = $1 and v.id = $2"#,
        program_id as ProgramId,
        id as MoveId
    )
    .fetch_optional(db)
    .await?)
}

/// What was written with an offer, for the one who is offered the place.
pub(crate) async fn line_to(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: MoveId,
    to: ParticipationId,
) -> Result<String> {
    Ok(sqlx::query_scalar!(
        "select line from moves where program_id = $1 and id = $2 and participation_id = $3",
        program_id as ProgramId,
        id as MoveId,
        to as ParticipationId
    )
    .fetch_optional(db)
    .await?
    .unwrap_or_default())
}
