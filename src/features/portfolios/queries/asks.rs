//! Asking the giver of feedback, and their answer.
use super::super::model::Answer;
use crate::base::{
    error::Result,
    ids::{FeedbackId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Asks the giver of feedback that `me` received and answered, once. `None` when there is no such feedback; `false`
/// when they were asked before.
pub(in super::super) async fn ask(
    db: &mut PgConnection,
    program_id: ProgramId,
    (me, id): (ParticipationId, FeedbackId),
    now: OffsetDateTime,
) -> Result<Option<bool>> {
    Ok(sqlx::query_scalar!(
        r#"with theirs as (select f.id from feedback f
                           where f.program_id = $1 and f.id = $3 and f.receiver_id = $2
                             and f.is_live and f.state in ('answered', 'confirmed')),
                asked as (insert into portfolio_asks (program_id, feedback_id, asked_at)
                          select $1, t.id, $4 from theirs t on conflict (program_id, feedback_id) do nothing
                          returning feedback_id)
           select exists (select from asked) as "asked!" from theirs"#,
        program_id as ProgramId,
        me as ParticipationId,
        id as FeedbackId,
        now
    )
    .fetch_optional(db)
    .await?)
}

/// Whether the receiver of feedback that `me` gave asked about it.
pub(in super::super) async fn asks_me(
    db: &mut PgConnection,
    program_id: ProgramId,
    (me, id): (ParticipationId, FeedbackId),
) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from portfolio_asks a
                          join feedback f on f.program_id = a.program_id and f.id = a.feedback_id
                          where a.program_id = $1 and a.feedback_id = $3 and f.giver_id = $2) as "asks!""#,
        program_id as ProgramId,
        me as ParticipationId,
        id as FeedbackId
    )
    .fetch_one(db)
    .await?)
}

/// The giver's answer, which they may change. `false` when nobody asked them about this.
pub(in super::super) async fn answer(
    db: &mut PgConnection,
    program_id: ProgramId,
    (me, id): (ParticipationId, FeedbackId),
    answer: Answer,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "update portfolio_asks a set answer = $4, answered_at = $5
         where a.program_id = $1 and a.feedback_id = $3
           and exists (select from feedback f where f.program_id = $1 and f.id = $3 and f.giver_id = $2)",
        program_id as ProgramId,
        me as ParticipationId,
        id as FeedbackId,
        answer as Answer,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes feedback out of its receiver's portfolio.
pub(in super::super) async fn take_out(db: &mut PgConnection, program_id: ProgramId, id: FeedbackId) -> Result<()> {
    sqlx::query!(
        "delete from portfolio_items where program_id = $1 and feedback_id = $2",
        program_id as ProgramId,
        id as FeedbackId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Feedback of one's own whose receiver asked to show it.
#[derive(Debug)]
pub(in super::super) struct AskedOf {
    pub(in super::super) id: FeedbackId,
    pub(in super::super) receiver: String,
    pub(in super::super) happened_on: Date,
    pub(in super::super) titles: Vec<String>,
    pub(in super::super) answer: Option<Answer>,
    /// It stands in their portfolio now.
    pub(in super::super) is_in: bool,
}

/// What one is asked about, the newest first.
pub(in super::super) async fn asked_of(
    db: &mut PgConnection,
    program_id: ProgramId,
    me: ParticipationId,
) -> Result<Vec<AskedOf>> {
    Ok(sqlx::query_as!(
        AskedOf,
        r#"select f.id as "id: FeedbackId", p.name as receiver, f.happened_on as "happened_on!", a.answer as "answer: Answer",
                  array(select e.title from feedback_texts x
                        join elements e on e.program_id = x.program_id and e.id = x.element_id
                        where x.program_id = $1 and x.feedback_id = f.id order by e.proposed_at, e.id) as "titles!",
                  exists (select from portfolio_items i where i.program_id = $1 and i.feedback_id = f.id) as "is_in!"
           from portfolio_asks a
           join feedback f on f.program_id = a.program_id and f.id = a.feedback_id
           join participations t on t.program_id = f.program_id and t.id = f.receiver_id
           join people p on p.id = t.person_id
           where a.program_id = $1 and f.giver_id = $2
           order by a.asked_at desc, f.id desc limit 200"#,
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// What the letter to a giver says; `None` when it is answered, or when the giver's part in the matter is over.
#[derive(Debug)]
pub(in super::super) struct AskFacts {
    pub(in super::super) giver: String,
    pub(in super::super) giver_email: String,
    pub(in super::super) receiver: String,
    pub(in super::super) program: String,
    pub(in super::super) institution: String,
    pub(in super::super) happened_on: Date,
}

pub(in super::super) async fn ask_facts(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: FeedbackId,
) -> Result<Option<AskFacts>> {
    Ok(sqlx::query_as!(
        AskFacts,
        r#"select g.name as giver, g.email as giver_email, r.name as receiver, p.name as program, p.institution,
                  f.happened_on as "happened_on!"
         from portfolio_asks a
         join feedback f on f.program_id = a.program_id and f.id = a.feedback_id
         join participations gt on gt.program_id = f.program_id and gt.id = f.giver_id
         join people g on g.id = gt.person_id
         join participations rt on rt.program_id = f.program_id and rt.id = f.receiver_id
         join people r on r.id = rt.person_id
         join programs p on p.id = a.program_id
         where a.program_id = $1 and a.feedback_id = $2 and a.answer is null"#,
        program_id as ProgramId,
        id as FeedbackId
    )
    .fetch_optional(db)
    .await?)
}
