//! Who belongs to which group, and since when.
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{GroupId, MembershipId, ParticipationId, PersonId, ProgramId},
    text, words,
};
use sqlx::PgConnection;
use time::Date;

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

/// "Priya, Marcus and you": who reads what the group writes now, or what was written on a day, which who came
/// later does not read.
pub(crate) fn readers(by: &GroupMember, members: &[OpenMember], written_on: Option<Date>) -> String {
    let reads = |joined_on: Date| written_on.is_none_or(|day| joined_on <= day);
    let others = members.iter().filter(|one| one.participation_id != by.participation_id() && reads(one.joined_on));
    let mut names: Vec<String> = others.map(|one| one.first_name().to_owned()).collect();
    if reads(by.joined_on()) {
        names.push("you".to_owned());
    }
    if names.is_empty() { "Nobody in your group now".to_owned() } else { words::capital(&words::list(&names)) }
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

/// Places people in a group, as of a day or planned for the launch.
pub(crate) async fn place(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    people: &[ParticipationId],
    joined_on: Option<Date>,
) -> Result<()> {
    let seats: Vec<(GroupId, ParticipationId)> = people.iter().map(|person| (group_id, *person)).collect();
    place_all(db, program_id, &seats, joined_on).await
}

/// The same in many groups at once.
pub(crate) async fn place_all(
    db: &mut PgConnection,
    program_id: ProgramId,
    seats: &[(GroupId, ParticipationId)],
    joined_on: Option<Date>,
) -> Result<()> {
    let ids: Vec<MembershipId> = seats.iter().map(|_| MembershipId::generate()).collect();
    let (groups, people): (Vec<GroupId>, Vec<ParticipationId>) = seats.iter().copied().unzip();
    sqlx::query!(
        "insert into memberships (program_id, id, group_id, participation_id, joined_on)
         select $1, new.id, new.group_id, new.participation_id, $5
         from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as new (id, group_id, participation_id)",
        program_id as ProgramId,
        &ids as &[MembershipId],
        &groups as &[GroupId],
        &people as &[ParticipationId],
        joined_on
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes people out of a group that was only planned. Once a membership has begun it is never deleted.
pub(crate) async fn take_out(
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

/// Closes the membership of somebody whose part ends on a day; one that was only planned is deleted.
///
/// # Errors
/// When the database does not answer.
pub async fn leave_group(db: &mut PgConnection, program_id: ProgramId, of: ParticipationId, on: Date) -> Result<()> {
    sqlx::query!(
        "with planned as (delete from memberships
                          where program_id = $1 and participation_id = $2 and joined_on is null)
         update memberships set left_on = greatest(joined_on, $3)
         where program_id = $1 and participation_id = $2 and joined_on is not null and left_on is null",
        program_id as ProgramId,
        of as ParticipationId,
        on
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes a group that was only planned, with its plan; `false` when it is gone already.
pub(crate) async fn delete_planned(db: &mut PgConnection, program_id: ProgramId, id: GroupId) -> Result<bool> {
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
pub(crate) struct Begun {
    pub(crate) group_id: GroupId,
    pub(crate) participation_id: ParticipationId,
}

/// All planned memberships begin on this day.
pub(crate) async fn begin_all(db: &mut PgConnection, program_id: ProgramId, on: Date) -> Result<Vec<Begun>> {
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
