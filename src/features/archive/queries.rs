//! What the catalogue says of tables, the rows of every slice, and the people.
use super::Problem;
use crate::base::{error::Result, ids::ProgramId};
use crate::features::{
    actions, agreements, approvals, coffee, decisions, did_you_meet, earlier_lessons, elements, feedback,
    feedback_asks, field_trips, fixed_times, goal_notes, goal_versions, goals, group_themes, groups, host_thanks,
    interviews, join_asks, leaving, lessons, letters, library, meetings, move_offers, next_programs, observation_notes,
    off_limits, people, pledges, portfolios, products, profiles, programs, pulse, reports, retrospectives,
    return_visits, second_wordings, shared_reports, showing, time_polls, timekeeping, trip_hosts, trip_needs,
};
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Asks every slice that has program tables.
macro_rules! each_slice {
    ($do:ident $($args:tt)*) => {
        $do!(($($args)*) actions agreements approvals coffee decisions did_you_meet earlier_lessons elements feedback feedback_asks field_trips fixed_times goal_notes goal_versions goals group_themes groups host_thanks interviews join_asks leaving lessons letters library meetings move_offers next_programs observation_notes off_limits people pledges portfolios products profiles programs pulse reports retrospectives return_visits second_wordings shared_reports showing time_polls timekeeping trip_hosts trip_needs)
    };
}

/// The rows of every table of a program.
pub(super) async fn read_all(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<(&'static str, Value)>> {
    let mut all = Vec::new();
    macro_rules! read {
        (($db:ident) $($slice:ident)+) => {$(all.extend($slice::rows::read($db, program_id).await?);)+};
    }
    each_slice!(read db);
    Ok(all)
}

/// Adds rows of one table, which name their program; `false` when no slice has such a table.
pub(super) async fn write(db: &mut PgConnection, table: &str, rows: &Value) -> Result<bool> {
    macro_rules! write {
        (($db:ident) $($slice:ident)+) => {
            $(if $slice::rows::write($db, table, rows).await? {
                return Ok(true);
            })+
        };
    }
    each_slice!(write db);
    Ok(false)
}

/// The program's own row, with its id.
pub(super) async fn program(db: &mut PgConnection, id: ProgramId) -> Result<Option<Value>> {
    programs::rows::read_program(db, id).await
}

/// Adds the program's own row.
pub(super) async fn write_program(db: &mut PgConnection, row: &Value) -> Result<()> {
    programs::rows::write_program(db, row).await
}

/// The program of this id or, where only one has it, this name.
pub(super) async fn find_program(db: &mut PgConnection, named: &str) -> Result<Option<ProgramId>> {
    let found = sqlx::query_scalar!(
        r#"select id as "id: ProgramId" from programs where id::text = $1 or name = $1 order by id limit 2"#,
        named
    )
    .fetch_all(db)
    .await?;
    Ok(if found.len() == 1 { found.into_iter().next() } else { None })
}

/// Table and column of everything that refers to people.
pub(super) async fn columns_of_people(db: &mut PgConnection) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"select c.relname::text as "table!", a.attname::text as "column!"
           from pg_constraint k
           join pg_class c on c.oid = k.conrelid
           join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
           where k.contype = 'f' and k.confrelid = 'people'::regclass
           order by 1, 2"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.table, row.column)).collect())
}

/// A column that a file may fill.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) table: String,
    pub(super) name: String,
    /// Its type, as SQL: `date`.
    pub(super) holds: String,
    /// What stands in it when nothing is said, as SQL: `'open'::text`.
    pub(super) default: Option<String>,
}

/// All columns of all tables, but for those the database makes itself.
pub(super) async fn columns(db: &mut PgConnection) -> Result<Vec<Column>> {
    Ok(sqlx::query_as!(
        Column,
        r#"select c.relname::text as "table!", a.attname::text as "name!",
                  format_type(a.atttypid, null) as "holds!", pg_get_expr(d.adbin, d.adrelid) as "default"
           from pg_class c
           join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
           left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
           where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
           order by c.relname, a.attnum"#
    )
    .fetch_all(db)
    .await?)
}

/// Table and column of all that the database makes of other columns.
pub(super) async fn made_columns(db: &mut PgConnection) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"select c.relname::text as "table!", a.attname::text as "column!"
           from pg_attribute a join pg_class c on c.oid = a.attrelid
           where c.relnamespace = 'public'::regnamespace and a.attgenerated <> '' order by 1, 2"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.table, row.column)).collect())
}

/// Which table refers to which other.
pub(super) async fn references(db: &mut PgConnection) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"select distinct f.relname::text as "from!", t.relname::text as "to!"
           from pg_constraint k
           join pg_class f on f.oid = k.conrelid
           join pg_class t on t.oid = k.confrelid
           where k.contype = 'f' and k.conrelid <> k.confrelid
           order by 1, 2"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.from, row.to)).collect())
}

/// What of a program's rows breaks a rule that its tables alone do not hold.
pub(super) async fn broken(db: &mut PgConnection, id: ProgramId, now: OffsetDateTime) -> Result<Vec<Problem>> {
    let mut all = supervisors(db, id).await?;
    all.extend(goals_broken(db, id).await?);
    all.extend(meetings_broken(db, id, now).await?);
    all.extend(trips_broken(db, id).await?);
    all.extend(feedback_broken(db, id, now).await?);
    Ok(all)
}

/// Rule 3, of what is asked of supervisors now, or was last.
async fn supervisors(db: &mut PgConnection, id: ProgramId) -> Result<Vec<Problem>> {
    Ok(sqlx::query_as!(
        Problem,
        r#"select 'approval_requests ' || r.id as "place!",
                  case when p.id = t.person_id then 'the supervisor’s address is the peer’s own'
                       else 'the supervisor is in the same group' end as "reason!"
           from approval_requests r
           join participations t on t.program_id = $1 and t.id = r.participation_id
           join people p on p.email_folded = r.supervisor_email_folded
           where r.program_id = $1 and r.purpose in ('join', 'reconfirm')
             and (r.state in ('pending', 'conditional', 'approved')
                  or not exists (select from approval_requests n
                                 where n.program_id = $1 and n.participation_id = t.id
                                   and n.purpose in ('join', 'reconfirm') and (n.asked_at, n.id) > (r.asked_at, r.id)))
             and (p.id = t.person_id
                  or exists (select from memberships mine
                             join memberships theirs on theirs.program_id = $1 and theirs.group_id = mine.group_id
                                  and theirs.joined_on is not null and theirs.left_on is null
                             join participations o on o.program_id = $1 and o.id = theirs.participation_id
                                  and o.person_id = p.id
                             where mine.program_id = $1 and mine.participation_id = t.id
                               and mine.joined_on is not null and mine.left_on is null))
           order by r.id"#,
        id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// A personal goal that was agreed has elements, and they are its owner's.
async fn goals_broken(db: &mut PgConnection, id: ProgramId) -> Result<Vec<Problem>> {
    Ok(sqlx::query_as!(
        Problem,
        r#"select 'goals ' || g.id as "place!", 'an agreed personal goal has elements, about its owner alone' as "reason!"
           from goals g
           where g.program_id = $1 and g.owner_id is not null and g.agreed_on is not null
             and (not exists (select from elements e where e.program_id = $1 and e.goal_id = g.id)
                  or exists (select from elements e
                             where e.program_id = $1 and e.goal_id = g.id and e.about_id <> g.owner_id))
           order by g.id"#,
        id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// Rules 1 and 6.
async fn meetings_broken(db: &mut PgConnection, id: ProgramId, now: OffsetDateTime) -> Result<Vec<Problem>> {
    Ok(sqlx::query_as!(
        Problem,
        r#"select 'meetings ' || m.id as "place!", w.words as "reason!"
           from meetings m
           cross join lateral (
               select count(*) as people,
                      count(*) filter (where not exists (
                          select from memberships s
                          where s.program_id = $1 and s.group_id = m.group_id and s.participation_id = a.participation_id
                            and s.joined_on <= m.starts_local::date
                            and (s.left_on is null or s.left_on >= m.starts_local::date))) as strangers
               from attendances a where a.program_id = $1 and a.meeting_id = m.id) as came
           cross join lateral (values
               (m.state <> 'held' and came.people > 0, 'somebody was present though it was not held'),
               (m.state = 'held' and came.people < 2, 'fewer than two people were present'),
               (m.state in ('held', 'not_held') and m.starts_at > $2, 'it is still to come'),
               (came.strangers > 0, 'somebody was present who did not belong to the group that day'),
               (came.people >= 3 and m.facilitator_id = m.note_taker_id,
                'with three or more present, the facilitator takes no notes'),
               (not m.overrun_confirmed and m.state = 'scheduled'
                and (select sum(i.planned_minutes) from agenda_items i where i.program_id = $1 and i.meeting_id = m.id)
                    > extract(epoch from m.ends_at - m.starts_at) / 60,
                'more minutes are planned than it lasts')) as w (is_broken, words)
           where m.program_id = $1 and w.is_broken
           order by m.id, w.words"#,
        id as ProgramId,
        now
    )
    .fetch_all(db)
    .await?)
}

/// Rule 7, and what an observation is.
async fn trips_broken(db: &mut PgConnection, id: ProgramId) -> Result<Vec<Problem>> {
    Ok(sqlx::query_as!(
        Problem,
        r#"select 'field_trips ' || f.id as "place!", w.words as "reason!"
           from field_trips f
           cross join lateral (
               select count(*) as elements, count(*) filter (where e.about_id <> f.observed_id) as of_others,
                      count(*) filter (where e.agreed_on is null or e.agreed_on > f.on_date) as not_agreed
               from trip_elements x
               join elements e on e.program_id = $1 and e.id = x.element_id
               where x.program_id = $1 and x.trip_id = f.id) as focus
           cross join lateral (
               select count(*) as people,
                      count(*) filter (where g.participation_id in (f.observer_id, f.observed_id)) as the_two,
                      count(*) filter (where not exists (
                          select from memberships m
                          where m.program_id = $1 and m.group_id = f.group_id and m.participation_id = g.participation_id
                      )) as strangers
               from trip_goers g where g.program_id = $1 and g.trip_id = f.id) as goes
           cross join lateral (values
               (f.debriefed_on < f.on_date or f.reported_on < f.on_date,
                'it was talked through or written up before it took place'),
               (f.pre_met_on > f.on_date, 'the meeting before it came after it'),
               (f.kind <> 'observation' and focus.elements > 0, 'only an observation has elements in focus'),
               (f.kind = 'observation' and focus.elements not between 1 and 4, 'an observation looks at 1 to 4 elements'),
               (focus.of_others > 0, 'an element in focus is about somebody else'),
               (focus.not_agreed > 0, 'an element in focus was not agreed by then'),
               (f.completed_on is not null and goes.people = 0, 'nobody went'),
               (goes.strangers > 0, 'somebody goes who was never in the group'),
               (f.completed_on is not null and f.kind = 'observation' and goes.the_two < 2,
                'observer and observed did not both go')) as w (is_broken, words)
           where f.program_id = $1 and w.is_broken
           order by f.id, w.words"#,
        id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// Rule 2.
async fn feedback_broken(db: &mut PgConnection, id: ProgramId, now: OffsetDateTime) -> Result<Vec<Problem>> {
    Ok(sqlx::query_as!(
        Problem,
        r#"select 'feedback ' || f.id as "place!", w.words as "reason!"
           from feedback f
           cross join lateral (
               select count(*) as texts,
                      count(*) filter (where e.agreed_on is null or e.agreed_on > f.happened_on) as not_agreed
               from feedback_texts x
               join elements e on e.program_id = $1 and e.id = x.element_id
               where x.program_id = $1 and x.feedback_id = f.id) as words
           cross join lateral (
               select count(distinct s.participation_id) as there from memberships s
               where s.program_id = $1 and s.group_id = f.group_id and s.participation_id in (f.giver_id, f.receiver_id)
                 and s.joined_on <= f.happened_on and (s.left_on is null or s.left_on >= f.happened_on)) as both_of_them
           cross join lateral (values
               (both_of_them.there < 2, 'giver and receiver did not both belong to the group that day'),
               (f.state <> 'draft' and words.texts = 0, 'it has no words'),
               (f.shared_at > $2, 'it was shared in the future'),
               (words.not_agreed > 0, 'an element was not agreed by then')) as w (is_broken, words)
           where f.program_id = $1 and f.state <> 'draft' and w.is_broken
           order by f.id, w.words"#,
        id as ProgramId,
        now
    )
    .fetch_all(db)
    .await?)
}
