//! Which trips are near a day on which something is sent, and to whom. No tables.
use super::model::{Facts, Step};
use crate::base::{
    error::Result,
    ids::{FieldTripId, GroupId, ParticipationId, PersonId, ProgramId},
};
use crate::features::field_trips::{TripKind, TripState};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// A reminder that nobody planned yet, and its reader's zone.
#[derive(Debug)]
pub(super) struct Unplanned {
    pub(super) program_id: ProgramId,
    pub(super) trip_id: FieldTripId,
    pub(super) to: ParticipationId,
    pub(super) step: Step,
    pub(super) today: Date,
    pub(super) time_zone: String,
    pub(super) facts: Facts,
}

/// Reminders about the trips of some programs that may be due, each to one open member whom it concerns: the two of an
/// observation, those who go on any other trip. Without those that were planned before.
pub(super) async fn unplanned(
    db: &mut PgConnection,
    programs: &[ProgramId],
    now: OffsetDateTime,
) -> Result<Vec<Unplanned>> {
    let rows = sqlx::query!(
        r#"select f.program_id as "program_id: ProgramId", f.id as "trip_id: FieldTripId", f.kind as "kind: TripKind",
                  f.state as "state: TripState", f.on_date, f.pre_met_on is not null as "has_pre_met!",
                  f.debriefed_on is not null as "is_debriefed!",
                  t.id as "to: ParticipationId", p.time_zone, s.step as "step!: Step",
                  ($2::timestamptz at time zone z.time_zone)::date as "today!"
           from programs z
           join field_trips f on f.program_id = z.id
                and f.on_date between ($2::timestamptz at time zone z.time_zone)::date - 40
                                  and ($2::timestamptz at time zone z.time_zone)::date + 7
                and f.state in ('confirmed', 'completed', 'reported')
           join memberships m on m.program_id = f.program_id and m.group_id = f.group_id and m.joined_on is not null
                and m.left_on is null
           join participations t on t.program_id = m.program_id and t.id = m.participation_id and t.state = 'joined'
           join people p on p.id = t.person_id
           cross join (values ('pre_meeting'), ('debrief'), ('report')) s (step)
           where z.id = any($1) and f.program_id = any($1)
             and case when f.kind = 'observation' then t.id in (f.observer_id, f.observed_id)
                      else s.step = 'report' and exists (select from trip_goers w
                                                         where w.program_id = f.program_id and w.trip_id = f.id
                                                           and w.participation_id = t.id) end
             -- The days and states of `model::is_due`, so that what is never due takes no room below.
             and case s.step
                     when 'pre_meeting' then f.state = 'confirmed' and f.pre_met_on is null
                          and f.on_date > ($2::timestamptz at time zone z.time_zone)::date
                     when 'debrief' then f.debriefed_on is null
                          and f.on_date between ($2::timestamptz at time zone z.time_zone)::date - 14
                                            and ($2::timestamptz at time zone z.time_zone)::date - 3
                     else f.state in ('confirmed', 'completed')
                          and f.on_date <= ($2::timestamptz at time zone z.time_zone)::date - 10 end
             and not exists (select from outbox o
                             where o.idempotency_key = 'trip_reminder:' || s.step || ':' || f.id || ':' || t.id || ':' || f.on_date)
           order by f.program_id, f.on_date, f.id, s.step, t.id limit 2000"#,
        programs as &[ProgramId],
        now
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Unplanned {
            program_id: row.program_id,
            trip_id: row.trip_id,
            to: row.to,
            step: row.step,
            today: row.today,
            time_zone: row.time_zone,
            facts: Facts {
                kind: row.kind,
                state: row.state,
                on_date: row.on_date,
                has_pre_met: row.has_pre_met,
                is_debriefed: row.is_debriefed,
            },
        })
        .collect())
}

/// What a reminder says to one reader: facts and names, nothing that was written.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) group_id: GroupId,
    pub(super) facts: Facts,
    /// In the program's zone.
    pub(super) today: Date,
    pub(super) person_id: PersonId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) time_zone: String,
    /// The other of the two of an observation.
    pub(super) other: Option<String>,
    pub(super) group: String,
    pub(super) institution: String,
}

/// The trip for one reader, as long as they belong to its group and it concerns them.
pub(super) async fn reading(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, FieldTripId),
    to: ParticipationId,
    now: OffsetDateTime,
) -> Result<Option<Reading>> {
    let row = sqlx::query!(
        r#"select f.group_id as "group_id: GroupId", f.kind as "kind: TripKind", f.state as "state: TripState", f.on_date,
                  f.pre_met_on is not null as "has_pre_met!",
                  f.debriefed_on is not null as "is_debriefed!", p.id as "person_id: PersonId", p.name, p.email, p.time_zone,
                  o.name as "other?", g.name as group, z.institution,
                  ($4::timestamptz at time zone z.time_zone)::date as "today!"
           from field_trips f
           join programs z on z.id = f.program_id and z.state in ('active', 'closing')
           join groups g on g.program_id = f.program_id and g.id = f.group_id
           join memberships m on m.program_id = f.program_id and m.group_id = f.group_id and m.participation_id = $3
                and m.joined_on is not null and m.left_on is null
           join participations t on t.program_id = m.program_id and t.id = m.participation_id and t.state = 'joined'
           join people p on p.id = t.person_id
           left join participations ot on ot.program_id = f.program_id
                and ot.id = case when f.observer_id = $3 then f.observed_id else f.observer_id end
           left join people o on o.id = ot.person_id
           where f.program_id = $1 and f.id = $2
             and (f.observed_id = $3 or exists (select from trip_goers w
                                                where w.program_id = $1 and w.trip_id = $2 and w.participation_id = $3))"#,
        program_id as ProgramId,
        id as FieldTripId,
        to as ParticipationId,
        now
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Reading {
        group_id: row.group_id,
        facts: Facts {
            kind: row.kind,
            state: row.state,
            on_date: row.on_date,
            has_pre_met: row.has_pre_met,
            is_debriefed: row.is_debriefed,
        },
        today: row.today,
        person_id: row.person_id,
        name: row.name,
        email: row.email,
        time_zone: row.time_zone,
        other: row.other,
        group: row.group,
        institution: row.institution,
    }))
}
