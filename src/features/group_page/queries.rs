//! Reads what the members of one group may read of it. Words from before somebody joined stay
//! away from them; of what is still to come they read what it is for, when and where.
use super::{
    both_ways::Turns,
    model::{Belonging, Element, Goal, Item, Meeting, Product, Trip},
};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, ProgramId},
};
use crate::features::progress::figures::Share;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What the members' page tells of the group itself.
pub(super) struct Words {
    /// Everyone who belongs to the launched group or did, by name; of several stays the newest.
    pub(super) belonging: Vec<Belonging>,
    /// Scheduled meetings, by time: those that have begun wait for their log.
    pub(super) scheduled: Vec<Meeting>,
    /// The agenda of the first that is to come, in order.
    pub(super) agenda: Vec<Item>,
    /// Goals that stand, the group's first; the reader's own drafts and the group's, nobody else's.
    pub(super) goals: Vec<Goal>,
    /// What feedback may be about, and what was proposed for it.
    pub(super) elements: Vec<Element>,
    /// Of the agreed elements of open members, those with live feedback on or after the day they were agreed.
    pub(super) coverage: Share,
    /// By date, newest first.
    pub(super) trips: Vec<Trip>,
    /// What the reader made, and what the others have shared, by when it was named.
    pub(super) products: Vec<Product>,
    /// How often each open member facilitated and took notes in held meetings, by name.
    pub(super) turns: Vec<Turns>,
}

/// One statement for all of it. The parts come as arrays of records, read by their place: the order
/// of the columns in each `row(…)` is the order of the fields of its struct.
#[expect(clippy::too_many_lines, reason = "one statement is read in one place")]
pub(super) async fn words(db: &mut PgConnection, by: &GroupMember, now: OffsetDateTime) -> Result<Words> {
    Ok(sqlx::query_as!(
        Words,
        r#"select
               array(select row(m.participation_id, p.name, max(m.joined_on),
                                bool_or(m.left_on is null and t.state = 'on_hold'))
                     from memberships m
                     join participations t on t.program_id = m.program_id and t.id = m.participation_id
                     join people p on p.id = t.person_id
                     where m.program_id = $1 and m.group_id = $2 and m.joined_on is not null
                     group by m.participation_id, p.name
                     order by p.name, m.participation_id) as "belonging!: Vec<Belonging>",
               array(select row(m.id, m.starts_local, (extract(epoch from m.ends_at - m.starts_at) / 60)::int, m.time_zone,
                                m.place, m.facilitator_id, m.timekeeper_id, m.note_taker_id, m.starts_at <= $4)
                     from meetings m
                     where m.program_id = $1 and m.group_id = $2 and m.state = 'scheduled'
                     order by m.starts_at, m.id) as "scheduled!: Vec<Meeting>",
               array(select row(i.kind, i.title, i.planned_minutes, (i.worded_at at time zone me.zone)::date < me.since)
                     from agenda_items i
                     where i.program_id = $1
                       and i.meeting_id = (select m.id from meetings m
                                           where m.program_id = $1 and m.group_id = $2 and m.state = 'scheduled'
                                             and m.starts_at > $4
                                           order by m.starts_at, m.id limit 1)
                     order by i.position, i.id) as "agenda!: Vec<Item>",
               array(select row(o.id, o.owner_id, o.title, o.statement, o.target_on, o.state,
                                (o.state = 'draft' and not exists (select from goal_agreements a
                                        where a.program_id = $1 and a.goal_id = o.id and a.participation_id = $3))
                                or (o.state = 'agreed' and exists (select from goal_versions v
                                        where v.program_id = $1 and v.goal_id = o.id and v.replaced_on is null
                                          and not exists (select from goal_version_answers a
                                                          where a.program_id = $1 and a.version_id = v.id
                                                            and a.participation_id = $3))))
                     from goals o
                     where o.program_id = $1 and o.group_id = $2 and o.state <> 'dropped'
                       and (o.state <> 'draft' or o.owner_id is null or o.owner_id = $3)
                       and (o.closed_on is null or o.closed_on >= me.since)
                       and (o.owner_id = $3
                            or (o.worded_at at time zone me.zone)::date >= me.since)
                     order by o.owner_id is not null, o.closed_on is not null, o.created_at, o.id) as "goals!: Vec<Goal>",
               array(select row(e.about_id, e.title, e.state = 'agreed')
                     from elements e
                     where e.program_id = $1 and e.group_id = $2 and e.state in ('proposed', 'agreed')
                       and (e.about_id = $3 or (coalesce(e.shown_at, e.proposed_at) at time zone me.zone)::date >= me.since)
                     order by e.proposed_at, e.id) as "elements!: Vec<Element>",
               (select row((count(*) filter (where exists (
                               select from feedback_texts x
                               join feedback f on f.program_id = x.program_id and f.id = x.feedback_id
                               where x.program_id = $1 and x.element_id = e.id
                                 and f.is_live and f.happened_on >= e.agreed_on)))::int,
                           count(*)::int)
                from elements e
                join memberships m on m.program_id = e.program_id and m.group_id = e.group_id
                     and m.participation_id = e.about_id and m.joined_on is not null and m.left_on is null
                where e.program_id = $1 and e.group_id = $2 and e.state = 'agreed') as "coverage!: Share",
               array(select row(f.id, f.kind, f.state, f.on_date, f.starts_time,
                                case when w.is_mine then f.purpose else '' end, f.place,
                                case when w.is_mine then f.host_institution else '' end,
                                f.observer_id, f.observed_id, f.debriefed_on,
                                -- Of a return visit none is owed.
                                case when exists (select from return_visits b where b.program_id = $1 and b.return_trip_id = f.id)
                                     then 'unneeded' else v.how end, v.on_date, v.return_trip_id,
                                o.on_date, o.state)
                     from field_trips f
                     left join return_visits v on v.program_id = f.program_id and v.trip_id = f.id
                     left join field_trips o on o.program_id = v.program_id and o.id = v.return_trip_id
                     cross join lateral (select (f.worded_at at time zone me.zone)::date >= me.since as is_mine) w
                     where f.program_id = $1 and f.group_id = $2 and f.state <> 'cancelled' and f.on_date >= me.since
                     order by f.on_date desc, f.id) as "trips!: Vec<Trip>",
               array(select row(case when g.owner_id is not distinct from $3 or (g.worded_at at time zone me.zone)::date >= me.since
                                     then r.goal_id end, g.owner_id is null, r.owner_id, r.title, r.link)
                     from products r
                     join goals g on g.program_id = r.program_id and g.id = r.goal_id
                     where r.program_id = $1 and r.group_id = $2 
                       and (r.owner_id = $3
                            or (r.state in ('shared', 'in_use') and r.kept_from_group_at is null and (r.created_at at time zone me.zone)::date >= me.since))
                     order by r.created_at, r.id) as "products!: Vec<Product>",
               array(select row(b.participation_id,
                                (count(*) filter (where m.facilitator_id = b.participation_id))::int,
                                (count(*) filter (where m.note_taker_id = b.participation_id))::int)
                     from memberships b
                     join participations t on t.program_id = b.program_id and t.id = b.participation_id and t.state = 'joined'
                     join people p on p.id = t.person_id
                     left join meetings m on m.program_id = b.program_id and m.group_id = b.group_id and m.state = 'held'
                     where b.program_id = $1 and b.group_id = $2 and b.joined_on is not null and b.left_on is null
                     group by b.participation_id, p.name
                     order by p.name, b.participation_id) as "turns!: Vec<Turns>"
           from (select max(s.joined_on) as since, max(p.time_zone) as zone
                 from memberships s join programs p on p.id = s.program_id
                 where s.program_id = $1 and s.group_id = $2 and s.participation_id = $3) me"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        by.participation_id() as ParticipationId,
        now
    )
    .fetch_one(db)
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
