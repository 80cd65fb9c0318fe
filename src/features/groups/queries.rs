//! Every statement that writes `groups` and `memberships`.
use super::model::{Answer, Request, Sizes};
use crate::access::{ParticipationState, ProgramState};
use crate::base::{
    error::Result,
    ids::{GroupId, MembershipId, ParticipationId, PersonId, ProgramId},
    text,
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Someone who belongs to a group now and takes part.
#[derive(Debug, Clone)]
pub struct OpenMember {
    pub participation_id: ParticipationId,
    pub person_id: PersonId,
    pub name: String,
    pub email: String,
    /// IANA name.
    pub time_zone: String,
    pub joined_on: Date,
}

impl OpenMember {
    /// What the others call them.
    pub fn first_name(&self) -> &str {
        text::first_name(&self.name)
    }
}

/// The open members of a launched group, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn open_members(db: &mut PgConnection, program_id: ProgramId, group_id: GroupId) -> Result<Vec<OpenMember>> {
    Ok(sqlx::query_as!(
        OpenMember,
        r#"select t.id as "participation_id: ParticipationId", p.id as "person_id: PersonId", p.name, p.email, p.time_zone,
                  m.joined_on as "joined_on!"
           from memberships m
           join participations t on t.program_id = m.program_id and t.id = m.participation_id
           join people p on p.id = t.person_id
           where m.program_id = $1 and m.group_id = $2 and m.joined_on is not null and m.left_on is null
             and t.state = 'joined'
           order by p.name, t.id"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}

/// What a program says about its groups.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settings {
    pub(super) state: ProgramState,
    pub(super) sizes: Sizes,
    pub(super) approval_required: bool,
}

struct SettingsRow {
    state: ProgramState,
    group_min: i32,
    group_target: i32,
    group_max: i32,
    approval_required: bool,
}

impl From<SettingsRow> for Settings {
    fn from(row: SettingsRow) -> Self {
        let size = |n: i32| usize::try_from(n).unwrap_or(0);
        Self {
            state: row.state,
            sizes: Sizes { min: size(row.group_min), target: size(row.group_target), max: size(row.group_max) },
            approval_required: row.approval_required,
        }
    }
}

pub(super) async fn settings(db: &mut PgConnection, program_id: ProgramId) -> Result<Settings> {
    Ok(sqlx::query_as!(
        SettingsRow,
        r#"select state as "state: ProgramState", group_min, group_target, group_max, approval_required
           from programs where id = $1"#,
        program_id as ProgramId
    )
    .fetch_one(db)
    .await?
    .into())
}

/// The same, and until the transaction ends nobody else forms groups in this program or launches it.
pub(super) async fn hold(db: &mut PgConnection, program_id: ProgramId) -> Result<Settings> {
    Ok(sqlx::query_as!(
        SettingsRow,
        r#"select state as "state: ProgramState", group_min, group_target, group_max, approval_required
           from programs where id = $1 for no key update"#,
        program_id as ProgramId
    )
    .fetch_one(db)
    .await?
    .into())
}

/// Someone in the program, with the group they are in or are planned for.
#[derive(Debug)]
pub(super) struct RosterRow {
    pub(super) id: ParticipationId,
    pub(super) person_id: PersonId,
    pub(super) name: String,
    pub(super) email_folded: String,
    pub(super) state: ParticipationState,
    pub(super) site: String,
    pub(super) department: String,
    pub(super) wants: String,
    pub(super) offers: String,
    pub(super) supervisor_email: String,
    pub(super) membership_id: Option<MembershipId>,
    pub(super) joined_on: Option<Date>,
    pub(super) group_id: Option<GroupId>,
    pub(super) group_name: Option<String>,
}

/// Everyone who takes part or is still in a group, by name.
pub(super) async fn roster(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<RosterRow>> {
    Ok(sqlx::query_as!(
        RosterRow,
        r#"select t.id as "id: ParticipationId", p.id as "person_id: PersonId", p.name, p.email_folded,
                  t.state as "state: ParticipationState", t.site, t.department, t.wants, t.offers, t.supervisor_email,
                  m.id as "membership_id?: MembershipId", m.joined_on as "joined_on?", g.id as "group_id?: GroupId",
                  g.name as "group_name?"
           from participations t
           join people p on p.id = t.person_id
           left join memberships m on m.program_id = t.program_id and m.participation_id = t.id and m.left_on is null
           left join groups g on g.program_id = m.program_id and g.id = m.group_id
           where t.program_id = $1 and (t.state in ('invited', 'joined', 'on_hold') or m.id is not null)
           order by p.name, t.id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// Every request for taking part in the program, newest first.
pub(super) async fn requests(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Request>> {
    Ok(sqlx::query_as!(
        Request,
        r#"select participation_id as "participation_id: ParticipationId", state as "answer: Answer",
                  talk_first_at is not null as "talk_first!", valid_from, valid_until, revoked_from,
                  supervisor_email_folded as supervisor_email
           from approval_requests
           where program_id = $1 and purpose in ('join', 'reconfirm')
           order by asked_at desc, id desc"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// A group, without its members.
#[derive(Debug, Clone)]
pub(super) struct GroupRow {
    pub(super) id: GroupId,
    pub(super) name: String,
    pub(super) focus: String,
    pub(super) home_time_zone: String,
    pub(super) meeting_minutes: i32,
    pub(super) closed_on: Option<Date>,
}

/// The groups of a program, by name.
pub(super) async fn groups(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<GroupRow>> {
    Ok(sqlx::query_as!(
        GroupRow,
        r#"select id as "id: GroupId", name, focus, home_time_zone, meeting_minutes, closed_on
           from groups where program_id = $1 order by name, id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// What a coordinator says of a group.
#[derive(Debug, Clone)]
pub(super) struct About {
    pub(super) name: String,
    pub(super) focus: String,
    pub(super) home_time_zone: String,
    pub(super) meeting_minutes: i32,
}

/// `false` when a group with this id is there already.
pub(super) async fn insert_group(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: GroupId,
    about: &About,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into groups (program_id, id, name, focus, home_time_zone, meeting_minutes, created_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (program_id, id) do nothing",
        program_id as ProgramId,
        id as GroupId,
        about.name,
        about.focus,
        about.home_time_zone,
        about.meeting_minutes,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `false` when there is no such group.
pub(super) async fn update_group(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: GroupId,
    about: &About,
) -> Result<bool> {
    let done = sqlx::query!(
        "update groups set name = $3, focus = $4, home_time_zone = $5, meeting_minutes = $6
         where program_id = $1 and id = $2",
        program_id as ProgramId,
        id as GroupId,
        about.name,
        about.focus,
        about.home_time_zone,
        about.meeting_minutes
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Places people in a group, as of a day or planned for the launch.
pub(super) async fn place(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    people: &[ParticipationId],
    joined_on: Option<Date>,
) -> Result<()> {
    let ids: Vec<MembershipId> = people.iter().map(|_| MembershipId::generate()).collect();
    sqlx::query!(
        "insert into memberships (program_id, id, group_id, participation_id, joined_on)
         select $1, new.id, $2, new.participation_id, $5 from unnest($3::uuid[], $4::uuid[]) as new (id, participation_id)",
        program_id as ProgramId,
        group_id as GroupId,
        &ids as &[MembershipId],
        people as &[ParticipationId],
        joined_on
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes people out of a group that was only planned. Once a membership has begun it is never deleted.
pub(super) async fn take_out(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    people: &[ParticipationId],
) -> Result<()> {
    sqlx::query!(
        "delete from memberships
         where program_id = $1 and group_id = $2 and participation_id = any($3) and joined_on is null",
        program_id as ProgramId,
        group_id as GroupId,
        people as &[ParticipationId]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes a group that was only planned, with its plan; `false` when it is gone already.
pub(super) async fn delete_planned(db: &mut PgConnection, program_id: ProgramId, id: GroupId) -> Result<bool> {
    sqlx::query!(
        "delete from memberships where program_id = $1 and group_id = $2 and joined_on is null",
        program_id as ProgramId,
        id as GroupId
    )
    .execute(&mut *db)
    .await?;
    let done =
        sqlx::query!("delete from groups where program_id = $1 and id = $2", program_id as ProgramId, id as GroupId)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Who begins in which group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begun {
    pub(super) group_id: GroupId,
    pub(super) participation_id: ParticipationId,
}

/// All planned memberships begin on this day.
pub(super) async fn begin_all(db: &mut PgConnection, program_id: ProgramId, on: Date) -> Result<Vec<Begun>> {
    Ok(sqlx::query_as!(
        Begun,
        r#"update memberships set joined_on = $2 where program_id = $1 and joined_on is null
           returning group_id as "group_id: GroupId", participation_id as "participation_id: ParticipationId""#,
        program_id as ProgramId,
        on
    )
    .fetch_all(db)
    .await?)
}

/// What a letter says of a group beside its members.
#[derive(Debug)]
pub(super) struct LetterFacts {
    pub(super) program: String,
    pub(super) institution: String,
    pub(super) starts_on: Date,
    pub(super) ends_on: Date,
    pub(super) group: String,
    pub(super) focus: String,
    pub(super) by_name: String,
    pub(super) by_email: String,
}

/// `None` when the group or the person who wrote is gone.
pub(super) async fn letter_facts(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    by: PersonId,
) -> Result<Option<LetterFacts>> {
    Ok(sqlx::query_as!(
        LetterFacts,
        "select r.name as program, r.institution, r.starts_on, r.ends_on, g.name as \"group\", g.focus,
                p.name as by_name, p.email as by_email
         from groups g join programs r on r.id = g.program_id join people p on p.id = $3
         where g.program_id = $1 and g.id = $2",
        program_id as ProgramId,
        group_id as GroupId,
        by as PersonId
    )
    .fetch_optional(db)
    .await?)
}
