//! Every statement that writes `fixed_times`.
use super::model::FixedTime;
use crate::base::{
    error::Result,
    ids::{GroupId, ProgramId},
};
use crate::features::meetings::GroupKey;
use sqlx::PgConnection;
use time::{PrimitiveDateTime, Time, Weekday};

/// The two times of a group, if it has them, and when it meets or met last, on its clock.
pub(super) async fn read(
    db: &mut PgConnection,
    of: GroupKey,
) -> Result<Option<([FixedTime; 2], Option<PrimitiveDateTime>)>> {
    let rows = sqlx::query!(
        r#"select f.weekday, f.starts_at as "at: Time",
                  (select max(m.starts_local) from meetings m
                   where m.program_id = $1 and m.group_id = $2 and m.state in ('scheduled', 'held'))
                      as "last: PrimitiveDateTime"
           from fixed_times f where f.program_id = $1 and f.group_id = $2 order by f.position"#,
        of.program_id as ProgramId,
        of.group_id as GroupId
    )
    .fetch_all(db)
    .await?;
    let [first, second] = rows.as_slice() else { return Ok(None) };
    let time = |weekday: i32, at| FixedTime { weekday: weekday_of(weekday), at };
    Ok(Some(([time(first.weekday, first.at), time(second.weekday, second.at)], first.last)))
}

/// Monday is 1.
fn weekday_of(number: i32) -> Weekday {
    Weekday::Monday.nth_next(u8::try_from(number - 1).unwrap_or(0))
}

/// Writes both over what was.
pub(super) async fn write(db: &mut PgConnection, of: GroupKey, times: [FixedTime; 2]) -> Result<()> {
    let weekdays = times.map(|time| i32::from(time.weekday.number_from_monday()));
    let starts = times.map(|time| time.at);
    sqlx::query!(
        "insert into fixed_times (program_id, group_id, position, weekday, starts_at)
         select $1, $2, new.position, new.weekday, new.starts_at
         from unnest($3::integer[], $4::time[]) with ordinality as new (weekday, starts_at, position)
         on conflict (program_id, group_id, position)
         do update set weekday = excluded.weekday, starts_at = excluded.starts_at",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        &weekdays[..],
        &starts[..]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends the turns; twice is once.
pub(super) async fn end(db: &mut PgConnection, of: GroupKey) -> Result<()> {
    sqlx::query!(
        "delete from fixed_times where program_id = $1 and group_id = $2",
        of.program_id as ProgramId,
        of.group_id as GroupId
    )
    .execute(db)
    .await?;
    Ok(())
}
