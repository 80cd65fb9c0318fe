//! Every statement that writes `feedback_asks` and `feedback_ask_elements`.
use super::model::End;
use crate::base::{
    error::Result,
    ids::{ElementId, FeedbackAskId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// What is asked of one person.
#[derive(Debug)]
pub(super) struct New<'a> {
    pub(super) id: FeedbackAskId,
    pub(super) asker_id: ParticipationId,
    pub(super) giver_id: ParticipationId,
    pub(super) elements: &'a [ElementId],
    pub(super) due_on: Option<Date>,
    pub(super) line: &'a str,
}

/// Asks; what was asked of the same person before is taken back with it.
pub(super) async fn insert(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    new: &New<'_>,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update feedback_asks set state = 'taken_back', ended_at = $4
         where program_id = $1 and asker_id = $2 and giver_id = $3 and state = 'open'",
        program_id as ProgramId,
        new.asker_id as ParticipationId,
        new.giver_id as ParticipationId,
        now
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into feedback_asks (program_id, id, group_id, asker_id, giver_id, line, due_on, asked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        program_id as ProgramId,
        new.id as FeedbackAskId,
        group_id as GroupId,
        new.asker_id as ParticipationId,
        new.giver_id as ParticipationId,
        new.line,
        new.due_on,
        now
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into feedback_ask_elements (program_id, ask_id, asker_id, element_id)
         select $1, $2, $3, e.id from unnest($4::uuid[]) as e (id)",
        program_id as ProgramId,
        new.id as FeedbackAskId,
        new.asker_id as ParticipationId,
        new.elements as &[ElementId]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether there is this ask, between this member and somebody.
pub(super) async fn is_of(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, FeedbackAskId),
    me: ParticipationId,
) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from feedback_asks
                          where program_id = $1 and id = $2 and (asker_id = $3 or giver_id = $3)) as "is_of!""#,
        program_id as ProgramId,
        id as FeedbackAskId,
        me as ParticipationId
    )
    .fetch_one(db)
    .await?)
}

/// An ask that waits: nothing was shared from the one to the other since.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) id: FeedbackAskId,
    pub(super) asker_id: ParticipationId,
    pub(super) giver_id: ParticipationId,
    pub(super) asker_name: String,
    pub(super) giver_name: String,
    pub(super) giver_email: String,
    pub(super) line: String,
    pub(super) due_on: Option<Date>,
    /// Titles of the elements, in the order they were proposed.
    pub(super) elements: Vec<String>,
}

/// What waits in a group for one person or from them, the oldest first. Both belong to the group.
pub(super) async fn waiting(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    of: ParticipationId,
) -> Result<Vec<Waiting>> {
    Ok(sqlx::query_as!(
        Waiting,
        r#"select a.id as "id: FeedbackAskId", a.asker_id as "asker_id: ParticipationId",
                  a.giver_id as "giver_id: ParticipationId", p.name as asker_name, w.name as giver_name,
                  w.email as giver_email, a.line, a.due_on,
                  array(select e.title from feedback_ask_elements k
                        join elements e on e.program_id = $1 and e.id = k.element_id
                        where k.program_id = $1 and k.ask_id = a.id order by e.proposed_at, e.id) as "elements!"
           from feedback_asks a
           join participations t on t.program_id = $1 and t.id = a.asker_id and t.state = 'joined'
           join people p on p.id = t.person_id
           join participations g on g.program_id = $1 and g.id = a.giver_id and g.state = 'joined'
           join people w on w.id = g.person_id
           where a.program_id = $1 and a.group_id = $2 and a.state = 'open' and (a.asker_id = $3 or a.giver_id = $3)
             and not exists (select from feedback f
                             where f.program_id = $1 and f.receiver_id = a.asker_id and f.giver_id = a.giver_id
                               and f.state in ('shared', 'answered', 'confirmed') and f.shared_at >= a.asked_at)
             and exists (select from memberships m where m.program_id = $1 and m.group_id = $2
                           and m.participation_id = a.asker_id and m.joined_on is not null and m.left_on is null)
             and exists (select from memberships m where m.program_id = $1 and m.group_id = $2
                           and m.participation_id = a.giver_id and m.joined_on is not null and m.left_on is null)
           order by a.asked_at, a.id"#,
        program_id as ProgramId,
        group_id as GroupId,
        of as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// `open → not_now` by who was asked, `open → taken_back` by who asked; nothing happens when it was ended
/// before, or is the other's to end so.
pub(super) async fn end(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, FeedbackAskId),
    me: ParticipationId,
    how: End,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update feedback_asks set state = $4, ended_at = $5
         where program_id = $1 and id = $2 and state = 'open'
           and $3 = case $4::text when 'not_now' then giver_id else asker_id end",
        program_id as ProgramId,
        id as FeedbackAskId,
        me as ParticipationId,
        how as End,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
