//! What stands in a person's calendar. The program is found by way of their own participations.
use crate::base::{
    error::Result,
    ids::{FieldTripId, GroupId, MeetingId, ParticipationId, PersonId, ProgramId},
};
use crate::features::field_trips::TripKind;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime, Time};

/// A place in a group that the person has now.
#[expect(clippy::struct_field_names, reason = "it is where to look")]
#[derive(Debug)]
pub(super) struct Place {
    pub(super) program_id: ProgramId,
    pub(super) group_id: GroupId,
    pub(super) participation_id: ParticipationId,
}

/// Where the person belongs now, in programs that were launched and have not ended.
pub(super) async fn places(db: &mut PgConnection, person: PersonId) -> Result<Vec<Place>> {
    Ok(sqlx::query_as!(
        Place,
        r#"select t.program_id as "program_id: ProgramId", m.group_id as "group_id: GroupId",
                  t.id as "participation_id: ParticipationId"
           from person_programs l
           join programs p on p.id = l.program_id and p.state in ('active', 'closing')
           join participations t on t.program_id = l.program_id and t.person_id = l.person_id
           join memberships m on m.program_id = t.program_id and m.participation_id = t.id
                and m.joined_on is not null and m.left_on is null
           where l.person_id = $1 and t.state in ('joined', 'on_hold')
           order by t.program_id, m.group_id"#,
        person as PersonId
    )
    .fetch_all(db)
    .await?)
}

/// A meeting as a calendar shows it.
#[derive(Debug)]
pub(super) struct Meeting {
    pub(super) id: MeetingId,
    pub(super) program_id: ProgramId,
    pub(super) group_id: GroupId,
    pub(super) program_name: String,
    pub(super) starts_at: OffsetDateTime,
    pub(super) ends_at: OffsetDateTime,
    pub(super) sequence: i32,
    pub(super) created_at: OffsetDateTime,
    pub(super) is_cancelled: bool,
}

/// The meetings of these groups since an instant; those that were missed are not there.
pub(super) async fn meetings(db: &mut PgConnection, places: &[Place], since: OffsetDateTime) -> Result<Vec<Meeting>> {
    let programs: Vec<ProgramId> = places.iter().map(|place| place.program_id).collect();
    let groups: Vec<GroupId> = places.iter().map(|place| place.group_id).collect();
    Ok(sqlx::query_as!(
        Meeting,
        r#"select m.id as "id: MeetingId", m.program_id as "program_id: ProgramId", m.group_id as "group_id: GroupId",
                  p.name as program_name, m.starts_at, m.ends_at, m.sequence, m.created_at,
                  m.state = 'cancelled' as "is_cancelled!"
           from meetings m join programs p on p.id = m.program_id
           where m.program_id = any($1) and m.group_id = any($2) and m.starts_at >= $3 and m.state <> 'not_held'
           order by m.starts_at, m.id
           limit 500"#,
        &programs as &[ProgramId],
        &groups as &[GroupId],
        since
    )
    .fetch_all(db)
    .await?)
}

/// A field trip as a calendar shows it.
#[derive(Debug)]
pub(super) struct Trip {
    pub(super) id: FieldTripId,
    pub(super) program_id: ProgramId,
    pub(super) group_id: GroupId,
    pub(super) program_name: String,
    pub(super) time_zone: String,
    pub(super) kind: TripKind,
    pub(super) on_date: Date,
    pub(super) starts_time: Option<Time>,
    pub(super) created_at: OffsetDateTime,
}

/// The trips on which the person goes, observes or is observed, since a day; postponed and cancelled ones are not there.
pub(super) async fn trips(db: &mut PgConnection, places: &[Place], since: Date) -> Result<Vec<Trip>> {
    let programs: Vec<ProgramId> = places.iter().map(|place| place.program_id).collect();
    let groups: Vec<GroupId> = places.iter().map(|place| place.group_id).collect();
    let parts: Vec<ParticipationId> = places.iter().map(|place| place.participation_id).collect();
    Ok(sqlx::query_as!(
        Trip,
        r#"select f.id as "id: FieldTripId", f.program_id as "program_id: ProgramId", f.group_id as "group_id: GroupId",
                  p.name as program_name, g.home_time_zone as time_zone, f.kind as "kind: TripKind", f.on_date, f.starts_time, f.created_at
           from field_trips f
           join programs p on p.id = f.program_id
           join groups g on g.program_id = f.program_id and g.id = f.group_id
           where f.program_id = any($1) and f.group_id = any($2) and f.on_date >= $4
             and f.state in ('planned', 'confirmed', 'completed', 'reported')
             and (f.observer_id = any($3) or f.observed_id = any($3)
                  or exists (select from trip_goers o
                             where o.program_id = f.program_id and o.trip_id = f.id and o.participation_id = any($3)))
           order by f.on_date, f.id
           limit 200"#,
        &programs as &[ProgramId],
        &groups as &[GroupId],
        &parts as &[ParticipationId],
        since
    )
    .fetch_all(db)
    .await?)
}
