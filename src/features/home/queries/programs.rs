//! The programs of one person.
use super::super::model::{End, Mine, MyGroup, Part, Past};
use crate::access::{ParticipationState, ProgramState};
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, PersonId, ProgramId},
    local_time::day_in,
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// One program of the person, with all of their roles.
struct Row {
    id: ProgramId,
    name: String,
    state: ProgramState,
    time_zone: String,
    starts_on: Date,
    ends_on: Date,
    approval_required: bool,
    coordinates: bool,
    is_contact: bool,
    part_id: Option<ParticipationId>,
    part_state: Option<ParticipationState>,
    has_said_wishes: Option<bool>,
    joined_at: Option<OffsetDateTime>,
    group_id: Option<GroupId>,
    group_name: Option<String>,
    group_focus: Option<String>,
    offered: Option<String>,
    has_left: bool,
    asked_to_show: i64,
    pulse_until: Option<Date>,
    cancelled_at: Option<OffsetDateTime>,
}

impl Row {
    fn end(&self) -> Option<End> {
        End::of(self.state, self.ends_on, self.cancelled_at.map(|at| day_in(&self.time_zone, at)))
    }

    fn past(&self) -> Past {
        Past { id: self.id, name: self.name.clone(), end: self.end() }
    }

    fn mine(self) -> Mine {
        let end = self.end();
        let group = self.group_id.zip(self.group_name.zip(self.group_focus));
        Mine {
            id: self.id,
            name: self.name,
            state: self.state,
            time_zone: self.time_zone,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            approval_required: self.approval_required,
            coordinates: self.coordinates,
            is_contact: self.is_contact,
            part: self.part_id.zip(self.part_state).map(|(id, state)| Part {
                id,
                state,
                has_said_wishes: self.has_said_wishes.unwrap_or(false),
                joined_at: self.joined_at,
                group: group.map(|(id, (name, focus))| MyGroup { id, name, focus }),
                offered: self.offered,
                asked_to_show: usize::try_from(self.asked_to_show).unwrap_or(0),
                pulse_until: self.pulse_until,
            }),
            end,
        }
    }
}

/// The programs of a person, newest first; a draft only for its coordinators. Offers of a place in
/// another group count from `offers_since` on.
/// With it, those in which the person's part has ended: what was theirs stays theirs.
pub(in super::super) async fn mine(
    db: &mut PgConnection,
    person_id: PersonId,
    offers_since: OffsetDateTime,
) -> Result<(Vec<Mine>, Vec<Past>)> {
    let rows = sqlx::query_as!(
        Row,
        r#"select o.id as "id: ProgramId", o.name, o.state as "state: ProgramState", o.time_zone, o.starts_on, o.ends_on,
                  o.approval_required, (c.person_id is not null) as "coordinates!",
                  (o.contact_id = $1 or o.second_contact_id is not distinct from $1) as "is_contact!",
                  t.id as "part_id?: ParticipationId", t.state as "part_state?: ParticipationState",
                  (t.wants <> '' or t.offers <> '') as has_said_wishes, t.joined_at as "joined_at?",
                  g.id as "group_id?: GroupId", g.name as "group_name?", g.focus as "group_focus?", y.name as "offered?", (e.id is not null) as "has_left!",
                  (select count(*) from portfolio_asks k join feedback f on f.program_id = k.program_id and f.id = k.feedback_id
                   where k.program_id = o.id and k.answer is null and f.giver_id = t.id and f.is_live) as "asked_to_show!",
                  (select u.last_day from pulses u join pulse_invitations i on i.program_id = u.program_id and i.pulse_id = u.id
                   where u.program_id = o.id and u.closed_at is null and i.participation_id = t.id and not i.answered) as pulse_until,
                  case when o.state = 'cancelled'
                       then (select max(h.at) from history h
                             where h.program_id = o.id and h.object_id = o.id and h.action = 'program_cancelled') end as "cancelled_at?"
           from person_programs pp join programs o on o.id = pp.program_id left join coordinators c on c.program_id = o.id and c.person_id = $1
           left join participations t on t.program_id = o.id and t.person_id = $1 and t.state in ('invited', 'joined', 'on_hold')
           left join participations e on e.program_id = o.id and e.person_id = $1 and e.state in ('completed', 'withdrawn', 'removed')
           left join memberships m on m.program_id = o.id and m.participation_id = t.id and m.joined_on is not null and m.left_on is null
           left join groups g on g.program_id = o.id and g.id = m.group_id
           left join moves v on v.program_id = o.id and v.participation_id = t.id and v.state = 'offered'
                and v.from_group_id = m.group_id and v.offered_at > $2
           left join groups y on y.program_id = o.id and y.id = v.to_group_id and y.closed_on is null
           where pp.person_id = $1 and (o.state <> 'draft' or c.person_id is not null)
             and (c.person_id is not null or t.id is not null or e.id is not null or o.contact_id = $1 or o.second_contact_id is not distinct from $1)
           order by o.starts_on desc, o.id"#,
        person_id as PersonId,
        offers_since
    )
    .fetch_all(db)
    .await?;
    let past = rows.iter().filter(|row| row.has_left).map(Row::past).collect();
    let has_a_role = |row: &Row| row.coordinates || row.is_contact || row.part_id.is_some();
    Ok((rows.into_iter().filter(has_a_role).map(Row::mine).collect(), past))
}
