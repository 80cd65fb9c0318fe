//! Reads what a program says of itself. This slice writes nothing.
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::Date;

/// What anyone with the program's link may know.
#[derive(Debug)]
pub(super) struct Public {
    pub(super) theme: String,
    pub(super) purpose: String,
    pub(super) hours_month: i32,
    pub(super) work_time: bool,
    pub(super) trip_days: i32,
    pub(super) budget_cents: i32,
    pub(super) approval_required: bool,
    pub(super) answer_days: i32,
    pub(super) group_min: i32,
    pub(super) group_max: i32,
}

pub(super) async fn public(db: &mut PgConnection, id: ProgramId) -> Result<Public> {
    Ok(sqlx::query_as!(
        Public,
        "select theme, purpose, hours_month, work_time, trip_days, budget_cents, approval_required, answer_days,
                group_min, group_max
         from programs where id = $1",
        id as ProgramId
    )
    .fetch_one(db)
    .await?)
}

#[derive(Debug)]
pub(super) struct Theme {
    pub(super) starts_on: Date,
    pub(super) ends_on: Date,
    pub(super) title: String,
    pub(super) question: String,
}

/// The themes of a program, by date.
pub(super) async fn themes(db: &mut PgConnection, id: ProgramId) -> Result<Vec<Theme>> {
    Ok(sqlx::query_as!(
        Theme,
        "select starts_on, ends_on, title, question from themes where program_id = $1 order by starts_on, id",
        id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// Someone to write to.
#[derive(Debug)]
pub(super) struct Addressee {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) coordinates: bool,
    pub(super) is_contact: bool,
}

/// Coordinators and contacts, the contact person first, then by name.
pub(super) async fn addressees(db: &mut PgConnection, id: ProgramId) -> Result<Vec<Addressee>> {
    Ok(sqlx::query_as!(
        Addressee,
        r#"select p.name, p.email, (c.person_id is not null) as "coordinates!",
                  (p.id = o.contact_id or p.id is not distinct from o.second_contact_id) as "is_contact!"
           from programs o
           join people p on p.id in (o.contact_id, o.second_contact_id)
                or p.id in (select person_id from coordinators where program_id = $1)
           left join coordinators c on c.program_id = o.id and c.person_id = p.id
           where o.id = $1
           order by p.id <> o.contact_id, p.name, p.id"#,
        id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// The launched group a peer belongs to now.
#[derive(Debug)]
pub(super) struct MyGroup {
    pub(super) id: GroupId,
    pub(super) name: String,
}

pub(super) async fn my_group(
    db: &mut PgConnection,
    program_id: ProgramId,
    participation_id: ParticipationId,
) -> Result<Option<MyGroup>> {
    Ok(sqlx::query_as!(
        MyGroup,
        r#"select g.id as "id: GroupId", g.name
           from memberships m join groups g on g.program_id = m.program_id and g.id = m.group_id
           where m.program_id = $1 and m.participation_id = $2 and m.joined_on is not null and m.left_on is null"#,
        program_id as ProgramId,
        participation_id as ParticipationId
    )
    .fetch_optional(db)
    .await?)
}
