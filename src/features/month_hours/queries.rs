//! What a month comes to. No tables.
use super::model::Month;
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::Date;

/// The month around a day, for one person: the meetings of the groups they belong to, and the approval in effect on
/// that day.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn month_of(
    db: &mut PgConnection,
    program_id: ProgramId,
    me: ParticipationId,
    day: Date,
) -> Result<Month> {
    let row = sqlx::query!(
        r#"select coalesce((
                      select sum(case when m.state = 'held' then m.actual_minutes
                                      else extract(epoch from m.ends_at - m.starts_at)::int / 60 end)
                      from memberships s
                      join meetings m on m.program_id = s.program_id and m.group_id = s.group_id
                           and m.starts_at >= date_trunc('month', $3::date)::timestamp at time zone z.time_zone
                           and m.starts_at < (date_trunc('month', $3::date) + interval '1 month')::timestamp at time zone z.time_zone
                      where s.program_id = $1 and s.participation_id = $2 and s.joined_on is not null and s.left_on is null
                        and (m.state = 'scheduled'
                             or m.state = 'held' and exists (select from attendances a
                                                             where a.program_id = $1 and a.meeting_id = m.id
                                                               and a.participation_id = $2))), 0)::bigint as "minutes!",
                  (select r.agreed_hours_month from approval_requests r
                   where r.program_id = $1 and r.participation_id = $2 and r.purpose in ('join', 'reconfirm')
                     and (r.state = 'approved' or (r.state = 'revoked' and r.revoked_from > $3))
                     and $3 between r.valid_from and r.valid_until
                   order by r.decided_at desc, r.id desc limit 1) as agreed_hours
           from programs z where z.id = $1"#,
        program_id as ProgramId,
        me as ParticipationId,
        day
    )
    .fetch_one(db)
    .await?;
    Ok(Month { day, minutes: row.minutes, agreed_hours: row.agreed_hours })
}
