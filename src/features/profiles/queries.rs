//! Every statement that writes `availability`, `not_with` and `participation_themes`, and what profiles read.
use super::model::Slot;
use crate::access::ParticipationState;
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, ProgramId, SlotId, ThemeId},
};
use sqlx::PgConnection;
use time::Time;

/// What somebody says of themselves, in one row.
#[derive(Debug)]
pub(super) struct AboutRow {
    pub(super) id: ParticipationId,
    pub(super) name: String,
    /// IANA name of the zone the person lives by.
    pub(super) time_zone: String,
    pub(super) state: ParticipationState,
    pub(super) wants: String,
    pub(super) offers: String,
    pub(super) title: String,
    pub(super) department: String,
    pub(super) site: String,
    /// Why they completed without a product.
    pub(super) completion_line: String,
}

/// `None` when nobody of the program has this part.
pub(super) async fn about(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ParticipationId,
) -> Result<Option<AboutRow>> {
    Ok(sqlx::query_as!(
        AboutRow,
        r#"select t.id as "id: ParticipationId", p.name, p.time_zone, t.state as "state: ParticipationState", t.wants,
                  t.offers, t.title, t.department, t.site, t.completion_line
           from participations t join people p on p.id = t.person_id
           where t.program_id = $1 and t.id = $2"#,
        program_id as ProgramId,
        id as ParticipationId
    )
    .fetch_optional(db)
    .await?)
}

/// The same of every open member of a group, by name.
pub(super) async fn about_members(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
) -> Result<Vec<AboutRow>> {
    Ok(sqlx::query_as!(
        AboutRow,
        r#"select t.id as "id: ParticipationId", p.name, p.time_zone, t.state as "state: ParticipationState", t.wants,
                  t.offers, t.title, t.department, t.site, t.completion_line
           from memberships m
           join participations t on t.program_id = $1 and t.id = m.participation_id
           join people p on p.id = t.person_id
           where m.program_id = $1 and m.group_id = $2 and m.joined_on is not null and m.left_on is null
             and t.state in ('joined', 'on_hold')
           order by p.name, t.id"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}

/// A theme of the program, and whether it draws somebody.
#[derive(Debug)]
pub(super) struct ThemeRow {
    pub(super) id: ThemeId,
    pub(super) title: String,
    pub(super) chosen: bool,
}

pub(super) async fn themes(db: &mut PgConnection, program_id: ProgramId, of: ParticipationId) -> Result<Vec<ThemeRow>> {
    Ok(sqlx::query_as!(
        ThemeRow,
        r#"select h.id as "id: ThemeId", h.title, (c.theme_id is not null) as "chosen!"
           from themes h
           left join participation_themes c on c.program_id = $1 and c.theme_id = h.id and c.participation_id = $2
           where h.program_id = $1 order by h.starts_on, h.id"#,
        program_id as ProgramId,
        of as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// A theme that draws a member of a group.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) participation_id: ParticipationId,
    pub(super) title: String,
}

pub(super) async fn themes_of_all(
    db: &mut PgConnection,
    program_id: ProgramId,
    of: &[ParticipationId],
) -> Result<Vec<Drawn>> {
    Ok(sqlx::query_as!(
        Drawn,
        r#"select c.participation_id as "participation_id: ParticipationId", h.title
           from participation_themes c join themes h on h.program_id = $1 and h.id = c.theme_id
           where c.program_id = $1 and c.participation_id = any($2)
           order by h.starts_on, h.id, c.participation_id"#,
        program_id as ProgramId,
        of as &[ParticipationId]
    )
    .fetch_all(db)
    .await?)
}

/// Replaces which themes draw somebody; ids that are no theme of the program are passed over.
pub(super) async fn replace_themes(
    db: &mut PgConnection,
    program_id: ProgramId,
    of: ParticipationId,
    chosen: &[ThemeId],
) -> Result<()> {
    sqlx::query!(
        "delete from participation_themes where program_id = $1 and participation_id = $2",
        program_id as ProgramId,
        of as ParticipationId
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into participation_themes (program_id, participation_id, theme_id)
         select $1, $2, h.id from themes h where h.program_id = $1 and h.id = any($3)",
        program_id as ProgramId,
        of as ParticipationId,
        chosen as &[ThemeId]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A slot and whose it is.
#[derive(Debug)]
pub struct SlotOf {
    pub participation_id: ParticipationId,
    pub slot: Slot,
}

/// When these people can meet, each in their own zone.
///
/// # Errors
/// When the database does not answer.
pub async fn slots(db: &mut PgConnection, program_id: ProgramId, of: &[ParticipationId]) -> Result<Vec<SlotOf>> {
    let rows = sqlx::query!(
        r#"select participation_id as "participation_id: ParticipationId", weekday, starts_at, ends_at
           from availability where program_id = $1 and participation_id = any($2)
           order by participation_id, weekday, starts_at, id"#,
        program_id as ProgramId,
        of as &[ParticipationId]
    )
    .fetch_all(db)
    .await?;
    let slot = |weekday, starts_at, ends_at| Slot { weekday, starts_at, ends_at };
    Ok(rows
        .into_iter()
        .map(|r| SlotOf { participation_id: r.participation_id, slot: slot(r.weekday, r.starts_at, r.ends_at) })
        .collect())
}

/// Replaces when somebody can meet.
pub(super) async fn replace_slots(
    db: &mut PgConnection,
    program_id: ProgramId,
    of: ParticipationId,
    week: &[Slot],
) -> Result<()> {
    sqlx::query!(
        "delete from availability where program_id = $1 and participation_id = $2",
        program_id as ProgramId,
        of as ParticipationId
    )
    .execute(&mut *db)
    .await?;
    let ids: Vec<SlotId> = week.iter().map(|_| SlotId::generate()).collect();
    let weekdays: Vec<i32> = week.iter().map(|slot| slot.weekday).collect();
    let starts: Vec<Time> = week.iter().map(|slot| slot.starts_at).collect();
    let ends: Vec<Time> = week.iter().map(|slot| slot.ends_at).collect();
    sqlx::query!(
        "insert into availability (program_id, id, participation_id, weekday, starts_at, ends_at)
         select $1, new.id, $2, new.weekday, new.starts_at, new.ends_at
         from unnest($3::uuid[], $4::int[], $5::time[], $6::time[]) as new (id, weekday, starts_at, ends_at)",
        program_id as ProgramId,
        of as ParticipationId,
        &ids as &[SlotId],
        &weekdays,
        &starts,
        &ends
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Somebody of the program, by name.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) id: ParticipationId,
    pub(super) name: String,
}

/// Whom somebody would rather not meet with.
pub(super) async fn not_with(db: &mut PgConnection, program_id: ProgramId, of: ParticipationId) -> Result<Vec<Named>> {
    Ok(sqlx::query_as!(
        Named,
        r#"select t.id as "id: ParticipationId", p.name
           from not_with n
           join participations t on t.program_id = $1 and t.id = n.other_id
           join people p on p.id = t.person_id
           where n.program_id = $1 and n.participation_id = $2
           order by p.name, t.id"#,
        program_id as ProgramId,
        of as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// Others of the program whose name holds this, at most `most`, by name.
pub(super) async fn others_named(
    db: &mut PgConnection,
    program_id: ProgramId,
    than: ParticipationId,
    part_of_name: &str,
    most: i64,
) -> Result<Vec<Named>> {
    Ok(sqlx::query_as!(
        Named,
        r#"select t.id as "id: ParticipationId", p.name
           from participations t join people p on p.id = t.person_id
           where t.program_id = $1 and t.id <> $2 and t.state in ('invited', 'joined', 'on_hold')
             and strpos(lower(p.name), lower($3)) > 0
             and not exists (select from not_with n where n.program_id = $1 and n.participation_id = $2 and n.other_id = t.id)
           order by p.name, t.id limit $4"#,
        program_id as ProgramId,
        than as ParticipationId,
        part_of_name,
        most
    )
    .fetch_all(db)
    .await?)
}

/// Notes that somebody would rather not meet with another of the program, unless there are `most`
/// already; twice is once. `false` when nothing was noted.
pub(super) async fn add_not_with(
    db: &mut PgConnection,
    program_id: ProgramId,
    of: ParticipationId,
    other: ParticipationId,
    most: i64,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into not_with (program_id, participation_id, other_id)
         select $1, $2, t.id from participations t
         where t.program_id = $1 and t.id = $3 and t.id <> $2
           and (select count(*) from not_with n where n.program_id = $1 and n.participation_id = $2) < $4
         on conflict do nothing",
        program_id as ProgramId,
        of as ParticipationId,
        other as ParticipationId,
        most
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn remove_not_with(
    db: &mut PgConnection,
    program_id: ProgramId,
    of: ParticipationId,
    other: ParticipationId,
) -> Result<()> {
    sqlx::query!(
        "delete from not_with where program_id = $1 and participation_id = $2 and other_id = $3",
        program_id as ProgramId,
        of as ParticipationId,
        other as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Two people who are not to be in one group: in the order of their names, so that nothing says who asked.
#[derive(Debug)]
pub(super) struct Apart {
    pub(super) one: String,
    pub(super) other: String,
    /// The group they are both in or planned for now.
    pub(super) group_name: Option<String>,
}

/// Pairs of people who take part, each once, at most `most`.
pub(super) async fn kept_apart(db: &mut PgConnection, program_id: ProgramId, most: i64) -> Result<Vec<Apart>> {
    Ok(sqlx::query_as!(
        Apart,
        r#"select least(p.name, q.name) as "one!", greatest(p.name, q.name) as "other!", g.name as "group_name?"
           from (select distinct least(n.participation_id, n.other_id) as one_id,
                        greatest(n.participation_id, n.other_id) as other_id
                 from not_with n where n.program_id = $1) pair
           join participations t on t.program_id = $1 and t.id = pair.one_id and t.state in ('invited', 'joined', 'on_hold')
           join participations u on u.program_id = $1 and u.id = pair.other_id and u.state in ('invited', 'joined', 'on_hold')
           join people p on p.id = t.person_id
           join people q on q.id = u.person_id
           left join memberships m on m.program_id = $1 and m.participation_id = t.id and m.left_on is null
           left join memberships w on w.program_id = $1 and w.participation_id = u.id and w.left_on is null
                and w.group_id = m.group_id
           left join groups g on g.program_id = $1 and g.id = w.group_id
           order by 1, 2, pair.one_id, pair.other_id limit $2"#,
        program_id as ProgramId,
        most
    )
    .fetch_all(db)
    .await?)
}

/// Two people who are not to be in one group, whoever asked.
///
/// # Errors
/// When the database does not answer.
pub async fn pairs_apart(
    db: &mut PgConnection,
    program_id: ProgramId,
) -> Result<Vec<(ParticipationId, ParticipationId)>> {
    let rows = sqlx::query!(
        r#"select distinct least(participation_id, other_id) as "one!: ParticipationId",
                  greatest(participation_id, other_id) as "other!: ParticipationId"
           from not_with where program_id = $1 order by 1, 2"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.one, row.other)).collect())
}
