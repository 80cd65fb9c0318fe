//! Groups, without their members.
use super::super::model::{Closing, KeptSmall};
use crate::base::{
    error::Result,
    ids::{GroupId, PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// A group, without its members.
#[derive(Debug, Clone)]
pub(crate) struct GroupRow {
    pub(crate) id: GroupId,
    pub(crate) name: String,
    pub(crate) focus: String,
    pub(crate) home_time_zone: String,
    pub(crate) meeting_minutes: i32,
    pub(crate) closed_on: Option<Date>,
    /// When a coordinator last decided that it goes on small, and with how many open members.
    pub(crate) kept_small_on: Option<Date>,
    pub(crate) kept_small_with: Option<i32>,
    /// When somebody last left it.
    pub(crate) last_left_on: Option<Date>,
}

impl GroupRow {
    pub(crate) fn kept_small(&self) -> Option<KeptSmall> {
        KeptSmall::of(self.kept_small_on, self.kept_small_with)
    }
}

/// The groups of a program, by name.
pub(crate) async fn groups(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<GroupRow>> {
    Ok(sqlx::query_as!(
        GroupRow,
        r#"select id as "id: GroupId", name, focus, home_time_zone, meeting_minutes, closed_on,
                  kept_small_on, kept_small_with,
                  (select max(m.left_on) from memberships m where m.program_id = $1 and m.group_id = groups.id) as last_left_on
           from groups where program_id = $1 order by name, id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// What a coordinator says of a group.
#[derive(Debug, Clone)]
pub(crate) struct About {
    pub(crate) name: String,
    pub(crate) focus: String,
    pub(crate) home_time_zone: String,
    pub(crate) meeting_minutes: i32,
}

/// `false` when a group with this id is there already.
pub(crate) async fn insert_group(
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

/// Many new groups at once.
pub(crate) async fn insert_groups(
    db: &mut PgConnection,
    program_id: ProgramId,
    groups: &[(GroupId, &About)],
    now: OffsetDateTime,
) -> Result<()> {
    let ids: Vec<GroupId> = groups.iter().map(|(id, _)| *id).collect();
    let text = |of: fn(&About) -> &String| groups.iter().map(|(_, about)| of(about).clone()).collect::<Vec<String>>();
    let minutes: Vec<i32> = groups.iter().map(|(_, about)| about.meeting_minutes).collect();
    sqlx::query!(
        "insert into groups (program_id, id, name, focus, home_time_zone, meeting_minutes, created_at)
         select $1, new.id, new.name, new.focus, new.zone, new.minutes, $7
         from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::int[]) as new (id, name, focus, zone, minutes)",
        program_id as ProgramId,
        &ids as &[GroupId],
        &text(|about| &about.name),
        &text(|about| &about.focus),
        &text(|about| &about.home_time_zone),
        &minutes,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `false` when there is no such group.
pub(crate) async fn update_group(
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

/// A coordinator decides that a group goes on with so many open members, below the program's minimum.
pub(crate) async fn keep_small(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: GroupId,
    kept: KeptSmall,
) -> Result<()> {
    sqlx::query!(
        "update groups set kept_small_on = $3, kept_small_with = $4 where program_id = $1 and id = $2",
        program_id as ProgramId,
        id as GroupId,
        kept.on,
        i32::try_from(kept.with).unwrap_or(0)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `false` when it was closed before.
pub(crate) async fn close_group(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: GroupId,
    how: Closing,
    on: Date,
) -> Result<bool> {
    let done = sqlx::query!(
        "update groups set closed_on = $3, closed_how = $4 where program_id = $1 and id = $2 and closed_on is null",
        program_id as ProgramId,
        id as GroupId,
        on,
        how as Closing
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What a letter says of a group beside its members.
#[derive(Debug)]
pub(crate) struct LetterFacts {
    pub(crate) program: String,
    pub(crate) institution: String,
    pub(crate) starts_on: Date,
    pub(crate) ends_on: Date,
    pub(crate) group: String,
    pub(crate) focus: String,
    pub(crate) by_name: String,
    pub(crate) by_email: String,
}

/// `None` when the group or the person who wrote is gone.
pub(crate) async fn letter_facts(
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

/// What an email says of where its reader is.
#[derive(Debug)]
pub(crate) struct Names {
    pub(crate) group: String,
    pub(crate) institution: String,
}

/// The group and the institution by name.
pub(crate) async fn names(db: &mut PgConnection, program_id: ProgramId, group_id: GroupId) -> Result<Names> {
    Ok(sqlx::query_as!(
        Names,
        r#"select g.name as "group", p.institution
           from groups g join programs p on p.id = g.program_id
           where g.program_id = $1 and g.id = $2"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_one(db)
    .await?)
}
