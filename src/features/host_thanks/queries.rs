//! Every statement that writes `host_thanks`.
use crate::base::{
    error::Result,
    ids::{FieldTripId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

pub(super) type Key = (ProgramId, FieldTripId);

/// That a host was thanked: who did, when, and how.
#[derive(Debug)]
pub(super) struct Thanks {
    pub(super) by: ParticipationId,
    pub(super) by_name: String,
    pub(super) at: OffsetDateTime,
    pub(super) by_email: bool,
    /// For who wrote it alone.
    pub(super) message: String,
}

pub(super) async fn thanks(db: &mut PgConnection, (program_id, trip_id): Key) -> Result<Option<Thanks>> {
    Ok(sqlx::query_as!(
        Thanks,
        r#"select h.thanked_by as "by: ParticipationId", p.name as by_name, h.thanked_at as at, h.by_email, h.message
           from host_thanks h
           join participations t on t.program_id = h.program_id and t.id = h.thanked_by
           join people p on p.id = t.person_id
           where h.program_id = $1 and h.trip_id = $2"#,
        program_id as ProgramId,
        trip_id as FieldTripId
    )
    .fetch_optional(db)
    .await?)
}

/// Writes down that the host of a trip that took place is thanked: once, not before its day.
pub(super) async fn thank(
    db: &mut PgConnection,
    (program_id, trip_id): Key,
    (by, now): (ParticipationId, OffsetDateTime),
    // Without words they were thanked in another way.
    message: Option<&str>,
    today: Date,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into host_thanks (program_id, trip_id, thanked_by, thanked_at, by_email, message)
         select program_id, id, $3, $4, $5::text is not null, coalesce($5, '') from field_trips
         where program_id = $1 and id = $2 and state in ('completed', 'reported') and on_date <= $6
         on conflict (program_id, trip_id) do nothing",
        program_id as ProgramId,
        trip_id as FieldTripId,
        by as ParticipationId,
        now,
        message,
        today
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The email did not reach them, and somebody thanked them in another way.
pub(super) async fn thank_otherwise(
    db: &mut PgConnection,
    (program_id, trip_id): Key,
    (by, now): (ParticipationId, OffsetDateTime),
) -> Result<()> {
    sqlx::query!(
        "update host_thanks set thanked_by = $3, thanked_at = $4, by_email = false, message = ''
         where program_id = $1 and trip_id = $2 and by_email",
        program_id as ProgramId,
        trip_id as FieldTripId,
        by as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The name under which a member writes to the host.
pub(super) async fn name_of(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<String> {
    Ok(sqlx::query_scalar!(
        "select p.name from participations t join people p on p.id = t.person_id where t.program_id = $1 and t.id = $2",
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_one(db)
    .await?)
}

/// What the letter to a host is made of.
#[derive(Debug)]
pub(super) struct ToSend {
    pub(super) sender: String,
    pub(super) sender_email: String,
    pub(super) message: String,
    pub(super) host_person: String,
    pub(super) host_email: String,
    pub(super) program: String,
    pub(super) institution: String,
}

/// The letter of thanks, as long as whoever wrote it belongs to the group.
pub(super) async fn to_send(db: &mut PgConnection, (program_id, trip_id): Key) -> Result<Option<ToSend>> {
    Ok(sqlx::query_as!(
        ToSend,
        "select p.name as sender, p.email as sender_email, h.message, f.host_person, f.host_email, z.name as program,
                z.institution
         from host_thanks h
         join field_trips f on f.program_id = h.program_id and f.id = h.trip_id
         join programs z on z.id = h.program_id
         join memberships m on m.program_id = h.program_id and m.group_id = f.group_id
              and m.participation_id = h.thanked_by and m.joined_on is not null and m.left_on is null
         join participations t on t.program_id = h.program_id and t.id = h.thanked_by
         join people p on p.id = t.person_id
         where h.program_id = $1 and h.trip_id = $2 and h.by_email and h.message <> ''",
        program_id as ProgramId,
        trip_id as FieldTripId
    )
    .fetch_optional(db)
    .await?)
}
