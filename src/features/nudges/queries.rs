//! Every statement that writes `nudges`, and what the emails of this slice read.
use super::model::{Mine, WEEK, WEEK_DAYS, Waits, waits};
use crate::base::{
    error::Result,
    ids::{GoalId, GroupId, ParticipationId, PersonId, ProgramId, TimePollId},
    local_time::day_in,
};
use crate::features::progress::{self, Which};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// A program whose groups act.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) id: ProgramId,
    pub(super) time_zone: String,
}

/// A page of the programs that run, by id.
pub(super) async fn running_after(db: &mut PgConnection, after: Option<ProgramId>) -> Result<Vec<Running>> {
    Ok(sqlx::query_as!(
        Running,
        r#"select id as "id: ProgramId", time_zone from programs
           where state in ('active', 'closing') and id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
           order by id limit 200"#,
        after as Option<ProgramId>
    )
    .fetch_all(db)
    .await?)
}

/// An open member who is looked at again now.
#[derive(Debug)]
pub(super) struct Due {
    pub(super) person_id: PersonId,
    pub(super) time_zone: String,
}

/// Open members of a program whose time to be looked at has come and who want the weekly email,
/// at most 200.
pub(super) async fn due(db: &mut PgConnection, program_id: ProgramId, now: OffsetDateTime) -> Result<Vec<Due>> {
    Ok(sqlx::query_as!(
        Due,
        r#"select p.id as "person_id: PersonId", p.time_zone
           from memberships m
           join participations t on t.program_id = $1 and t.id = m.participation_id and t.state = 'joined'
           join people p on p.id = t.person_id
           left join nudges n on n.person_id = p.id
           where m.program_id = $1 and m.joined_on is not null and m.left_on is null
             and (n.person_id is null or (n.stopped_at is null and n.look_at <= $2))
           order by p.id limit 200"#,
        program_id as ProgramId,
        now
    )
    .fetch_all(db)
    .await?)
}

/// When somebody is looked at again, and whether an email goes out now; `false` when another was first.
pub(super) async fn look_again(
    db: &mut PgConnection,
    of: PersonId,
    (at, sent): (OffsetDateTime, bool),
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into nudges (person_id, look_at, sent_at) values ($1, $2, case when $3 then $4::timestamptz end)
         on conflict (person_id) do update
         set look_at = excluded.look_at, sent_at = coalesce(excluded.sent_at, nudges.sent_at)
         where nudges.look_at <= $4 and nudges.stopped_at is null",
        of as PersonId,
        at,
        sent,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Stops the weekly email, or lets it come again. Once or often: it is the same.
pub(super) async fn set_stopped(db: &mut PgConnection, of: PersonId, stopped: bool, now: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "insert into nudges (person_id, look_at, stopped_at) values ($1, $3, case when $2 then $3::timestamptz end)
         on conflict (person_id) do update
         set stopped_at = case when $2 then coalesce(nudges.stopped_at, excluded.stopped_at) end",
        of as PersonId,
        stopped,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether somebody stopped the weekly email, and other reminders of what waits.
///
/// # Errors
/// When the database does not answer.
pub async fn is_stopped(db: &mut PgConnection, of: PersonId) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select stopped_at is not null as "stopped!" from nudges where person_id = $1"#,
        of as PersonId
    )
    .fetch_optional(db)
    .await?;
    Ok(found.unwrap_or(false))
}

/// What is kept about somebody's weekly email goes with them.
pub(super) async fn delete(db: &mut PgConnection, of: PersonId) -> Result<()> {
    sqlx::query!("delete from nudges where person_id = $1", of as PersonId).execute(db).await?;
    Ok(())
}

/// The reader of a letter.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) name: String,
    pub(super) time_zone: String,
    pub(super) email: String,
}

pub(super) async fn reader(db: &mut PgConnection, id: PersonId) -> Result<Option<Reader>> {
    Ok(sqlx::query_as!(Reader, "select name, time_zone, email from people where id = $1", id as PersonId)
        .fetch_optional(db)
        .await?)
}

/// A group that somebody belongs to now, in a program that runs.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) program_id: ProgramId,
    pub(super) program: String,
    pub(super) institution: String,
    pub(super) time_zone: String,
    pub(super) group_id: GroupId,
    pub(super) group: String,
    pub(super) participation_id: ParticipationId,
    pub(super) joined_on: Date,
}

pub(super) async fn places(db: &mut PgConnection, of: PersonId) -> Result<Vec<Place>> {
    Ok(sqlx::query_as!(
        Place,
        r#"select r.id as "program_id: ProgramId", r.name as program, r.institution, r.time_zone,
                  g.id as "group_id: GroupId", g.name as "group", t.id as "participation_id: ParticipationId",
                  m.joined_on as "joined_on!"
           from person_programs pp
           join programs r on r.id = pp.program_id and r.state in ('active', 'closing')
           join participations t on t.program_id = r.id and t.person_id = $1 and t.state = 'joined'
           join memberships m on m.program_id = r.id and m.participation_id = t.id
                and m.joined_on is not null and m.left_on is null
           join groups g on g.program_id = r.id and g.id = m.group_id
           where pp.person_id = $1
           order by r.starts_on, r.id"#,
        of as PersonId
    )
    .fetch_all(db)
    .await?)
}

/// What has waited for one person alone since `since`. A goal that was written before they came is
/// not theirs to read, unless it is their own.
pub(super) async fn mine(db: &mut PgConnection, at: &Place, since: OffsetDateTime, today: Date) -> Result<Mine> {
    let row = sqlx::query!(
        r#"select
             exists (select from agreement_versions v
                     where v.program_id = $1 and v.group_id = $2 and v.adopted_on is null and v.written_at < $4
                       and not exists (select from agreement_versions x
                                       where x.program_id = $1 and x.group_id = $2 and x.number > v.number)
                       and not exists (select from agreement_answers a
                                       where a.program_id = $1 and a.version_id = v.id and a.participation_id = $3))
                 as "agreement_waits!",
             (select o.id from goals o
              where o.program_id = $1 and o.group_id = $2 and o.owner_id is null and o.state = 'draft'
                and o.worded_at < $4 and (o.worded_at at time zone $6)::date >= $7
                and not exists (select from goal_agreements a
                                where a.program_id = $1 and a.goal_id = o.id and a.participation_id = $3)
              order by o.created_at, o.id limit 1) as "goal_waits: GoalId",
             (select v.goal_id from goal_versions v
              join goals o on o.program_id = v.program_id and o.id = v.goal_id and o.state = 'agreed'
              where v.program_id = $1 and v.group_id = $2 and v.replaced_on is null
                and v.worded_at < $4 and (v.worded_at at time zone $6)::date >= $7
                and not exists (select from goal_version_answers a
                                where a.program_id = $1 and a.version_id = v.id and a.participation_id = $3)
              order by v.worded_at, v.id limit 1) as "words_wait: GoalId",
             (select e.goal_id from elements e
              join goals o on o.program_id = e.program_id and o.id = e.goal_id
                   and (o.owner_id = $3 or (o.worded_at at time zone $6)::date >= $7)
              where e.program_id = $1 and e.group_id = $2 and e.about_id = $3 and e.state = 'proposed'
                and e.proposed_at < $4
              order by e.proposed_at, e.id limit 1) as "element_waits: GoalId",
             (select o.id from goals o
              where o.program_id = $1 and o.group_id = $2 and o.state = 'agreed'
                and (o.owner_id = $3 or (o.owner_id is null and (o.worded_at at time zone $6)::date >= $7))
                and o.target_on < $5
              order by o.target_on, o.id limit 1) as "goal_past: GoalId",
             exists (select from actions a
                     where a.program_id = $1 and a.group_id = $2 and a.state = 'open' and a.due_on < $5
                       and a.due_on >= $5::date - $8::int
                       and (a.owner_id = $3 or (a.owner_id is null and (a.written_at at time zone $6)::date >= $7)))
                 as "action_past!""#,
        at.program_id as ProgramId,
        at.group_id as GroupId,
        at.participation_id as ParticipationId,
        since,
        today,
        at.time_zone,
        at.joined_on,
        WEEK_DAYS
    )
    .fetch_one(&mut *db)
    .await?;
    Ok(Mine {
        agreement_waits: row.agreement_waits,
        goal_waits: row.goal_waits,
        words_wait: row.words_wait,
        element_waits: row.element_waits,
        goal_past: row.goal_past,
        poll_waits: poll_waits(db, at, since).await?,
        action_past: row.action_past,
    })
}

/// The search for a time of one's group that was begun before `since`, has times to come, and lacks one's answer.
async fn poll_waits(db: &mut PgConnection, at: &Place, since: OffsetDateTime) -> Result<Option<TimePollId>> {
    Ok(sqlx::query_scalar!(
        r#"select q.id as "id: TimePollId" from time_polls q
           where q.program_id = $1 and q.group_id = $2 and q.state = 'open' and q.started_at < $4
             and exists (select from time_poll_slots s
                         where s.program_id = $1 and s.poll_id = q.id and s.starts_at > $5)
             and not exists (select from time_poll_answers a
                             where a.program_id = $1 and a.poll_id = q.id and a.participation_id = $3)
           limit 1"#,
        at.program_id as ProgramId,
        at.group_id as GroupId,
        at.participation_id as ParticipationId,
        since,
        since + WEEK
    )
    .fetch_optional(db)
    .await?)
}

/// What waits in one group.
#[derive(Debug)]
pub(super) struct InGroup {
    pub(super) place: Place,
    pub(super) waits: Vec<Waits>,
}

/// What waits for somebody now, in every group they belong to; groups where nothing does are left out.
pub(super) async fn gather(db: &mut PgConnection, of: PersonId, now: OffsetDateTime) -> Result<Vec<InGroup>> {
    let places = places(db, of).await?;
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let programs: Vec<ProgramId> = places.iter().map(|place| place.program_id).collect();
    let groups: Vec<GroupId> = places.iter().map(|place| place.group_id).collect();
    let facts = progress::groups(db, Which { programs: &programs, groups: Some(&groups) }).await?;
    let mut found = Vec::new();
    for place in places {
        let Some(group) = facts.iter().find(|group| group.id == place.group_id) else { continue };
        let today = day_in(&place.time_zone, now);
        let own = mine(db, &place, now - WEEK, today).await?;
        let waits = waits(group, own, today);
        if !waits.is_empty() {
            found.push(InGroup { place, waits });
        }
    }
    Ok(found)
}

/// An open member of a group without a date.
#[derive(Debug)]
pub(super) struct Dateless {
    pub(super) group_id: GroupId,
    pub(super) participation_id: ParticipationId,
    pub(super) time_zone: String,
}

/// Open members of groups that began between two days and have neither met nor set a date.
pub(super) async fn without_a_date(
    db: &mut PgConnection,
    program_id: ProgramId,
    (from, to): (Date, Date),
) -> Result<Vec<Dateless>> {
    Ok(sqlx::query_as!(
        Dateless,
        r#"select m.group_id as "group_id: GroupId", t.id as "participation_id: ParticipationId", p.time_zone
           from memberships m
           join participations t on t.program_id = $1 and t.id = m.participation_id and t.state = 'joined'
           join people p on p.id = t.person_id
           where m.program_id = $1 and m.joined_on is not null and m.left_on is null
             and (select min(b.joined_on) from memberships b where b.program_id = $1 and b.group_id = m.group_id)
                 between $2 and $3
             and not exists (select from meetings x where x.program_id = $1 and x.group_id = m.group_id
                               and x.state in ('scheduled', 'held', 'not_held'))
           order by m.group_id, t.id"#,
        program_id as ProgramId,
        from,
        to
    )
    .fetch_all(db)
    .await?)
}

/// What the letter about a missing date says.
#[derive(Debug)]
pub(super) struct DatelessFacts {
    pub(super) program: String,
    pub(super) institution: String,
    pub(super) group: String,
    pub(super) name: String,
    pub(super) email: String,
    /// The reader's.
    pub(super) time_zone: String,
}

/// `None` when a date is set by now, or the reader is no open member any more.
pub(super) async fn still_without_a_date(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    of: ParticipationId,
) -> Result<Option<DatelessFacts>> {
    Ok(sqlx::query_as!(
        DatelessFacts,
        r#"select r.name as program, r.institution, g.name as "group", p.name, p.email, p.time_zone
           from memberships m
           join programs r on r.id = $1 and r.state in ('active', 'closing')
           join groups g on g.program_id = $1 and g.id = m.group_id
           join participations t on t.program_id = $1 and t.id = m.participation_id and t.state = 'joined'
           join people p on p.id = t.person_id
           where m.program_id = $1 and m.group_id = $2 and m.participation_id = $3 and m.joined_on is not null
             and m.left_on is null
             and not exists (select from meetings x where x.program_id = $1 and x.group_id = $2
                               and x.state in ('scheduled', 'held', 'not_held'))"#,
        program_id as ProgramId,
        group_id as GroupId,
        of as ParticipationId
    )
    .fetch_optional(db)
    .await?)
}
