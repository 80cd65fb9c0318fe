//! Every statement that writes `removals`, and what leaving and removing read.
use super::model::RemovalState;
use crate::access::ParticipationState;
use crate::base::{
    error::Result,
    ids::{ParticipationId, PersonId, ProgramId, RemovalId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Whether somebody has named a product of their own.
pub(super) async fn has_product(db: &mut PgConnection, program_id: ProgramId, of: ParticipationId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from products where program_id = $1 and owner_id = $2) as "exists!""#,
        program_id as ProgramId,
        of as ParticipationId
    )
    .fetch_one(db)
    .await?)
}

/// Somebody of the program.
#[derive(Debug)]
pub(super) struct Someone {
    pub(super) person_id: PersonId,
    pub(super) name: String,
    pub(super) state: ParticipationState,
    pub(super) group_name: Option<String>,
}

/// `None` when nobody of the program has this part.
pub(super) async fn someone(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ParticipationId,
) -> Result<Option<Someone>> {
    Ok(sqlx::query_as!(
        Someone,
        r#"select p.id as "person_id: PersonId", p.name, t.state as "state: ParticipationState", g.name as "group_name?"
           from participations t
           join people p on p.id = t.person_id
           left join memberships m on m.program_id = $1 and m.participation_id = t.id and m.left_on is null
           left join groups g on g.program_id = $1 and g.id = m.group_id
           where t.program_id = $1 and t.id = $2"#,
        program_id as ProgramId,
        id as ParticipationId
    )
    .fetch_optional(db)
    .await?)
}

/// Whoever may decide about a removal: coordinators and contacts, but neither whoever proposes it,
/// nor the person themselves, nor an open member of their group. By name.
#[derive(Debug)]
pub(super) struct Decider {
    pub(super) person_id: PersonId,
    pub(super) name: String,
    pub(super) email: String,
}

pub(super) async fn deciders(
    db: &mut PgConnection,
    program_id: ProgramId,
    about: ParticipationId,
    proposed_by: PersonId,
) -> Result<Vec<Decider>> {
    Ok(sqlx::query_as!(
        Decider,
        r#"select p.id as "person_id: PersonId", p.name, p.email
           from people p
           where p.id <> $3
             and (exists (select from coordinators c where c.program_id = $1 and c.person_id = p.id)
                  or exists (select from programs r
                             where r.id = $1 and (r.contact_id = p.id or r.second_contact_id is not distinct from p.id)))
             and not exists (select from participations t where t.program_id = $1 and t.id = $2 and t.person_id = p.id)
             and not exists (select from memberships m
                             join memberships o on o.program_id = $1 and o.group_id = m.group_id and o.left_on is null
                             join participations t on t.program_id = $1 and t.id = o.participation_id
                             where m.program_id = $1 and m.participation_id = $2 and m.left_on is null
                               and t.person_id = p.id)
           order by p.name, p.id"#,
        program_id as ProgramId,
        about as ParticipationId,
        proposed_by as PersonId
    )
    .fetch_all(db)
    .await?)
}

/// A removal that is proposed.
#[derive(Debug)]
pub(super) struct NewRemoval {
    pub(super) id: RemovalId,
    pub(super) program_id: ProgramId,
    pub(super) participation_id: ParticipationId,
    pub(super) reason: String,
    pub(super) by: PersonId,
}

/// `false` when one about this person is open already.
pub(super) async fn insert(db: &mut PgConnection, new: &NewRemoval, now: OffsetDateTime) -> Result<bool> {
    let done = sqlx::query!(
        "insert into removals (program_id, id, participation_id, reason, proposed_by, proposed_at, state)
         values ($1, $2, $3, $4, $5, $6, 'proposed') on conflict do nothing",
        new.program_id as ProgramId,
        new.id as RemovalId,
        new.participation_id as ParticipationId,
        new.reason,
        new.by as PersonId,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A removal, as coordinators and contacts read it.
#[derive(Debug)]
pub(super) struct Removal {
    pub(super) id: RemovalId,
    pub(super) participation_id: ParticipationId,
    pub(super) person_id: PersonId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) reason: String,
    pub(super) state: RemovalState,
    pub(super) proposed_by: PersonId,
    pub(super) proposed_by_name: String,
    pub(super) proposed_at: OffsetDateTime,
}

pub(super) async fn find(db: &mut PgConnection, program_id: ProgramId, id: RemovalId) -> Result<Option<Removal>> {
    Ok(sqlx::query_as!(
        Removal,
        r#"select r.id as "id: RemovalId", r.participation_id as "participation_id: ParticipationId",
                  p.id as "person_id: PersonId", p.name, p.email, r.reason, r.state as "state: RemovalState",
                  r.proposed_by as "proposed_by: PersonId", b.name as proposed_by_name, r.proposed_at
           from removals r
           join participations t on t.program_id = $1 and t.id = r.participation_id
           join people p on p.id = t.person_id
           join people b on b.id = r.proposed_by
           where r.program_id = $1 and r.id = $2"#,
        program_id as ProgramId,
        id as RemovalId
    )
    .fetch_optional(db)
    .await?)
}

/// Those that wait for a second person, oldest first, at most 100.
pub(super) async fn waiting(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Removal>> {
    Ok(sqlx::query_as!(
        Removal,
        r#"select r.id as "id: RemovalId", r.participation_id as "participation_id: ParticipationId",
                  p.id as "person_id: PersonId", p.name, p.email, r.reason, r.state as "state: RemovalState",
                  r.proposed_by as "proposed_by: PersonId", b.name as proposed_by_name, r.proposed_at
           from removals r
           join participations t on t.program_id = $1 and t.id = r.participation_id
           join people p on p.id = t.person_id
           join people b on b.id = r.proposed_by
           where r.program_id = $1 and r.state = 'proposed'
           order by r.proposed_at, r.id limit 100"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// The open removal of somebody.
pub(super) async fn open_of(
    db: &mut PgConnection,
    program_id: ProgramId,
    of: ParticipationId,
) -> Result<Option<RemovalId>> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: RemovalId" from removals
           where program_id = $1 and participation_id = $2 and state = 'proposed'"#,
        program_id as ProgramId,
        of as ParticipationId
    )
    .fetch_optional(db)
    .await?)
}

/// How a removal ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcome {
    pub(super) state: RemovalState,
    /// The second person, where one decided.
    pub(super) by: Option<PersonId>,
}

/// `false` when it had ended before.
pub(super) async fn end(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: RemovalId,
    outcome: Outcome,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "update removals set state = $3, decided_by = $4, ended_at = $5
         where program_id = $1 and id = $2 and state = 'proposed'",
        program_id as ProgramId,
        id as RemovalId,
        outcome.state as RemovalState,
        outcome.by as Option<PersonId>,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What letters say of the program, and whom to write to with questions.
#[derive(Debug)]
pub(super) struct ProgramFacts {
    pub(super) name: String,
    pub(super) institution: String,
    pub(super) contact_name: String,
    pub(super) contact_email: String,
}

pub(super) async fn program_facts(db: &mut PgConnection, program_id: ProgramId) -> Result<ProgramFacts> {
    Ok(sqlx::query_as!(
        ProgramFacts,
        "select r.name, r.institution, p.name as contact_name, p.email as contact_email
         from programs r join people p on p.id = r.contact_id where r.id = $1",
        program_id as ProgramId
    )
    .fetch_one(db)
    .await?)
}
