//! Reads facts. This slice writes nothing. Each function is one statement, whatever the number of
//! programs and groups.
mod groups;
mod whole;

pub use groups::groups;

use super::model::{Asked, PersonFacts, ProgramFacts};
use crate::access::{ParticipationState, ProgramState};
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, ProgramId},
    local_time::day_in,
};
use crate::features::approvals::RequestState;
use sqlx::PgConnection;
use std::collections::HashMap;

/// Which groups are meant: those of these programs, or of them only some.
#[derive(Debug, Clone, Copy)]
pub struct Which<'a> {
    pub programs: &'a [ProgramId],
    pub groups: Option<&'a [GroupId]>,
}

/// Programs with their people and groups, by start, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn programs(db: &mut PgConnection, ids: &[ProgramId]) -> Result<Vec<ProgramFacts>> {
    let rows = sqlx::query!(
        r#"select id as "id: ProgramId", name, state as "state: ProgramState", time_zone, starts_on, ends_on, rhythm_days,
                  group_min, approval_required,
                  (created_at at time zone time_zone)::date as "created_on!",
                  (opened_at at time zone time_zone)::date as opened_on
           from programs where id = any($1) order by starts_on desc, id"#,
        ids as &[ProgramId]
    )
    .fetch_all(&mut *db)
    .await?;
    let mut programs: Vec<ProgramFacts> = rows
        .into_iter()
        .map(|row| ProgramFacts {
            id: row.id,
            name: row.name,
            state: row.state,
            time_zone: row.time_zone,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            rhythm_days: i64::from(row.rhythm_days),
            group_min: usize::try_from(row.group_min).unwrap_or(0),
            approval_required: row.approval_required,
            created_on: row.created_on,
            opened_on: row.opened_on,
            people: Vec::new(),
            groups: Vec::new(),
        })
        .collect();
    let people = people(db, ids, &programs).await?;
    let groups = groups(db, Which { programs: ids, groups: None }).await?;
    for (program_id, person) in people {
        if let Some(program) = programs.iter_mut().find(|program| program.id == program_id) {
            program.people.push(person);
        }
    }
    for group in groups {
        if let Some(program) = programs.iter_mut().find(|program| program.id == group.program_id) {
            program.groups.push(group);
        }
    }
    Ok(programs)
}

/// Everyone who ever took part, by name, with the newest question to their supervisor.
async fn people(
    db: &mut PgConnection,
    ids: &[ProgramId],
    programs: &[ProgramFacts],
) -> Result<Vec<(ProgramId, PersonFacts)>> {
    let rows = sqlx::query!(
        r#"select t.program_id as "program_id: ProgramId", t.id as "id: ParticipationId", p.name, t.state as "state: ParticipationState", t.invited_at,
                  t.joined_at,
                  coalesce(m.placed, false) as "placed!",
                  y.backed_until as "backed_until?",
                  r.state as "asked_state?: RequestState", r.asked_at as "asked_at?", r.decided_at as "decided_at?"
           from participations t
           join people p on p.id = t.person_id
           -- Not `exists` among the columns: where many people are expected, that reads the whole table into a hash.
           left join lateral (
               select true as placed from memberships m
               where m.program_id = t.program_id and m.participation_id = t.id and m.left_on is null
               limit 1
           ) m on true
           left join lateral (
               select max(case r.state when 'approved' then r.valid_until
                               else least(r.valid_until, r.revoked_from - 1) end) as backed_until
               from approval_requests r
               where r.program_id = t.program_id and r.participation_id = t.id
                 and r.purpose in ('join', 'reconfirm') and r.state in ('approved', 'revoked')
           ) y on true
           left join lateral (
               select r.state, r.asked_at, r.decided_at
               from approval_requests r
               where r.program_id = t.program_id and r.participation_id = t.id and r.purpose in ('join', 'reconfirm')
               order by r.asked_at desc, r.id desc
               limit 1
           ) r on true
           where t.program_id = any($1)
           order by t.program_id, p.name, t.id"#,
        ids as &[ProgramId]
    )
    .fetch_all(db)
    .await?;
    let zones: HashMap<ProgramId, &str> = programs.iter().map(|one| (one.id, one.time_zone.as_str())).collect();
    Ok(rows
        .into_iter()
        .map(|row| {
            let zone = zones.get(&row.program_id).copied().unwrap_or("UTC");
            let decided_on = row.decided_at.map(|at| day_in(zone, at));
            let asked = row.asked_state.zip(row.asked_at);
            let asked = asked.map(|(state, at)| Asked { state, on: day_in(zone, at), decided_on });
            let person = PersonFacts {
                id: row.id,
                name: row.name,
                state: row.state,
                invited_on: day_in(zone, row.invited_at),
                joined_on: row.joined_at.map(|at| day_in(zone, at)),
                placed: row.placed,
                backed_until: row.backed_until,
                asked,
            };
            (row.program_id, person)
        })
        .collect())
}
