//! What an agenda's items may name. The items themselves are written by `meetings`.
use super::model::{DayTheme, GoalChoice, Led, TripChoice};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{FieldTripId, GoalId, GroupId, MeetingId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// The goals an item may name: agreed before drafted, the group's own before one person's. Another
/// person's draft is theirs alone, and of what was worded before the reader came the title stays closed.
pub(crate) async fn goals(db: &mut PgConnection, by: &GroupMember) -> Result<Vec<GoalChoice>> {
    Ok(sqlx::query_as!(
        GoalChoice,
        r#"select g.id as "id: GoalId", case when w.was_before_me then '' else g.title end as "title!",
                  g.owner_id as "owner_id: ParticipationId", p.name as "owner_name?",
                  (g.state = 'agreed') as "is_agreed!", g.worded_at, w.was_before_me as "was_before_me!"
           from goals g
           join programs z on z.id = g.program_id
           cross join lateral (
               select (g.owner_id is distinct from $3 and (g.worded_at at time zone z.time_zone)::date < $4)
                          as was_before_me) w
           left join participations t on t.program_id = $1 and t.id = g.owner_id
           left join people p on p.id = t.person_id
           where g.program_id = $1 and g.group_id = $2 and (g.state = 'agreed' or (g.state = 'draft' and (g.owner_id is null or g.owner_id = $3)))
           order by g.state, g.owner_id is not null, g.agreed_on, g.created_at, g.id"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        by.participation_id() as ParticipationId,
        by.joined_on()
    )
    .fetch_all(db)
    .await?)
}

/// The group's field trips that stand, from the day the reader joined on; the latest first.
pub(crate) async fn trips(db: &mut PgConnection, by: &GroupMember) -> Result<Vec<TripChoice>> {
    Ok(sqlx::query_as!(
        TripChoice,
        r#"select f.id as "id: FieldTripId", f.on_date,
                  case when (f.worded_at at time zone z.time_zone)::date < $3 then '' else f.purpose end as "purpose!"
           from field_trips f join programs z on z.id = f.program_id
           where f.program_id = $1 and f.group_id = $2 and f.state <> 'cancelled' and f.on_date >= $3
           order by f.on_date desc, f.id"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        by.joined_on()
    )
    .fetch_all(db)
    .await?)
}

/// What a meeting stands among: what was before it, who led, what its day is about.
#[derive(Debug)]
pub(crate) struct Around {
    /// The group met before it, or is to.
    pub(crate) met_before: bool,
    /// The latest trip that took place since then and that no later agenda names. What two saw of each other's
    /// work is theirs to talk over.
    pub(crate) debrief: Option<FieldTripId>,
    /// Who led items of the other meetings that stand, and of what was carried into this one.
    pub(crate) led: Vec<Led>,
    /// The theme of its day, if there is one: the group's own before the program's. Of a group's own that was set
    /// before the reader came, the words stay closed.
    pub(crate) theme: Vec<DayTheme>,
}

pub(crate) async fn around(
    db: &mut PgConnection,
    by: &GroupMember,
    (meeting_id, starts_at, day): (MeetingId, OffsetDateTime, Date),
    today: Date,
) -> Result<Around> {
    Ok(sqlx::query_as!(
        Around,
        r#"select m.day is not null as "met_before!",
                  (select f.id from field_trips f
                   where f.program_id = $1 and f.group_id = $2 and f.state in ('confirmed', 'completed', 'reported')
                     and f.kind <> 'observation' and f.on_date <= $5 and f.on_date >= $7
                     and (f.on_date < $6 or f.state <> 'confirmed')
                     and f.on_date >= coalesce(m.day, f.on_date)
                     and not exists (select from agenda_items i
                                     join meetings x on x.program_id = $1 and x.id = i.meeting_id
                                     where i.program_id = $1 and i.group_id = $2 and i.trip_id = f.id and x.id <> $3
                                       and x.state in ('scheduled', 'held') and x.starts_local::date >= f.on_date)
                   order by f.on_date desc, f.id limit 1) as "debrief: FieldTripId",
                  array(select row(i.lead_id, count(*)::int, max(x.starts_at))
                        from agenda_items i
                        join meetings x on x.program_id = $1 and x.id = i.meeting_id
                        where i.program_id = $1 and i.group_id = $2 and i.lead_id is not null
                          and i.state in ('planned', 'done') and x.state in ('scheduled', 'held')
                          and (x.id <> $3 or i.carried_from is not null)
                        group by i.lead_id order by i.lead_id) as "led!: Vec<Led>",
                  array(select row(t.id, t.title, t.question, t.starts_on, t.ends_on, t.worded_at)
                        from (select null::uuid as id, case when w.was_before_me then '' else g.title end as title,
                                     case when w.was_before_me then '' else g.question end as question, g.starts_on,
                                     g.ends_on, g.worded_at, 1 as turn
                              from group_themes g
                              join programs z on z.id = g.program_id
                              cross join lateral (select (g.worded_at at time zone z.time_zone)::date < $7
                                                      as was_before_me) w
                              where g.program_id = $1 and g.group_id = $2 and g.starts_on <= $5 and g.ends_on >= $5
                              union all
                              select p.id, p.title, p.question, p.starts_on, p.ends_on, null, 2 from themes p
                              where p.program_id = $1 and p.starts_on <= $5 and p.ends_on >= $5) t
                        order by t.turn, t.starts_on, t.id limit 1) as "theme!: Vec<DayTheme>"
           from (select max(e.starts_local::date) as day from meetings e
                 where e.program_id = $1 and e.group_id = $2 and e.id <> $3 and e.starts_at < $4
                   and e.state in ('scheduled', 'held')) m"#,
        by.program_id() as ProgramId,
        by.group_id() as GroupId,
        meeting_id as MeetingId,
        starts_at,
        day,
        today,
        by.joined_on()
    )
    .fetch_one(db)
    .await?)
}
