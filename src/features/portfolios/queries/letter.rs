//! What the letter of participation says.
use super::super::model::{Attendance, Journey, Letter};
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// One person's groups, the held meetings they came to, the trips they went on and what they made.
pub(in super::super) async fn letter(
    db: &mut PgConnection,
    program_id: ProgramId,
    me: ParticipationId,
) -> Result<Letter> {
    let groups = sqlx::query_scalar!(
        "select g.name from memberships m join groups g on g.program_id = m.program_id and g.id = m.group_id
         where m.program_id = $1 and m.participation_id = $2 and m.joined_on is not null order by m.joined_on, m.id",
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(&mut *db)
    .await?;
    let meetings = sqlx::query_as!(
        Attendance,
        r#"select m.actual_minutes as "minutes!"
           from attendances a join meetings m on m.program_id = a.program_id and m.id = a.meeting_id
           where a.program_id = $1 and a.participation_id = $2 and m.state = 'held' order by m.starts_at, m.id"#,
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(&mut *db)
    .await?;
    // Whoever is watched at work goes nowhere.
    let trips = sqlx::query_as!(
        Journey,
        "select f.away, f.by_video from trip_goers w
         join field_trips f on f.program_id = w.program_id and f.id = w.trip_id
         where w.program_id = $1 and w.participation_id = $2 and f.state in ('completed', 'reported')
           and f.observed_id is distinct from $2
         order by f.on_date, f.id",
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(&mut *db)
    .await?;
    let products = sqlx::query_scalar!(
        "select title from products where program_id = $1 and owner_id = $2 order by created_at, id",
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(&mut *db)
    .await?;
    let ended_on = sqlx::query_scalar!(
        "select ended_on from participations where program_id = $1 and id = $2",
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_one(db)
    .await?;
    Ok(Letter { groups, meetings, trips, products, ended_on })
}
