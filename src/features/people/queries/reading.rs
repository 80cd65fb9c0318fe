//! Who takes part, for the list and for letters.
use super::super::model::{Approval, Tally};
use crate::access::{ParticipationState, ProgramState};
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, PersonId, ProgramId},
};
use crate::features::approvals::RequestState;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// One person of a program, with the latest request to their supervisor and their group.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) id: ParticipationId,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) state: ParticipationState,
    pub(crate) invited_at: OffsetDateTime,
    pub(crate) joined_at: Option<OffsetDateTime>,
    pub(crate) title: String,
    pub(crate) department: String,
    pub(crate) site: String,
    pub(crate) supervisor_name: String,
    pub(crate) answer: Option<RequestState>,
    pub(crate) asked_at: Option<OffsetDateTime>,
    pub(crate) talk_first_at: Option<OffsetDateTime>,
    pub(crate) decided_at: Option<OffsetDateTime>,
    pub(crate) revoked_from: Option<Date>,
    pub(crate) reconsider_from: Option<Date>,
    pub(crate) expires_at: Option<OffsetDateTime>,
    /// What was promised with that request.
    pub(crate) pledges: i64,
    /// Of the newest email that asks: how it ended, and when it is due (again).
    pub(crate) email_outcome: Option<String>,
    pub(crate) email_error: Option<String>,
    pub(crate) email_due_at: Option<OffsetDateTime>,
    pub(crate) group_id: Option<GroupId>,
    pub(crate) group_name: Option<String>,
    /// In the group since its launch; otherwise only planned.
    pub(crate) placed: bool,
}

/// People by name, those after one of them, at most `most`; with `search` (folded), those whose
/// name or address holds it; or one of them alone.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn list(
    db: &mut PgConnection,
    program_id: ProgramId,
    after: Option<ParticipationId>,
    (search, only): (&str, Option<ParticipationId>),
    most: i64,
) -> Result<Vec<Listed>> {
    Ok(sqlx::query_as!(
        Listed,
        r#"select t.id as "id: ParticipationId", p.name, p.email, t.state as "state: ParticipationState", t.invited_at,
                  t.joined_at, t.title, t.department, t.site, t.supervisor_name, r.state as "answer?: RequestState", r.asked_at as "asked_at?",
                  r.talk_first_at, r.decided_at, r.revoked_from, r.reconsider_from, r.expires_at as "expires_at?",
                  (select count(*) from pledges k where k.program_id = $1 and k.request_id = r.id) as "pledges!",
                  o.outcome as email_outcome, o.last_error as email_error, o.due_at as "email_due_at?", g.id as "group_id?: GroupId",
                  g.name as "group_name?", (m.joined_on is not null) as "placed!"
           from participations t
           join people p on p.id = t.person_id
           left join lateral (select a.id, a.state, a.asked_at, a.talk_first_at, a.decided_at, a.revoked_from,
                                     a.reconsider_from, a.expires_at
                              from approval_requests a
                              where a.program_id = $1 and a.participation_id = t.id and a.purpose <> 'trip'
                              order by a.asked_at desc, a.id desc limit 1) r on true
           left join lateral (select e.outcome, e.last_error, e.due_at from outbox e
                              where e.about_id = r.id and e.kind = 'ask_supervisor' order by e.id desc limit 1) o on true
           left join memberships m on m.program_id = $1 and m.participation_id = t.id and m.left_on is null
           left join groups g on g.program_id = $1 and g.id = m.group_id
           where t.program_id = $1 and t.id = coalesce($5, t.id)
             and ($2::uuid is null
                  or (t.sort_name, t.id) > (select u.sort_name, u.id from participations u where u.program_id = $1 and u.id = $2))
             and ($4 = '' or strpos(t.sort_name, $4) > 0 or strpos(p.email_folded, $4) > 0)
           order by t.sort_name, t.id limit $3"#,
        program_id as ProgramId,
        after as Option<ParticipationId>,
        most,
        search,
        only as Option<ParticipationId>
    )
    .fetch_all(db)
    .await?)
}

impl Listed {
    /// The latest request to their supervisor.
    pub(crate) fn approval(&self) -> Option<Approval> {
        Some(Approval {
            state: self.answer?,
            asked_at: self.asked_at?,
            talk_first_at: self.talk_first_at,
            decided_at: self.decided_at,
            revoked_from: self.revoked_from,
            reconsider_from: self.reconsider_from,
            expires_at: self.expires_at?,
        })
    }
}

/// What is said over the list.
pub(crate) struct Counts {
    pub(crate) approval_required: bool,
    /// How many people are in each state, at most [`Tally::MOST`] and one.
    pub(crate) tallies: Vec<Tally>,
    /// People who ask to join.
    pub(crate) asks: i64,
    /// Proposals that somebody no longer takes part.
    pub(crate) removals: i64,
}

/// How many people there are, and what waits for a coordinator beside the list.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn counts(db: &mut PgConnection, program_id: ProgramId) -> Result<Counts> {
    let states = ParticipationState::ALL;
    let row = sqlx::query!(
        r#"select p.approval_required,
                  array(select row(s.state, (select count(*) from (select from participations t
                                                                   where t.program_id = $1 and t.state = s.state
                                                                   order by t.id limit $3) c))
                        from unnest($2::text[]) s (state)) as "tallies!: Vec<(ParticipationState, i64)>",
                  (select count(*) from join_asks a where a.program_id = $1 and a.state = 'pending') as "asks!",
                  (select count(*) from removals r where r.program_id = $1 and r.state = 'proposed') as "removals!"
           from programs p where p.id = $1"#,
        program_id as ProgramId,
        &states as &[ParticipationState],
        i64::try_from(Tally::MOST).unwrap_or(i64::MAX).saturating_add(1)
    )
    .fetch_one(db)
    .await?;
    let tally = |(state, people): (ParticipationState, i64)| Tally {
        state,
        people: usize::try_from(people).unwrap_or_default(),
    };
    Ok(Counts {
        approval_required: row.approval_required,
        tallies: row.tallies.into_iter().map(tally).collect(),
        asks: row.asks,
        removals: row.removals,
    })
}

/// Whether supervisors have to agree, and how many people are invited and have not joined.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn waiting(db: &mut PgConnection, program_id: ProgramId) -> Result<(bool, usize)> {
    let row = sqlx::query!(
        r#"select p.approval_required,
                  (select count(*) from participations t where t.program_id = $1 and t.state = 'invited') as "invited!"
           from programs p where p.id = $1"#,
        program_id as ProgramId
    )
    .fetch_one(db)
    .await?;
    Ok((row.approval_required, usize::try_from(row.invited).unwrap_or_default()))
}

/// Somebody of a program, by name.
#[derive(Debug)]
pub(crate) struct Someone {
    pub(crate) person_id: PersonId,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) state: ParticipationState,
}

/// The person with this part in the program.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn find(db: &mut PgConnection, program_id: ProgramId, id: ParticipationId) -> Result<Option<Someone>> {
    Ok(sqlx::query_as!(
        Someone,
        r#"select p.id as "person_id: PersonId", p.name, p.email, t.state as "state: ParticipationState"
           from participations t join people p on p.id = t.person_id
           where t.program_id = $1 and t.id = $2"#,
        program_id as ProgramId,
        id as ParticipationId
    )
    .fetch_optional(db)
    .await?)
}

/// What an invitation says.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) person_id: PersonId,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) state: ParticipationState,
    pub(crate) program_name: String,
    pub(crate) program_state: ProgramState,
    pub(crate) institution: String,
    pub(crate) theme: String,
    pub(crate) purpose: String,
    pub(crate) starts_on: Date,
    pub(crate) ends_on: Date,
    pub(crate) rhythm_days: i32,
    pub(crate) hours_month: i32,
    pub(crate) work_time: bool,
    pub(crate) trip_days: i32,
    pub(crate) approval_required: bool,
    /// Who invites, and gets the replies.
    pub(crate) by_name: String,
    pub(crate) by_email: String,
}

/// What is true of an invited person and their program now; `None` when one of them is gone.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn facts(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ParticipationId,
    by: PersonId,
) -> Result<Option<Facts>> {
    Ok(sqlx::query_as!(
        Facts,
        r#"select w.id as "person_id: PersonId", w.name, w.email, t.state as "state: ParticipationState",
                  p.name as program_name, p.state as "program_state: ProgramState", p.institution, p.theme, p.purpose,
                  p.starts_on, p.ends_on, p.rhythm_days, p.hours_month, p.work_time, p.trip_days, p.approval_required,
                  b.name as by_name, b.email as by_email
           from participations t
           join programs p on p.id = t.program_id
           join people w on w.id = t.person_id
           join people b on b.id = $3
           where t.program_id = $1 and t.id = $2"#,
        program_id as ProgramId,
        id as ParticipationId,
        by as PersonId
    )
    .fetch_optional(db)
    .await?)
}
