//! Reads what the members of one group may read of it. Words from before somebody joined stay
//! away from them: trips that were over, and goals that were closed.
use super::model::{Belonging, Element, Goal, Item, Meeting, Product, Trip};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{FieldTripId, GoalId, GroupId, MeetingId, ParticipationId, ProgramId},
};
use crate::features::progress::{ItemKind, figures::Share};
use crate::features::{
    field_trips::{TripKind, TripState},
    goals::GoalState,
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Everyone who belongs to a launched group or did, by name; of several stays the newest.
pub(super) async fn belonging(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
) -> Result<Vec<Belonging>> {
    Ok(sqlx::query_as!(
        Belonging,
        r#"select m.participation_id as "id: ParticipationId", p.name, max(m.joined_on) as "joined_on!"
           from memberships m
           join participations t on t.program_id = m.program_id and t.id = m.participation_id
           join people p on p.id = t.person_id
           where m.program_id = $1 and m.group_id = $2 and m.joined_on is not null
           group by m.participation_id, p.name
           order by p.name, m.participation_id"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}

/// Scheduled meetings, by time: those that are over wait for their log.
pub(super) async fn scheduled(db: &mut PgConnection, by: &GroupMember, now: OffsetDateTime) -> Result<Vec<Meeting>> {
    Ok(sqlx::query_as!(
        Meeting,
        r#"select m.id as "id: MeetingId", m.starts_local,
                  (extract(epoch from m.ends_at - m.starts_at) / 60)::int as "minutes!", m.time_zone, m.place,
                  m.facilitator_id as "facilitator?: ParticipationId", m.timekeeper_id as "timekeeper?: ParticipationId",
                  m.note_taker_id as "note_taker?: ParticipationId", (m.ends_at <= $3) as "is_over!"
           from meetings m
           where m.program_id = $1 and m.group_id = $2 and m.state = 'scheduled'
           order by m.starts_at, m.id"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        now
    )
    .fetch_all(db)
    .await?)
}

/// The agenda of one meeting, in order.
pub(super) async fn agenda(db: &mut PgConnection, program_id: ProgramId, id: MeetingId) -> Result<Vec<Item>> {
    Ok(sqlx::query_as!(
        Item,
        r#"select i.kind as "kind: ItemKind", i.title, i.planned_minutes as minutes
           from agenda_items i where i.program_id = $1 and i.meeting_id = $2 order by i.position, i.id"#,
        program_id as ProgramId,
        id as MeetingId
    )
    .fetch_all(db)
    .await?)
}

/// Goals that stand, the group's first; the reader's own drafts and the group's, nobody else's.
pub(super) async fn goals(db: &mut PgConnection, by: &GroupMember, since: Date) -> Result<Vec<Goal>> {
    Ok(sqlx::query_as!(
        Goal,
        r#"select o.id as "id: GoalId", o.owner_id as "owner?: ParticipationId", o.title, o.statement, o.target_on,
                  o.state as "state: GoalState",
                  exists (select from goal_agreements a
                          where a.program_id = $1 and a.goal_id = o.id and a.participation_id = $3)
                      as "agreed_by_me!"
           from goals o
           where o.program_id = $1 and o.group_id = $2 and o.state <> 'dropped'
             and (o.state <> 'draft' or o.owner_id is null or o.owner_id = $3)
             and (o.closed_on is null or o.closed_on >= $4)
           order by o.owner_id is not null, o.closed_on is not null, o.created_at, o.id"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        by.participation_id() as ParticipationId,
        since
    )
    .fetch_all(db)
    .await?)
}

/// What feedback may be about, and what was proposed for it.
pub(super) async fn elements(db: &mut PgConnection, program_id: ProgramId, group_id: GroupId) -> Result<Vec<Element>> {
    Ok(sqlx::query_as!(
        Element,
        r#"select e.about_id as "about: ParticipationId", e.title,
                  (e.state = 'agreed') as "is_agreed!"
           from elements e
           where e.program_id = $1 and e.group_id = $2 and e.state in ('proposed', 'agreed')
           order by e.proposed_at, e.id"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}

/// Of the agreed elements of open members, those with live feedback on or after the day they
/// were agreed.
pub(super) async fn coverage(db: &mut PgConnection, program_id: ProgramId, group_id: GroupId) -> Result<Share> {
    let row = sqlx::query!(
        r#"select count(*)::int as "all!",
                  (count(*) filter (where exists (
                      select from feedback_texts x
                      join feedback f on f.program_id = x.program_id and f.id = x.feedback_id
                      where x.program_id = $1 and x.element_id = e.id
                        and f.state in ('shared', 'answered', 'confirmed') and f.happened_on >= e.agreed_on)))::int
                      as "covered!"
           from elements e
           join memberships m on m.program_id = e.program_id and m.group_id = e.group_id
                and m.participation_id = e.about_id and m.joined_on is not null and m.left_on is null
           where e.program_id = $1 and e.group_id = $2 and e.state = 'agreed'"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_one(db)
    .await?;
    Ok(Share { num: row.covered, den: row.all })
}

/// Trips with their words, by date, newest first.
pub(super) async fn trips(db: &mut PgConnection, by: &GroupMember, since: Date) -> Result<Vec<Trip>> {
    Ok(sqlx::query_as!(
        Trip,
        r#"select f.id as "id: FieldTripId", f.kind as "kind: TripKind", f.state as "state: TripState", f.on_date,
                  f.starts_time, f.purpose, f.place, f.host_institution,
                  f.observer_id as "observer?: ParticipationId", f.observed_id as "observed?: ParticipationId",
                  f.debriefed_on
           from field_trips f
           where f.program_id = $1 and f.group_id = $2 and f.state <> 'cancelled' and f.on_date >= $3
           order by f.on_date desc, f.id"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        since
    )
    .fetch_all(db)
    .await?)
}

/// What the reader made, and what the others have shared, by when it was named.
pub(super) async fn products(db: &mut PgConnection, by: &GroupMember) -> Result<Vec<Product>> {
    Ok(sqlx::query_as!(
        Product,
        r#"select r.goal_id as "goal_id: GoalId", r.owner_id as "owner: ParticipationId", r.title
           from products r
           where r.program_id = $1 and r.group_id = $2 and (r.owner_id = $3 or r.state in ('shared', 'in_use'))
           order by r.created_at, r.id"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        by.participation_id() as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// How often each open member facilitated and took notes in held meetings, by name.
pub(super) async fn turns(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
) -> Result<Vec<super::both_ways::Turns>> {
    Ok(sqlx::query_as!(
        super::both_ways::Turns,
        r#"select b.participation_id as "member: ParticipationId",
                  (count(*) filter (where m.facilitator_id = b.participation_id))::int as "facilitated!",
                  (count(*) filter (where m.note_taker_id = b.participation_id))::int as "took_notes!"
           from memberships b
           join participations t on t.program_id = b.program_id and t.id = b.participation_id and t.state = 'joined'
           join people p on p.id = t.person_id
           left join meetings m on m.program_id = b.program_id and m.group_id = b.group_id and m.state = 'held'
           where b.program_id = $1 and b.group_id = $2 and b.joined_on is not null and b.left_on is null
           group by b.participation_id, p.name
           order by p.name, b.participation_id"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}

/// The group somebody is in since its launch, and its name.
pub(super) async fn own_group(
    db: &mut PgConnection,
    program_id: ProgramId,
    participation_id: ParticipationId,
) -> Result<Option<(GroupId, String)>> {
    let row = sqlx::query!(
        r#"select g.id as "id: GroupId", g.name
           from memberships m join groups g on g.program_id = $1 and g.id = m.group_id
           where m.program_id = $1 and m.participation_id = $2 and m.left_on is null and m.joined_on is not null"#,
        program_id as ProgramId,
        participation_id as ParticipationId
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.id, row.name)))
}
