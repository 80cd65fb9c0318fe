//! A page of groups and of people without one: as much is read as is shown, however large the program is.
//!
//! What belongs to a row comes with it as arrays of records, read by their place: the order of the
//! columns in each `row(…)` is the order of the fields of its struct.
use super::{
    super::model::{Request, Sizes},
    groups::GroupRow,
    program::{RosterRow, Settings},
};
use crate::access::{ParticipationState, ProgramState};
use crate::base::{
    error::Result,
    ids::{GroupId, MembershipId, ParticipationId, PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::Date;

/// Somebody with every request about them, newest first.
pub(crate) type WithRequests = (RosterRow, Vec<Request>);

#[derive(Debug, sqlx::Type)]
#[sqlx(type_name = "record")]
struct MemberRow {
    id: ParticipationId,
    person_id: PersonId,
    name: String,
    email_folded: String,
    state: ParticipationState,
    supervisor_email: String,
    membership_id: MembershipId,
    joined_on: Option<Date>,
    requests: Vec<Request>,
}

impl MemberRow {
    fn into_roster(self, group: &GroupRow) -> WithRequests {
        let row = RosterRow {
            id: self.id,
            person_id: self.person_id,
            name: self.name,
            email_folded: self.email_folded,
            state: self.state,
            site: String::new(),
            department: String::new(),
            wants: String::new(),
            offers: String::new(),
            supervisor_email: self.supervisor_email,
            membership_id: Some(self.membership_id),
            joined_on: self.joined_on,
            group_id: Some(group.id),
            group_name: Some(group.name.clone()),
        };
        (row, self.requests)
    }
}

/// Groups by name, those after one of them, at most `most`, each with who is in it or planned for it.
pub(crate) async fn page_of_groups(
    db: &mut PgConnection,
    program_id: ProgramId,
    after: Option<GroupId>,
    most: i64,
) -> Result<Vec<(GroupRow, Vec<WithRequests>)>> {
    let rows = sqlx::query!(
        r#"select g.id as "id: GroupId", g.name, g.focus, g.home_time_zone, g.meeting_minutes, g.closed_on,
                  g.kept_small_on, g.kept_small_with,
                  (select max(m.left_on) from memberships m where m.program_id = $1 and m.group_id = g.id) as last_left_on,
                  array(select row(t.id, p.id, p.name, p.email_folded, t.state, t.supervisor_email, m.id, m.joined_on,
                                   array(select row(r.participation_id, r.state, r.talk_first_at is not null, r.valid_from,
                                                    r.valid_until, r.revoked_from, r.supervisor_email_folded)
                                         from approval_requests r
                                         where r.program_id = $1 and r.participation_id = t.id
                                           and r.purpose in ('join', 'reconfirm')
                                         order by r.asked_at desc, r.id desc))
                        from memberships m
                        join participations t on t.program_id = $1 and t.id = m.participation_id
                        join people p on p.id = t.person_id
                        where m.program_id = $1 and m.group_id = g.id and m.left_on is null
                        order by p.name, t.id) as "members!: Vec<MemberRow>"
           from groups g
           where g.program_id = $1
             and ($2::uuid is null or (g.name, g.id) > (select o.name, o.id from groups o where o.program_id = $1 and o.id = $2))
           order by g.name, g.id limit $3"#,
        program_id as ProgramId,
        after as Option<GroupId>,
        most
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let group = GroupRow {
                id: row.id,
                name: row.name,
                focus: row.focus,
                home_time_zone: row.home_time_zone,
                meeting_minutes: row.meeting_minutes,
                closed_on: row.closed_on,
                kept_small_on: row.kept_small_on,
                kept_small_with: row.kept_small_with,
                last_left_on: row.last_left_on,
            };
            let members = row.members.into_iter().map(|member| member.into_roster(&group)).collect();
            (group, members)
        })
        .collect())
}

/// Which people without a group are wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unplaced<'a> {
    /// The day for which a supervisor's yes is needed, where one is needed.
    pub(crate) backed_on: Option<Date>,
    /// Folded; only those whose name holds it are asked for among the ready.
    pub(crate) search: &'a str,
    /// These come first, whatever is searched for.
    pub(crate) chosen: &'a [ParticipationId],
    /// At most so many of either.
    pub(crate) most: i64,
}

/// People in no group by name: those who are ready to be placed, and those who are not.
#[expect(clippy::too_many_lines, reason = "one statement is read in one place")]
pub(crate) async fn unplaced(
    db: &mut PgConnection,
    program_id: ProgramId,
    which: Unplaced<'_>,
) -> Result<Vec<WithRequests>> {
    let rows = sqlx::query!(
        // Who has no group is found first: in a large program they are few once groups are formed.
        r#"with unplaced as (
               select t.id, t.sort_name, t.state from participations t
               where t.program_id = $1 and t.state in ('joined', 'invited', 'on_hold')
                 and not exists (select from memberships m
                                 where m.program_id = $1 and m.participation_id = t.id and m.left_on is null)),
           backed as materialized (
               select u.id, u.sort_name,
                      u.state = 'joined'
                      and ($2::date is null
                           or exists (select from approval_requests r
                                      where r.program_id = $1 and r.participation_id = u.id and r.purpose in ('join', 'reconfirm')
                                        and (r.state = 'approved' or (r.state = 'revoked' and $2 < r.revoked_from))
                                        and r.valid_from <= $2 and $2 <= r.valid_until)) as is_ready
               from unplaced u),
           ready as (
               select b.id from backed b
               where b.is_ready and ($3 = '' or strpos(b.sort_name, $3) > 0 or b.id = any($4))
               order by b.id <> all($4), b.sort_name, b.id limit $5),
           waiting as (
               select b.id from backed b where not b.is_ready order by b.sort_name, b.id limit $5)
           select t.id as "id: ParticipationId", p.id as "person_id: PersonId", p.name, p.email_folded,
                  t.state as "state: ParticipationState", t.site, t.department, t.wants, t.offers, t.supervisor_email,
                  array(select row(r.participation_id, r.state, r.talk_first_at is not null, r.valid_from,
                                   r.valid_until, r.revoked_from, r.supervisor_email_folded)
                        from approval_requests r
                        where r.program_id = $1 and r.participation_id = t.id and r.purpose in ('join', 'reconfirm')
                        order by r.asked_at desc, r.id desc) as "requests!: Vec<Request>"
           from (select id from ready union all select id from waiting) c
           join participations t on t.program_id = $1 and t.id = c.id
           join people p on p.id = t.person_id
           order by t.sort_name, t.id"#,
        program_id as ProgramId,
        which.backed_on,
        which.search,
        which.chosen as &[ParticipationId],
        which.most
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let person = RosterRow {
                id: row.id,
                person_id: row.person_id,
                name: row.name,
                email_folded: row.email_folded,
                state: row.state,
                site: row.site,
                department: row.department,
                wants: row.wants,
                offers: row.offers,
                supervisor_email: row.supervisor_email,
                membership_id: None,
                joined_on: None,
                group_id: None,
                group_name: None,
            };
            (person, row.requests)
        })
        .collect())
}

/// What a program says about its groups, how many of them are open, and how many people are in one or
/// planned for one.
pub(crate) async fn sums(db: &mut PgConnection, program_id: ProgramId) -> Result<(Settings, usize, usize)> {
    let row = sqlx::query!(
        r#"select p.state as "state: ProgramState", p.group_min, p.group_target, p.group_max, p.approval_required,
                  (select count(*) from groups g where g.program_id = $1 and g.closed_on is null) as "groups!",
                  (select count(*) from memberships m where m.program_id = $1 and m.left_on is null) as "placed!"
           from programs p where p.id = $1"#,
        program_id as ProgramId
    )
    .fetch_one(db)
    .await?;
    let size = |n: i32| usize::try_from(n).unwrap_or(0);
    let count = |n: i64| usize::try_from(n).unwrap_or(0);
    let settings = Settings {
        state: row.state,
        sizes: Sizes { min: size(row.group_min), target: size(row.group_target), max: size(row.group_max) },
        approval_required: row.approval_required,
    };
    Ok((settings, count(row.groups), count(row.placed)))
}
