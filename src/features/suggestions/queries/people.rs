//! What people say of themselves, and who was in a group with whom.
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, PersonId, ProgramId},
};
use crate::features::{matching::Somebody, profiles::Slot};
use sqlx::PgConnection;
use std::collections::HashMap;

/// What these say of themselves: each with their person. Who is gone is left out.
pub(in super::super) async fn somebody(
    db: &mut PgConnection,
    program_id: ProgramId,
    of: &[ParticipationId],
) -> Result<HashMap<ParticipationId, (PersonId, Somebody)>> {
    let rows = sqlx::query!(
        r#"select t.id as "id: ParticipationId", p.id as "person_id: PersonId", p.name, p.time_zone, t.wants, t.offers,
                  t.department, t.site
           from participations t join people p on p.id = t.person_id
           where t.program_id = $1 and t.id = any($2)"#,
        program_id as ProgramId,
        of as &[ParticipationId]
    )
    .fetch_all(&mut *db)
    .await?;
    let mut found: HashMap<ParticipationId, (PersonId, Somebody)> = HashMap::with_capacity(rows.len());
    for row in rows {
        let about = Somebody {
            name: row.name,
            time_zone: row.time_zone,
            wants: row.wants,
            offers: row.offers,
            department: row.department,
            site: row.site,
            ..Somebody::default()
        };
        found.insert(row.id, (row.person_id, about));
    }
    let themes = sqlx::query!(
        r#"select c.participation_id as "id: ParticipationId", h.title
           from participation_themes c join themes h on h.program_id = $1 and h.id = c.theme_id
           where c.program_id = $1 and c.participation_id = any($2) order by h.starts_on, h.id"#,
        program_id as ProgramId,
        of as &[ParticipationId]
    )
    .fetch_all(&mut *db)
    .await?;
    for row in themes {
        if let Some((_, about)) = found.get_mut(&row.id) {
            about.themes.push(row.title);
        }
    }
    let slots = sqlx::query!(
        r#"select participation_id as "id: ParticipationId", weekday, starts_at, ends_at from availability
           where program_id = $1 and participation_id = any($2) order by participation_id, weekday, starts_at, id"#,
        program_id as ProgramId,
        of as &[ParticipationId]
    )
    .fetch_all(db)
    .await?;
    for row in slots {
        if let Some((_, about)) = found.get_mut(&row.id) {
            about.slots.push(Slot { weekday: row.weekday, starts_at: row.starts_at, ends_at: row.ends_at });
        }
    }
    Ok(found)
}

/// Somebody who was in a group.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct WasIn {
    pub(in super::super) person_id: PersonId,
    pub(in super::super) group_id: GroupId,
}

/// The groups these have been in: in this program, and in others that a coordinator of this one runs
/// too, so that nobody learns of programs they have no part in.
pub(in super::super) async fn earlier_groups(
    db: &mut PgConnection,
    program_id: ProgramId,
    people: &[PersonId],
) -> Result<Vec<WasIn>> {
    let coordinators = sqlx::query_scalar!(
        r#"select person_id as "id: PersonId" from coordinators where program_id = $1"#,
        program_id as ProgramId
    )
    .fetch_all(&mut *db)
    .await?;
    let programs = sqlx::query_scalar!(
        r#"select distinct m.program_id as "id: ProgramId"
           from person_programs m join coordinators c on c.program_id = m.program_id and c.person_id = m.person_id
           where m.person_id = any($1)"#,
        &coordinators as &[PersonId]
    )
    .fetch_all(&mut *db)
    .await?;
    Ok(sqlx::query_as!(
        WasIn,
        r#"select distinct t.person_id as "person_id: PersonId", m.group_id as "group_id: GroupId"
           from participations t join memberships m on m.program_id = t.program_id and m.participation_id = t.id
           where t.program_id = any($1) and m.program_id = any($1) and t.person_id = any($2) and m.joined_on is not null
           order by 2, 1"#,
        &programs as &[ProgramId],
        people as &[PersonId]
    )
    .fetch_all(db)
    .await?)
}
