//! Every statement that writes `pulses`, `pulse_invitations` and `pulse_answers`.
use super::model::{Answer, NewPulse, Pulse, PulseKind};
use crate::access::{ParticipationState, ProgramState};
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId, PulseId, PulseInvitationId},
    local_time,
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// The pulses of a program, the newest first: at most two.
pub(super) async fn all(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Pulse>> {
    Ok(sqlx::query_as!(
        Pulse,
        r#"select id as "id: PulseId", kind as "kind: PulseKind", opened_at, last_day, fewest, invited, closed_at
           from pulses where program_id = $1 order by opened_at desc, id desc"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// One pulse, held until the transaction ends: answers come one after the other, and before closing or after it.
pub(super) async fn lock(db: &mut PgConnection, program_id: ProgramId, id: PulseId) -> Result<Option<Pulse>> {
    Ok(sqlx::query_as!(
        Pulse,
        r#"select id as "id: PulseId", kind as "kind: PulseKind", opened_at, last_day, fewest, invited, closed_at
           from pulses where program_id = $1 and id = $2 for update"#,
        program_id as ProgramId,
        id as PulseId
    )
    .fetch_optional(db)
    .await?)
}

/// What a program sets as the smallest number of answers that is ever shown.
pub(super) async fn smallest_shown(db: &mut PgConnection, program_id: ProgramId) -> Result<i32> {
    Ok(sqlx::query_scalar!("select smallest_shown from programs where id = $1", program_id as ProgramId)
        .fetch_one(db)
        .await?)
}

/// Opens a pulse; `false` when there is one of its kind, or one that is open.
pub(super) async fn insert(db: &mut PgConnection, new: &NewPulse, now: OffsetDateTime) -> Result<bool> {
    let done = sqlx::query!(
        "insert into pulses (program_id, id, kind, opened_at, last_day, fewest, invited)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
        new.program_id as ProgramId,
        new.id as PulseId,
        new.kind as PulseKind,
        now,
        new.last_day,
        new.fewest,
        new.invited
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Somebody who takes part in a group now.
#[derive(Debug)]
pub(super) struct ToInvite {
    pub(super) participation_id: ParticipationId,
    pub(super) time_zone: String,
}

/// The open members of all groups: who is on hold gets no email, and who has no group has nothing to say yet.
pub(super) async fn to_invite(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<ToInvite>> {
    Ok(sqlx::query_as!(
        ToInvite,
        r#"select t.id as "participation_id: ParticipationId", p.time_zone
           from memberships m
           join participations t on t.program_id = m.program_id and t.id = m.participation_id and t.state = 'joined'
           join people p on p.id = t.person_id
           where m.program_id = $1 and m.joined_on is not null and m.left_on is null
           order by t.id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// Remembers who is invited, under one id each.
pub(super) async fn insert_invitations(
    db: &mut PgConnection,
    program_id: ProgramId,
    pulse_id: PulseId,
    invited: &[(PulseInvitationId, ParticipationId)],
) -> Result<()> {
    let (ids, people): (Vec<PulseInvitationId>, Vec<ParticipationId>) = invited.iter().copied().unzip();
    sqlx::query!(
        "insert into pulse_invitations (program_id, id, pulse_id, participation_id)
         select $1, new.id, $2, new.who from unnest($3::uuid[], $4::uuid[]) as new (id, who)",
        program_id as ProgramId,
        pulse_id as PulseId,
        &ids as &[PulseInvitationId],
        &people as &[ParticipationId]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Which invitation to read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which {
    One(PulseInvitationId),
    /// Of the pulse that is open.
    Of(ParticipationId),
}

/// An invitation, with what its page and its letters say.
#[derive(Debug)]
pub(super) struct Invitation {
    pub(super) id: PulseInvitationId,
    pub(super) pulse_id: PulseId,
    pub(super) last_day: Date,
    pub(super) fewest: i32,
    pub(super) closed_at: Option<OffsetDateTime>,
    pub(super) answered: bool,
    pub(super) program_id: ProgramId,
    pub(super) program: String,
    pub(super) institution: String,
    pub(super) program_state: ProgramState,
    /// The program's.
    pub(super) zone: String,
    pub(super) name: String,
    pub(super) email: String,
    /// The person's own.
    pub(super) own_zone: String,
    pub(super) state: ParticipationState,
}

impl Invitation {
    /// The day itself ends it, and so does the end of the program.
    pub(super) fn takes_answers(&self, now: OffsetDateTime) -> bool {
        self.closed_at.is_none()
            && self.program_state.is_running()
            && local_time::day_in(&self.zone, now) <= self.last_day
    }
}

pub(super) async fn invitation(
    db: &mut PgConnection,
    program_id: ProgramId,
    which: Which,
) -> Result<Option<Invitation>> {
    let (id, of) = match which {
        Which::One(id) => (Some(id), None),
        Which::Of(participation_id) => (None, Some(participation_id)),
    };
    Ok(sqlx::query_as!(
        Invitation,
        r#"select i.id as "id: PulseInvitationId", i.pulse_id as "pulse_id: PulseId", u.last_day, u.fewest, u.closed_at, i.answered, o.id as "program_id: ProgramId", o.name as program,
                  o.institution, o.state as "program_state: ProgramState", o.time_zone as zone, p.name, p.email,
                  p.time_zone as own_zone, t.state as "state: ParticipationState"
           from pulse_invitations i
           join pulses u on u.program_id = $1 and u.id = i.pulse_id
           join programs o on o.id = $1
           join participations t on t.program_id = $1 and t.id = i.participation_id
           join people p on p.id = t.person_id
           where i.program_id = $1 and (i.id = $2 or (i.participation_id = $3 and u.closed_at is null))"#,
        program_id as ProgramId,
        id as Option<PulseInvitationId>,
        of as Option<ParticipationId>
    )
    .fetch_optional(db)
    .await?)
}

/// Marks an invitation as answered; `false` when it was before.
pub(super) async fn mark(db: &mut PgConnection, program_id: ProgramId, id: PulseInvitationId) -> Result<bool> {
    let done = sqlx::query!(
        "update pulse_invitations set answered = true where program_id = $1 and id = $2 and not answered",
        program_id as ProgramId,
        id as PulseInvitationId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes the answers of a pulse anew, with one more if one is given, in random order and under new ids, so that
/// nothing about a row tells when it came.
pub(super) async fn shuffle(
    db: &mut PgConnection,
    program_id: ProgramId,
    pulse_id: PulseId,
    one_more: Option<&Answer>,
) -> Result<()> {
    sqlx::query!(
        "with taken as (delete from pulse_answers where program_id = $1 and pulse_id = $2
                        returning worth, safe, recommend, line),
              together as (select worth, safe, recommend, line from taken
                           union all select $3::int, $4::int, $5::int, $6::text where $3::int is not null)
         insert into pulse_answers (program_id, pulse_id, id, worth, safe, recommend, line)
         select $1, $2, gen_random_uuid(), worth, safe, recommend, line from together order by gen_random_uuid()",
        program_id as ProgramId,
        pulse_id as PulseId,
        one_more.map(|answer| answer.worth),
        one_more.map(|answer| answer.safe),
        one_more.map(|answer| answer.recommend),
        one_more.map(|answer| answer.line.as_str())
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes the invitations of a pulse anew without marks, in random order: changed in their places, those that were
/// answered would stand behind the others, in the order of their answers.
pub(super) async fn forget_marks(db: &mut PgConnection, program_id: ProgramId, pulse_id: PulseId) -> Result<()> {
    sqlx::query!(
        "with taken as (delete from pulse_invitations where program_id = $1 and pulse_id = $2
                        returning id, participation_id)
         insert into pulse_invitations (program_id, id, pulse_id, participation_id)
         select $1, id, $2, participation_id from taken order by gen_random_uuid()",
        program_id as ProgramId,
        pulse_id as PulseId
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn close(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: PulseId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update pulses set closed_at = $3 where program_id = $1 and id = $2 and closed_at is null",
        program_id as ProgramId,
        id as PulseId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who was invited to a pulse and is not erased.
pub(super) async fn invitations(
    db: &mut PgConnection,
    program_id: ProgramId,
    pulse_id: PulseId,
) -> Result<Vec<PulseInvitationId>> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: PulseInvitationId" from pulse_invitations where program_id = $1 and pulse_id = $2
           order by id"#,
        program_id as ProgramId,
        pulse_id as PulseId
    )
    .fetch_all(db)
    .await?)
}

/// How many have answered. Only [`so_far`](super::model::so_far) says what of it is told.
pub(super) async fn count_answers(db: &mut PgConnection, program_id: ProgramId, pulse_id: PulseId) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "n!" from pulse_answers where program_id = $1 and pulse_id = $2"#,
        program_id as ProgramId,
        pulse_id as PulseId
    )
    .fetch_one(db)
    .await?)
}

/// The answers to a closed pulse; none while it is open, whoever asks.
pub(super) async fn answers(db: &mut PgConnection, program_id: ProgramId, pulse_id: PulseId) -> Result<Vec<Answer>> {
    Ok(sqlx::query_as!(
        Answer,
        "select a.worth, a.safe, a.recommend, a.line
         from pulse_answers a
         join pulses u on u.program_id = a.program_id and u.id = a.pulse_id and u.closed_at is not null
         where a.program_id = $1 and a.pulse_id = $2 order by a.id",
        program_id as ProgramId,
        pulse_id as PulseId
    )
    .fetch_all(db)
    .await?)
}

/// A program that may have an open pulse.
#[derive(Debug)]
pub(super) struct Launched {
    pub(super) id: ProgramId,
    pub(super) zone: String,
    pub(super) state: ProgramState,
}

/// Programs that were launched, by id: a page of them. With those that have ended: their pulses close with them.
pub(super) async fn launched_after(db: &mut PgConnection, after: Option<ProgramId>) -> Result<Vec<Launched>> {
    Ok(sqlx::query_as!(
        Launched,
        r#"select id as "id: ProgramId", time_zone as zone, state as "state: ProgramState" from programs
           where launched_on is not null and id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid) order by id limit 200"#,
        after as Option<ProgramId>
    )
    .fetch_all(db)
    .await?)
}

/// The pulses that are open in these programs.
pub(super) async fn open_in(db: &mut PgConnection, programs: &[ProgramId]) -> Result<Vec<(ProgramId, PulseId, Date)>> {
    let rows = sqlx::query!(
        r#"select program_id as "program_id: ProgramId", id as "id: PulseId", last_day from pulses
           where program_id = any($1) and closed_at is null order by program_id"#,
        programs as &[ProgramId]
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.program_id, row.id, row.last_day)).collect())
}
